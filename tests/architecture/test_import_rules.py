"""The import rules in .importlinter stop what they say: each is tried on a copy of the tree with one fault."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
FUTURE = "from __future__ import annotations\n\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Give a copy of the source tree with its import rules."""
    without = shutil.ignore_patterns("__pycache__", ".*_cache")
    for folder in ("src", "devtools"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=without)
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on a tree; its sources come first, before those that are installed."""
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [program, "--no-cache", "--no-logo"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src")},
        capture_output=True,
        text=True,
        timeout=60,
    )


def plant(tree: Path, module: str, imports: str) -> None:
    """Write a module with one import; packages on the way that are not there yet are made."""
    path = tree / "src" / Path(*module.split(".")).with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    for folder in (path.parent, *path.parent.parents):
        if folder == tree / "src":
            break
        (folder / "__init__.py").touch()
    path.write_text(FUTURE + imports + "\n", encoding="utf-8")


def test_the_tree_as_it_is_keeps_the_rules(tree: Path) -> None:
    answer = lint(tree)
    assert answer.returncode == 0, answer.stdout
    assert " 0 broken" in answer.stdout


@pytest.mark.parametrize(
    ("module", "imports", "complaint"),
    [
        ("yuyue_desktop.domain.planted", "import yuyue_desktop.wire", "yuyue_desktop.domain.planted must not import"),
        ("yuyue_desktop.domain.planted", "import msgspec", "imports msgspec, whose door is wire"),
        ("yuyue_desktop.services.planted", "import yuyue_desktop.store", "services.planted must not import"),
        ("yuyue_desktop.services.planted", "import yuyue_desktop.wire", "services.planted must not import"),
        ("yuyue_desktop.services.planted", "from PySide6 import QtCore", "imports PySide6, whose door is ui"),
        ("yuyue_desktop.ui.planted", "import yuyue_desktop.gateway", "ui.planted must not import"),
        ("yuyue_desktop.store.planted", "import yuyue_desktop.wire", "store.planted must not import"),
        ("yuyue_desktop.store.planted", "import yuyue_desktop.vault", "store.planted must not import"),
        ("yuyue_desktop.cli.planted", "import requests", "imports requests, whose door is gateway or updates"),
        ("yuyue_desktop.ui.planted", "import pkcs11", "imports pkcs11, whose door is card"),
        ("yuyue_desktop.gateway.planted", "import apsw", "imports apsw, whose door is store or reference"),
        ("yuyue_desktop.gateway.planted", "import cryptography", "imports cryptography, whose door is wire"),
        ("yuyue_desktop.store.planted", "import keyring", "imports keyring, whose door is vault"),
        ("yuyue_desktop.wire.planted", "import pikepdf", "imports pikepdf, whose door is documents"),
        ("yuyue_desktop.wire.planted", "import numpy", "imports numpy, which has no door"),
        ("yuyue_desktop.bootstrap", "import yuyue_practice", "bootstrap must not import yuyue_practice"),
        ("yuyue_practice.planted", "import yuyue_desktop.services", "planted must not import yuyue_desktop.services"),
        ("yuyue_practice.planted", "import PySide6", "imports PySide6, which has no door"),
        ("yuyue_desktop.helpers.planted", "import re", "yuyue_desktop.helpers.planted has no rule"),
        ("yuyue_desktop.planted", "import re", "yuyue_desktop.planted has no rule"),
    ],
)
def test_a_forbidden_import_is_found(tree: Path, module: str, imports: str, complaint: str) -> None:
    plant(tree, module, imports)
    answer = lint(tree)
    assert answer.returncode == 1
    # The linter wraps long lines.
    assert complaint in " ".join(answer.stdout.split())


def test_an_import_for_type_checking_only_counts(tree: Path) -> None:
    guarded = "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import yuyue_desktop.services"
    plant(tree, "yuyue_desktop.domain.planted", guarded)
    assert lint(tree).returncode == 1


def test_a_cycle_is_found(tree: Path) -> None:
    plant(tree, "yuyue_desktop.domain.planted_one", "import yuyue_desktop.domain.planted_two")
    plant(tree, "yuyue_desktop.domain.planted_two", "import yuyue_desktop.domain.planted_one")
    answer = lint(tree)
    assert answer.returncode == 1
    assert "No cycles at any level BROKEN" in answer.stdout
