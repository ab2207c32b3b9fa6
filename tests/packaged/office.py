"""A practice office on this machine for a window under Wine, and what it has in its books; knows no window."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from devtools.windows import wine
from yuyue_practice.control.client import ControlClient


@dataclass(frozen=True)
class OfficeHere:
    """An office with a card, `profile_file` as Windows sees it, which knows no driver of its own."""

    profile_file: Path
    pin: str

    def signed_in(self) -> int:
        """How many sessions there are."""
        return len(self._rows("SELECT 1 FROM sessions"))

    def applications_of(self, trader: str) -> list[tuple[str, ...]]:
        """Status, pre-entry number and content of each application for a trader."""
        question = "SELECT status, pre_entry_number, content FROM applications WHERE trader = ?"
        return [tuple(map(str, row)) for row in self._rows(question, trader)]

    def answer(self, number: str, step: str) -> None:
        """Answer an application as its officer."""
        wish = {"number": number, "step": step, "text": ""}
        ControlClient(self.profile_file.parent / "office").call("POST", "/practice/answers", wish)

    def _rows(self, question: str, *values: str) -> list[tuple[object, ...]]:
        file = self.profile_file.parent / "office" / "office.sqlite"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as books:
            return books.execute(question, values).fetchall()


@contextmanager
def office_here(folder: Path, officer: str = "auto", card: str = "control") -> Iterator[OfficeHere]:
    """Open an office in a folder; closed at the end."""
    command = [sys.executable, "-m", "yuyue_practice.opening", "--no-window", "--folder", str(folder)]
    command += ["--card", card, "--officer", officer]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as office:
        assert office.stdout is not None
        assert office.stdin is not None
        assert "https://" in office.stdout.readline()
        assert office.stdout.readline()
        file = folder / "profile.json"
        profile = json.loads(file.read_text(encoding="utf-8"))
        profile["gateway_ca_file"] = wine.windows_path(Path(profile["gateway_ca_file"]))
        del profile["card_environment"]
        file.write_text(json.dumps(profile, ensure_ascii=False), encoding="utf-8")
        yield OfficeHere(file, profile["practice_pin"])
        office.stdin.close()
        office.wait(30)
