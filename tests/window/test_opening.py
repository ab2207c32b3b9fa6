"""The program from its start to the sign-in page in a process of its own, and how it ends when the clerk leaves."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.store.parts import COMPANY, NOW, PERSON, SetClock, make_application
from tests.wire import factories
from yuyue_desktop.keys import PASSWORD_FILE
from yuyue_desktop.store.profile_lock import ProfileLock
from yuyue_desktop.store.reader import Reader
from yuyue_desktop.store.writer import StoreThread
from yuyue_desktop.vault.keyring_vault import LIMIT_S as KEY_STORE_LIMIT_S
from yuyue_desktop.vault.password_vault import PasswordVault

ROOT = Path(__file__).parents[2]
PASSWORD = "a password of the clerk's own"
LIMIT_S = 90

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(os.name == "nt", reason="the key store is taken away by way of its bus"),
]


class Desk:
    """A profile whose gateway is out of reach, on a machine whose key store is behind `bus`."""

    def __init__(self, folder: Path) -> None:
        authority = folder / "ca.pem"
        authority.write_bytes(
            x509.load_der_x509_certificate(factories.authority().certificate).public_bytes(Encoding.PEM)
        )
        profile = {"name": "云岭", "gateway_address": "https://127.0.0.1:9", "gateway_ca_file": str(authority)}
        self.file = folder / "profile.json"
        self.file.write_text(json.dumps(profile), encoding="utf-8")
        self.bus = folder / "no bus"

    def open(self, *acts: str, exit_code: int = 0) -> Sequence[str]:
        """Start the program, answer what it asks; what was shown, once it ended with the exit code."""
        ended = subprocess.run(
            [sys.executable, "-m", "tests.window.opening_child", str(self.file), *acts],
            env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self.bus}"},
            cwd=ROOT,
            timeout=LIMIT_S,
            capture_output=True,
            text=True,
        )
        assert ended.returncode == exit_code, ended.stderr
        assert "Traceback" not in ended.stderr
        return ended.stdout.split()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_without_key_store_the_clerk_sets_a_password_and_opens_with_it(desk: Desk) -> None:
    first = desk.open(f"type:{PASSWORD}", "code", "close")
    assert first == ["SecretDialog", "RecoveryCodeDialog", "SignInPage"]
    assert desk.open(f"type:{PASSWORD}", "close") == ["SecretDialog", "SignInPage"]


def test_files_that_no_open_window_takes_are_said_to_be_left(desk: Desk, tmp_path: Path) -> None:
    with contextlib.closing(ProfileLock(tmp_path)):
        shown = desk.open(f"file:{tmp_path / '一.yuyue'}", f"file:{tmp_path / '二.yuyue'}", "read", exit_code=1)
    assert " ".join(shown) == "NoticeDialog 程序已经打开，2 个申请文件没有交给它"


def test_leaving_the_question_ends_the_program_and_makes_nothing(desk: Desk, tmp_path: Path) -> None:
    assert desk.open("escape") == ["SecretDialog"]
    assert not list(tmp_path.glob("store.*"))


def test_closing_does_not_wait_for_a_key_store_that_hangs(desk: Desk, tmp_path: Path) -> None:
    desk.bus, is_asked = tmp_path / "bus", tmp_path / "asked"
    with socket.socket(socket.AF_UNIX) as silent, ThreadPoolExecutor(1) as pool:
        silent.bind(str(desk.bus))
        silent.listen()
        silent.settimeout(LIMIT_S)
        asking = pool.submit(keep_waiting, silent, is_asked)
        assert desk.open(f"close:{is_asked}") == ["OpeningPage"]
        connection, asked_at = asking.result()
        connection.close()
        assert time.monotonic() - asked_at < KEY_STORE_LIMIT_S


def keep_waiting(silent: socket.socket, is_asked: Path) -> tuple[socket.socket, float]:
    """Take a call, tell so by a file, never answer; answers the connection and the monotonic moment of it."""
    connection, _ = silent.accept()
    asked_at = time.monotonic()
    is_asked.touch()
    return connection, asked_at


def test_a_damaged_store_is_put_before_the_clerk_and_its_snapshot_opens(desk: Desk, tmp_path: Path) -> None:
    desk.open(f"type:{PASSWORD}", "code", "close")
    store = tmp_path / "store.db"
    assert len(list((tmp_path / "snapshots").glob("store-*.db"))) == 1  # taken soon after the first start
    broken = store.read_bytes()[:-1000]
    store.write_bytes(broken)
    assert desk.open(f"type:{PASSWORD}", "escape", exit_code=1) == ["SecretDialog", "ConfirmDialog"]
    assert store.read_bytes() == broken
    assert desk.open(f"type:{PASSWORD}", "accept", "close") == ["SecretDialog", "ConfirmDialog", "SignInPage"]
    assert [file.read_bytes() for file in tmp_path.glob("store-damaged-*.db")] == [broken]
    assert desk.open(f"type:{PASSWORD}", "close") == ["SecretDialog", "SignInPage"]


def test_an_import_that_would_put_new_work_aside_is_given_up_and_said(desk: Desk, tmp_path: Path) -> None:
    desk.open(f"type:{PASSWORD}", "code", "close")
    store = tmp_path / "store.db"
    key = PasswordVault(tmp_path / PASSWORD_FILE, lambda: PASSWORD).load("云岭")
    assert key is not None
    (snapshot,) = (tmp_path / "snapshots").glob("store-*.db")
    shutil.copy(snapshot, store.with_name("store-incoming.db"))
    writer = StoreThread(store, key, publish=lambda _event: None, clock=SetClock())
    writer.save_draft(make_application(), PERSON, NOW).result(LIMIT_S)
    writer.close()
    shown = desk.open(f"type:{PASSWORD}", "read", "close")
    assert shown[:2] == ["SecretDialog", "NoticeDialog"]
    assert " ".join(shown[2:-1]) == "没有导入：本机又有没发出的 1 份草稿，0 件待发送"
    assert shown[-1] == "SignInPage"
    assert desk.open(f"type:{PASSWORD}", "close") == ["SecretDialog", "SignInPage"]
    reader = Reader(store, key)
    assert len(reader.drafts(COMPANY)) == 1
    reader.close()
