"""The recovery code: a second way to the store's key, shown once at set-up and written on paper.

30 letters and digits in groups of five: 140 random bits in Crockford's base 32 (no I, L, O, U), then two check
characters.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from pathlib import Path

from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.vault import wrapped_key

WAY = "recovery"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_CHARACTERS = 28
CHECK_CHARACTERS = 2
GROUP = 5

_ALIKE = str.maketrans("OIL", "011")
_SALT_BYTES = 16


class Recovery:
    """The key wrapped by a recovery code, in a file in the profile's folder."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @property
    def is_kept(self) -> bool:
        """Whether a recovery code was ever given out."""
        return self._file.exists()

    def give_out(self, profile: str, key: bytes) -> str:
        """A new code for the key, to be shown once; an older one opens nothing any more.

        Raises:
            YuyueError: STORE_UNWRITABLE.
        """
        code = _with_check("".join(secrets.choice(ALPHABET) for _ in range(RANDOM_CHARACTERS)))
        salt = secrets.token_bytes(_SALT_BYTES)
        content = wrapped_key.wrapped(profile, WAY, {"salt": salt.hex()}, _derived(code, salt), key)
        wrapped_key.write(self._file, content)
        return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))

    def unwrap(self, profile: str, code: str) -> bytes | None:
        """The key by a code as typed, None where no code was given out.

        Raises:
            YuyueError: RECOVERY_CODE_MALFORMED (miscopied), STORE_KEY_WRONG (another store's or an older code);
                STORE_DAMAGED, STORE_NEWER, STORE_UNWRITABLE for the file.
        """
        typed = read_code(code)
        content = wrapped_key.read(self._file, WAY)
        if content is None:
            return None
        try:
            salt = bytes.fromhex(str(content.derivation["salt"]))
        except (KeyError, ValueError) as error:
            raise YuyueError(Code.STORE_DAMAGED, {"file": self._file.name}) from error
        return wrapped_key.unwrapped(profile, content, _derived(typed, salt))


def read_code(text: str) -> str:
    """A code as typed, in its one spelling: case, gaps, full-width signs and letters that look alike don't matter.

    Raises:
        YuyueError: RECOVERY_CODE_MALFORMED.
    """
    letters = [letter for letter in unicodedata.normalize("NFKC", text).upper() if letter.isalnum()]
    code = "".join(letters).translate(_ALIKE)
    if len(code) != RANDOM_CHARACTERS + CHECK_CHARACTERS or code != _with_check(code[:RANDOM_CHARACTERS]):
        raise user_error(Code.RECOVERY_CODE_MALFORMED)
    return code


def _with_check(random_part: str) -> str:
    """The code with two characters that tell a slip of the pen; 1 slip in 1024 passes, and then opens nothing."""
    digest = hashlib.sha256(random_part.encode()).digest()
    return random_part + "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:CHECK_CHARACTERS])


def _derived(code: str, salt: bytes) -> bytes:
    """The wrapping key; the code's 140 random bits need no slow hash."""
    return hmac.new(salt, b"yuyue-desktop recovery 1 " + code.encode(), hashlib.sha256).digest()
