"""Skip a build step whose result is there and whose inputs are the same as last time."""

from __future__ import annotations

import hashlib
from pathlib import Path


def fingerprint(*parts: str | bytes | Path) -> str:
    """Return a digest of texts, bytes and the contents of files; a folder stands for all files in it."""
    digest = hashlib.sha256()
    for part in parts:
        for piece in pieces(part):
            digest.update(hashlib.sha256(piece).digest())
    return digest.hexdigest()


def pieces(part: str | bytes | Path) -> list[bytes]:
    """Return the bytes that stand for one input."""
    if isinstance(part, Path):
        files = sorted(path for path in part.rglob("*") if path.is_file()) if part.is_dir() else [part]
        return [file.read_bytes() for file in files]
    return [part.encode() if isinstance(part, str) else part]


def stamp_of(result: Path) -> Path:
    """Return the file beside a result that holds its inputs' fingerprint."""
    return result.with_name(result.name + ".stamp")


def is_fresh(result: Path, inputs: str) -> bool:
    """Tell whether the result was made from these inputs."""
    stamp = stamp_of(result)
    return result.exists() and stamp.is_file() and stamp.read_text(encoding="ascii") == inputs


def mark(result: Path, inputs: str) -> None:
    """Note that the result was made from these inputs."""
    stamp_of(result).write_text(inputs, encoding="ascii")
