"""Packs frozen folders into a setup program with NSIS, signed where the release machine says how; freezes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from devtools.places import ROOT
from devtools.processes import must_call
from devtools.windows import signing
from devtools.windows.layout import INSTALLER, PRACTICE, PRODUCT, RELEASE
from yuyue_desktop import __version__

SCRIPT = INSTALLER / "yuyue-desktop.nsi"
ICON = ROOT / "resources" / "icons" / "yuyue-desktop.ico"


@dataclass(frozen=True)
class SetupPlan:
    """What goes into a setup, `out`; `signing` is a command or ''. Uncompressed it is made in seconds, for tests."""

    version: str
    out: Path
    program: Path = PRODUCT
    practice: Path = PRACTICE
    signing: str = ""
    is_compressed: bool = True


def version() -> str:
    """The product's version, as its own package says it."""
    return __version__


def setup_file(of_version: str) -> Path:
    """Where the setup of a version lies."""
    return RELEASE / f"yuyue-desktop-{of_version}-setup.exe"


def sign_programs(plan: SetupPlan) -> None:
    """Sign our programs where they lie. Raises StepFailed."""
    signing.sign(plan.signing, *sorted(plan.program.glob("*.exe")), *sorted(plan.practice.glob("*.exe")))


def build(plan: SetupPlan) -> None:
    """Make the setup, with its uninstaller and itself signed. Raises StepFailed."""
    plan.out.parent.mkdir(parents=True, exist_ok=True)
    defined = {
        "VERSION": plan.version,
        "NUMBERS": f"{plan.version}.0",
        "PROGRAM": plan.program,
        "PRACTICE": plan.practice,
        "ICON": ICON,
        "OUT": plan.out,
    }
    if plan.signing:
        defined["SIGN"] = plan.signing
    if not plan.is_compressed:
        defined["UNCOMPRESSED"] = "1"
    arguments = [f"-D{name}={value}" for name, value in defined.items()]
    # It stays where we are: the command that signs is the same one here and there.
    must_call(["makensis", "-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8", *arguments, SCRIPT])
    signing.sign(plan.signing, plan.out)
