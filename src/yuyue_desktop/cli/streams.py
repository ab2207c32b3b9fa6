"""Where a command reads and writes: bytes in, one JSON object a line out, words for people apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, TextIO

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.texts import error_words

_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
"""What some readers take for the end of a line though JSON lets it stand in a text, as JSON's escape."""


@dataclass(frozen=True, slots=True)
class Streams:
    """`stdout` and `stderr` take any text: they are UTF-8 and write what UTF-8 can't hold as an escape."""

    stdin: BinaryIO
    stdout: TextIO
    stderr: TextIO

    def answer(self, item: Mapping[str, Any]) -> None:
        """Write one object as a line, at once: the caller may wait for it."""
        self.answer_line(json.dumps(item, ensure_ascii=False))

    def answer_line(self, line: str) -> None:
        """Write an object that is JSON already."""
        self.stdout.write(line.translate(_LINE_ENDS) + "\n")
        self.stdout.flush()

    def say(self, text: str) -> None:
        """Write a line for people."""
        self.stderr.write(text + "\n")

    def refuse(self, where: Mapping[str, Any], place: str, error: YuyueError) -> None:
        """Answer an item that can't be used: its code on standard output, its words on standard error."""
        self.answer({**where, "error": str(error.code)})
        self.say(f"{place}：{error_words(error)}")
