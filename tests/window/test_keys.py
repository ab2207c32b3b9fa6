"""The store's key at program start: made once, found again by every way there is, never made anew over a store."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.window.machine import PASSWORD, Machine
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.limits import STORE_PASSWORD_CHARACTERS
from yuyue_desktop.domain.store_key import OpenedKey
from yuyue_desktop.keys import PASSWORD_FILE, RECOVERY_FILE

pytestmark = pytest.mark.thorough

NEW_PASSWORD = "another one, thought of later"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def refusal(caught: pytest.ExceptionInfo[YuyueError]) -> Code:
    return caught.value.code


def test_a_new_profile_gets_a_key_of_its_own_and_a_recovery_code(machine: Machine, tmp_path: Path) -> None:
    opened = machine.keys.open_from_system()
    other = Machine(tmp_path / "other").keys.open_from_system()
    assert len(opened.key) == 32
    assert opened.key != other.key
    assert machine.key_store.keys == {"云岭": opened.key}
    assert re.fullmatch(r"([0-9A-Z]{5}-){5}[0-9A-Z]{5}", opened.recovery_code)
    assert opened.is_kept
    assert opened.recovery_code not in repr(opened)
    assert str(opened.key) not in repr(opened)


def test_the_next_start_finds_the_key_and_shows_no_code(machine: Machine) -> None:
    first = machine.keys.open_from_system()
    machine.make_store(first.key)
    assert machine.keys.open_from_system() == OpenedKey(first.key)


def test_a_set_up_that_was_interrupted_shows_a_code_that_holds(machine: Machine) -> None:
    first = machine.keys.open_from_system()
    second = machine.keys.open_from_system()
    assert second.key == first.key
    machine.make_store(second.key)
    machine.lose_key_store()
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_with_recovery_code(first.recovery_code)
    assert refusal(caught) is Code.RECOVERY_CODE_WRONG
    assert machine.keys.open_with_recovery_code(second.recovery_code).key == first.key


def test_a_lost_key_is_never_made_anew_and_comes_back_by_the_code(machine: Machine) -> None:
    first = machine.keys.open_from_system()
    machine.make_store(first.key)
    machine.lose_key_store()
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_from_system()
    assert refusal(caught) is Code.STORE_KEY_MISSING
    assert machine.key_store.keys == {}
    spelled = first.recovery_code.lower().replace("-", " ")
    assert machine.keys.open_with_recovery_code(spelled) == OpenedKey(first.key)
    assert machine.keys.open_from_system() == OpenedKey(first.key)


def test_a_vanished_store_still_counts_as_one(machine: Machine) -> None:
    machine.make_store(machine.keys.open_from_system().key)
    machine.profile.store_file.unlink()
    machine.lose_key_store()
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_from_system()
    assert refusal(caught) is Code.STORE_KEY_MISSING


def test_another_stores_key_under_the_same_name_is_as_good_as_none(machine: Machine) -> None:
    first = machine.keys.open_from_system()
    machine.make_store(first.key)
    machine.key_store.keys["云岭"] = bytes(32)
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_from_system()
    assert refusal(caught) is Code.STORE_KEY_MISSING
    assert machine.keys.open_with_recovery_code(first.recovery_code).key == first.key
    assert machine.key_store.keys["云岭"] == first.key


def test_a_key_store_that_is_silent_does_not_pass_for_a_lost_key(machine: Machine) -> None:
    machine.make_store(machine.keys.open_from_system().key)
    machine.key_store.is_shut = True
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_from_system()
    assert refusal(caught) is Code.KEY_STORE_SILENT


def test_the_code_opens_while_the_key_store_is_silent_and_a_password_keeps_the_key(machine: Machine) -> None:
    first = machine.keys.open_from_system()
    machine.make_store(first.key)
    machine.key_store.is_shut = True
    opened = machine.keys.open_with_recovery_code(first.recovery_code)
    assert opened == OpenedKey(first.key, is_kept=False)
    assert machine.keys.keep_under_password(opened.key, PASSWORD) == OpenedKey(first.key)
    assert machine.keys.is_under_password
    assert machine.keys.open_with_password(PASSWORD) == OpenedKey(first.key)


def test_without_key_store_a_password_is_set_once_and_opens_from_then_on(machine: Machine) -> None:
    machine.key_store.is_shut = True
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_from_system()
    assert refusal(caught) is Code.KEY_STORE_UNAVAILABLE
    assert not (machine.profile.folder / PASSWORD_FILE).exists()
    first = machine.keys.open_with_password(f" {PASSWORD} ")
    machine.make_store(first.key)
    assert first.recovery_code
    assert machine.keys.is_under_password
    assert machine.keys.open_with_password(PASSWORD) == OpenedKey(first.key)
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_with_password(PASSWORD.upper())
    assert refusal(caught) is Code.STORE_PASSWORD_WRONG


def test_a_forgotten_password_gives_way_to_a_new_one_by_the_code(machine: Machine) -> None:
    first = machine.keys.open_with_password(PASSWORD)
    machine.make_store(first.key)
    opened = machine.keys.open_with_recovery_code(first.recovery_code)
    assert not opened.is_kept
    assert machine.key_store.keys == {}
    machine.keys.keep_under_password(opened.key, NEW_PASSWORD)
    assert machine.keys.open_with_password(NEW_PASSWORD).key == first.key
    with pytest.raises(YuyueError, match="store_password_wrong"):
        machine.keys.open_with_password(PASSWORD)


def test_a_short_password_is_not_set(machine: Machine) -> None:
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_with_password("x" * (STORE_PASSWORD_CHARACTERS - 1) + "   ")
    assert refusal(caught) is Code.STORE_PASSWORD_SHORT
    assert not machine.keys.is_under_password
    assert machine.keys.open_with_password("x" * STORE_PASSWORD_CHARACTERS).key


def test_a_password_sets_no_second_key_beside_one_in_the_key_store(machine: Machine) -> None:
    machine.make_store(machine.keys.open_from_system().key)
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_with_password(PASSWORD)
    assert refusal(caught) is Code.CALL_UNUSABLE
    assert not machine.keys.is_under_password


def test_files_exchanged_between_stores_open_nothing(machine: Machine, tmp_path: Path) -> None:
    machine.make_store(machine.keys.open_with_password(PASSWORD).key)
    other = Machine(tmp_path / "other")
    code = other.keys.open_with_password(PASSWORD).recovery_code
    for name in (PASSWORD_FILE, RECOVERY_FILE):
        shutil.copy(tmp_path / "other" / name, tmp_path / name)
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_with_password(PASSWORD)
    assert refusal(caught) is Code.STORE_KEY_MISSING
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_with_recovery_code(code)
    assert refusal(caught) is Code.RECOVERY_CODE_WRONG


@pytest.mark.parametrize(
    ("code", "expected"), [("ABC", Code.RECOVERY_CODE_MALFORMED), ("", Code.RECOVERY_CODE_MALFORMED)]
)
def test_a_miscopied_code_is_said_so(machine: Machine, code: str, expected: Code) -> None:
    machine.make_store(machine.keys.open_from_system().key)
    with pytest.raises(YuyueError) as caught:
        machine.keys.open_with_recovery_code(code)
    assert refusal(caught) is expected


def test_nothing_opens_a_store_without_key_and_code(machine: Machine, tmp_path: Path) -> None:
    first = machine.keys.open_from_system()
    machine.make_store(first.key)
    machine.lose_key_store()
    (tmp_path / RECOVERY_FILE).unlink()
    for attempt in (machine.keys.open_from_system, lambda: machine.keys.open_with_recovery_code(first.recovery_code)):
        with pytest.raises(YuyueError) as caught:
            attempt()
        assert refusal(caught) is Code.STORE_KEY_LOST
        assert caught.value.params["folder"] == str(tmp_path)


@pytest.mark.parametrize("way", ["system", "password"])
def test_practice_gives_out_no_recovery_code(tmp_path: Path, way: str) -> None:
    keys = Machine(tmp_path, is_practice=True).keys
    opened = keys.open_from_system() if way == "system" else keys.open_with_password(PASSWORD)
    assert opened == OpenedKey(opened.key)
    assert not (tmp_path / RECOVERY_FILE).exists()


def test_keyring_is_not_loaded_before_a_key_store_is_asked() -> None:
    look = "import sys, yuyue_desktop.keys; print([name for name in sys.modules if name.startswith('keyring')])"
    answer = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"
