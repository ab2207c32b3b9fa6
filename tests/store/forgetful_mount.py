"""Mounts a forgetful disk where programs find it, through FUSE, until the power fails; judges no content."""

from __future__ import annotations

import itertools
import stat
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EIO
from pathlib import Path, PurePosixPath

import mfusepy

from tests.store.forgetful_disk import ForgetfulDisk, Node

PATIENCE_S = 60.0
BLOCK_BYTES = 4096
BLOCKS = 1 << 20
"""The disk calls itself 4 GB large; it is as large as the memory."""


class MountRefused(Exception):
    """This machine mounts nothing for us; the library has said on the error output why."""


class Switch:
    """Counts what programs change and sync; before the step `cut_at` it calls `on_cut`, and nothing works after.

    With a `mark` it counts from the making of a folder of that name. A lying disk says that it has synced and never
    does.
    """

    def __init__(self, cut_at: int | None = None, *, mark: str = "", is_lying: bool = False) -> None:
        self.on_cut: Callable[[], None] = lambda: None
        self.steps = 0
        self.is_off = False
        self.is_lying = is_lying
        self._mark = mark
        self._cut_at = cut_at

    def note_folder(self, path: str) -> None:
        """A folder was made."""
        if PurePosixPath(path).name == self._mark:
            self._mark, self.steps = "", 0

    def step(self) -> None:
        """One change more. Raises OSError once the power has failed."""
        self.steps += 1
        if self.steps == self._cut_at and not self._mark:
            self.is_off = True
            self.on_cut()
        if self.is_off:
            raise OSError(EIO, "no power")


class Calls:
    """The calls of the kernel on a disk, as mfusepy hands them on; one at a time."""

    use_ns = True

    def __init__(self, disk: ForgetfulDisk, switch: Switch) -> None:
        self.is_mounted = threading.Event()
        self._disk = disk
        self._switch = switch
        self._handles = itertools.count(1)
        self._open: dict[int, Node] = {}

    def init(self, _path: str) -> None:
        """The kernel has begun to ask."""
        self.is_mounted.set()

    def getattr(self, path: str, fh: int | None = None) -> dict[str, int]:
        """What stat(2) shows; times stand still."""
        return _status(self._open[fh] if fh else self._disk.find(path))

    def statfs(self, _path: str) -> dict[str, int]:
        """Room enough."""
        blocks = dict.fromkeys(("f_blocks", "f_bfree", "f_bavail"), BLOCKS)
        return {"f_bsize": BLOCK_BYTES, "f_frsize": BLOCK_BYTES, "f_namemax": 255, **blocks}

    def readdir(self, path: str, _fh: int) -> list[tuple[str, dict[str, int], int]]:
        """Names in a folder."""
        folder = self._disk.find(path)
        nodes = {".": folder, "..": folder, **folder.entries}
        return [(name, _status(node), 0) for name, node in nodes.items()]

    def open(self, path: str, _flags: int) -> int:
        """Open a file; the kernel has cut it off itself where that was asked for."""
        return self._handle(self._disk.find(path))

    def create(self, path: str, _mode: int, _flags: int) -> int:
        """Make a file and open it."""
        self._switch.step()
        return self._handle(self._disk.make(path, is_folder=False))

    def read(self, _path: str, size: int, offset: int, fh: int) -> bytes:
        """Read what programs see, synced or not."""
        return bytes(self._open[fh].content[offset : offset + size])

    def write(self, _path: str, data: bytes, offset: int, fh: int) -> int:
        """Write to memory."""
        self._switch.step()
        self._open[fh].write(data, offset)
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> None:
        """Make a file as long."""
        self._switch.step()
        (self._open[fh] if fh else self._disk.find(path)).truncate(length)

    def fsync(self, _path: str, _datasync: int, fh: int) -> None:
        """Make a file's content safe."""
        self._sync(self._open[fh])

    def fsyncdir(self, path: str, _datasync: int, _fh: int) -> None:
        """Make a folder's names safe."""
        self._sync(self._disk.find(path))

    def release(self, _path: str, fh: int) -> None:
        """Close; nothing is synced by that."""
        del self._open[fh]

    def mkdir(self, path: str, _mode: int) -> None:
        """Make a folder."""
        self._switch.step()
        self._disk.make(path, is_folder=True)
        self._switch.note_folder(path)

    def unlink(self, path: str) -> None:
        """Delete a file."""
        self._switch.step()
        self._disk.remove(path)

    rmdir = unlink

    def rename(self, old: str, new: str) -> None:
        """Rename a file or a folder."""
        self._switch.step()
        self._disk.rename(old, new)

    def chmod(self, _path: str, _mode: int) -> None:
        """Everything is its owner's alone, whatever is asked for."""

    def utimens(self, _path: str, _times: tuple[int, int] | None = None) -> None:
        """Times stand still."""

    def _sync(self, node: Node) -> None:
        self._switch.step()
        if not self._switch.is_lying:
            self._disk.sync(node)

    def _handle(self, node: Node) -> int:
        handle = next(self._handles)
        self._open[handle] = node
        return handle


def _status(node: Node) -> dict[str, int]:
    mode, links = (stat.S_IFDIR | 0o700, 2) if node.is_folder else (stat.S_IFREG | 0o600, 1)
    return {"st_ino": node.number, "st_mode": mode, "st_nlink": links, "st_size": len(node.content)}


@contextmanager
def mounted(disk: ForgetfulDisk, folder: Path, switch: Switch) -> Iterator[None]:
    """The disk is at the folder meanwhile: for other processes alone, as this one answers the kernel.

    Raises:
        MountRefused: this machine does not do that.
    """
    calls = Calls(disk, switch)
    serving = threading.Thread(target=_serve, args=(calls, folder), name="fuse", daemon=True)
    serving.start()
    while not calls.is_mounted.wait(0.1):
        if not serving.is_alive():
            raise MountRefused
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
        serving.join(PATIENCE_S)
    if serving.is_alive():
        raise RuntimeError("somebody holds the disk")


def _serve(calls: Calls, folder: Path) -> None:
    # Whoever opens a file sees what was there before: the kernel is the only one that changes it.
    options = {"hard_remove": True, "use_ino": True, "kernel_cache": True}
    try:
        mfusepy.FUSE(calls, str(folder), foreground=True, nothreads=True, **options)
    except RuntimeError:
        return
