"""The table of everything `dev.py test` runs; knows what the stages are, not how they are run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from devtools.places import REPORTS, ROOT, VENV_PROGRAMS, VENV_PYTHON

TESTS = ROOT / "tests"
JOBS = min(os.cpu_count() or 1, 4)
"""Stages side by side: most of them wait as much as they work."""


class Form(Enum):
    """How much `dev.py test` does: the value says which marked tests are left out."""

    QUICK = "not card_rig and not wine and not long and not thorough"
    FULL = "not long"
    LONG = ""


@dataclass(frozen=True)
class Stage:
    """One command of the checks; `report` is where pytest leaves its counts, `limit_s` when it is taken to hang.

    `needs` names the stage that must have ended before.
    """

    name: str
    command: tuple[str, ...]
    limit_s: int
    report: Path | None = None
    needs: str | None = None


@dataclass(frozen=True)
class TestGroup:
    """Test folders that one pytest run takes together, and the stage it needs `before`."""

    name: str
    folders: tuple[str, ...]
    limit_s: int
    is_quick: bool = True
    before: Stage | None = None


PACKAGE = Stage("package", (str(VENV_PYTHON), "-m", "devtools.windows", "--frozen"), 1800)


# The longest way comes first, so that the others run beside it.
TEST_GROUPS = (
    TestGroup("packaged", ("packaged",), 1200, is_quick=False, before=PACKAGE),
    TestGroup("unit", ("architecture", "domain", "wire", "services", "updates", "devtools"), 600),
    TestGroup("gateway", ("gateway", "gateway_client", "contracts"), 900),
    TestGroup("store and sync", ("store", "vault", "sync"), 900),
    TestGroup("documents and tables", ("documents", "reference"), 600),
    TestGroup("card", ("card",), 1200),
    TestGroup("window", ("ui", "window"), 1200),
    TestGroup("command line", ("cli",), 900),
    TestGroup("chaos", ("chaos", "syscalls"), 900, is_quick=False),
    TestGroup("accessibility", ("accessibility",), 600, is_quick=False),
    TestGroup("end to end", ("e2e",), 1800, is_quick=False),
    TestGroup("officer's page", ("officer_page",), 600, is_quick=False),
)


def list_stages(form: Form) -> Iterator[Stage]:
    """Yield the stages in their order, of test folders those that exist; what others need comes first."""
    yield from static_stages()
    for group in (*TEST_GROUPS, rest_of_tests()):
        folders = [f"tests/{name}" for name in group.folders if has_tests(TESTS / name)]
        if folders and (group.is_quick or form is not Form.QUICK):
            if group.before:
                yield group.before
            yield pytest_stage(group, folders, form)


def static_stages() -> Iterator[Stage]:
    """Yield the checks that read the code and do not run it."""
    ruff, mypy, linter = (str(VENV_PROGRAMS / name) for name in ("ruff", "mypy", "lint-imports"))
    yield Stage("ruff check", (ruff, "check", "--quiet", "."), 60)
    yield Stage("ruff format", (ruff, "format", "--quiet", "--diff", "."), 60)
    yield Stage("mypy", (mypy, "--no-error-summary", "src", "devtools", "tests"), 300)
    yield Stage("import rules", (linter, "--no-logo"), 60)
    yield Stage("licences", (str(VENV_PYTHON), "-m", "devtools.licences"), 60)


def pytest_stage(group: TestGroup, folders: list[str], form: Form) -> Stage:
    """Build the stage of one pytest run."""
    report = REPORTS / f"{group.name.replace(' ', '-')}.xml"
    marked = ("-m", form.value) if form.value else ()
    command = (str(VENV_PYTHON), "-m", "pytest", *marked, f"--junitxml={report}", *folders)
    limit_s = group.limit_s if form is not Form.LONG else 4 * 3600
    return Stage(group.name, command, limit_s, report, group.before.name if group.before else None)


def rest_of_tests() -> TestGroup:
    """Take together the test folders and files that no group names, so that none is ever left out."""
    known = {folder for group in TEST_GROUPS for folder in group.folders}
    return TestGroup("rest", tuple(sorted({path.name for path in TESTS.iterdir()} - known)), 600)


def has_tests(path: Path) -> bool:
    """Tell whether a path is a test file or a folder that holds one at any depth."""
    return path.match("test_*.py") or any(path.rglob("test_*.py"))
