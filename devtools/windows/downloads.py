"""Files fetched once and kept by their hash in the ignored folder; knows no place where they come from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from devtools.processes import StepFailed
from devtools.windows.layout import DOWNLOADS


def kept(name: str, sha256: str, fetch: Callable[[Path], None]) -> Path:
    """Return the file of that hash; `fetch` puts it where it is told unless it is there. Raises StepFailed."""
    file = DOWNLOADS / sha256 / name
    if not is_whole(file, sha256):
        file.parent.mkdir(parents=True, exist_ok=True)
        fetch(file)
        if not is_whole(file, sha256):
            raise StepFailed(f"{name} is not the file that was wanted")
    return file


def is_whole(file: Path, sha256: str) -> bool:
    """Tell whether a file is there and has that hash."""
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == sha256
