"""A driver that can't be loaded: whether a part of it is lacking, or it is no driver, or Windows refuses it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.card.conftest import compile_library
from yuyue_desktop.card.driver import Driver
from yuyue_desktop.card.loading import is_part_lacking
from yuyue_desktop.domain.errors import Code, YuyueError


def test_a_whole_library_that_is_no_driver_lacks_nothing(tmp_path: Path) -> None:
    source, library = tmp_path / "other.c", tmp_path / "other.so"
    source.write_text("int other(void) { return 1; }\n", encoding="ascii")
    compile_library(library, source)
    assert code_of_loading(library) is Code.CARD_DRIVER_FAILED


def test_a_library_of_another_version_beside_it_is_told(tmp_path: Path) -> None:
    """The driver wants a thing that the library beside it does not have."""
    for name, text in (
        ("part", "int part; "),
        ("other", "int other; "),
        ("driver", "extern int part; int C_GetFunctionList(void) { return part; }"),
    ):
        (tmp_path / f"{name}.c").write_text(f"{text}\n", encoding="ascii")
    part, driver = tmp_path / "libpart.so", tmp_path / "driver.so"
    compile_library(part, tmp_path / "part.c")
    compile_library(driver, tmp_path / "driver.c", "-Wl,-rpath,$ORIGIN", str(part))
    compile_library(part, tmp_path / "other.c")
    assert code_of_loading(driver) is Code.CARD_DRIVER_INCOMPLETE


@pytest.mark.parametrize(
    ("error", "is_lacking"),
    [
        (FileNotFoundError("Could not find module 'C:\\maker\\p11.dll' (or one of its dependencies)"), True),
        (PermissionError(13, "Access is denied"), False),
    ],
)
def test_what_ctypes_says_on_windows(error: Exception, *, is_lacking: bool) -> None:
    assert is_part_lacking(error) is is_lacking


def test_what_the_frozen_program_puts_over_it_hides_nothing() -> None:
    frozen = OSError("Failed to load dynlib/dll 'C:\\maker\\p11.dll'.")
    assert not is_part_lacking(frozen)
    frozen.__cause__ = FileNotFoundError("Could not find module 'C:\\maker\\p11.dll' (or one of its dependencies)")
    assert is_part_lacking(frozen)


def code_of_loading(module: Path) -> Code:
    with pytest.raises(YuyueError) as caught:
        Driver(module).read()
    return caught.value.code
