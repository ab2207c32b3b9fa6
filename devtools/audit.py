"""Ask the package index which locked packages have known vulnerabilities, through pip-audit; part of no check."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

from devtools.places import LOCK, VENV_PROGRAMS, VENV_PYTHON
from devtools.processes import complain, say

# Not in the lock: it would bring sixteen packages and pip itself into everybody's environment.
TOOL = "pip-audit==2.10.1"
_PINNED = re.compile(r"^([a-z0-9-]+==[^ ;]+)", re.MULTILINE)


class AuditExit(IntEnum):
    """What an audit ends with."""

    CLEAN = 0
    VULNERABLE = 1
    UNANSWERED = 2


@dataclass(frozen=True)
class Answers:
    """What the index said: the vulnerabilities of each package it knows of, and the packages it did not speak of."""

    known: Mapping[str, tuple[str, ...]]
    unanswered: tuple[str, ...]

    def exit_code(self) -> AuditExit:
        """A vulnerability counts before an answer that is missing."""
        if any(self.known.values()):
            return AuditExit.VULNERABLE
        return AuditExit.UNANSWERED if self.unanswered or not self.known else AuditExit.CLEAN


def main() -> AuditExit:
    """Ask for all locked packages, of both systems, and say what came of it."""
    pins = pinned(LOCK.read_text(encoding="utf-8"))
    answers = read(ask(pins)) or Answers({}, tuple(pins))
    say("\n".join(lines(answers)))
    return answers.exit_code()


def pinned(locked: str) -> list[str]:
    """The lock's packages as `name==version`, without hashes and systems."""
    return _PINNED.findall(locked)


def ask(pins: Sequence[str]) -> str:
    """The tool's answer as JSON; '' where it got none, and why is said."""
    with tempfile.TemporaryDirectory() as name:
        asked, answer = Path(name) / "asked.txt", Path(name) / "answer.json"
        asked.write_text("\n".join(pins) + "\n", encoding="utf-8")
        tool: list[str | Path] = [VENV_PROGRAMS / "uv", "tool", "run", "--quiet", "--python", VENV_PYTHON, TOOL]
        how = ["--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
        # What it prints itself is no verdict: it calls a list clean of which the index knows nothing.
        printed = subprocess.run([*tool, *how, "-r", asked, "-o", answer], capture_output=True, text=True).stderr
        if answer.is_file():
            return answer.read_text(encoding="utf-8")
        complain(printed)
        return ""


def read(answer: str) -> Answers | None:
    """The answers in the tool's JSON; None for ''."""
    if not answer:
        return None
    found: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    known = {one["name"]: tuple(map(_told, one["vulns"])) for one in found if "skip_reason" not in one}
    return Answers(known, tuple(one["name"] for one in found if "skip_reason" in one))


def _told(vulnerability: Mapping[str, Any]) -> str:
    names = ", ".join([vulnerability["id"], *vulnerability["aliases"]])
    return f"{names}: mended in {', '.join(vulnerability['fix_versions']) or 'no version yet'}"


def lines(answers: Answers) -> list[str]:
    """What a person is told; silence of the index never reads like good news."""
    found = [f"{name}: {one}" for name, ones in sorted(answers.known.items()) for one in ones]
    told = [f"{len(answers.known)} packages asked about, {len(found)} known vulnerabilities"] if answers.known else []
    if answers.unanswered:
        told.append(f"The index said nothing of {len(answers.unanswered)} packages: nothing is known of these")
    return [*found, *told]
