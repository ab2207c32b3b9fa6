"""Drivers are looked for at absolute paths only."""

from __future__ import annotations

import struct
from pathlib import Path, PureWindowsPath

import pytest

from yuyue_desktop.card import modules

X64, X86 = 0x8664, 0x014C
HEADER_AT = 128


def test_every_known_path_is_absolute() -> None:
    assert all(PureWindowsPath(path).is_absolute() for path in modules.WINDOWS_MODULES)
    assert all(path.is_absolute() for path in modules.known_modules("linux"))
    assert modules.known_modules("win32") != modules.known_modules("linux")


def test_only_what_is_there_is_installed(tmp_path: Path) -> None:
    there = tmp_path / "driver.so"
    there.touch()
    assert modules.installed_modules([tmp_path / "missing.so", there, tmp_path, Path("driver.so")]) == (there,)


def library_for(machine: int) -> bytes:
    """As much of a Windows library as says for which machine it is made."""
    return struct.pack("<2s58xI", b"MZ", HEADER_AT).ljust(HEADER_AT) + struct.pack("<4sH", b"PE\0\0", machine)


@pytest.mark.parametrize(
    ("content", "is_loadable"),
    [
        (library_for(X64), True),
        (library_for(X86), False),
        (library_for(X64)[:-1], False),
        (b"", False),
        (b"no library at all, and longer than the first part of a header is", False),
    ],
)
def test_on_windows_only_64_bit_libraries_are_loadable(tmp_path: Path, content: bytes, is_loadable: bool) -> None:
    module = tmp_path / "OpsP11.dll"
    module.write_bytes(content)
    assert modules.is_loadable(module, "win32") is is_loadable
    assert modules.is_loadable(module, "linux")


def test_what_is_not_there_is_not_loadable(tmp_path: Path) -> None:
    assert not modules.is_loadable(tmp_path / "OpsP11.dll", "win32")
