"""The small file that holds the store's key wrapped by another key; knows not where that other key comes from.

JSON: `format` 1, `way` (password or recovery), `derivation` (what is needed to derive the wrapping key again),
`wrapped` (hexadecimal). Format, way, derivation and profile are bound to the wrapped key: none can be exchanged.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.placing import place
from yuyue_desktop.wire import keywrap

FORMAT = 1


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """What the file holds; numbers and hexadecimal texts in `derivation`."""

    way: str
    derivation: Mapping[str, int | str]
    wrapped: bytes


def wrapped(profile: str, way: str, derivation: Mapping[str, int | str], wrapping_key: bytes, key: bytes) -> WrappedKey:
    """Wrap a key for a profile."""
    return WrappedKey(way, derivation, keywrap.wrap(wrapping_key, key, _context(profile, way, derivation)))


def unwrapped(profile: str, content: WrappedKey, wrapping_key: bytes) -> bytes:
    """The key. Raises YuyueError(STORE_KEY_WRONG) where the wrapping key or the profile is another one."""
    key = keywrap.unwrap(wrapping_key, content.wrapped, _context(profile, content.way, content.derivation))
    if key is None:
        raise user_error(Code.STORE_KEY_WRONG)
    return key


def read(file: Path, way: str) -> WrappedKey | None:
    """What the file holds, None where there is no file.

    Raises:
        YuyueError: STORE_NEWER (a later format), STORE_DAMAGED (not a file of ours), STORE_UNWRITABLE (can't be read).
    """
    try:
        content = json.loads(file.read_bytes())
        if content["format"] > FORMAT:
            raise YuyueError(Code.STORE_NEWER, {"format": content["format"]})
        if content["way"] != way:
            raise YuyueError(Code.STORE_DAMAGED, {"file": file.name})
        return WrappedKey(way, dict(content["derivation"]), bytes.fromhex(content["wrapped"]))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise YuyueError(Code.STORE_UNWRITABLE, {"file": file.name}) from error
    except (ValueError, KeyError, TypeError) as error:
        raise YuyueError(Code.STORE_DAMAGED, {"file": file.name}) from error


def write(file: Path, content: WrappedKey) -> None:
    """Write the file, whole or not at all and for good: without it the store can't be read.

    Raises YuyueError(STORE_UNWRITABLE).
    """
    document = {
        "format": FORMAT,
        "way": content.way,
        "derivation": dict(content.derivation),
        "wrapped": content.wrapped.hex(),
    }
    fresh = file.with_name(f"{file.name}.new")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
            json.dump(document, stream)
        place(fresh, file)
    except OSError as error:
        raise YuyueError(Code.STORE_UNWRITABLE, {"file": file.name}) from error


def _context(profile: str, way: str, derivation: Mapping[str, int | str]) -> bytes:
    return json.dumps([FORMAT, profile, way, dict(derivation)], sort_keys=True).encode()
