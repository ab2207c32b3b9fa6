"""The practice reader: says which card is in, to SoftHSM2 by a configuration file; knows no card's inside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_practice.cards import CONFIGURATION, PracticeCard

CONFIGURATION_FILE = "softhsm2.conf"
_NUMBER_FILE = "card.txt"


@dataclass(frozen=True, slots=True)
class Inserted:
    """The card that is in the reader; `insertion` differs each time that one is put in."""

    number: str
    insertion: int


class Cards(Protocol):
    """A folder of practice cards of any kind."""

    def card(self, number: str) -> PracticeCard:
        """A card made before. Raises FileNotFoundError, and ValueError for what is no card number."""
        ...


class Reader:
    """What is in the reader. A process started with `environment` sees it, once its driver is initialised anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._insertions = 0
        (folder / "empty").mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._configuration.exists():
            self._take_out()
        self._inserted = Inserted((folder / _NUMBER_FILE).read_text(encoding="ascii"), self._insertions)

    @property
    def environment(self) -> dict[str, str]:
        """What a process that loads SoftHSM2 needs to see this reader."""
        return {CONFIGURATION: str(self._configuration)}

    @property
    def _configuration(self) -> Path:
        return self._folder / CONFIGURATION_FILE

    def card_number(self) -> str:
        """Number of the card that is in, empty where none is."""
        return self._inserted.number

    def inserted(self) -> Inserted | None:
        """The card that is in, None where none is."""
        return self._inserted if self._inserted.number else None

    def put_in(self, cards: Cards, number: str | None) -> None:
        """Put a card in, or with None take it out.

        Raises:
            YuyueError: CARD_UNKNOWN, there is no such practice card.
        """
        if number is None:
            self._take_out()
            return
        try:
            card = cards.card(number)
        except (FileNotFoundError, ValueError) as error:
            raise user_error(Code.CARD_UNKNOWN) from error
        own = card.environment.get(CONFIGURATION)
        self._write(Path(own).read_text(encoding="utf-8") if own else self._nothing, number)

    @property
    def _nothing(self) -> str:
        return f"directories.tokendir = {self._folder / 'empty'}\nobjectstore.backend = file\n"

    def _take_out(self) -> None:
        self._write(self._nothing, "")

    def _write(self, configuration: str, number: str) -> None:
        for name, content in ((CONFIGURATION_FILE, configuration), (_NUMBER_FILE, number)):
            unfinished = self._folder / f"{name}.new"
            unfinished.write_text(content, encoding="utf-8")
            unfinished.replace(self._folder / name)
        self._insertions += 1
        self._inserted = Inserted(number, self._insertions)
