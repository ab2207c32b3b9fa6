"""What the commands need of the rest of the program; each is made when a command first asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from yuyue_desktop.domain.lookup import Lookup
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.services.drafting import CodeTables


@dataclass(frozen=True, slots=True)
class Supplies:
    """`now` is this machine's China Standard Time; `check_pdf` raises YuyueError(FILE_UNREADABLE)."""

    now: Callable[[], datetime]
    code_tables: Callable[[], CodeTables]
    ports: Callable[[], Lookup]
    goods: Callable[[], Lookup]
    check_pdf: Callable[[Path], PdfReport]
