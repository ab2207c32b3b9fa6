"""Opening: key, damage, schema, folder and disk; nothing typed lies in plain on the disk (decision 010)."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from tests.store.parts import (
    COMPANY,
    KEY,
    LIMIT_S,
    NOW,
    PERSON,
    OpenStore,
    SetClock,
    code_of,
    make_application,
    make_attachment,
    make_item,
)
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import Event
from yuyue_desktop.store import migrations
from yuyue_desktop.store.connection import open_for_reading, open_for_writing, transaction
from yuyue_desktop.store.reader import Reader
from yuyue_desktop.store.writer import StoreThread

WRONG_KEY = bytes(32)


def _ignore(_event: Event) -> None:
    """Nobody listens."""


def _open(file: Path, key: bytes = KEY) -> StoreThread:
    return StoreThread(file, key, publish=_ignore, clock=SetClock())


def _refusal(file: Path, key: bytes = KEY) -> Code:
    with pytest.raises(YuyueError) as caught:
        _open(file, key).close()
    return caught.value.code


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """The file of a store that holds drafts, closed."""
    store = OpenStore(tmp_path / "profile")
    for number in range(50):
        store.save(make_application(reason=f"draft {number} " + "长" * 400))
    store.close()
    return store.file


def test_a_wrong_key_is_told_from_damage_and_changes_nothing(closed: Path) -> None:
    before = closed.read_bytes()
    assert _refusal(closed, WRONG_KEY) is Code.STORE_KEY_WRONG
    with pytest.raises(YuyueError, match="store_key_wrong"):
        Reader(closed, WRONG_KEY).drafts(COMPANY)
    assert closed.read_bytes() == before
    closed.with_name("store.db.keycheck").unlink()
    assert _refusal(closed, WRONG_KEY) is Code.STORE_KEY_WRONG
    assert closed.read_bytes() == before


def test_a_key_of_another_length_is_a_mistake_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="31 bytes"):
        _open(tmp_path / "store.db", bytes(31))


def test_a_lost_key_check_is_made_again(closed: Path) -> None:
    check = closed.with_name("store.db.keycheck")
    before = check.read_text()
    check.unlink()
    _open(closed).close()
    assert check.read_text() == before


def _truncate(content: bytes, share: float) -> bytes:
    return content[: int(len(content) * share)]


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9])
def test_a_truncated_file_is_damage_and_is_kept(closed: Path, share: float) -> None:
    cut = _truncate(closed.read_bytes(), share)
    closed.write_bytes(cut)
    assert _refusal(closed) is Code.STORE_DAMAGED
    assert closed.read_bytes() == cut


def test_a_file_that_vanished_is_not_made_anew(closed: Path) -> None:
    closed.unlink()
    assert _refusal(closed) is Code.STORE_DAMAGED
    assert not closed.exists()


def test_a_scribbled_first_page_is_damage(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    content[200] ^= 1
    closed.write_bytes(content)
    assert _refusal(closed) is Code.STORE_DAMAGED


def test_the_check_finds_one_flipped_bit_deep_in_the_file(closed: Path) -> None:
    Reader(closed, KEY).check()
    content = bytearray(closed.read_bytes())
    content[len(content) * 3 // 4] ^= 1
    closed.write_bytes(content)
    reader = Reader(closed, KEY)
    with pytest.raises(YuyueError, match="store_damaged"):
        reader.check()
    reader.close()


def test_a_newer_schema_is_refused_and_left_alone(closed: Path) -> None:
    connection = open_for_writing(closed, KEY)
    connection.pragma("user_version", len(migrations.STEPS) + 1)
    connection.close()
    before = closed.read_bytes()
    assert _refusal(closed) is Code.STORE_NEWER
    assert closed.read_bytes() == before


def test_steps_are_taken_once_in_order_and_whole_or_not_at_all(tmp_path: Path) -> None:
    connection = open_for_writing(tmp_path / "store.db", KEY)

    def one(connection: apsw.Connection) -> None:
        connection.execute("CREATE TABLE one (a)")

    def two(connection: apsw.Connection) -> None:
        connection.execute("CREATE TABLE two (a)")

    def broken(connection: apsw.Connection) -> None:
        two(connection)
        connection.execute("INSERT INTO nowhere VALUES (1)")

    with pytest.raises(YuyueError, match="bug"):
        migrations.migrate(connection, (one, broken))
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")]
    assert (migrations.version(connection), tables) == (1, ["one"])
    migrations.migrate(connection, (one, two))
    assert migrations.version(connection) == 2
    connection.close()


def test_settings_of_every_connection_keep_what_was_typed_off_the_disk(closed: Path) -> None:
    for opened in (open_for_writing(closed, KEY), open_for_reading(closed, KEY)):
        settings = {name: opened.pragma(name) for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store")}
        assert settings == {"journal_mode": "wal", "synchronous": 3, "foreign_keys": 1, "temp_store": 2}
        assert opened.pragma("cipher") == "chacha20"
        opened.close()


def test_a_reading_connection_writes_nothing(closed: Path) -> None:
    connection = open_for_reading(closed, KEY)
    with pytest.raises(YuyueError, match="store_unwritable"), transaction(connection):
        connection.execute("DELETE FROM applications")
    connection.close()


def test_nothing_typed_lies_in_plain_on_the_disk(tmp_path: Path) -> None:
    store = OpenStore(tmp_path / "profile")
    content = b"%PDF-1.7 contract of strawberries"
    attachment = make_attachment(content)
    application = make_application(reason="strawberries 草莓", contact_mobile="13800138000", attachments=(attachment,))
    store.writer.put_attachment(attachment.sha256, content)
    store.writer.remember_setting("refresh_token", "token-of-strawberries")
    store.writer.remember_company(Company("3122261548", "91310115MA00000022", "3100600022", "澄江", Grade.GENERAL))
    store.save(application)
    store.enqueue(make_item(application.id, jws="jws.of.strawberries"))
    typed = [
        "strawberries",
        "草莓",
        "\\u8349\\u8393",
        "13800138000",
        "澄江",
        COMPANY,
        PERSON,
        application.id,
        KEY.hex(),
    ]
    needles = [*(text.encode(encoding) for text in typed for encoding in ("utf-8", "utf-16-le", "gb18030"))]
    needles += [KEY, KEY.hex().encode()]
    _assert_absent(tmp_path, needles)
    store.close()
    _assert_absent(tmp_path, needles)


def _assert_absent(folder: Path, needles: list[bytes]) -> None:
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert any(file.stat().st_size > 4096 for file in files)
    found = [(file.name, needle) for file in files for needle in needles if needle in file.read_bytes()]
    assert found == []


def test_the_folder_is_this_accounts_alone(tmp_path: Path) -> None:
    _open(tmp_path / "profile" / "store.db").close()
    assert (tmp_path / "profile").stat().st_mode & 0o077 == 0


def test_every_thread_reads_through_a_connection_of_its_own(closed: Path) -> None:
    reader = Reader(closed, KEY)
    counts: list[int] = []
    threads = [threading.Thread(target=lambda: counts.append(len(reader.drafts(COMPANY)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT_S)
    assert counts == [50] * 4
    reader.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB of its own, which only root can mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_is_told_and_room_lets_work_go_on(small_disk: Path) -> None:
    store = OpenStore(small_disk)
    first = store.save(make_application())
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        filler.write_bytes(bytes(4 * 1024 * 1024))
    application = make_application(reason="长" * 4000)
    codes = {code_of(store.writer.save_draft(application, PERSON, NOW)) for _ in range(20)}
    assert Code.STORE_FULL in codes
    assert codes <= {Code.STORE_FULL, None}
    assert store.read(first.id) == first
    filler.unlink()
    assert store.save(application).application == application
    store.reopen()
    assert store.read(application.id).application == application
    store.close()


def test_a_disk_that_lets_nothing_be_written_is_told(small_disk: Path) -> None:
    store = OpenStore(small_disk / "profile")
    record = store.save(make_application())
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert _refusal(store.file) is Code.STORE_UNWRITABLE
    assert _refusal(small_disk / "new" / "store.db") is Code.STORE_UNWRITABLE
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    store.reopen()
    assert store.read(record.id) == record
    store.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; the read-only disk stands in")
def test_a_folder_without_the_right_to_write_is_told(closed: Path) -> None:
    closed.parent.chmod(0o500)
    closed.chmod(0o400)
    assert _refusal(closed) is Code.STORE_UNWRITABLE
    closed.parent.chmod(0o700)


def test_a_store_that_another_holds_is_told_as_locked(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yuyue_desktop.store.connection.BUSY_TIMEOUT_MS", 50)
    holder, other = open_for_writing(closed, KEY), open_for_writing(closed, KEY)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(YuyueError, match="store_locked") as caught, transaction(other):
        raise AssertionError("two write at once")
    assert caught.value.is_retried
    holder.execute("ROLLBACK")
    holder.close()
    other.close()
