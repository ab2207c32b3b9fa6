"""What the program does on Windows alone, in the build's Windows Python under Wine: real messages, handles, drivers."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from devtools.places import ROOT
from devtools.windows import wine
from devtools.windows.layout import PYTHON_PROGRAM
from devtools.windows.token_driver import DRIVER
from tests.packaged.on_windows import TURNS, WRITERS
from tests.packaged.programs import run_program
from tests.packaged.windows_token import install_driver

pytestmark = pytest.mark.wine

LIMIT_S = 180.0
HEADER_AT, FOR_32_BIT = 60, 0x014C
NO_PROGRAM_FOR_THIS_WINDOWS = 193
"""ERROR_BAD_EXE_FORMAT."""


def look(name: str, environment: Mapping[str, str], content: bytes = b"") -> Any:
    """What one look of `on_windows` saw."""
    path = ";".join(wine.windows_path(folder) for folder in (ROOT / "src", ROOT))
    arguments = ("-m", "tests.packaged.on_windows", name)
    done = run_program(
        PYTHON_PROGRAM, arguments, {**environment, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}, content, LIMIT_S
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    return json.loads(done.stdout)


def test_a_locked_screen_and_sleep_are_heard_from_the_windows_own_messages(wine_environment: dict[str, str]) -> None:
    """Each message sent and posted: waking, sleep, unlocked, locked, and a key with the same argument."""
    told = [[], ["slept"], [], ["screen_locked"], []]
    assert look("system_absence", wine_environment) == [heard for heard in told for _ in ("sent", "posted")]


def test_a_crash_makes_no_dump_and_no_box(wine_environment: dict[str, str]) -> None:
    assert look("error_mode", wine_environment) & 0x3 == 0x3


def test_without_a_driver_the_client_control_is_taken(wine_environment: dict[str, str]) -> None:
    found = look("ways_to_the_card", wine_environment)
    assert found["known"] >= 6
    assert found["absolute"]
    assert (found["installed"], found["is_by_control"]) == (0, True)
    assert found["practice"] == "yuyue-practice.exe"


def test_a_driver_for_32_bit_programs_counts_as_none(wine_environment: dict[str, str], tmp_path: Path) -> None:
    folder = install_driver(tmp_path)
    fitting, unfit = folder / DRIVER, folder / "OpsP11.dll"
    content = bytearray(fitting.read_bytes())
    (header,) = struct.unpack_from("<I", content, HEADER_AT)
    struct.pack_into("<H", content, header + len(b"PE\0\0"), FOR_32_BIT)
    unfit.write_bytes(content)
    told = "\n".join(map(wine.windows_path, (unfit, fitting)))
    found = look("drivers", wine_environment, told.encode())
    assert found == {"installed": [DRIVER], "refused": {unfit.name: NO_PROGRAM_FOR_THIS_WINDOWS}}


def test_what_a_driver_prints_gets_into_no_answer(wine_environment: dict[str, str]) -> None:
    assert look("pipes", wine_environment, b"a request\n") == {"noise": 16, "asked": "a request"}


def test_the_reader_service_is_asked(wine_environment: dict[str, str]) -> None:
    """Wine has none, or one without readers; what counts is that Windows' own door is found and nothing breaks."""
    found = look("survey", wine_environment)
    assert found["service"] in ("away", "running")
    assert found["readers"] == []


def test_writers_of_one_store_get_their_turns(wine_environment: dict[str, str]) -> None:
    assert look("writers", wine_environment) == {"written": WRITERS * TURNS, "refused": []}


def test_what_was_told_saved_survives_a_power_cut_here_too(wine_environment: dict[str, str]) -> None:
    """The disk is a VFS over Windows' own; tests/store has the whole of it."""
    assert look("power_cuts", wine_environment) >= 5
