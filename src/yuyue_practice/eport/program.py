"""The practice control as a program of its own: a hand at its reader and faults by JSON lines; knows no office.

A line is `{"card": "NUMBER"}` or `{"card": null}`, `{"fault": "late", "method": "…", "times": 2}`, `{"restart": true}`;
each is answered by a line. It ends with its input.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from yuyue_desktop.domain.errors import YuyueError
from yuyue_practice.authority import PracticeAuthorities
from yuyue_practice.eport.cards import EportCards
from yuyue_practice.eport.faults import Fault
from yuyue_practice.eport.keys import EportKeyType
from yuyue_practice.eport.server import EportControl
from yuyue_practice.reader import Reader

CARDS = ("2100000012345", "2100000099999")
"""Made where the folder has none yet; the first one is put in."""
COMPANY, HOLDER, PIN = "北京练习进出口有限公司", "王芳", "88888888"

Tell = Callable[[dict[str, Any]], None]


def run(folder: Path, listening: socket.socket, key_type: EportKeyType, orders: Iterable[str], tell: Tell) -> None:
    """Serve the folder's cards on a bound socket until the orders end."""
    cards = EportCards(folder / "eport-cards", PracticeAuthorities(folder / "keys").cards, key_type)
    reader = Reader(folder / "reader")
    if not cards.cards():
        for number in CARDS:
            cards.new_card(number, COMPANY, HOLDER, PIN)
        reader.put_in(cards, CARDS[0])
    control = EportControl(reader, cards, listening)
    tell({"address": control.address, "cards": [{"number": card.number, "pin": card.pin} for card in cards.cards()]})
    try:
        for line in orders:
            tell(_obey(line, control, reader, cards))
    finally:
        control.stop()


def _obey(line: str, control: EportControl, reader: Reader, cards: EportCards) -> dict[str, Any]:
    try:
        order = json.loads(line)
        if "card" in order:
            reader.put_in(cards, order["card"])
        elif "fault" in order:
            control.faults.order(Fault(order["fault"]), str(order.get("method", "")), int(order.get("times", 1)))
        elif order.get("restart"):
            control.stop()
            control.start_again()
        else:
            return {"error": "unknown order"}
    except (ValueError, TypeError, AttributeError, YuyueError) as error:
        return {"error": str(error)}
    return {"card": reader.card_number()}
