"""Secrets that a call hands over in files or on standard input, never as an argument; keeps none."""

from __future__ import annotations

from pathlib import Path

from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.domain.errors import Code, user_error

STANDARD_INPUT = "-"
MOST_BYTES = 4096
"""No secret is longer; another file was named by mistake."""


def read_secret(file: str, option: str, streams: Streams) -> str:
    """The first line of a file, `-` of standard input.

    Raises:
        YuyueError: CALL_UNUSABLE, naming the option.
    """
    try:
        if file == STANDARD_INPUT:
            content = streams.stdin.readline(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                content = stream.readline(MOST_BYTES + 1)
        secret = content.decode("utf-8-sig").rstrip("\r\n")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path, no UTF-8
        raise user_error(Code.CALL_UNUSABLE, reason=f"{option} 的文件读不了") from error
    if not secret or len(content) > MOST_BYTES:
        raise user_error(Code.CALL_UNUSABLE, reason=f"{option} 的文件第一行应是密码")
    return secret
