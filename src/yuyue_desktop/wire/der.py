"""The outermost structure of DER bytes: enough to find a field in a certificate that was already parsed as sound."""

from __future__ import annotations

from collections.abc import Iterator

_LONG_LENGTH = 0x80


def fields(encoded: bytes) -> tuple[bytes, ...]:
    """The elements inside a DER SEQUENCE, each whole with its tag and length. Raises ValueError where cut short."""
    content_at, end = _span(encoded, 0)
    return tuple(_elements(encoded, content_at, end))


def _elements(encoded: bytes, at: int, end: int) -> Iterator[bytes]:
    while at < end:
        _, after = _span(encoded, at)
        yield encoded[at:after]
        at = after


def _span(encoded: bytes, at: int) -> tuple[int, int]:
    """Where the content of the element at an offset begins and ends."""
    if at + 2 > len(encoded):
        raise ValueError("DER is cut short")
    length, content_at = encoded[at + 1], at + 2
    if length & _LONG_LENGTH:
        digits = length - _LONG_LENGTH
        length, content_at = int.from_bytes(encoded[content_at : content_at + digits], "big"), content_at + digits
    if content_at + length > len(encoded):
        raise ValueError("DER is cut short")
    return content_at, content_at + length
