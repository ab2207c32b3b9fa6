"""Drivers are looked for at absolute paths only."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

from yuyue_desktop.card import modules


def test_every_known_path_is_absolute() -> None:
    assert all(PureWindowsPath(path).is_absolute() for path in modules.WINDOWS_MODULES)
    assert all(path.is_absolute() for path in modules.known_modules("linux"))
    assert modules.known_modules("win32") != modules.known_modules("linux")


def test_only_what_is_there_is_installed(tmp_path: Path) -> None:
    there = tmp_path / "driver.so"
    there.touch()
    assert modules.installed_modules([tmp_path / "missing.so", there, tmp_path, Path("driver.so")]) == (there,)
