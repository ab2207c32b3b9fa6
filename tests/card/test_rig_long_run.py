"""A day at the counter in a minute: cards that come and go a hundred times, and swaps at random moments (S3, B15)."""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.card.rig.cards import CardName
from tests.card.rig.rig import CardRig
from tests.card.rig.station import Station, challenge_input, is_signed_by, station
from yuyue_desktop.domain.card import CardState
from yuyue_desktop.domain.errors import Code, YuyueError

pytestmark = [
    pytest.mark.card_rig,
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]

CYCLES = 100
DECLARATIONS = 200
SEED = 20260928
MOST_KB_MORE = 16 * 1024
SWAPPED = frozenset(
    {
        Code.CARD_CHANGED,
        Code.CARD_NOT_SIGNED,
        Code.CARD_NOT_LOGGED_IN,
        Code.CARD_MISMATCH,
        Code.CARD_ABSENT,
        Code.CARD_DRIVER_FAILED,
        # A driver may go on with the next card inside one call: what that one signed is found out here and not sent.
        Code.CARD_SIGNATURE_WRONG,
    }
)
"""What a clerk may be told when a card was pulled or swapped under her hands."""


@pytest.fixture
def clerk(rig: CardRig) -> Iterator[Station]:
    with station(rig) as made:
        yield made


def test_a_hundred_cards_come_and_go_and_nothing_is_left_of_them(clerk: Station) -> None:
    held: list[dict[str, int]] = []
    for cycle in range(CYCLES):
        card = CardName.ON_CURVE if cycle % 3 == 0 else CardName.A
        clerk.rig.insert(card)
        clerk.wait_for(CardState.PRESENT)
        shown = clerk.sign_in()
        assert is_signed_by(clerk.sign(card), shown.facts.certificate)
        clerk.rig.remove()
        clerk.wait_for(CardState.ABSENT)
        held.append(_held_by(clerk))
    # Of ten cards each: a file may be between two holders at the moment one looks. What leaks, grows with each card.
    early, late = held[CYCLES // 10 : CYCLES // 5], held[-CYCLES // 10 :]
    assert len({each["process"] for each in held}) == 1, "one process served all of them"
    for what in ("files", "threads", "own files", "own threads"):
        assert _least(late, what) <= max(each[what] for each in early), what
    assert _least(late, "kilobytes") - _least(early, "kilobytes") < MOST_KB_MORE


def test_wrong_pins_leave_no_session_behind(clerk: Station) -> None:
    """Each wrong PIN leaves a session in python-pkcs11 until the driver is begun anew."""
    clerk.rig.insert(CardName.A)
    held = []
    for attempt in range(20):
        shown = clerk.look()
        assert clerk.unlock_code(shown, f"{attempt:08d}") is Code.PIN_WRONG
        clerk.sign_in()
        held.append(_held_by(clerk))
    early, late = held[:5], held[-5:]
    assert _least(late, "files") <= max(each["files"] for each in early)
    assert _least(late, "kilobytes") - _least(early, "kilobytes") < MOST_KB_MORE


def test_of_two_hundred_declarations_none_is_signed_by_another_card(clerk: Station) -> None:
    chance = random.Random(SEED)  # noqa: S311 - repeatable on purpose
    clerk.rig.insert(CardName.A)
    signed = {CardName.A: 0, CardName.B: 0}
    told = dict.fromkeys(SWAPPED, 0)
    asked = 0
    while asked < DECLARATIONS:
        several = chance.choice((1, 1, 4))
        asked += several
        swap = threading.Timer(chance.uniform(0.0, 0.15), _swap(clerk.rig, chance))
        swap.start()
        try:
            shown = clerk.session.unlocked or clerk.sign_in()
            number = shown.holder.card_number
            for jws in clerk.session.sign_all([challenge_input] * several, number):
                assert is_signed_by(jws, shown.facts.certificate)
                signed[CardName(number)] += 1
                several -= 1
        except YuyueError as error:
            told[error.code] += several
        swap.join()
    print(f"signed: {[*signed.values()]}, told: {[(code.value, often) for code, often in told.items() if often]}")
    assert min(signed.values()) >= DECLARATIONS // 20, f"both cards were at work: {signed}, {told}"
    assert sum(told.values()) >= DECLARATIONS // 20, f"swaps met declarations: {signed}, {told}"


def _swap(rig: CardRig, chance: random.Random) -> Callable[[], None]:
    """What a hand does this time; a card is in afterwards, sooner or later."""
    card = chance.choice((CardName.A, CardName.B))
    step = chance.choice(("VERIFY", "SIGN", "GET_DATA"))
    countdown = chance.randint(1, 2)

    def pull_and_insert() -> None:
        rig.remove()
        rig.insert(card)

    acts: tuple[Callable[[], None], ...] = (
        lambda: None,
        lambda: rig.insert(card),
        pull_and_insert,
        lambda: rig.pull_at(step, swap_for=card, countdown=countdown),
    )
    return chance.choice(acts)


def _held_by(clerk: Station) -> dict[str, int]:
    """What the card process and this one hold."""
    process = clerk.client.process_id
    assert process is not None
    folder = Path(f"/proc/{process}")
    status = dict(line.split(":", 1) for line in (folder / "status").read_text(encoding="utf-8").splitlines())
    return {
        "process": process,
        "files": len(list((folder / "fd").iterdir())),
        "threads": int(status["Threads"]),
        "kilobytes": int(status["VmRSS"].split()[0]),
        "own files": len(list(Path("/proc/self/fd").iterdir())),
        "own threads": threading.active_count(),
    }


def _least(held: Sequence[dict[str, int]], what: str) -> int:
    return min(each[what] for each in held)
