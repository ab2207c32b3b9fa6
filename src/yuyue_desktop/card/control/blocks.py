"""Large requests to the control, cut into blocks that it asks for one after another; knows no websocket and no method.

The control counts lengths in UTF-16 code units, as the browser does that it was made for.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator

MOST_CHARACTERS = 120 * 1024
"""The greatest block; a character beyond Latin counts three."""
TRIES_PER_BLOCK = 3
"""How often blocks are sent anew, times the number of blocks, before the control counts as broken."""

_MARK = "BLOCKTXT"
_HEAD_CHARACTERS = 128
_WIDE = 0x100
_POLYNOMIAL = 0xA001
_CRC_START = 0xFFFF


def _remainder(byte: int) -> int:
    for _ in range(8):
        byte = (byte >> 1) ^ (_POLYNOMIAL if byte & 1 else 0)
    return byte


_REMAINDERS = tuple(_remainder(byte) for byte in range(256))


def check_code(content: str) -> str:
    """CRC-16 (Modbus) over the low byte of each UTF-16 code unit, low byte first, as four upper-case hex digits."""
    crc = _CRC_START
    for byte in content.encode("utf-16-le", "surrogatepass")[::2]:
        crc = (crc >> 8) ^ _REMAINDERS[(crc ^ byte) & 0xFF]
    return crc.to_bytes(2, "little").hex().upper()


def is_large(message: str) -> bool:
    """Whether a request must go in blocks."""
    return next(_cuts(message), len(message)) < len(message)


class BlockedRequest:
    """One large request: `block` is called for each block that the control asks for."""

    def __init__(self, message: str) -> None:
        self._group = str(uuid.uuid4())
        self._check = check_code(message)
        self._length = _units(message)
        cuts = [0, *_cuts(message), len(message)]
        self._blocks = [message[first:last] for first, last in itertools.pairwise(cuts) if first < last]
        self._failures = 0

    def block(self, number: int) -> str:
        """The frame of a block. Raises IndexError where there is none of that number."""
        if number < 0:
            raise IndexError(number)
        content = self._blocks[number]
        head = (
            f"{_MARK}{self._check}{check_code(content)}{self._length:016}{_units(content):08}"
            f"{len(self._blocks):04}{self._group}{number:04}"
        )
        return head.ljust(_HEAD_CHARACTERS, "0") + content

    def is_mine(self, group: object) -> bool:
        """Whether the control speaks of this request."""
        return group == self._group

    def may_try_again(self) -> bool:
        """Count a block that did not arrive well; whether it may be sent once more."""
        self._failures += 1
        return self._failures <= TRIES_PER_BLOCK * len(self._blocks)


def _units(content: str) -> int:
    return len(content.encode("utf-16-le", "surrogatepass")) // 2


def _cuts(message: str) -> Iterator[int]:
    """Where one block ends and the next begins."""
    size = 0
    for place, character in enumerate(message, start=1):
        size += 3 if ord(character) >= _WIDE else 1
        if size > MOST_CHARACTERS - 3:
            yield place
            size = 0
