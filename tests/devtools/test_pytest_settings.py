"""The project's pytest settings fail a test for what nobody would look at: warnings, Qt's messages, wrong markers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.places import PYPROJECT, ROOT

pytestmark = pytest.mark.thorough

QT_WARNING = """
from __future__ import annotations
from PySide6.QtCore import QObject, qWarning
def test_it(): {body}
"""


def run(folder: Path, body: str) -> subprocess.CompletedProcess[str]:
    """Run one test in a new pytest with the project's settings."""
    file = folder / "test_inner.py"
    file.write_text(QT_WARNING.format(body=body), encoding="utf-8")
    # Only the plug-ins that matter here: the others take seconds to load.
    plugins = ["-p", "pytestqt.plugin", "-p", "pytest_randomly"]
    command = [
        sys.executable,
        "-m",
        "pytest",
        *plugins,
        "-c",
        str(PYPROJECT),
        f"--rootdir={folder}",
        "-p",
        "no:cacheprovider",
    ]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run([*command, str(file)], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)


def test_a_good_test_passes_and_the_seed_is_printed(tmp_path: Path) -> None:
    answer = run(tmp_path, "assert QObject() is not None")
    assert answer.returncode == 0, answer.stdout
    assert "Using --randomly-seed=" in answer.stdout


@pytest.mark.parametrize(
    "body",
    [
        "qWarning('a timer from another thread')",
        "QObject().startTimer(-7)",
        "__import__('warnings').warn('old', DeprecationWarning)",
        "open(__file__).read and None",
    ],
)
def test_a_warning_fails_it(tmp_path: Path, body: str) -> None:
    assert run(tmp_path, body).returncode == 1


def test_a_misspelt_marker_fails_it(tmp_path: Path) -> None:
    answer = run(tmp_path, "pass\ntest_it = __import__('pytest').mark.lnog(test_it)")
    assert answer.returncode != 0
    assert "lnog" in answer.stdout


def test_an_expected_failure_that_passes_fails(tmp_path: Path) -> None:
    assert run(tmp_path, "pass\ntest_it = __import__('pytest').mark.xfail(test_it)").returncode == 1
