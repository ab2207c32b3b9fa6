"""How the card is reached, as the clerk chose it or else as the profile says (B15); knows no driver and no screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from yuyue_desktop.domain.card import CardRoute
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.ports import StoreReader, StoreWriter

ROUTE, DRIVER = "card_route", "card_driver"
"""Settings: the name of a CardRoute, empty as long as nobody chose; the absolute path of a driver, empty for any."""


@dataclass(frozen=True, slots=True)
class WayChoice:
    """A way to the card; `driver` is the absolute path of its driver, empty for one that is installed."""

    route: CardRoute = CardRoute.FITTING
    driver: str = ""


@dataclass(frozen=True, slots=True)
class WayInUse:
    """What a choice came to on this machine; `driver` is empty where none was found, and behind the control."""

    is_by_control: bool
    driver: str = ""


class CardWay:
    """The choice and what it came to.

    Args:
        of_profile: what holds until the clerk chooses.
        find: what a choice comes to.
        use: reaches the card that way from now on, from any thread.
    """

    def __init__(
        self,
        *,
        reader: StoreReader,
        writer: StoreWriter,
        of_profile: WayChoice,
        find: Callable[[WayChoice], WayInUse],
        use: Callable[[WayInUse], None],
    ) -> None:
        self._writer = writer
        self._find = find
        self._use = use
        self._choice = _remembered(reader) or of_profile
        self._in_use = find(self._choice)

    @property
    def choice(self) -> WayChoice:
        """What is chosen now."""
        return self._choice

    @property
    def in_use(self) -> WayInUse:
        """What the choice came to."""
        return self._in_use

    def choose(self, choice: WayChoice) -> None:
        """Reach the card another way from now on, and after the next start.

        Raises:
            YuyueError: CARD_DRIVER_MISSING for a driver that is named by no absolute path.
        """
        if choice.driver and not PurePath(choice.driver).is_absolute():
            raise user_error(Code.CARD_DRIVER_MISSING, path=choice.driver)
        self._choice = choice
        self._writer.remember_setting(ROUTE, choice.route)
        self._writer.remember_setting(DRIVER, choice.driver)
        self._in_use = self._find(choice)
        self._use(self._in_use)


def _remembered(reader: StoreReader) -> WayChoice | None:
    try:
        route = CardRoute(reader.setting(ROUTE) or "")
    except ValueError:
        return None
    driver = reader.setting(DRIVER) or ""
    return WayChoice(route, driver if PurePath(driver).is_absolute() else "")
