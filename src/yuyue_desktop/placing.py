"""Puts a finished file in its place so that a power cut leaves the old one or the new one, whole; knows no database."""

from __future__ import annotations

import os
from pathlib import Path


def place(fresh: Path, target: Path) -> None:
    """Bring a file to the disk and give it another one's name, for good. Raises OSError."""
    settle_content(fresh)
    fresh.replace(target)
    settle_names(target.parent)


def settle_content(file: Path) -> None:
    """What is in a file stays so before anything else is done. Raises OSError."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def settle_names(folder: Path) -> None:
    """What was renamed in a folder stays so before anything else is done. Raises OSError."""
    if os.name == "nt":
        return  # a folder can't be synced there; NTFS writes changes of names to its log in their order
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
