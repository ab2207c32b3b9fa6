"""Starts the window on a profile: shown first, then the heavy parts load, the store is opened, and work begins."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.profiles import PRACTICE, Profile, default_file, folder_of, load_profile
from yuyue_desktop.single_window import SingleWindow, call_open_window
from yuyue_desktop.store.profile_lock import ProfileLock

if TYPE_CHECKING:
    from yuyue_desktop.bootstrap import Program
    from yuyue_desktop.keys import StoreKeys
    from yuyue_desktop.practice_office import PracticeOffice
    from yuyue_desktop.store.restoring import DamagedStore
    from yuyue_desktop.ui.window_program import WindowProgram


CALLING_S = 5.0
"""How long a second start asks for the window that holds the profile's lock."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and return its exit code."""
    options = _options(arguments)
    try:
        profile = None if options.practice else load_profile(options.profile_file or default_file())
    except YuyueError as error:
        return _window(is_practice=False).opening.refuse(error)
    folder = folder_of(PRACTICE) if profile is None else profile.folder
    if call_open_window(folder, options.files):
        return 0
    return _guarded(_window(is_practice=profile is None or profile.is_practice), folder, profile, options)


def _window(*, is_practice: bool) -> WindowProgram:
    # Qt is imported for the window alone: a command line that is unusable and a second start don't wait for it.
    from yuyue_desktop.ui.window_program import WindowProgram  # noqa: PLC0415

    return WindowProgram(sys.argv[:1], is_practice=is_practice)


def _guarded(window: WindowProgram, folder: Path, profile: Profile | None, options: argparse.Namespace) -> int:
    """One window on a folder, on a profile or, with None, in practice; returns the exit code."""

    def called(files: Sequence[Path]) -> None:
        window.given.add(files)
        window.raise_window()

    window.given.add(options.files)
    try:
        with (
            contextlib.closing(ProfileLock(folder)),
            contextlib.closing(SingleWindow(folder, called)),
        ):
            window.opening.show()
            if profile is not None:
                return _work(window, profile, options)
            with _practice(window) as practice, contextlib.closing(ProfileLock(practice.folder)):
                return _work(window, practice, options)
    except YuyueError as error:
        if error.code is not Code.PROGRAM_ALREADY_OPEN:
            return window.opening.refuse(error)
        # Another start was quicker, or a window is on its way out.
        if call_open_window(folder, options.files, CALLING_S):
            return 0
        return window.opening.refuse(_not_handed_over(options.files) or error)


def _not_handed_over(files: Sequence[Path]) -> YuyueError | None:
    return user_error(Code.FILES_NOT_HANDED_OVER, count=len(files)) if files else None


@contextlib.contextmanager
def _practice(window: WindowProgram) -> Iterator[Profile]:
    """The practice office at work for as long as the window is open (B10). Raises YuyueError(PRACTICE_MISSING)."""
    from yuyue_desktop.commands import practice_office  # noqa: PLC0415

    office = practice_office(None)
    try:
        yield window.opening.meanwhile(lambda: _practice_profile(office))
    finally:
        with contextlib.suppress(YuyueError):  # what did not open need not be closed
            office.ask(["stop"])


def _practice_profile(office: PracticeOffice) -> Profile:
    """What the window is to know of an office that runs now and has a card in its reader."""
    try:
        said = office.start([])
        if said.code == 0 and not json.loads(said.lines[0])["cards"]:
            said = office.make_card([])
    except YuyueError as error:
        raise user_error(
            Code.PRACTICE_MISSING, reason=error.params.get("reason") or error_words(error).title
        ) from error
    if said.code != 0:
        raise user_error(Code.PRACTICE_MISSING, reason=said.words or f"练习程序退出，代码 {said.code}")
    return load_profile(office.profile_file)


def _work(window: WindowProgram, profile: Profile, options: argparse.Namespace) -> int:
    """From the empty window to its end. Raises YuyueError where the store can't be opened."""
    keys, password = window.opening.meanwhile(lambda: _keys(profile, options.store_password_fd))
    key = window.opening.unlock(keys, password)
    if key is None:
        return 0
    program = _opened(window, profile, key)
    try:
        from yuyue_desktop.ui.window_program import Checks  # noqa: PLC0415
        from yuyue_desktop.window_services import window_services  # noqa: PLC0415

        program.start()
        window.open(window_services(program, profile))
        return window.run(Checks(options.shot, options.exit_after))
    finally:
        program.stop()


def _keys(profile: Profile, password_fd: int | None) -> tuple[StoreKeys, str | None]:
    """The ways to the store's key, and the password where one is handed over."""
    from yuyue_desktop.keys import StoreKeys  # noqa: PLC0415
    from yuyue_desktop.vault.password_vault import read_password  # noqa: PLC0415

    return StoreKeys(profile), None if password_fd is None else read_password(password_fd)


def _opened(window: WindowProgram, profile: Profile, key: bytes) -> Program:
    """Everything but the window; a damaged store is put before the clerk. Raises YuyueError(STORE_*)."""
    while True:
        try:
            return window.opening.meanwhile(lambda: _program(profile, key, window))
        except YuyueError as error:
            if error.code is Code.IMPORT_GIVEN_UP:
                window.opening.tell(error)
            elif error.code is not Code.STORE_DAMAGED or not window.opening.mend(_damaged(profile, key)):
                raise


def _damaged(profile: Profile, key: bytes) -> DamagedStore:
    from yuyue_desktop.gateway.clock import machine_now  # noqa: PLC0415
    from yuyue_desktop.store.restoring import DamagedStore  # noqa: PLC0415

    return DamagedStore(profile.store_file, key, machine_now)


def _program(profile: Profile, key: bytes, window: WindowProgram) -> Program:
    """Everything but the window; its modules are heavy."""
    from yuyue_desktop.bootstrap import Program  # noqa: PLC0415
    from yuyue_desktop.gateway.clock import machine_now  # noqa: PLC0415
    from yuyue_desktop.store.transfer import take_staged  # noqa: PLC0415

    take_staged(profile.store_file, key, machine_now())
    return Program(profile, key, window.bridge.publish)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="yuyue-desktop", description="预约通关桌面端")
    parser.add_argument(
        "files", nargs="*", type=lambda name: Path(name).absolute(), metavar="文件", help="申请文件，登录后每个开一页"
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--profile-file", type=Path, help="网关与卡的配置文件")
    which.add_argument("--practice", action="store_true", help="在本机练习：打开练习网关和练习卡，关窗口时一起关闭")
    parser.add_argument("--store-password-fd", type=int, help="从这个文件描述符读本机数据的密码")
    parser.add_argument("--shot", type=Path, help="检查用：把窗口存成这个图片文件")
    parser.add_argument("--exit-after", type=float, help="检查用：这么多秒后关闭窗口")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
