"""A program that saves, goes back to a snapshot of that, exports, on and on, and says what was done; it is killed."""

from __future__ import annotations

import random
import sys
import uuid
from itertools import count
from pathlib import Path

from tests.store.parts import KEY, NOW, OpenStore, make_application, make_mover, minutes
from tests.store.said import EXPORT_PASSWORD, mended, say
from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.moving import Moving
from yuyue_desktop.store.restoring import DamagedStore
from yuyue_desktop.store.snapshots import kept, take


def main(folder: str, seed: str) -> None:
    """Nothing is saved between a snapshot and its coming back, so that all that was told has to be there."""
    chance = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
    store = mended(Path(folder))
    application = make_application(id=ApplicationId(str(uuid.uuid4())))
    for number in count():
        record = store.save(make_application(id=application.id, reason=str(number)))
        say("saved", record.id, record.revision, number)
        if chance.random() < 0.5:
            store = _gone_back(store)
        elif chance.random() < 0.3:
            file = store.file.with_name(f"{uuid.uuid4()}.yuyue")
            Moving(store.file, KEY, make_mover()).export(file, EXPORT_PASSWORD)
            say("exported", file.name)


def _gone_back(store: OpenStore) -> OpenStore:
    newest = max((snapshot.taken_at for snapshot in kept(store.file)), default=NOW)
    take(store.file, KEY, newest + minutes(1))  # the clock of the tests stands
    store.close()
    damaged = DamagedStore(store.file, KEY, lambda: newest + minutes(1))
    assert damaged.look()
    damaged.restore()
    return OpenStore(store.file.parent)


if __name__ == "__main__":
    main(*sys.argv[1:])
