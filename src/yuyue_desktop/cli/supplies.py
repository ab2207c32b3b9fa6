"""What the commands need of the rest of the program; each is made when a command first asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from yuyue_desktop.cli.desk import OpenDesk
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.lookup import Lookup
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.services.drafting import CodeTables

CheckPdf = Callable[[str, bytes], PdfReport]
"""Measures a PDF by name and content."""


@dataclass(frozen=True, slots=True)
class Said:
    """What another program said: exit code as every command's (B11), lines of JSON, words for people."""

    code: int
    lines: tuple[str, ...]
    words: str


class Practice(Protocol):
    """The practice office of a profile (B10); calls block and raise YuyueError where its program is not installed."""

    def start(self, options: Sequence[str]) -> Said:
        """Start the office in the background and answer its status once it serves; one that runs is left alone."""
        ...

    def make_card(self, options: Sequence[str]) -> Said:
        """Hand out a practice card, which the profile knows from then on."""
        ...

    def ask(self, arguments: Sequence[str]) -> Said:
        """Run one command of the practice program to its end."""
        ...


@dataclass(frozen=True, slots=True)
class Supplies:
    """`now` is this machine's China Standard Time; `check_pdf` raises YuyueError(PDF_PROCESS_MISSING).

    `has_default` says whether there is the profile that is meant where none is named. `practice` is the office of the
    profile that is named, None: of the one that practice makes.
    """

    now: Callable[[], datetime]
    code_tables: Callable[[], CodeTables]
    ports: Callable[[], Lookup]
    goods: Callable[[], Lookup]
    companies: Callable[[Sequence[Company]], Lookup]
    check_pdf: CheckPdf
    open_desk: OpenDesk
    has_default: Callable[[], bool]
    practice: Callable[[str | None], Practice]
