"""A program that saves, enqueues and claims without end and says on its output what was committed; it is killed."""

from __future__ import annotations

import random
import sys
import uuid
from dataclasses import replace
from pathlib import Path

from tests.store.parts import LIMIT_S, NOW, PERSON, OpenStore, make_application, make_item
from yuyue_desktop.domain.application import Application, ApplicationId

DRAFTS = 4


def say(*words: object) -> None:
    """One line, out of this process at once."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def main(folder: str, seed: str) -> None:
    """Work on a few drafts in turn until killed; the number in `reason` only grows."""
    chance = random.Random(seed)  # noqa: S311 - a seeded choice, no secret
    store = OpenStore(Path(folder))
    applications = [make_application(id=ApplicationId(str(uuid.uuid4()))) for _ in range(DRAFTS)]
    number = 0
    while True:
        at = chance.randrange(DRAFTS)
        burst = [
            store.writer.save_draft(_numbered(applications[at], n), PERSON, NOW) for n in range(number, number + 3)
        ]
        record = burst[-1].result(LIMIT_S)
        number += 3
        say("saved", record.id, record.revision, number - 1)
        if chance.random() < 0.2:
            item = store.enqueue(make_item(record.id), record.revision)
            say("enqueued", item.id)
            store.sync.claim(item.id)
            say("claimed", item.id)
            applications[at] = make_application(id=ApplicationId(str(uuid.uuid4())))


def _numbered(application: Application, number: int) -> Application:
    return replace(application, reason=f"{number} " + "长" * (number % 700))


if __name__ == "__main__":
    main(*sys.argv[1:])
