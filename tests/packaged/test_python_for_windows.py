"""The check of the makers' signatures sees a single changed byte."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from devtools.windows.layout import PYTHON
from devtools.windows.windows_python import is_listed, is_signed

pytestmark = pytest.mark.wine


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of a signed program."""
    return Path(shutil.copy(PYTHON / "DLLs" / "_queue.pyd", tmp_path))


def test_a_program_as_its_makers_signed_it(program: Path) -> None:
    assert is_signed(program)


def test_a_program_with_one_changed_byte(program: Path) -> None:
    content = bytearray(program.read_bytes())
    content[len(content) // 3] ^= 1
    program.write_bytes(content)
    assert not is_signed(program)


def test_a_program_of_somebody_else() -> None:
    assert not is_signed(PYTHON / "Lib" / "site-packages" / "PySide6" / "Qt6Core.dll")


def test_a_changed_library_file(tmp_path: Path) -> None:
    catalogue = (PYTHON / "DLLs" / "python_lib.cat").read_bytes()
    original = PYTHON / "Lib" / "json" / "decoder.py"
    assert is_listed(original, catalogue)
    changed = tmp_path / "decoder.py"
    changed.write_bytes(original.read_bytes() + b"\r\n")
    assert not is_listed(changed, catalogue)
