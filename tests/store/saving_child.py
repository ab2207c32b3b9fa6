"""A program that saves, attaches, submits and takes snapshots without end and says what was committed; it is killed."""

from __future__ import annotations

import random
import sys
import uuid
from dataclasses import replace
from itertools import count
from pathlib import Path

from tests.store.parts import (
    KEY,
    LIMIT_S,
    NOW,
    PERSON,
    OpenStore,
    make_application,
    make_attachment,
    make_item,
    minutes,
)
from tests.store.said import say
from yuyue_desktop.domain.application import Application, ApplicationId
from yuyue_desktop.store.snapshots import kept, take

DRAFTS = 4
FILE_BYTES = 20_000


def main(folder: str, seed: str) -> None:
    """Work on a few drafts in turn until killed; the number in `reason` only grows."""
    chance = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
    store = OpenStore(Path(folder))
    applications = [make_application(id=ApplicationId(str(uuid.uuid4()))) for _ in range(DRAFTS)]
    for number in count(0, 3):
        at = chance.randrange(DRAFTS)
        burst = [
            store.writer.save_draft(_numbered(applications[at], n), PERSON, NOW) for n in range(number, number + 3)
        ]
        record = burst[-1].result(LIMIT_S)
        say("saved", record.id, record.revision, number + 2)
        if chance.random() < 0.2:
            _submit(store, record.id, record.revision)
            applications[at] = make_application(id=ApplicationId(str(uuid.uuid4())))
        if chance.random() < 0.1:
            _attach(store, chance.randbytes(FILE_BYTES))
        if chance.random() < 0.05:
            _take_snapshot(store.file)


def _numbered(application: Application, number: int) -> Application:
    return replace(application, reason=f"{number} " + "长" * (number % 700))


def _submit(store: OpenStore, application_id: ApplicationId, revision: int) -> None:
    item = store.enqueue(make_item(application_id), revision)
    say("enqueued", item.id)
    store.sync.claim(item.id)
    say("claimed", item.id)


def _attach(store: OpenStore, content: bytes) -> None:
    sha256 = make_attachment(content).sha256
    store.writer.put_attachment(sha256, content).result(LIMIT_S)
    say("attached", sha256)


def _take_snapshot(store: Path) -> None:
    newest = max((snapshot.taken_at for snapshot in kept(store)), default=NOW)
    snapshot = take(store, KEY, newest + minutes(1))  # the clock of the tests stands
    say("taken", snapshot.file.name)


if __name__ == "__main__":
    main(*sys.argv[1:])
