"""Files that travel with submissions, arriving in parts (S19); checks their digest, not what is in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.limits import attachment_limits
from yuyue_desktop.wire.messages import PART_BYTES, AttachmentParts
from yuyue_practice.models import AttachmentPartRow, AttachmentRow

_DIGEST = re.compile(r"[0-9a-f]{64}")


def parts(session: Session, sha256: str) -> AttachmentParts:
    """Which parts of a file are here; none of a file never heard of. Raises CALL_UNUSABLE unless it is a digest."""
    _check_digest(sha256)
    numbers = select(AttachmentPartRow.number).where(AttachmentPartRow.sha256 == sha256)
    row = session.get(AttachmentRow, sha256)
    return AttachmentParts(sorted(session.scalars(numbers)), row is not None and row.size is not None)


def take_part(session: Session, sha256: str, content: bytes, *, number: int, of: int, now: datetime) -> AttachmentParts:
    """Keep a part; with the last one the digest of all is checked. A part that is here already is not taken again.

    The parts here are forgotten where the file is now said to have another number of them: one of both was no honest
    sender's, and uploading is open to all.

    Raises:
        YuyueError: CALL_UNUSABLE, number or size of the part can't be; ATTACHMENT_TOO_LARGE.
    """
    _check_digest(sha256)
    _check_part(number, of, len(content), now)
    row = session.get(AttachmentRow, sha256)
    if row is None:
        row = AttachmentRow(sha256=sha256, part_count=of, begun_at=now)
        session.add(row)
        session.flush()
    if row.part_count != of and row.size is None:
        _forget_parts(session, row)
        row.part_count = of
    if row.size is None and session.get(AttachmentPartRow, (sha256, number)) is None:
        session.add(AttachmentPartRow(sha256=sha256, number=number, content=content))
        session.flush()
        _complete(session, row)
    return parts(session, sha256)


def _check_digest(sha256: str) -> None:
    if not _DIGEST.fullmatch(sha256):
        raise user_error(Code.CALL_UNUSABLE, reason="附件的摘要应为 64 位小写十六进制")


def _check_part(number: int, of: int, size: int, now: datetime) -> None:
    limit = attachment_limits(now.date()).file_bytes
    if of > -(-limit // PART_BYTES):
        raise user_error(Code.ATTACHMENT_TOO_LARGE, name="附件", size=of * PART_BYTES // 1024, limit=limit // 1024**2)
    is_right_size = size == PART_BYTES if number < of - 1 else 0 < size <= PART_BYTES
    if not (0 <= number < of and is_right_size):
        raise user_error(Code.CALL_UNUSABLE, reason=f"第 {number} 段（共 {of} 段，{size} 字节）不对")


def _complete(session: Session, row: AttachmentRow) -> None:
    content = _joined(session, row.sha256)
    if len(content) == row.part_count:
        whole = b"".join(content)
        if hashlib.sha256(whole).hexdigest() == row.sha256:
            row.size = len(whole)
        else:
            # Which part is wrong can't be told: all must come again.
            _forget_parts(session, row)
            session.delete(row)


def _forget_parts(session: Session, row: AttachmentRow) -> None:
    session.execute(delete(AttachmentPartRow).where(AttachmentPartRow.sha256 == row.sha256))


def _joined(session: Session, sha256: str) -> list[bytes]:
    query = select(AttachmentPartRow.content).where(AttachmentPartRow.sha256 == sha256)
    return list(session.scalars(query.order_by(AttachmentPartRow.number)))


def missing(session: Session, attachments: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """Those of the attachments that are not wholly here yet."""
    return tuple(attachment for attachment in attachments if not parts(session, attachment.sha256).is_complete)


def content(session: Session, sha256: str) -> bytes:
    """The bytes of a file that is wholly here."""
    return b"".join(_joined(session, sha256))


def size(session: Session, sha256: str) -> int | None:
    """Bytes of a file, None while it is not wholly here."""
    row = session.get(AttachmentRow, sha256)
    return row.size if row else None
