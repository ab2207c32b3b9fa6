"""A file's content as a disk keeps it: what was synced, and the writes since, of which a power cut leaves any part."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

SECTOR_BYTES = 512


@dataclass
class Write:
    """One write that was not synced yet; `content` None makes the file end at `offset`."""

    offset: int
    content: bytes | None


@dataclass
class Unsynced:
    """What is safe, and what came after."""

    safe: bytes = b""
    unsafe: list[Write] = field(default_factory=list)

    def sync(self) -> None:
        """All of it is safe from now on."""
        self.safe = self._after(lambda: True)
        self.unsafe.clear()

    def content_after_a_cut(self, chance: random.Random) -> bytes:
        """Of each sector that was not synced the old or the new."""
        return self._after(lambda: chance.random() < 0.5)

    def _after(self, stays: Callable[[], bool]) -> bytes:
        content = bytearray(self.safe)
        for write in self.unsafe:
            if write.content is None:
                if stays():
                    del content[write.offset :]
                    content.extend(bytes(write.offset - len(content)))
                continue
            for start in range(0, len(write.content), SECTOR_BYTES):
                if stays():
                    put(content, write.content[start : start + SECTOR_BYTES], write.offset + start)
        return bytes(content)


def put(content: bytearray, part: bytes, offset: int) -> None:
    """Write into a file's content; what lies before it and was never written is zeros."""
    content.extend(bytes(max(offset + len(part) - len(content), 0)))
    content[offset : offset + len(part)] = part
