"""Brings an attachment to the gateway in parts, going on where an earlier try ended; knows no seal and no token."""

from __future__ import annotations

from collections.abc import Callable

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.gateway.errors import answer_invalid
from yuyue_desktop.wire.messages import PART_BYTES, AttachmentParts

SendPart = Callable[[int, int, bytes], AttachmentParts]
"""Sends part `number` (from 0) of `total`; answers what has arrived by then."""


def parts_of(content: bytes) -> tuple[bytes, ...]:
    """The content cut into parts of `PART_BYTES`, the last one shorter; an empty file is one empty part."""
    return tuple(content[start : start + PART_BYTES] for start in range(0, max(len(content), 1), PART_BYTES))


def upload(content: bytes, ask_arrived: Callable[[], AttachmentParts], send_part: SendPart) -> None:
    """Send what has not arrived; once more from the start where a part that was there already turns out to be wrong.

    Raises:
        YuyueError: what the calls raise; GATEWAY_ANSWER_INVALID where all parts went and the file is not complete.
    """
    try:
        _send_missing(content, ask_arrived(), send_part)
    except YuyueError as error:
        if error.code is not Code.DIGEST_MISMATCH:
            raise
        _send_missing(content, ask_arrived(), send_part)


def _send_missing(content: bytes, arrived: AttachmentParts, send_part: SendPart) -> None:
    parts = parts_of(content)
    for number, part in enumerate(parts):
        if arrived.is_complete:
            return
        if number not in arrived.arrived:
            arrived = send_part(number, len(parts), part)
    if not arrived.is_complete:
        raise answer_invalid("attachment incomplete")
