"""What is in the frozen folder, and that the check of it finds what must not be there."""

from __future__ import annotations

import dis
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import CodeType

import pytest
from PyInstaller.archive.readers import CArchiveReader

from devtools.windows.bytecode import SHORTEST, is_shown
from devtools.windows.check_product import find_faults
from devtools.windows.layout import PRACTICE, PROGRAMS, STAND_INS

pytestmark = pytest.mark.wine

WINE_LIBRARIES = Path("/usr/lib/x86_64-linux-gnu/wine/x86_64-windows")


def modules_of(program: Path) -> set[str]:
    """The names of the Python modules inside a program."""
    reader = CArchiveReader(str(program))
    return set(reader.open_embedded_archive("PYZ.pyz").toc)


def code_of(program: Path) -> Iterator[tuple[str, CodeType]]:
    """The modules of a program that have code, with it."""
    library = CArchiveReader(str(program)).open_embedded_archive("PYZ.pyz")
    for name in library.toc:
        code = library.extract(name)
        if isinstance(code, CodeType):
            yield name, code


def parts_of(code: CodeType) -> Iterator[CodeType]:
    """A piece of code with all that is defined in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from parts_of(constant)


def docstring_of(module: CodeType) -> object:
    """What a module's code begins with giving it as its docstring; None for none."""
    steps = [step for step in dis.get_instructions(module) if step.opname != "RESUME"][:2]
    match steps:
        case [loaded, stored] if (stored.opname, stored.argval) == ("STORE_NAME", "__doc__"):
            return loaded.argval
    return None


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
    unused = {
        "PIL",
        "lxml",
        "cffi",
        "pycparser",
        "distutils",
        "rich",
        "faker",
        "tzdata",
        "smtplib",
        "xmlrpc",
        "_pydecimal",
    }
    for program in (*product.glob("*.exe"), *PRACTICE.glob("*.exe")):
        assert not roots_of(program) & unused, program.name


def test_bytecode_has_no_columns_and_no_docstrings_that_nobody_reads(product: Path) -> None:
    told = set[str]()
    for program in (*product.glob("*.exe"), *PRACTICE.glob("*.exe")):
        for name, module in code_of(program):
            columns = {tuple(place[2:]) for place in module.co_positions()}
            assert columns == {(None, None)}, (program.name, name)
            if not is_shown(name) and docstring_of(module) not in (None, SHORTEST):
                told.add(name)
    assert told <= {"hashlib"}, "which assigns its own"


def test_the_practice_side_keeps_what_its_document_is_made_of_and_the_worker_its_libraries_asserts(
    product: Path,
) -> None:
    practice = dict(code_of(PRACTICE / "yuyue-practice.exe"))
    assert str(docstring_of(practice["yuyue_practice.gateway"])).startswith("The office as an ASGI application")
    reader = dict(code_of(product / "yuyue-worker.exe"))["pypdf._reader"]
    steps = {step.opname for part in parts_of(reader) for step in dis.get_instructions(part)}
    assert "LOAD_ASSERTION_ERROR" in steps


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
