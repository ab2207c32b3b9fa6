"""The table of checks leaves out no test, and only what each form says."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools import checks
from devtools.checks import Form


@pytest.fixture
def tests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a test tree with a known, a card, a packaged, a new and an empty folder and a single file."""
    for name in ("domain/test_a.py", "card/deep/test_b.py", "packaged/test_c.py", "brandnew/test_d.py", "test_e.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "wire").mkdir()
    (tmp_path / "fakes.py").touch()
    monkeypatch.setattr(checks, "TESTS", tmp_path)
    return tmp_path


def commands(form: Form) -> list[str]:
    """The commands of the stages that run tests."""
    return [" ".join(stage.command) for stage in checks.list_stages(form) if stage.report]


@pytest.mark.usefixtures("tests")
def test_every_test_that_exists_is_run_once() -> None:
    words = " ".join(commands(Form.FULL)).split()
    folders = [word for word in words if word.startswith("tests/")]
    assert sorted(folders) == ["tests/brandnew", "tests/card", "tests/domain", "tests/packaged", "tests/test_e.py"]


@pytest.mark.usefixtures("tests")
def test_quick_leaves_out_what_takes_long() -> None:
    joined = " ".join(commands(Form.QUICK))
    assert "tests/packaged" not in joined
    assert "tests/domain" in joined
    assert "not card_rig" in joined
    assert "not thorough" in joined


@pytest.mark.usefixtures("tests")
def test_only_long_runs_the_long_forms() -> None:
    assert all("not long" in command for command in commands(Form.FULL))
    assert all(" -m not" not in command for command in commands(Form.LONG))


def test_each_form_checks_the_code_itself() -> None:
    for form in Form:
        names = [stage.name for stage in checks.list_stages(form)]
        assert names[:5] == ["ruff check", "ruff format", "mypy", "import rules", "licences"]
