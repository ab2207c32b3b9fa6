"""Says in what two builds differ: `python -m devtools.windows.differences FIRST SECOND`; builds nothing."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from PyInstaller.archive.readers import ArchiveReadError, CArchiveReader

from devtools.processes import complain, say

LIBRARY = "PYZ.pyz"
WRONG_CALL = 2
FRAME = "the program file outside its archive"


def differences(first: Path, second: Path) -> Iterator[str]:
    """Yield a line for each file that only one folder has, or that differs, with the parts that do."""
    ours, theirs = _files(first), _files(second)
    for name in sorted(ours | theirs):
        if name not in ours or name not in theirs:
            yield f"{name}: only in {first if name in ours else second}"
        elif (first / name).read_bytes() != (second / name).read_bytes():
            parts = _unlike(parts_of(first / name), parts_of(second / name))
            yield ": ".join(filter(None, [name, ", ".join(parts)]))


def parts_of(file: Path) -> Mapping[str, object]:
    """What a program of PyInstaller's or a zip file holds, by name; empty for any other file."""
    if zipfile.is_zipfile(file) and file.suffix == ".zip":
        with zipfile.ZipFile(file) as held:
            return {entry.filename: (entry.CRC, entry.date_time) for entry in held.infolist()}
    try:
        return _parts_of_program(CArchiveReader(str(file)))
    except ArchiveReadError:
        return {}


def _parts_of_program(archive: CArchiveReader) -> dict[str, object]:
    parts: dict[str, object] = {name: archive.extract(name) for name in archive.toc if name != LIBRARY}
    if LIBRARY in archive.toc:
        library = archive.open_embedded_archive(LIBRARY)
        parts |= {f"{LIBRARY}/{name}": library.extract(name, raw=True) for name in library.toc}
    return parts


def _unlike(ours: Mapping[str, object], theirs: Mapping[str, object]) -> list[str]:
    if not ours or not theirs:
        return []
    names = [name for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name)]
    return names or [FRAME]


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def main(words: Sequence[str]) -> int:
    """Print the differences; answers 0 for none, 1 for some, WRONG_CALL."""
    folders = [Path(word) for word in words if Path(word).is_dir()]
    match folders:
        case [first, second]:
            found = list(differences(first, second))
            say("\n".join(found) or "no difference")
            return 1 if found else 0
        case _:
            complain("python -m devtools.windows.differences FIRST SECOND: two folders")
            return WRONG_CALL


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
