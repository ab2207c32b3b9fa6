"""The main job in the installed window, key by key: sign in with the card, fill in, save, declare, 预约成功.

Pictures of each step go to build/packaged-tour. What the office has in its books says that a step was done; between two
steps the clerk waits, as one does, until nothing on the screen moves any more.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from devtools.places import BUILD
from devtools.windows import installing, wine
from devtools.windows.installing import SetupExit
from devtools.windows.screen import Screen
from tests.packaged.keyboard import ALT, CONTROL, RETURN, SPACE, Keyboard
from tests.packaged.office import OfficeHere, office_here
from yuyue_desktop.ui.look.tokens import LIGHT

pytestmark = pytest.mark.wine

PICTURES = BUILD / "packaged-tour"
PASSWORD = b"a password of the clerk's own"
PATIENCE_S = 120
TRADER = "3122261548"
WINDOW = "2026-10-03 10:00"
CHIP_POINTS = 300
REASON = "fresh cut flowers, kept cool, needed at once"


class PackagedWindow:
    """A clerk in front of the window: presses keys, waits for what she sees, keeps pictures."""

    def __init__(self, keyboard: Keyboard, screen: Screen) -> None:
        self.keys = keyboard
        self._screen = screen
        self._pictures = 0
        PICTURES.mkdir(parents=True, exist_ok=True)
        for old in PICTURES.glob("*.png"):
            old.unlink()

    def rest(self, name: str = "") -> None:
        """Wait until nothing moves any more, and take a picture where it is given a name."""
        self._screen.wait_until_still()
        if name:
            self.keep_picture(name)

    def keep_picture(self, name: str) -> None:
        """Keep what is shown now."""
        self._pictures += 1
        self._screen.picture().save(PICTURES / f"{self._pictures:02d}-{name}.png")

    def press_for(self, name: str, key: str, *held: str) -> None:
        """Press a key that brings another page or a dialog: nothing is typed before it is there."""
        seen = self._screen.points()
        self.keys.press(key, *held)
        self._screen.wait_until_other(seen, PATIENCE_S)
        self.rest(name)

    def enter(self, text: str) -> None:
        """Type a field's text, press Enter, let the window take it."""
        self.keys.enter(text)
        self.rest()

    def pick(self, code: str) -> None:
        """Type a code, take the offer, go on."""
        self.keys.type(code)
        self.rest()
        self.keys.press(RETURN)
        self.rest()
        self.keys.press(RETURN)
        self.rest()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeHere]:
    with office_here(tmp_path, officer="hand") as opened:
        yield opened


@pytest.fixture
def installed(setup: Path, tmp_path: Path) -> Iterator[Path]:
    """The folder that a setup has filled; removed afterwards."""
    folder = tmp_path / "预约通关"
    assert installing.run(setup, "/Practice=0", f"/D={wine.windows_path(folder)}") == SetupExit.DONE
    yield folder
    assert installing.remove(folder) == SetupExit.DONE


@pytest.fixture
def window(
    installed: Path, wine_environment: dict[str, str], screen: Screen, office: OfficeHere
) -> Iterator[PackagedWindow]:
    arguments = ["--profile-file", wine.windows_path(office.profile_file), "--store-password-fd", "0"]
    keyboard = Keyboard(wine_environment["DISPLAY"])
    with installing.running(installed / "yuyue-desktop.exe", arguments, wine_environment, PASSWORD):
        screen.wait_until("the window", screen.is_painted, PATIENCE_S)
        opened = PackagedWindow(keyboard, screen)
        try:
            yield opened
        finally:
            opened.keep_picture("end")
            log = office.profile_file.parent / "desktop" / "logs" / "window.log"
            if log.exists():
                shutil.copy(log, PICTURES)
    keyboard.close()


def test_from_the_card_to_approval(
    setup: Path, installed: Path, window: PackagedWindow, office: OfficeHere, screen: Screen
) -> None:
    keys = window.keys
    screen.wait_until("the card", lambda: screen.area_of(LIGHT["card_chip"]) > CHIP_POINTS, PATIENCE_S)
    window.rest("sign-in")
    keys.enter(office.pin)
    screen.wait_until("somebody signed in", office.signed_in, PATIENCE_S)
    window.rest("start")

    window.press_for("new-application", "n", CONTROL)
    window.enter(TRADER)
    window.enter("Zhou Min")
    window.enter("13816245307")
    window.pick("2210")
    window.pick("2233")
    window.pick("5")
    window.enter(WINDOW)
    window.enter(REASON)
    keys.press(SPACE)
    keys.press(RETURN)
    keys.press(RETURN)
    window.rest()
    keys.type("06031100")
    for _ in ("look up", "take", "write"):
        keys.press(RETURN)
        window.rest()
    window.rest("filled-in")

    keys.press("s", ALT)
    screen.wait_until("the draft at the gateway", lambda: office.applications_of(TRADER), PATIENCE_S)
    ((status, number, content),) = office.applications_of(TRADER)
    assert (status, bool(number)) == ("draft", True)
    assert REASON in json.dumps(json.loads(content), ensure_ascii=False)
    window.rest("saved")

    declare(window, office, screen)
    window.rest("declared")
    green = screen.area_of(LIGHT["green"])
    office.answer(number, "accept")
    office.answer(number, "approve")
    screen.wait_until("预约成功 in the window", lambda: screen.area_of(LIGHT["green"]) > green, PATIENCE_S)
    window.rest("approved")

    assert installing.run(setup, f"/D={wine.windows_path(installed)}") == SetupExit.RUNNING
    assert installing.remove(installed) == SetupExit.RUNNING


def declare(window: PackagedWindow, office: OfficeHere, screen: Screen) -> None:
    """Sign and send."""
    window.press_for("pin-for-the-signature", "t", ALT)
    window.keys.enter(office.pin)
    screen.wait_until("the declaration", lambda: office.applications_of(TRADER)[0][0] == "declared", PATIENCE_S)
