"""Run by the Windows Python under Wine: what of the program differs on Windows; prints what it saw as JSON."""

from __future__ import annotations

import ctypes
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

POWER, SESSION, KEY = 0x0218, 0x02B1, 0x0100
SUSPENDS, WAKES, LOCKED, UNLOCKED = 0x4, 0x7, 0x7, 0x8
STANDARD_OUTPUT = -11
NOISE = b"a driver prints\n"
WRITERS, TURNS, TURN_S = 3, 10, 0.01
SEED, ROUNDS = 1, 6
"""Of a day's work on a disk whose power fails."""


def system_absence() -> list[list[str]]:
    """What is heard of each message that Windows sends or posts to the window, by turns."""
    from PySide6.QtWidgets import QApplication, QWidget  # noqa: PLC0415

    from yuyue_desktop.ui.system_absence import watch_system  # noqa: PLC0415

    application = QApplication(["on-windows"])
    window = QWidget()
    window.show()
    heard: list[str] = []
    watching = watch_system(window, lambda absence: heard.append(absence.value))
    user = ctypes.windll.user32  # type: ignore[attr-defined]
    user.SendMessageW.argtypes = user.PostMessageW.argtypes = [
        ctypes.c_void_p, ctypes.c_uint, ctypes.c_size_t, ctypes.c_ssize_t,
    ]  # fmt: skip
    after: list[list[str]] = []
    for message, argument in ((POWER, WAKES), (POWER, SUSPENDS), (SESSION, UNLOCKED), (SESSION, LOCKED), (KEY, LOCKED)):
        for give in (user.SendMessageW, user.PostMessageW):
            give(int(window.winId()), message, argument, 0)
            application.processEvents()
            after.append(sorted(set(heard)))
            heard.clear()
    del watching
    return after


def error_mode() -> int:
    """What Windows does at a crash, once core files are refused."""
    from yuyue_desktop.card.core_files import refuse_core_files  # noqa: PLC0415

    refuse_core_files()
    return int(ctypes.windll.kernel32.GetErrorMode())  # type: ignore[attr-defined]


def ways_to_the_card() -> dict[str, object]:
    """Where drivers are looked for, and what a machine without any takes."""
    from yuyue_desktop.bootstrap import way_in_use  # noqa: PLC0415
    from yuyue_desktop.card.modules import installed_modules, known_modules  # noqa: PLC0415
    from yuyue_desktop.helper_processes import practice_command  # noqa: PLC0415
    from yuyue_desktop.services.card_way import WayChoice  # noqa: PLC0415

    sys.frozen = True  # type: ignore[attr-defined]
    way = way_in_use(WayChoice())
    return {
        "known": len(known_modules()),
        "absolute": all(path.is_absolute() for path in known_modules()),
        "installed": len(installed_modules()),
        "is_by_control": way.is_by_control,
        "practice": Path(practice_command()[0]).name,
    }


def drivers() -> dict[str, object]:
    """Of drivers whose paths are read, the installed ones, and what Windows says to loading each."""
    from yuyue_desktop.card.loading import load_with_companions  # noqa: PLC0415
    from yuyue_desktop.card.modules import installed_modules  # noqa: PLC0415

    paths = [Path(line) for line in sys.stdin.buffer.read().decode("utf-8").splitlines()]
    refused: dict[str, int] = {}
    for path in paths:
        try:
            load_with_companions(path)
        except OSError as error:
            refused[path.name] = getattr(error, "winerror", 0)
    return {"installed": [path.name for path in installed_modules(paths)], "refused": refused}


def pipes() -> str:
    """Print as a driver with a C runtime of its own would, and as Python does, then answer through our own pipe."""
    from yuyue_desktop.card.process import _own_pipes  # noqa: PLC0415

    requests, answers = _own_pipes()
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined]
    kernel.GetStdHandle.restype = ctypes.c_void_p
    written = ctypes.c_ulong()
    kernel.WriteFile(
        ctypes.c_void_p(kernel.GetStdHandle(STANDARD_OUTPUT)), NOISE, len(NOISE), ctypes.byref(written), None
    )
    os.write(1, NOISE)
    with requests, answers:
        answers.write(json.dumps({"noise": written.value, "asked": requests.readline().decode().strip()}).encode())
    os._exit(0)


def survey() -> dict[str, object]:
    """What the reader service of this Windows says."""
    from yuyue_desktop.card.readers import survey_readers  # noqa: PLC0415

    said = survey_readers()
    return {"service": said.service.value, "readers": list(said.readers)}


def writers() -> dict[str, object]:
    """How three writing connections of one store get their turns."""
    from yuyue_desktop.domain.errors import YuyueError  # noqa: PLC0415
    from yuyue_desktop.store.connection import open_for_writing, transaction  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        file, key = Path(folder) / "store.db", os.urandom(32)
        first = open_for_writing(file, key)
        first.execute("CREATE TABLE turns (number INTEGER)")
        refused: list[str] = []

        def write() -> None:
            connection = open_for_writing(file, key)
            for number in range(TURNS):
                try:
                    with transaction(connection):
                        connection.execute("INSERT INTO turns VALUES (?)", (number,))
                        time.sleep(TURN_S)  # the others meet the lock
                except YuyueError as error:
                    refused.append(error.code.value)
            connection.close()

        threads = [threading.Thread(target=write) for _ in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        ((written,),) = first.execute("SELECT count(*) FROM turns")
        first.close()
    return {"written": written, "refused": refused}


def power_cuts() -> int:
    """How many power cuts a day's work on the store survived; a loss is an error."""
    from tests.store.power_cut import PowerCutDisk  # noqa: PLC0415
    from tests.store.power_cut_day import Day, assert_kept  # noqa: PLC0415
    from yuyue_desktop.store import connection  # noqa: PLC0415

    disk = PowerCutDisk("powercut")
    with tempfile.TemporaryDirectory() as folder:
        day = Day(Path(folder), disk, SEED, ROUNDS)
        connection.VFS = disk.name
        day.run()
        connection.VFS = None
        for cut in day.cuts:
            assert_kept(cut)
    return len(day.cuts)


LOOKS: dict[str, Callable[[], object]] = {
    look.__name__: look
    for look in (system_absence, error_mode, ways_to_the_card, drivers, pipes, survey, writers, power_cuts)
}

if __name__ == "__main__":
    print(json.dumps(LOOKS[sys.argv[1]]()))
