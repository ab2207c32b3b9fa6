"""A program that exports, brings that in, starts anew with it, on and on, and says what was done; it is killed."""

from __future__ import annotations

import random
import sys
import uuid
from dataclasses import replace
from itertools import count
from pathlib import Path

from tests.store.parts import (
    COMPANY,
    KEY,
    OpenStore,
    accepted,
    make_application,
    make_item,
    make_mover,
)
from tests.store.said import EXPORT_PASSWORD, mended, say
from yuyue_desktop.moving import Moving

CHECKING, TAKING = "checking", "taking"
"""Folders that are made when an import begins, and when a start begins that takes it."""


def main(folder: str, seed: str) -> None:
    """Two drafts are customs' own after each export, so that the store from before and the imported one differ."""
    chance = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
    store = mended(Path(folder))
    for number in count():
        _make_more(store, number)
        _send_all(store)
        name = str(uuid.uuid4())
        file = store.file.with_name(f"{name}.yuyuedata")
        Moving(store.file, KEY, make_mover()).export(file, EXPORT_PASSWORD)
        since = [store.save(make_application()).id for _ in range(2)]
        _send_all(store)
        say("bringing", name, *since)
        _mark(store, CHECKING)
        Moving(store.file, KEY, make_mover(person=name)).bring_in(file, EXPORT_PASSWORD)
        say("staged", name, "surely")
        if chance.random() < 0.4:
            say("staged", name, "unless more is unsent")
            _make_more(store, number)
        file.unlink()
        _mark(store, TAKING)
        store.close()
        store = mended(Path(folder))


def _mark(store: OpenStore, name: str) -> None:
    mark = store.file.with_name(name)
    if mark.exists():
        mark.rmdir()  # that of a life that was cut, or of an import before
    mark.mkdir()


def _make_more(store: OpenStore, number: int) -> None:
    """A draft, and a declaration in the outbox."""
    draft = store.save(make_application(reason=str(number)))
    say("saved", draft.id, draft.revision, number)
    item = store.enqueue(make_item(store.save(make_application()).id))
    say("held", item.id)


def _send_all(store: OpenStore) -> None:
    """Customs takes everything: only then may an import be brought in."""
    for item in store.reader.open_items():
        store.sync.claim(item.id)
        store.sync.finish(item.id, accepted(item.application_id))
    for record in store.reader.drafts(COMPANY):
        store.sync.draft_sent(replace(record, pre_entry_number="YTG202600000000001"))


if __name__ == "__main__":
    main(*sys.argv[1:])
