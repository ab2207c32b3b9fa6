"""Whether a key is the one a store was made with, told by a small file beside it; knows nothing of the database.

Without it a wrong key and a damaged first page look alike, and a file that has vanished looks like a new profile.
"""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from yuyue_desktop.placing import place

_CONTEXT = b"yuyue-desktop store key 1"


def is_kept(store: Path) -> bool:
    """Whether the store was ever completed: the check is written after the first commit."""
    return _file(store).exists()


def is_right(store: Path, key: bytes) -> bool:
    """Whether the key is the store's. Raises OSError."""
    return hmac.compare_digest(_file(store).read_text(encoding="ascii", errors="replace"), _check(key))


def keep(store: Path, key: bytes) -> None:
    """Write the check, whole or not at all. Raises OSError."""
    file = _file(store)
    fresh = file.with_name(f"{file.name}.new")
    fresh.write_text(_check(key), encoding="ascii")
    place(fresh, file)


def forget(store: Path) -> None:
    """The store is put aside: the next one of this name counts as new. Raises OSError."""
    _file(store).unlink(missing_ok=True)


def _file(store: Path) -> Path:
    return store.with_name(f"{store.name}.keycheck")


def _check(key: bytes) -> str:
    return hmac.new(key, _CONTEXT, hashlib.sha256).hexdigest()
