"""The command of a release machine signs programs, uninstaller and setup; here with a certificate made for the test."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from devtools.windows import installing, setup_program, wine
from devtools.windows.installing import SetupExit
from devtools.windows.setup_program import SetupPlan
from devtools.windows.windows_python import revocation_flags
from tests.packaged.authority import make_signer

pytestmark = pytest.mark.wine


def is_signed(file: Path, certificate: Path) -> bool:
    """Whether a file bears a good signature of just this certificate."""
    command = ["osslsigncode", "verify", *revocation_flags(), "-CAfile", str(certificate), "-in", str(file)]
    answer = subprocess.run(command, capture_output=True, text=True)
    return answer.returncode == 0 and "Signature verification: ok" in answer.stdout + answer.stderr


def test_programs_uninstaller_and_setup_are_signed(product: Path, tmp_path: Path) -> None:
    certificate, key = make_signer(tmp_path)
    program, practice, setup = tmp_path / "program", tmp_path / "practice", tmp_path / "signed-setup.exe"
    practice.mkdir()
    (program / "_internal").mkdir(parents=True)
    (program / "_internal" / "part.txt").touch()
    shutil.copy(product / "yuyue.exe", program)
    shutil.copy(product / "yuyue.exe", practice / "yuyue-practice.exe")
    signing = shlex.join([sys.executable, "-m", "tests.packaged.authority", str(certificate), str(key)])
    plan = SetupPlan("1.2.3", setup, program, practice, signing, is_compressed=False)
    setup_program.sign_programs(plan)
    setup_program.build(plan)

    folder = tmp_path / "installed"
    assert installing.run(setup, f"/D={wine.windows_path(folder)}") == SetupExit.DONE
    installed = [folder / name for name in ("yuyue.exe", "yuyue-practice.exe", "uninstall.exe")]
    assert [file.name for file in (setup, *installed) if not is_signed(file, certificate)] == []
    assert not is_signed(product / "yuyue.exe", certificate), "nothing is signed that was not asked for"
    assert installing.remove(folder) == SetupExit.DONE
