"""What PyInstaller leaves to chance is settled after it."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from devtools.windows.freeze import sort_entries

HELD = {"re/_parser.pyc": b"parser" * 50, "locale.pyc": b"locale" * 50, "re/__init__.pyc": b"re"}


def test_entries_found_in_any_order_make_the_same_file(tmp_path: Path) -> None:
    files = [write(tmp_path / f"{number}.zip", order) for number, order in enumerate((sorted(HELD), [*HELD]))]
    assert files[0].read_bytes() != files[1].read_bytes()
    for file in files:
        sort_entries(file)
    assert files[0].read_bytes() == files[1].read_bytes()
    with zipfile.ZipFile(files[0]) as sorted_file:
        assert sorted_file.testzip() is None
        assert {name: sorted_file.read(name) for name in sorted_file.namelist()} == HELD
        assert {entry.compress_type for entry in sorted_file.infolist()} == {zipfile.ZIP_DEFLATED}


def write(file: Path, order: Sequence[str]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name in order:
            written.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), HELD[name], zipfile.ZIP_DEFLATED)
    return file
