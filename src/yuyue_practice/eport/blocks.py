"""The control's end of large requests: puts blocks together again as they come, one after another; knows no method.

A block is a text frame of a 128-character head and a piece of the request (eport-card, Big payload framing).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

MARK = "BLOCKTXT"
HEAD_CHARACTERS = 128
_POLYNOMIAL = 0xA001


@dataclass(frozen=True, slots=True)
class Block:
    """One block as its head describes it."""

    whole_check: str
    check: str
    whole_length: int
    length: int
    count: int
    group: str
    number: int
    content: str

    @property
    def is_sound(self) -> bool:
        """Whether the content is what the head says."""
        return self.length == len(self.content.encode("utf-16-le")) // 2 and check_code(self.content) == self.check


def read_block(frame: str) -> Block:
    """The block that a frame is. Raises ValueError for a head that is none."""
    head = frame[:HEAD_CHARACTERS]
    if len(head) < HEAD_CHARACTERS or not head.startswith(MARK):
        raise ValueError("not a block")
    return Block(
        whole_check=head[8:12],
        check=head[12:16],
        whole_length=int(head[16:32]),
        length=int(head[32:40]),
        count=int(head[40:44]),
        group=head[44:80],
        number=int(head[80:84]),
        content=frame[HEAD_CHARACTERS:],
    )


def check_code(content: str) -> str:
    """CRC-16/MODBUS over the low bytes of the characters, its low byte first, as four upper-case hex digits."""
    remainder = 0xFFFF
    for low_byte in content.encode("utf-16-le")[::2]:
        remainder = remainder >> 8 ^ _eight_steps((remainder ^ low_byte) & 0xFF)
    return f"{remainder & 0xFF:02X}{remainder >> 8:02X}"


@lru_cache(256)
def _eight_steps(remainder: int) -> int:
    for _ in range(8):
        remainder = remainder >> 1 ^ (_POLYNOMIAL if remainder & 1 else 0)
    return remainder


class Assembly:
    """The blocks of one connection until they make a request."""

    def __init__(self) -> None:
        self._group = ""
        self._contents: list[str] = []

    def add(self, block: Block, *, is_good_day: bool = True) -> tuple[dict[str, Any], str | None]:
        """Take a block; answers the `_args` of the call for the next one, and the request once it is whole."""
        if block.group != self._group:
            self._group, self._contents = block.group, []
        is_taken = is_good_day and block.is_sound and block.number == len(self._contents)
        if is_taken:
            self._contents.append(block.content)
        request = self._request(block)
        place = {"guid": block.group, "next": len(self._contents), "finish": request is not None}
        return {"Result": is_taken, "Data": [place], "Error": []}, request

    def _request(self, block: Block) -> str | None:
        whole = "".join(self._contents)
        if len(self._contents) < block.count or check_code(whole) != block.whole_check:
            return None
        self._group, self._contents = "", []
        return whole
