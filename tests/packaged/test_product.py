"""What is in the frozen folder, and that the check of it finds what must not be there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PyInstaller.archive.readers import CArchiveReader

from devtools.windows.check_product import find_faults
from devtools.windows.layout import PRACTICE, PROGRAMS, STAND_INS

pytestmark = pytest.mark.wine

WINE_LIBRARIES = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows")


def modules_of(program: Path) -> set[str]:
    """The names of the Python modules inside a program."""
    reader = CArchiveReader(str(program))
    return set(reader.open_embedded_archive("PYZ.pyz").toc)


def roots_of(program: Path) -> set[str]:
    """The top-level packages inside a program."""
    return {name.partition(".")[0] for name in modules_of(program)}


def test_nothing_is_foreign_and_nothing_is_missing(product: Path) -> None:
    assert list(find_faults(product)) == []


@pytest.mark.parametrize("name", ["icuuc.dll", "bcryptprimitives.dll", "yuyue-uisettings.dll"])
def test_a_stand_in_is_found(name: str, tmp_path: Path) -> None:
    shutil.copy(STAND_INS / name, tmp_path)
    assert any(name in fault for fault in find_faults(tmp_path))


def test_a_renamed_stand_in_is_found(tmp_path: Path) -> None:
    shutil.copy(STAND_INS / "yuyue-uisettings.dll", tmp_path / "harmless.dll")
    assert list(find_faults(tmp_path)) == ["harmless.dll is a stand-in"]


def test_a_file_of_wine_is_found(tmp_path: Path) -> None:
    shutil.copy(WINE_LIBRARIES / "winmm.dll", tmp_path / "harmless.dll")
    assert "harmless.dll is Wine's" in list(find_faults(tmp_path))


def test_a_missing_library_is_found(product: Path, tmp_path: Path) -> None:
    shutil.copy(product / "_internal" / "PySide6" / "Qt6Widgets.dll", tmp_path)
    assert "Qt6Widgets.dll asks for qt6core.dll, which is not there" in list(find_faults(tmp_path))


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_program_holds_the_practice_side_or_our_tools(product: Path, program: str) -> None:
    inside = roots_of(product / f"{program}.exe")
    assert "yuyue_desktop" in inside
    assert inside.isdisjoint({"yuyue_practice", "litestar", "sqlalchemy", "pytest", "devtools", "tests", "setuptools"})


def test_no_program_holds_what_no_path_of_ours_loads(product: Path) -> None:
    unused = {"PIL", "lxml", "cffi", "pycparser", "distutils", "rich", "faker", "tzdata"}
    for program in (*product.glob("*.exe"), *PRACTICE.glob("*.exe")):
        assert not roots_of(program) & unused, program.name


def test_the_worker_holds_every_helper(product: Path) -> None:
    modules = modules_of(product / "yuyue-worker.exe")
    assert {"yuyue_desktop.card.process", "yuyue_desktop.documents.process"} <= modules


@pytest.mark.parametrize("program", ["yuyue", "yuyue-worker"])
def test_only_the_window_holds_qt(product: Path, program: str) -> None:
    modules = modules_of(product / f"{program}.exe")
    assert "PySide6" not in {name.partition(".")[0] for name in modules}
    assert not any(name.startswith("yuyue_desktop.ui") for name in modules)


def test_the_practice_side_brings_no_more_than_the_product_lacks(product: Path) -> None:
    assert list(find_faults(PRACTICE, product)) == []
    assert sorted(path.name for path in PRACTICE.iterdir()) == ["_internal", "yuyue-practice.exe"]
    files = {path.relative_to(PRACTICE) for path in PRACTICE.rglob("*") if path.is_file()}
    assert [str(file) for file in files if (product / file).exists()] == []
    inside = roots_of(PRACTICE / "yuyue-practice.exe")
    assert {"yuyue_practice", "litestar", "sqlalchemy", "alembic"} <= inside
    assert inside.isdisjoint({"PySide6", "shiboken6", "pytest", "devtools", "tests", "setuptools"})


def test_licences_travel_along(product: Path) -> None:
    notices = product / "_internal" / "notices"
    if not notices.is_dir():
        notices = product / "notices"
    assert "Apache License" in (notices / "yuyue-desktop.txt").read_text(encoding="utf-8")
    for package in ("PySide6_Essentials", "shiboken6"):
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in (notices / package / "LGPL-3.txt").read_text(encoding="utf-8")
    assert len(list(notices.iterdir())) > 40
