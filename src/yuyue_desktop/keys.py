"""The store's key at program start (architecture, Keys and people); TEMPORARY until vault lands."""

from __future__ import annotations

import hashlib
import os

from yuyue_desktop.profiles import Profile


def open_key(profile: Profile, password_fd: int | None) -> bytes:
    with os.fdopen(password_fd or 0, "rb") as f:
        return hashlib.sha256(f.read()).digest()
