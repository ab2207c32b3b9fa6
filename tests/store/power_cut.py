"""A disk under SQLite that remembers what was not synced, and shows what a power cut at this moment would leave of it.

It is an SQLite VFS below the encryption, over the system's own one; files are really written, and read, at once.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import RLock

import apsw

from tests.store.unsynced import Unsynced, Write

_CIPHERS = "multipleciphers-"


@dataclass
class Remembered(Unsynced):
    """A file that may have been made or deleted without a sync; `is_made` and `is_gone` as the disk knows it."""

    is_made: bool = False
    is_gone: bool = False

    def sync(self) -> None:
        """All of it is safe from now on."""
        super().sync()
        self.is_made = True

    def after_a_cut(self, chance: random.Random) -> bytes | None:
        """What a power cut leaves; None for no file at all."""
        if not self.is_made and chance.random() < 0.5:
            return None
        if self.is_gone and chance.random() < 0.5:
            return None
        return self.content_after_a_cut(chance)


class PowerCutDisk(apsw.VFS):
    """`name` is what connections are opened with; `on_step` is called before each write, sync and deletion."""

    def __init__(self, own_name: str) -> None:
        self.base_name = next(name for name in apsw.vfs_names() if name.startswith(_CIPHERS)).removeprefix(_CIPHERS)
        super().__init__(own_name, self.base_name)
        self.name = f"{_CIPHERS}{own_name}"
        self.on_step: Callable[[], None] = lambda: None
        self.steps = 0
        self._lock = RLock()
        self._files: dict[Path, Remembered] = {}

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        """Open a file and remember what it holds."""
        text = name.filename() if isinstance(name, apsw.URIFilename) else name
        if not text:
            return apsw.VFSFile(self.base_name, name, flags)
        with self._lock:
            file = Path(text)
            if file not in self._files or self._files[file].is_gone:
                is_there = file.exists()
                self._files[file] = Remembered(file.read_bytes() if is_there else b"", is_made=is_there)
        return _File(self, file, name, flags)

    def xDelete(self, name: str, syncdir: bool) -> None:
        """Delete a file, which a power cut may undo."""
        with self.step():
            super().xDelete(name, syncdir)
            if syncdir:
                self._files.pop(Path(name), None)
            elif Path(name) in self._files:
                self._files[Path(name)].is_gone = True

    def image(self, source: Path, target: Path, chance: random.Random) -> None:
        """Make a folder that holds what would be left of another one."""
        with self._lock:
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.db*-shm", "*.db", "*.db-wal", "*-journal"))
            for file, remembered in self._files.items():
                if file.parent == source and (content := remembered.after_a_cut(chance)) is not None:
                    (target / file.name).write_bytes(content)

    def note(self, file: Path, write: Write | None) -> None:
        """A write, or a sync."""
        remembered = self._files[file]
        if write is None:
            remembered.sync()
        else:
            remembered.unsafe.append(write)

    def step(self) -> RLock:
        """One change after the other; whoever looks on sees the disk between two."""
        with self._lock:
            self.steps += 1
            self.on_step()
        return self._lock


class _File(apsw.VFSFile):
    def __init__(self, disk: PowerCutDisk, file: Path, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__(disk.base_name, name, flags)
        self._disk, self._file = disk, file

    def xWrite(self, data: bytes, offset: int) -> None:
        with self._disk.step():
            super().xWrite(data, offset)
            self._disk.note(self._file, Write(offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:
        with self._disk.step():
            super().xTruncate(newsize)
            self._disk.note(self._file, Write(newsize, None))

    def xSync(self, flags: int) -> None:
        with self._disk.step():
            super().xSync(flags)
            self._disk.note(self._file, None)
