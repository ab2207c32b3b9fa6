"""One program per profile, and the lock is never left behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.store.profile_lock import ProfileLock

HOLDER = """
import sys
from pathlib import Path
from yuyue_desktop.store.profile_lock import ProfileLock
lock = ProfileLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    first = ProfileLock(tmp_path / "profile")
    with pytest.raises(YuyueError) as caught:
        ProfileLock(tmp_path / "profile")
    assert caught.value.code is Code.PROGRAM_ALREADY_OPEN
    ProfileLock(tmp_path / "another").close()
    first.close()
    ProfileLock(tmp_path / "profile").close()


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(YuyueError, match="program_already_open"):
            ProfileLock(tmp_path)
        holder.kill()
    ProfileLock(tmp_path).close()
