"""A profile moves to another computer in one file under a password, whole; nothing unsent is overwritten (B17)."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.parts import (
    COLLEAGUE,
    COMPANY,
    KEY,
    LIMIT_S,
    NOW,
    PERSON,
    OpenStore,
    SetClock,
    make_application,
    make_attachment,
    make_item,
    make_mover,
)
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.jotting import Jotting
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.moving import Moving
from yuyue_desktop.store import snapshots
from yuyue_desktop.store.connection import open_for_reading, open_for_writing
from yuyue_desktop.store.restoring import put_aside
from yuyue_desktop.store.transfer import BEFORE_IMPORT, take_staged
from yuyue_desktop.store.writer import StoreThread

pytestmark = pytest.mark.thorough

PASSWORD = "a long sentence of mine"
OTHER_KEY = bytes(range(32))
PDF = b"%PDF-1.7 contract of strawberries"


@pytest.fixture
def old(tmp_path: Path) -> OpenStore:
    """The computer that is left: a draft with a file, half a line, settings, the journal."""
    store = OpenStore(tmp_path / "old")
    file = make_attachment(PDF)
    store.writer.put_attachment(file.sha256, PDF).result(LIMIT_S)
    draft = store.save(make_application(attachments=(file,)))
    store.writer.keep_jotting(draft.id, PERSON, Jotting(goods_name="roses"), NOW).result(LIMIT_S)
    store.writer.remember_setting("theme", "dark").result(LIMIT_S)
    store.writer.remember_setting("refresh_token", "token of this computer").result(LIMIT_S)
    return store


def export(store: OpenStore, folder: Path) -> Path:
    file = folder / "预约通关.yuyue"
    Moving(store.file, KEY, make_mover(store)).export(file, PASSWORD)
    return file


def new_computer(folder: Path) -> Path:
    """An empty store under a key of its own."""
    store = folder / "new" / "store.db"
    StoreThread(store, OTHER_KEY, publish=lambda _event: None, clock=SetClock()).close()
    return store


def refusal(act: object) -> Code:
    with pytest.raises(YuyueError) as caught:
        act()  # type: ignore[operator]
    return caught.value.code


def test_everything_moves_but_this_computers_sign_in(old: OpenStore, tmp_path: Path) -> None:
    drafts, journal = old.reader.drafts(COMPANY), old.reader.journal()
    file = export(old, tmp_path)
    assert old.reader.journal(limit=1)[0].deed is Deed.EXPORTED
    old.close()
    store = new_computer(tmp_path)
    Moving(store, OTHER_KEY, make_mover(person=COLLEAGUE)).bring_in(file, f" {PASSWORD} ")
    assert take_staged(store, OTHER_KEY, NOW)
    assert not take_staged(store, OTHER_KEY, NOW)
    moved = OpenStore.__new__(OpenStore)
    moved.file, moved.clock, moved.events = store, old.clock, []
    moved._listener, moved.key = moved.events.append, OTHER_KEY
    moved._open()
    assert moved.reader.drafts(COMPANY) == drafts
    imported, *before = moved.reader.journal()
    assert (imported.person, imported.deed, imported.at) == (COLLEAGUE, Deed.IMPORTED, NOW)
    assert tuple(before) == journal
    assert moved.reader.attachment(drafts[0].application.attachments[0].sha256) == PDF
    assert moved.reader.jotting(drafts[0].id, PERSON) == Jotting(goods_name="roses")
    assert moved.reader.setting("theme") == "dark"
    assert moved.reader.setting("refresh_token") is None
    moved.close()
    assert len(list(store.parent.glob("store-before-import-*.db"))) == 1


def test_the_file_tells_nothing_and_no_copy_is_left(old: OpenStore, tmp_path: Path) -> None:
    content = export(old, tmp_path).read_bytes()
    for typed in (b"strawberries", "鲜活".encode(), COMPANY.encode(), PDF, KEY, b"SQLite format", PASSWORD.encode()):
        assert typed not in content
    assert not (old.file.parent / "moving").exists()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["old", "预约通关.yuyue"]
    old.close()


def test_a_short_password_and_a_wrong_one(old: OpenStore, tmp_path: Path) -> None:
    moving = Moving(old.file, KEY, make_mover(old))
    assert refusal(lambda: moving.export(tmp_path / "a.yuyue", "9 letters")) is Code.STORE_PASSWORD_SHORT
    assert refusal(lambda: moving.export(tmp_path / "none" / "a.yuyue", PASSWORD)) is Code.FILE_UNWRITABLE
    file = export(old, tmp_path)
    old.close()
    there = Moving(new_computer(tmp_path), OTHER_KEY, make_mover())
    assert refusal(lambda: there.bring_in(file, "another sentence")) is Code.STORE_PASSWORD_WRONG


def test_nothing_unsent_is_overwritten(old: OpenStore, tmp_path: Path) -> None:
    file = export(old, tmp_path)
    moving = Moving(old.file, KEY, make_mover(old))
    assert refusal(lambda: moving.bring_in(file, PASSWORD)) is Code.IMPORT_WOULD_LOSE
    assert not take_staged(old.file, KEY, NOW)
    draft = old.reader.drafts(COMPANY)[0]
    old.sync.draft_sent(replace(draft, pre_entry_number="YTG202600000000001"))
    moving.bring_in(file, PASSWORD)
    old.close()
    assert take_staged(old.file, KEY, NOW)


def brought_in(old: OpenStore, folder: Path) -> Moving:
    """All is sent, and its own export waits for the next start."""
    file, draft = export(old, folder), old.reader.drafts(COMPANY)[0]
    old.sync.draft_sent(replace(draft, pre_entry_number="YTG202600000000001"))
    moving = Moving(old.file, KEY, make_mover(old))
    moving.bring_in(file, PASSWORD)
    return moving


def test_what_was_made_after_the_check_is_not_put_aside_and_the_import_is_given_up(
    old: OpenStore, tmp_path: Path
) -> None:
    brought_in(old, tmp_path)
    draft = old.save(make_application(reason="typed while the import waited"))
    old.enqueue(make_item(old.save(make_application()).id))
    old.close()
    with pytest.raises(YuyueError) as caught:
        take_staged(old.file, KEY, NOW)
    assert (caught.value.code, caught.value.params) == (Code.IMPORT_GIVEN_UP, {"drafts": 2, "items": 1})
    assert not take_staged(old.file, KEY, NOW)
    there = OpenStore(old.file.parent)
    assert there.read(draft.id).application.reason == "typed while the import waited"
    assert len(there.reader.open_items()) == 1
    there.close()


def test_a_store_that_another_program_works_on_is_not_taken_from_it(old: OpenStore, tmp_path: Path) -> None:
    brought_in(old, tmp_path)
    assert refusal(lambda: take_staged(old.file, KEY, NOW)) is Code.STORE_LOCKED
    saved = old.save(make_application())
    old.sync.draft_sent(replace(saved, pre_entry_number="YTG202600000000002"))
    old.close()
    assert take_staged(old.file, KEY, NOW)
    (before,) = old.file.parent.glob("store-before-import-*.db")
    connection = open_for_reading(before, KEY)
    assert connection.execute("SELECT count(*) FROM applications").get == 2
    connection.close()


def test_a_start_that_was_cut_off_between_the_renamings_is_gone_on_with(old: OpenStore, tmp_path: Path) -> None:
    brought_in(old, tmp_path)
    old.close()
    put_aside(old.file, BEFORE_IMPORT, NOW)
    assert take_staged(old.file, KEY, NOW)
    there = OpenStore(old.file.parent)
    assert there.reader.journal(limit=1)[0].deed is Deed.IMPORTED
    there.close()


def test_the_imported_store_is_never_offered_snapshots_of_the_one_before(old: OpenStore, tmp_path: Path) -> None:
    brought_in(old, tmp_path)
    former = snapshots.take(old.file, KEY, NOW)
    old.close()
    assert take_staged(old.file, KEY, NOW)
    assert snapshots.kept(old.file) == ()
    (folder,) = old.file.parent.glob("snapshots-before-import-*")
    assert (folder / former.file.name).exists()
    assert snapshots.SnapshotKeeper(old.file, KEY, lambda: NOW).keep() is not None


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_truncated_file_is_told_and_changes_nothing(old: OpenStore, tmp_path: Path, share: float) -> None:
    file = export(old, tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[: round(len(content) * share)])
    store = new_computer(tmp_path)
    assert refusal(lambda: Moving(store, OTHER_KEY, make_mover()).bring_in(file, PASSWORD)) is Code.IMPORT_UNREADABLE
    assert not take_staged(store, OTHER_KEY, NOW)
    old.close()


def test_a_file_of_a_newer_program_is_refused(old: OpenStore, tmp_path: Path) -> None:
    connection = open_for_writing(old.file, KEY)
    connection.pragma("user_version", 999)
    connection.close()
    assert refusal(lambda: export(old, tmp_path)) is Code.STORE_NEWER
    old.close()


def test_another_zip_is_no_export(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("../key.json", "{}")
    store = new_computer(tmp_path)
    assert refusal(lambda: Moving(store, OTHER_KEY, make_mover()).bring_in(other, PASSWORD)) is Code.IMPORT_UNREADABLE
