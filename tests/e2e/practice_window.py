"""A practice office in a process of its own, and the real window on it in this one, for tour and tests to drive."""

from __future__ import annotations

import contextlib
import json
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yuyue_desktop.bootstrap import Program
from yuyue_desktop.domain.card import CardRoute
from yuyue_desktop.keys import StoreKeys
from yuyue_desktop.profiles import Profile, load_profile
from yuyue_desktop.store.profile_lock import ProfileLock
from yuyue_desktop.ui.window_program import WindowProgram
from yuyue_desktop.window_services import window_services
from yuyue_practice.opening import PROFILE_FILE

OPENING_S = 60


@dataclass(frozen=True)
class PracticeOffice:
    """An office at work; `profile_file` is what the window is started with."""

    profile_file: Path
    pin: str

    @staticmethod
    def of(profile_file: Path) -> PracticeOffice:
        """The office that a profile's file belongs to."""
        return PracticeOffice(profile_file, json.loads(profile_file.read_text(encoding="utf-8"))["practice_pin"])

    @property
    def is_pin_for_each_signature(self) -> bool:
        """Whether the card asks for its PIN before each signature, as it does behind the client control."""
        return self.profile.card_route is CardRoute.CONTROL

    @property
    def profile(self) -> Profile:
        """The profile of the office's window."""
        return load_profile(self.profile_file)


@contextlib.contextmanager
def practice_office(officer: str = "auto", card: str = "fitting") -> Iterator[PracticeOffice]:
    """A fresh office in a process of its own, with a card of a kind in the reader; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="yuyue-e2e-") as folder:
        command = [sys.executable, "-m", "yuyue_practice.opening", "--no-window", "--folder", folder]
        office = subprocess.Popen(
            [*command, "--officer", officer, "--card", card], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert office.stdin is not None
        assert office.stdout is not None
        try:
            said = [office.stdout.readline() for _ in range(2)]
            if not all(said):
                raise RuntimeError("the practice office did not open")
            yield PracticeOffice.of(Path(folder) / PROFILE_FILE)
        finally:
            office.stdin.close()
            office.stdout.close()
            office.wait(OPENING_S)


@dataclass(frozen=True)
class PracticeWindow:
    """The window on an office, in this process."""

    office: PracticeOffice
    program: Program
    window_program: WindowProgram


@contextlib.contextmanager
def practice_window(office: PracticeOffice, password: str | None = None) -> Iterator[PracticeWindow]:
    """The window opened at its sign-in page; closed afterwards as by its own ×."""
    profile = office.profile
    window_program = WindowProgram(["yuyue-desktop"], is_practice=profile.is_practice)
    with contextlib.closing(ProfileLock(profile.folder)):
        window_program.opening.show()
        key = window_program.opening.unlock(StoreKeys(profile), password or secrets.token_urlsafe(24))
        assert key is not None
        program = window_program.opening.meanwhile(lambda: Program(profile, key, window_program.bridge.publish))
        try:
            program.start()
            window_program.open(window_services(program, profile))
            yield PracticeWindow(office, program, window_program)
            window_program.close()
            window_program.note_end()
        finally:
            window_program.bridge.close()
            program.stop()
