"""What two builds differ in is told down to the module inside a program."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PyInstaller.archive.writers import CArchiveWriter, ZlibArchiveWriter

from devtools.windows import differences


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name in ("first", "second"):
        (tmp_path / name / "_internal").mkdir(parents=True)
    return tmp_path / "first", tmp_path / "second"


def write_program(folder: Path, workshop: Path, value: int, head: bytes = b"MZ") -> None:
    """A program of one module, as PyInstaller makes it: head, then archive."""
    code = {name: compile(f"value = {number}", name, "exec") for name, number in (("same", 0), ("other", value))}
    ZlibArchiveWriter(str(workshop / "PYZ.pyz"), [(name, f"{name}.py", "PYMODULE") for name in code], code)
    archive = workshop / "program.pkg"
    CArchiveWriter(str(archive), [("PYZ.pyz", str(workshop / "PYZ.pyz"), False, "z")], "python311.dll")
    (folder / "program.exe").write_bytes(head + archive.read_bytes())


def test_equal_folders_differ_in_nothing(folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    for folder in folders:
        (folder / "_internal" / "a.dll").write_bytes(b"the same")
    assert differences.main([str(folder) for folder in folders]) == 0
    assert capsys.readouterr().out == "no difference\n"


def test_files_of_one_folder_alone_and_changed_files(folders: tuple[Path, Path]) -> None:
    first, second = folders
    (first / "_internal" / "a.dll").write_bytes(b"one")
    (second / "_internal" / "a.dll").write_bytes(b"two")
    (second / "b.txt").touch()
    assert list(differences.differences(first, second)) == ["_internal/a.dll", f"b.txt: only in {second}"]


def test_the_time_of_a_zip_entry_counts(folders: tuple[Path, Path]) -> None:
    for year, folder in zip((2026, 2027), folders, strict=True):
        with zipfile.ZipFile(folder / "library.zip", "w") as archive:
            archive.writestr(zipfile.ZipInfo("same.pyc", (2026, 1, 1, 0, 0, 0)), b"code")
            archive.writestr(zipfile.ZipInfo("late.pyc", (year, 1, 1, 0, 0, 0)), b"code")
    assert list(differences.differences(*folders)) == ["library.zip: late.pyc"]


def test_the_module_inside_a_program(folders: tuple[Path, Path], tmp_path: Path) -> None:
    for value, folder in enumerate(folders):
        write_program(folder, tmp_path, value)
    assert list(differences.differences(*folders)) == ["program.exe: PYZ.pyz/other"]


def test_a_program_that_differs_outside_its_archive(folders: tuple[Path, Path], tmp_path: Path) -> None:
    for head, folder in zip((b"MZ1", b"MZ2"), folders, strict=True):
        write_program(folder, tmp_path, 1, head)
    assert list(differences.differences(*folders)) == [f"program.exe: {differences.FRAME}"]


def test_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert differences.main([str(tmp_path), "no-such-folder"]) == differences.WRONG_CALL
    assert "FIRST SECOND" in capsys.readouterr().err
