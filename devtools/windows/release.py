"""The folder of a release: setup, list of parts, checksums and report; knows no step of their making."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from devtools.windows import parts, setup_program, signing
from devtools.windows.layout import BARE, RELEASE, WORK
from devtools.windows.setup_program import SetupPlan

CHECKSUMS = "SHA256SUMS"
BARE_SETUP = WORK / "bare-window-setup.exe"
OWN_SETUP = WORK / "without-practice-setup.exe"


def make_setups() -> None:
    """Make the setup and, for the measure, one without practice and one of a bare window. Raises StepFailed."""
    version = setup_program.version()
    nothing = WORK / "no-practice"
    nothing.mkdir(exist_ok=True)
    (nothing / "empty.txt").touch()
    plans = (
        SetupPlan(version, setup_program.setup_file(version), signing=signing.command()),
        SetupPlan(version, OWN_SETUP, practice=nothing),
        SetupPlan(version, BARE_SETUP, program=BARE, practice=nothing),
    )
    # Before anything is packed: the plans share the program's folder.
    setup_program.sign_programs(plans[0])
    with ThreadPoolExecutor(os.cpu_count()) as makers:
        list(makers.map(setup_program.build, plans))


def write_beside(report: list[str]) -> list[Path]:
    """Write list of parts, report and checksums beside the setup; answers what a release consists of."""
    version = setup_program.version()
    stem = f"yuyue-desktop-{version}"
    listed = RELEASE / f"{stem}-parts.cdx.json"
    listed.write_text(parts.bill(version), encoding="utf-8")
    told = RELEASE / f"{stem}-report.txt"
    told.write_text("\n".join(report) + "\n", encoding="utf-8")
    files = [setup_program.setup_file(version), listed, told]
    sums = RELEASE / CHECKSUMS
    sums.write_text("".join(f"{digest(file)}  {file.name}\n" for file in files), encoding="ascii")
    return [*files, sums]


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
