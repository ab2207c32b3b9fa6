"""Runs a command in this process with the product's own tables and PDF check, and takes its answers apart."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

from yuyue_desktop import cli
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.commands import supplies
from yuyue_desktop.documents.checker import PdfChecker


@dataclass(frozen=True)
class Run:
    """Exit code, the objects on standard output, the text on standard error."""

    code: int
    answers: list[dict[str, Any]]
    stderr: str


def run(*arguments: str, stdin: bytes = b"") -> Run:
    """Run one command; every line of its output must be one JSON object."""
    stdout, stderr = io.StringIO(), io.StringIO()
    checker = PdfChecker()
    try:
        code = cli.main(arguments, supplies(checker), Streams(io.BytesIO(stdin), stdout, stderr))
    finally:
        checker.close()
    answers = [json.loads(line) for line in stdout.getvalue().splitlines()]
    assert all(type(answer) is dict for answer in answers)
    return Run(code, answers, stderr.getvalue())
