"""Tags, lengths and values as smart cards write them (BER-TLV of ISO 7816-4); knows no card."""

from __future__ import annotations

from collections.abc import Iterator

_SHORT = 0x80
_LOW_TAG_BITS = 0x1F


def encode(tag: int, *values: bytes) -> bytes:
    """One object whose value is the values in a row."""
    value = b"".join(values)
    return tag.to_bytes((tag.bit_length() + 7) // 8, "big") + _length(len(value)) + value


def decode(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The objects that stand in a row; raises IndexError where one is cut off in its head."""
    at = 0
    while at < len(content):
        end = at + 1
        if content[at] & _LOW_TAG_BITS == _LOW_TAG_BITS:
            while content[end] & _SHORT:
                end += 1
            end += 1
        tag = int.from_bytes(content[at:end], "big")
        length, at = content[end], end + 1
        if length & _SHORT:
            size = length & ~_SHORT
            length, at = int.from_bytes(content[at : at + size], "big"), at + size
        yield tag, content[at : at + length]
        at += length


def _length(length: int) -> bytes:
    if length < _SHORT:
        return bytes([length])
    size = (length.bit_length() + 7) // 8
    return bytes([_SHORT | size]) + length.to_bytes(size, "big")
