"""Reads HTTP requests off a connection, for servers and proxies of our own that spoil what follows."""

from __future__ import annotations

import re
import ssl

MOST_AT_ONCE = 65536
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*([0-9]+)")


def read_message(client: ssl.SSLSocket) -> tuple[bytes, bytes] | None:
    """Head and body of the next request, None where the connection ends before it is whole. Raises OSError."""
    content = b""
    while b"\r\n\r\n" not in content:
        part = client.recv(MOST_AT_ONCE)
        if not part:
            return None
        content += part
    head, _, body = content.partition(b"\r\n\r\n")
    found = _LENGTH.search(head)
    while len(body) < (int(found[1]) if found else 0):
        part = client.recv(MOST_AT_ONCE)
        if not part:
            return None
        body += part
    return head, body
