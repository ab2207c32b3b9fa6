"""The setup on a Wine that passes for Windows: installs, upgrades, refuses, is cut off and mends, removes; silently."""

from __future__ import annotations

import json
import os
import shutil
import signal
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from devtools.windows import installing, setup_program, wine
from devtools.windows.installing import SetupExit
from devtools.windows.layout import PRACTICE, PRODUCT
from devtools.windows.screen import Screen
from devtools.windows.setup_program import SetupPlan
from tests.cli.conftest import GOOD
from tests.packaged.programs import run_program
from yuyue_practice.authority import PracticeAuthorities

pytestmark = pytest.mark.wine

OLD_VERSION = "0.0.9"
STALE = "of-an-older-version.txt"
VAULT = r"HKCU\Software\Wine\Credential Manager"
CLASSES = r"HKCU\Software\Classes"
SUFFIX, FILE_TYPE, OTHER_TYPE = ".yuyue", "yuyue-desktop.application", "other.program"
PROGRAM_ENTRY, PRACTICE_ENTRY = "预约通关桌面端", "预约通关练习"


@pytest.fixture(scope="module")
def old_setup(product: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The setup of an earlier version: the same programs, with a part that later versions no longer have."""
    assert product.is_dir()
    earlier = tmp_path_factory.mktemp("earlier")
    program, practice = earlier / "program", earlier / "practice"
    # Links: nothing of it is written to.
    shutil.copytree(PRODUCT, program, copy_function=os.link)
    shutil.copytree(PRACTICE, practice, copy_function=os.link)
    (program / "_internal" / STALE).write_text("old", encoding="ascii")
    setup = earlier / f"yuyue-desktop-{OLD_VERSION}-setup.exe"
    setup_program.build(SetupPlan(OLD_VERSION, setup, program, practice, is_compressed=False))
    return setup


@pytest.fixture
def nothing_installed() -> Iterator[Path]:
    """The folder that the setup takes by itself; nothing is there before, nothing afterwards."""
    folder = installing.usual_folder()
    _clear(folder)
    yield folder
    _clear(folder)


def _clear(folder: Path) -> None:
    if (folder / "uninstall.exe").exists() and installing.remove(folder) == SetupExit.RUNNING:
        # A test that failed left a program at work.
        wine.stop_all()
        assert installing.remove(folder) == SetupExit.DONE
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(installing.data_folder(), ignore_errors=True)
    subprocess.run(["wine", "reg", "delete", VAULT, "/f"], env=wine.environment(), capture_output=True, timeout=60)


def installed_version() -> str:
    """What Windows' own list of programs says is installed; '' for nothing."""
    key = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\yuyue-desktop"
    command = ["wine", "reg", "query", key, "/v", "DisplayVersion"]
    answer = subprocess.run(command, env=wine.environment(), capture_output=True, timeout=60)
    return answer.stdout.decode("ascii", "replace").split()[-1] if answer.returncode == 0 else ""


def kept_by_windows() -> str:
    """What Wine's store of credentials holds; '' for nothing."""
    command = ["wine", "reg", "query", VAULT, "/s"]
    answer = subprocess.run(command, env=wine.environment(), capture_output=True, timeout=60)
    return answer.stdout.decode("utf-8", "replace")


def registered(name: str) -> str:
    """What Windows has under a name of its file types; '' for nothing."""
    command = ["wine", "reg", "query", rf"{CLASSES}\{name}", "/ve"]
    answer = subprocess.run(command, env=wine.environment(), capture_output=True, timeout=60)
    return answer.stdout.partition(b"REG_SZ")[2].strip().decode("gbk")


def offered() -> str:
    """What Windows offers to open application files with."""
    command = ["wine", "reg", "query", rf"{CLASSES}\{SUFFIX}\OpenWithProgids"]
    answer = subprocess.run(command, env=wine.environment(), capture_output=True, timeout=60)
    return answer.stdout.decode("ascii", "replace")


def works(folder: Path, environment: dict[str, str]) -> bool:
    """Whether the installed command line answers."""
    answer = run_program(folder / "yuyue.exe", ("lookup", "port", "2210"), environment, limit_s=120)
    return answer.returncode == 0 and b"2210" in answer.stdout


class CommandLine:
    """The installed command line in practice, as an administrator's script uses it; Windows keeps the store's key."""

    def __init__(self, folder: Path, environment: dict[str, str], secrets: Path) -> None:
        self._program = folder / "yuyue.exe"
        self._environment = environment
        self._secrets = secrets
        (secrets / "pin.txt").write_text("88888888", encoding="ascii")
        self._signed_in = ["--profile", "practice", "--pin-file", wine.windows_path(secrets / "pin.txt")]

    def practice(self, *words: str) -> list[dict[str, Any]]:
        """A command for the practice office."""
        return self._answers("practice", *words)

    def signed_in(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        """A command of somebody who signs in with the practice card, which ends with this code."""
        return self._answers(*words, *self._signed_in, code=code)

    @contextmanager
    def without_a_gateway(self) -> Iterator[None]:
        """The card is there, the gateway is not: another one's authority is trusted in its place."""
        file = installing.data_folder() / "profiles" / "practice" / "profile.json"
        kept = file.read_bytes()
        authority = self._secrets / "another-authority.pem"
        certificate = PracticeAuthorities(self._secrets).gateway.identity.certificate
        authority.write_text(ssl.DER_cert_to_PEM_cert(certificate), encoding="ascii")
        away = {**json.loads(kept), "gateway_ca_file": wine.windows_path(authority)}
        file.write_text(json.dumps(away, ensure_ascii=False), encoding="utf-8")
        yield
        file.write_bytes(kept)

    def _answers(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        answer = run_program(self._program, words, self._environment, limit_s=180)
        said = answer.stderr.decode("utf-8", "replace")
        assert answer.returncode == code, (words, answer.returncode, answer.stdout.decode("utf-8", "replace"), said)
        return [json.loads(line) for line in answer.stdout.decode("utf-8").splitlines()]


def leave_data() -> Path:
    """Something of the clerk's, where the program keeps it."""
    file = installing.data_folder() / "profiles" / "default" / "store.db"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"what a clerk wrote")
    return file


def test_a_life_from_installing_to_removal(
    setup: Path, old_setup: Path, nothing_installed: Path, wine_environment: dict[str, str], screen: Screen
) -> None:
    folder = nothing_installed
    assert installing.run(old_setup) == SetupExit.DONE
    assert installed_version() == OLD_VERSION
    assert installing.start_menu() == sorted([PROGRAM_ENTRY, PRACTICE_ENTRY])
    assert (folder / "yuyue-practice.exe").is_file()
    assert (folder / "_internal" / "yuyue_practice").is_dir()
    data = leave_data()

    assert installing.run(setup, "/Practice=0", "/Autostart=1") == SetupExit.DONE
    assert installed_version() == setup_program.version()
    assert not (folder / "_internal" / STALE).exists()
    assert not (folder / "yuyue-practice.exe").exists(), "the practice side is no longer wanted"
    assert not (folder / "_internal" / "yuyue_practice").exists()
    assert installing.start_menu() == [PROGRAM_ENTRY]
    assert works(folder, wine_environment)
    assert data.read_bytes() == b"what a clerk wrote"

    # Without `_?=` a copy of the uninstaller works on when this one has ended.
    assert installing.run(folder / "uninstall.exe") == SetupExit.DONE
    screen.wait_until("the folder's end", lambda: not folder.exists(), 60)
    assert installed_version() == ""
    assert installing.start_menu() == []
    assert data.exists(), "data stay unless they are asked for"


def test_draft_and_outbox_outlive_an_upgrade_and_nothing_is_touched_while_a_program_runs(
    setup: Path, old_setup: Path, nothing_installed: Path, wine_environment: dict[str, str], tmp_path: Path
) -> None:
    folder = nothing_installed
    assert installing.run(old_setup) == SetupExit.DONE
    file = tmp_path / "application.json"
    file.write_text(json.dumps(GOOD, ensure_ascii=False), encoding="utf-8")
    command_line = CommandLine(folder, wine_environment, tmp_path)
    command_line.practice("start", "--officer=hand")
    command_line.practice("card", "new")
    assert "yuyue-desktop" not in kept_by_windows()
    (saved,) = command_line.signed_in("save", wine.windows_path(file), "--wait", "60")
    assert saved["pre_entry_number"]
    assert "yuyue-desktop" in kept_by_windows()
    with command_line.without_a_gateway():
        (waiting,) = command_line.signed_in("declare", wine.windows_path(file), "--wait", "1", code=3)
    assert (waiting["queued"], waiting["status"]) == (True, "draft")

    assert installing.run(setup) == SetupExit.RUNNING, "the practice office runs"
    assert installing.remove(folder) == SetupExit.RUNNING
    assert (folder / "_internal" / STALE).exists(), "nothing was touched"
    assert command_line.practice("stop") == [{"stopped": True}]

    assert installing.run(setup) == SetupExit.DONE
    assert installed_version() == setup_program.version()
    command_line.practice("start", "--officer=hand")
    (kept,) = command_line.signed_in("show", saved["uuid"])
    assert kept["pre_entry_number"] == saved["pre_entry_number"]
    assert GOOD["reason"] in json.dumps(kept, ensure_ascii=False)
    receipts = command_line.signed_in("receipts", "--wait", "60")
    assert [row["status"] for row in receipts if row["uuid"] == waiting["uuid"]] == ["declared"], "once, signed before"
    command_line.practice("stop")


def test_data_go_when_they_are_asked_for(old_setup: Path, nothing_installed: Path) -> None:
    folder = nothing_installed
    assert installing.run(old_setup, "/Practice=0") == SetupExit.DONE
    leave_data()
    assert installing.remove(folder, "/RemoveData") == SetupExit.DONE
    assert not installing.data_folder().exists()


def test_application_files_are_the_programs_unless_they_are_anothers(old_setup: Path, nothing_installed: Path) -> None:
    folder = nothing_installed
    assert installing.run(old_setup, "/Practice=0") == SetupExit.DONE
    assert (registered(SUFFIX), registered(FILE_TYPE)) == (FILE_TYPE, "预约通关申请")
    program = registered(rf"{FILE_TYPE}\shell\open\command").removesuffix(' "%1"').strip('"')
    assert program.endswith(r"\Programs\yuyue-desktop\yuyue-desktop.exe")
    assert registered(rf"{FILE_TYPE}\DefaultIcon") == f"{program},0"
    assert installing.remove(folder) == SetupExit.DONE
    assert (registered(SUFFIX), registered(FILE_TYPE)) == ("", "")

    for key, *value in ((SUFFIX, "/ve", "/d", OTHER_TYPE), (rf"{SUFFIX}\OpenWithProgids", "/v", OTHER_TYPE)):
        taken = ["wine", "reg", "add", rf"{CLASSES}\{key}", *value, "/f"]
        subprocess.run(taken, env=wine.environment(), capture_output=True, timeout=60, check=True)
    try:
        assert installing.run(old_setup, "/Practice=0") == SetupExit.DONE
        assert (registered(SUFFIX), registered(FILE_TYPE)) == (OTHER_TYPE, "预约通关申请")
        assert FILE_TYPE in offered()
        assert installing.remove(folder) == SetupExit.DONE
        assert (registered(SUFFIX), registered(FILE_TYPE)) == (OTHER_TYPE, "")
        assert FILE_TYPE not in offered()
        assert OTHER_TYPE in offered()
    finally:
        given_back = ["wine", "reg", "delete", rf"{CLASSES}\{SUFFIX}", "/f"]
        subprocess.run(given_back, env=wine.environment(), capture_output=True, timeout=60)


def test_cut_off_in_the_middle_of_an_upgrade(
    setup: Path, old_setup: Path, nothing_installed: Path, wine_environment: dict[str, str], screen: Screen
) -> None:
    folder = nothing_installed
    assert installing.run(old_setup) == SetupExit.DONE
    data = leave_data()
    upgrade = installing.begin(setup)
    screen.wait_until("files of the new version", lambda: any((folder / "_incoming").glob("_internal/*.dll")), 120)
    upgrade.send_signal(signal.SIGKILL)
    upgrade.wait()
    assert works(folder, wine_environment), "the old version is as it was"
    assert installed_version() == OLD_VERSION

    assert installing.run(setup) == SetupExit.DONE
    assert installed_version() == setup_program.version()
    assert works(folder, wine_environment)
    assert not list(folder.glob("_[io][nu]*ing*")), "nothing half-done is left"
    assert data.exists()


def test_for_everybody_into_a_folder_of_choice(setup: Path, tmp_path: Path) -> None:
    # Wine's account is an administrator; what is refused otherwise is known on real Windows only.
    folder = tmp_path / "everybody"
    assert installing.run(setup, "/AllUsers", "/Practice=0", f"/D={wine.windows_path(folder)}") == SetupExit.DONE
    assert (folder / "yuyue-desktop.exe").is_file()
    assert installing.remove(folder, "/AllUsers") == SetupExit.DONE
    assert [path.name for path in folder.glob("*")] == ["uninstall.exe"], "which can't remove itself while it works"
