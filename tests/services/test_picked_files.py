"""Files as clerks pick them: whatever stands there is read, or said in words, and nothing hangs."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.services import picked_files
from yuyue_desktop.services.picked_files import MOST_READ_BYTES, read_picked

LIMITS = AttachmentLimits()


def refusal(path: Path) -> YuyueError:
    """Why a path is not read."""
    with pytest.raises(YuyueError) as caught:
        read_picked(path, LIMITS)
    return caught.value


@pytest.mark.parametrize("size", [1, 1024 * 1024, 5 * 1024 * 1024 + 1])
def test_a_file_is_read_whole(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    (tmp_path / "a.pdf").write_bytes(content)
    assert read_picked(tmp_path / "a.pdf", LIMITS) == content


def test_a_link_is_read_as_what_it_points_to(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"content")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "a.pdf")
    assert read_picked(tmp_path / "link.pdf", LIMITS) == b"content"


def missing(folder: Path) -> Path:
    return folder / "gone.pdf"


def below_a_file(folder: Path) -> Path:
    (folder / "a.pdf").touch()
    return folder / "a.pdf" / "b.pdf"


def too_long(folder: Path) -> Path:
    return folder / ("长" * 300 + ".pdf")


def with_nul(folder: Path) -> Path:
    return folder / "a\0b.pdf"


def dangling(folder: Path) -> Path:
    (folder / "a.pdf").symlink_to(folder / "gone.pdf")
    return folder / "a.pdf"


def loop(folder: Path) -> Path:
    (folder / "a.pdf").symlink_to(folder / "b.pdf")
    (folder / "b.pdf").symlink_to(folder / "a.pdf")
    return folder / "a.pdf"


def folder_itself(folder: Path) -> Path:
    (folder / "a.pdf").mkdir()
    return folder / "a.pdf"


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "a.pdf")
    return folder / "a.pdf"


def device(_folder: Path) -> Path:
    return Path("/dev/zero")


def listening_socket(folder: Path) -> Path:
    here = Path.cwd()
    os.chdir(folder)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("a.pdf")
    os.chdir(here)
    return folder / "a.pdf"


def empty(folder: Path) -> Path:
    (folder / "a.pdf").touch()
    return folder / "a.pdf"


def huge(folder: Path) -> Path:
    with (folder / "a.pdf").open("wb") as file:
        file.truncate(MOST_READ_BYTES + 1)
    return folder / "a.pdf"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (missing, Code.FILE_MISSING),
        (below_a_file, Code.FILE_MISSING),
        (too_long, Code.FILE_MISSING),
        (with_nul, Code.FILE_MISSING),
        (dangling, Code.FILE_LINK_BROKEN),
        (loop, Code.FILE_LINK_BROKEN),
        (folder_itself, Code.FILE_IS_FOLDER),
        (pipe, Code.FILE_NOT_REGULAR),
        (device, Code.FILE_NOT_REGULAR),
        (listening_socket, Code.FILE_NOT_REGULAR),
        (empty, Code.FILE_EMPTY),
        (huge, Code.ATTACHMENT_TOO_LARGE),
    ],
)
def test_what_can_not_be_read_says_why(tmp_path: Path, make: Callable[[Path], Path], code: Code) -> None:
    assert refusal(make(tmp_path)).code is code


def test_a_name_in_a_message_shows_every_character(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a\0\u202eb.pdf").params["name"] == "a\ufffd\ufffdb.pdf"


def test_a_file_that_is_not_to_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root nothing on the disk refuses to be opened: the system's own answer stands in for another user's file."""

    def refuse(*_args: object) -> int:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.pdf").touch()
    monkeypatch.setattr(os, "open", refuse)
    assert refusal(tmp_path / "a.pdf").code is Code.FILE_UNREADABLE


@pytest.mark.parametrize("change", ["grows", "shrinks", "is rewritten"])
def test_a_file_that_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    """The writer works between two parts that are read."""
    monkeypatch.setattr(picked_files, "_PART_BYTES", 100)
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x" * 1000)
    real = os.read

    def read(file: int, count: int) -> bytes:
        part = real(file, count)
        with path.open("r+b") as writer:
            if change == "shrinks":
                writer.truncate(50)
            else:
                writer.seek(0, os.SEEK_END if change == "grows" else os.SEEK_SET)
                writer.write(b"more")
        os.utime(path, ns=(1, threading.get_ident()))
        return part

    monkeypatch.setattr(os, "read", read)
    assert refusal(path).code is Code.FILE_CHANGING


def test_a_file_that_vanishes_while_it_is_read_is_whole_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An open file stays readable on this system; a network drive answers with an error."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x" * 1000)
    real = os.read

    def gone(_file: int, _count: int) -> bytes:
        raise OSError(5, "Input/output error")

    def read(file: int, count: int) -> bytes:
        path.unlink(missing_ok=True)
        return real(file, count)

    monkeypatch.setattr(os, "read", read)
    assert read_picked(path, LIMITS) == b"x" * 1000
    path.write_bytes(b"x" * 1000)
    monkeypatch.setattr(os, "read", gone)
    assert refusal(path).code is Code.FILE_UNREADABLE
