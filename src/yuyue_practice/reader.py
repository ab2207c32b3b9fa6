"""The practice reader: one SoftHSM2 configuration file that names the card that is in; knows no card's inside."""

from __future__ import annotations

from pathlib import Path

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_practice.cards import CONFIGURATION, PracticeCards

CONFIGURATION_FILE = "softhsm2.conf"
_NUMBER_FILE = "card.txt"


class Reader:
    """What is in the reader. A process started with `environment` sees it, once its driver is initialised anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "empty").mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._configuration.exists():
            self._take_out()

    @property
    def environment(self) -> dict[str, str]:
        """What a process that loads SoftHSM2 needs to see this reader."""
        return {CONFIGURATION: str(self._configuration)}

    @property
    def _configuration(self) -> Path:
        return self._folder / CONFIGURATION_FILE

    def card_number(self) -> str:
        """Number of the card that is in, empty where none is."""
        return (self._folder / _NUMBER_FILE).read_text(encoding="ascii")

    def put_in(self, cards: PracticeCards, number: str | None) -> None:
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
        self._write(Path(card.environment[CONFIGURATION]).read_text(encoding="utf-8"), number)

    def _take_out(self) -> None:
        self._write(f"directories.tokendir = {self._folder / 'empty'}\nobjectstore.backend = file\n", "")

    def _write(self, configuration: str, number: str) -> None:
        unfinished = self._folder / f"{CONFIGURATION_FILE}.new"
        unfinished.write_text(configuration, encoding="utf-8")
        unfinished.replace(self._configuration)
        (self._folder / _NUMBER_FILE).write_text(number, encoding="ascii")
