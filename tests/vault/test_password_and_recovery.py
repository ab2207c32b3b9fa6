"""A password or a recovery code opens the store's key again, and nothing else does (decision 011)."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.vault import recovery
from yuyue_desktop.vault.password_vault import MEMORY_KIB, PasswordVault, read_password
from yuyue_desktop.vault.recovery import Recovery, read_code
from yuyue_desktop.wire import keywrap

pytestmark = pytest.mark.thorough

KEY = bytes(range(32))
PROFILE = "云岭"
PASSWORD = "correct horse é"


def _vault(file: Path, password: str = PASSWORD) -> PasswordVault:
    return PasswordVault(file, lambda: password)


def _code(caught: pytest.ExceptionInfo[YuyueError]) -> Code:
    return caught.value.code


def test_the_password_opens_what_it_closed(tmp_path: Path) -> None:
    file = tmp_path / "profile" / "store.password"
    assert _vault(file).load(PROFILE) is None
    _vault(file).keep(PROFILE, KEY)
    assert _vault(file).is_kept
    assert _vault(file, unicodedata.normalize("NFD", PASSWORD)).load(PROFILE) == KEY
    for wrong in (_vault(file, "wrong"), _vault(file, "")):
        with pytest.raises(YuyueError) as caught:
            wrong.load(PROFILE)
        assert _code(caught) is Code.STORE_KEY_WRONG
    with pytest.raises(YuyueError, match="store_key_wrong"):
        _vault(file).load("another profile")


def test_a_new_password_takes_the_old_ones_place(tmp_path: Path) -> None:
    file = tmp_path / "store.password"
    _vault(file).keep(PROFILE, KEY)
    _vault(file, "new").keep(PROFILE, KEY)
    assert _vault(file, "new").load(PROFILE) == KEY
    with pytest.raises(YuyueError, match="store_key_wrong"):
        _vault(file).load(PROFILE)


def test_the_file_tells_nothing_and_is_this_accounts_alone(tmp_path: Path) -> None:
    file = tmp_path / "store.password"
    _vault(file).keep(PROFILE, KEY)
    content = file.read_bytes()
    assert not any(secret in content for secret in (KEY, KEY.hex().encode(), PASSWORD.encode()))
    assert json.loads(content)["derivation"]["memory_kib"] == MEMORY_KIB
    assert os.name == "nt" or file.stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": 2}, Code.STORE_NEWER),
        ({"way": "recovery"}, Code.STORE_DAMAGED),
        ({"wrapped": "zz"}, Code.STORE_DAMAGED),
        ({"wrapped": ""}, Code.STORE_KEY_WRONG),
        ({"derivation": {}}, Code.STORE_DAMAGED),
        ({"derivation": {"passes": 1, "memory_kib": 1 << 30, "lanes": 1, "salt": "00" * 16}}, Code.STORE_DAMAGED),
        ({"derivation": {"passes": 0, "memory_kib": 1024, "lanes": 1, "salt": "00" * 16}}, Code.STORE_DAMAGED),
        ({"derivation": {"passes": 1, "memory_kib": 1024, "lanes": 1, "salt": "00" * 16}}, Code.STORE_KEY_WRONG),
    ],
)
def test_a_changed_file_is_refused(tmp_path: Path, change: dict[str, object], code: Code) -> None:
    file = tmp_path / "store.password"
    _vault(file).keep(PROFILE, KEY)
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    with pytest.raises(YuyueError) as caught:
        _vault(file).load(PROFILE)
    assert _code(caught) is code


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"null"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "store.password"
    file.write_bytes(content)
    with pytest.raises(YuyueError) as caught:
        _vault(file).load(PROFILE)
    assert _code(caught) is Code.STORE_DAMAGED


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(YuyueError) as caught:
        _vault(tmp_path / "file" / "store.password").keep(PROFILE, KEY)
    assert _code(caught) is Code.STORE_UNWRITABLE


def test_a_password_comes_through_a_private_descriptor() -> None:
    source, sink = os.pipe()
    os.write(sink, f"{PASSWORD}\n".encode())
    os.close(sink)
    assert read_password(source) == PASSWORD
    with pytest.raises(YuyueError) as caught:
        read_password(source)
    assert _code(caught) is Code.CALL_UNUSABLE


def test_the_recovery_code_opens_the_key(tmp_path: Path) -> None:
    kept = Recovery(tmp_path / "store.recovery")
    code = kept.give_out(PROFILE, KEY)
    assert [len(group) for group in code.split("-")] == [5] * 6
    assert kept.is_kept
    assert Recovery(tmp_path / "store.recovery").unwrap(PROFILE, code) == KEY
    sloppy = unicodedata.normalize("NFKC", code).lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert kept.unwrap(PROFILE, sloppy) == KEY
    assert code.replace("-", "") not in kept._file.read_text()


def test_an_older_code_and_another_profile_open_nothing(tmp_path: Path) -> None:
    kept = Recovery(tmp_path / "store.recovery")
    older = kept.give_out(PROFILE, KEY)
    newer = kept.give_out(PROFILE, KEY)
    assert older != newer
    for profile, code in ((PROFILE, older), ("another", newer)):
        with pytest.raises(YuyueError) as caught:
            kept.unwrap(profile, code)
        assert _code(caught) is Code.STORE_KEY_WRONG


def test_without_a_file_a_code_opens_nothing(tmp_path: Path) -> None:
    code = Recovery(tmp_path / "one").give_out(PROFILE, KEY)
    assert not Recovery(tmp_path / "two").is_kept
    assert Recovery(tmp_path / "two").unwrap(PROFILE, code) is None


@given(st.text(recovery.ALPHABET, min_size=28, max_size=28), st.integers(0, 29))
def test_most_slips_of_the_pen_are_told_as_such(letters: str, at: int) -> None:
    code = recovery._with_check(letters)
    slips = [code[:at] + letter + code[at + 1 :] for letter in recovery.ALPHABET if letter != code[at]]
    refused = [slip for slip in slips if _is_refused(slip)]
    assert len(refused) >= len(slips) - 3


@pytest.mark.parametrize("text", ["", "-", "A" * 29, "A" * 31, "U" * 30, "恢" * 30])
def test_what_is_no_code_is_told(text: str) -> None:
    with pytest.raises(YuyueError) as caught:
        read_code(text)
    assert _code(caught) is Code.RECOVERY_CODE_MALFORMED


def _is_refused(code: str) -> bool:
    try:
        read_code(code)
    except YuyueError:
        return True
    return False


def test_a_wrap_opens_with_its_key_and_context_alone() -> None:
    wrapped = keywrap.wrap(KEY, b"secret", b"context")
    assert wrapped != keywrap.wrap(KEY, b"secret", b"context")
    assert keywrap.unwrap(KEY, wrapped, b"context") == b"secret"
    for key, sealed, context in ((bytes(32), wrapped, b"context"), (KEY, wrapped[:-1], b"context"), (KEY, b"", b"")):
        assert keywrap.unwrap(key, sealed, context) is None
    assert keywrap.unwrap(KEY, wrapped, b"other") is None
