"""The table of everything `dev.py test` runs; knows what the stages are, not how they are run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from devtools.places import REPORTS, ROOT, VENV_PROGRAMS, VENV_PYTHON

TESTS = ROOT / "tests"


class Form(Enum):
    """How much `dev.py test` does: the value says which marked tests are left out."""

    QUICK = "not card_rig and not wine and not long"
    FULL = "not long"
    LONG = ""


@dataclass(frozen=True)
class Stage:
    """One command of the checks; `report` is where pytest leaves its counts, `limit_s` when it is taken to hang."""

    name: str
    command: tuple[str, ...]
    limit_s: int
    report: Path | None = None


@dataclass(frozen=True)
class TestGroup:
    """Test folders that one pytest run takes together, and the stages it needs `before`."""

    name: str
    folders: tuple[str, ...]
    limit_s: int
    is_quick: bool = True
    before: tuple[Stage, ...] = ()


PACKAGE = Stage("package", (str(VENV_PYTHON), "-m", "devtools.windows"), 900)


TEST_GROUPS = (
    TestGroup("unit", ("architecture", "domain", "wire", "services", "devtools"), 300),
    TestGroup("gateway and store", ("contracts", "store", "vault", "gateway", "gateway_client", "sync"), 600),
    TestGroup("documents and tables", ("documents", "reference"), 300),
    TestGroup("window", ("ui", "window"), 800),
    TestGroup("command line", ("cli",), 300),
    TestGroup("card", ("card",), 600),
    TestGroup("end to end", ("e2e",), 900, is_quick=False),
    TestGroup("packaged", ("packaged",), 600, is_quick=False, before=(PACKAGE,)),
)


def list_stages(form: Form) -> Iterator[Stage]:
    """Yield the stages in their order, of test folders those that exist."""
    yield from static_stages()
    for group in (*TEST_GROUPS, rest_of_tests()):
        folders = [f"tests/{name}" for name in group.folders if has_tests(TESTS / name)]
        if folders and (group.is_quick or form is not Form.QUICK):
            yield from group.before
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
    return Stage(group.name, command, group.limit_s if form is not Form.LONG else 4 * 3600, report)


def rest_of_tests() -> TestGroup:
    """Take together the test folders and files that no group names, so that none is ever left out."""
    known = {folder for group in TEST_GROUPS for folder in group.folders}
    return TestGroup("rest", tuple(sorted({path.name for path in TESTS.iterdir()} - known)), 600)


def has_tests(path: Path) -> bool:
    """Tell whether a path is a test file or a folder that holds one at any depth."""
    return path.match("test_*.py") or any(path.rglob("test_*.py"))
