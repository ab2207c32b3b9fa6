"""The system's key store: a real Secret Service on a bus of its own; weak, broken and hanging ones are refused."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.vault.keyring_vault import ACCEPTED, KeyringVault

KEY = bytes(range(32))
PROFILE = "云岭"
LIMIT_S = 30

SECRET_SERVICE = """
import subprocess, sys
from keyring.backends import SecretService
from yuyue_desktop.vault.keyring_vault import KeyringVault
subprocess.run(["gnome-keyring-daemon", "--components=secrets", "--unlock", "--daemonize"], input=b"pw", check=True,
               stdout=subprocess.DEVNULL)
key = bytes(range(32))
vault = KeyringVault()
assert vault.load("one") is None
vault.keep("one", key)
vault.keep("two", bytes(32))
assert KeyringVault().load("one") == key and vault.load("two") == bytes(32) and vault.load("three") is None
service = SecretService.Keyring()
assert service.get_password("yuyue-desktop", "one") == "1:" + key.hex()
service.set_password("yuyue-desktop", "one", "of another program")
assert vault.load("one") is None
print("kept")
"""


class Held(KeyringBackend):
    """A key store that answers nothing until it is let go."""

    priority = 1.0
    let_go = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        assert (service, username) == ("yuyue-desktop", PROFILE)
        self.let_go.wait(LIMIT_S)
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError(service, username, password)


class Forgetful(Held):
    """A key store that takes everything and keeps nothing."""

    def get_password(self, service: str, username: str) -> str | None:
        assert service
        return f"of {username}"

    def set_password(self, service: str, username: str, password: str) -> None:
        assert (service, username, password[:2]) == ("yuyue-desktop", PROFILE, "1:")


def _load(vault: KeyringVault) -> None:
    vault.load(PROFILE)


def _keep(vault: KeyringVault) -> None:
    vault.keep(PROFILE, KEY)


def _refusal(vault: KeyringVault, question: Callable[[KeyringVault], None] = _load) -> Code:
    with pytest.raises(YuyueError) as caught:
        question(vault)
    return caught.value.code


def test_weak_key_stores_are_not_among_the_accepted() -> None:
    assert not {null.Keyring, fail.Keyring} & set(ACCEPTED)
    assert {kind.__module__.rpartition(".")[2] for kind in ACCEPTED} == {
        "Windows",
        "SecretService",
        "libsecret",
        "kwallet",
    }


def test_a_machine_without_key_store_says_so() -> None:
    assert _refusal(KeyringVault(accepted=())) is Code.KEY_STORE_UNAVAILABLE


def test_a_key_store_that_fails_says_so() -> None:
    assert _refusal(KeyringVault(accepted=(fail.Keyring,))) is Code.KEY_STORE_UNAVAILABLE
    assert _refusal(KeyringVault(accepted=(Held,)), _keep) is Code.KEY_STORE_UNAVAILABLE


def test_a_key_store_that_hangs_is_left_alone_after_the_limit() -> None:
    started = time.monotonic()
    assert _refusal(KeyringVault(accepted=(Held,), limit_s=0.05)) is Code.KEY_STORE_UNAVAILABLE
    assert time.monotonic() - started < LIMIT_S / 2
    Held.let_go.set()


def test_a_key_that_does_not_come_back_was_not_kept() -> None:
    vault = KeyringVault(accepted=(Forgetful,))
    assert _refusal(vault, _keep) is Code.KEY_STORE_UNAVAILABLE
    assert vault.load(PROFILE) is None


@pytest.mark.skipif(
    not (shutil.which("gnome-keyring-daemon") and shutil.which("dbus-run-session")),
    reason="needs gnome-keyring and dbus-run-session",
)
def test_a_real_secret_service_keeps_the_key(tmp_path: Path) -> None:
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    private = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(runtime)}
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", SECRET_SERVICE],
        env={**os.environ, **private},
        capture_output=True,
        text=True,
        timeout=LIMIT_S * 2,
    )
    assert done.stdout == "kept\n", done.stderr
