"""The attachments' bytes, by what they are (SHA-256); knows no application."""

from __future__ import annotations

import hashlib

import apsw

from yuyue_desktop.domain.errors import Blame, Code, YuyueError


def put(connection: apsw.Connection, sha256: str, content: bytes) -> None:
    """Keep a file; a repeat is a no-op. Raises YuyueError(DIGEST_MISMATCH) unless the digest is the content's."""
    if hashlib.sha256(content).hexdigest() != sha256:
        raise YuyueError(Code.DIGEST_MISMATCH, {"sha256": sha256}, Blame.BUG)
    connection.execute("INSERT OR IGNORE INTO attachments VALUES (?, ?)", (sha256, content))


def find(connection: apsw.Connection, sha256: str) -> bytes | None:
    """A file's bytes."""
    row = connection.execute("SELECT content FROM attachments WHERE sha256 = ?", (sha256,)).fetchone()
    return bytes(row[0]) if row else None


def lacks(connection: apsw.Connection, digests: tuple[str, ...]) -> str | None:
    """The first of the digests that no file is kept of."""
    sql = "SELECT EXISTS (SELECT 1 FROM attachments WHERE sha256 = ?)"
    return next((sha256 for sha256 in digests if not connection.execute(sql, (sha256,)).get), None)
