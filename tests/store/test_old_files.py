"""What earlier programs left opens with this one, complete; what a newer one left is refused and stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.store.old_files import DELETED_ID, DRAFT, ITEM_ID, PDF, PDF_SHA256, old_file
from tests.store.parts import COMPANY, KEY, PERSON, OpenStore
from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.outbox import ItemId, ItemState
from yuyue_desktop.store import key_check, migrations

EARLIER = range(1, len(migrations.STEPS))


@pytest.mark.parametrize("version", EARLIER)
def test_the_store_of_every_earlier_program_opens_complete(version: int, tmp_path: Path) -> None:
    left = old_file(version)
    assert left.exists(), "a step was added: python -m tests.store.old_files"
    profile = tmp_path / "profile"
    profile.mkdir()
    shutil.copyfile(left, profile / "store.db")
    key_check.keep(profile / "store.db", KEY)
    store = OpenStore(profile)
    assert store.read(DRAFT.id).application == DRAFT
    assert [record.id for record in store.reader.drafts(COMPANY)] == [DRAFT.id]
    assert store.state(ItemId(ITEM_ID)) is ItemState.UNKNOWN  # a send was under way: it is asked for first
    assert store.reader.attachment(PDF_SHA256) == PDF
    assert store.reader.setting("theme") == "dark"
    assert [receipt.cursor for receipt in store.reader.receipts(DRAFT.id)] == [7]
    assert [entry.deed for entry in store.reader.journal(ApplicationId(DELETED_ID))] == [Deed.DELETED]
    store.reader.check()
    store.reopen()
    assert store.save(DRAFT_AFTER, PERSON).revision == 1
    store.close()


DRAFT_AFTER = type(DRAFT)(ApplicationId("made by this program"), COMPANY)
