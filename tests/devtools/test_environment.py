"""The lock is read as pip reads it, covers both systems, and names no place to fetch from."""

from __future__ import annotations

import re
import tomllib

import pytest

from devtools.environment import BUILD_BACKENDS, select
from devtools.places import LOCK, PYPROJECT


@pytest.fixture(scope="module")
def locked() -> str:
    """The lock's text."""
    return LOCK.read_text(encoding="utf-8")


def test_build_backends_are_in_the_lock(locked: str) -> None:
    chosen = select(locked, BUILD_BACKENDS)
    assert re.findall(r"^([a-z0-9-]+)==", chosen, re.MULTILINE) == list(BUILD_BACKENDS)
    assert chosen.count("--hash=sha256:") >= len(BUILD_BACKENDS)


def test_a_package_that_is_not_locked_is_said(locked: str) -> None:
    with pytest.raises(KeyError, match="no-such-package"):
        select(locked, ("no-such-package",))


def test_every_entry_has_a_hash_and_no_address(locked: str) -> None:
    entries = re.split(r"^(?=[a-z])", locked, flags=re.MULTILINE)[1:]
    assert len(entries) > 60
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in locked
    assert "index" not in re.sub(r"^\s*#.*$", "", locked, flags=re.MULTILINE)


def test_every_dependency_is_locked(locked: str) -> None:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    wanted += [line for extra in project["project"]["optional-dependencies"].values() for line in extra]
    names = {re.split(r"[^a-z0-9-]", line.lower())[0] for line in wanted}
    assert names <= set(re.findall(r"^([a-z0-9-]+)==", locked, re.MULTILINE))


def test_windows_only_packages_are_locked_too(locked: str) -> None:
    assert "pywin32-ctypes==" in locked
    assert "sys_platform == 'win32'" in locked
