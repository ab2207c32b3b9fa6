"""Reads a file that a clerk picked: only what is a file, only so much of it, only once it keeps still; knows no PDF."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.rules import kilobytes, shown

MOST_READ_BYTES = 32 * 1024 * 1024
"""A larger file is refused unread: it is many times over the limit (S19)."""

LONGEST_NAME = 255
"""No system has longer file names; a path out of somebody's file may."""

_PART_BYTES = 1024 * 1024
_READ_ONLY = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
# A pipe that nobody writes to must not hold up whoever opens it.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)


def read_picked(path: Path, allowed: AttachmentLimits) -> bytes:
    """The bytes of a file; blocks as long as the disk or the network does.

    What only breaks the limits is read, so that it can be measured; what is many times larger is not.

    Raises:
        YuyueError: FILE_*, ATTACHMENT_TOO_LARGE.
    """
    name = shown(path.name[:LONGEST_NAME])
    try:
        file = os.open(path, _READ_ONLY | _AT_ONCE)
    except ValueError as error:  # a NUL in the path
        raise user_error(Code.FILE_MISSING, name=name) from error
    except OSError as error:
        raise _why_not_open(path, name, error) from error
    try:
        return _read(file, name, allowed)
    except OSError as error:
        raise user_error(Code.FILE_UNREADABLE, name=name) from error
    finally:
        os.close(file)


def _read(file: int, name: str, allowed: AttachmentLimits) -> bytes:
    before = os.fstat(file)
    if stat.S_ISDIR(before.st_mode):
        raise user_error(Code.FILE_IS_FOLDER, name=name)
    if not stat.S_ISREG(before.st_mode):
        raise user_error(Code.FILE_NOT_REGULAR, name=name)
    if before.st_size > MOST_READ_BYTES:
        limit_mb = allowed.file_bytes // 1024 // 1024
        raise user_error(Code.ATTACHMENT_TOO_LARGE, name=name, size=kilobytes(before.st_size), limit=limit_mb)
    content = bytearray()
    while part := os.read(file, _PART_BYTES):
        content += part
        if len(content) > before.st_size:
            break
    after = os.fstat(file)
    if len(content) != before.st_size or (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise user_error(Code.FILE_CHANGING, name=name)
    if not content:
        raise user_error(Code.FILE_EMPTY, name=name)
    return bytes(content)


def _why_not_open(path: Path, name: str, error: OSError) -> YuyueError:
    if error.errno in (errno.ENOENT, errno.ELOOP) and path.is_symlink():
        return user_error(Code.FILE_LINK_BROKEN, name=name)
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return user_error(Code.FILE_MISSING, name=name)
    if error.errno == errno.ENXIO:
        return user_error(Code.FILE_NOT_REGULAR, name=name)
    if path.is_dir():  # Windows does not even open one
        return user_error(Code.FILE_IS_FOLDER, name=name)
    return user_error(Code.FILE_UNREADABLE, name=name)
