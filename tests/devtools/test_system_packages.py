"""Missing system packages are found, and who is not root is told the one line to run."""

from __future__ import annotations

import os
import shutil

import pytest

from devtools import system_packages
from devtools.processes import StepFailed

needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="not a Debian machine")


@needs_dpkg
def test_only_what_is_not_installed_is_missing() -> None:
    assert system_packages.find_missing(["dpkg", "no-such-package", "libc6"]) == ["no-such-package"]


@needs_dpkg
def test_what_another_package_provides_is_not_missing() -> None:
    # mawk or gawk, whichever is there, provides awk.
    assert system_packages.find_missing(["awk"]) == []


@needs_dpkg
def test_who_is_not_root_gets_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(StepFailed) as raised:
        system_packages.ensure(["dpkg", "no-such-package", "nor-this-one"])
    lines = [line for line in str(raised.value).splitlines() if "apt-get" in line]
    assert lines == ["  apt-get install -y --no-install-recommends no-such-package nor-this-one"]


@needs_dpkg
def test_nothing_is_asked_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    system_packages.ensure(["dpkg"])
