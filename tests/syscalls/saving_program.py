"""Saves a draft in a store, or puts a large file into it; traced meanwhile."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.store.parts import LIMIT_S, OpenStore, make_application, make_attachment
from tests.syscalls.waiting import act_when_traced
from yuyue_desktop.domain.application import ApplicationId

BEFORE, AFTER = "存好的", "新打的"
LARGE = bytes(range(256)) * 24 * 1024
"""More than SQLite lets gather in its log: it is moved into the database right after the commit."""


def main(folder: str, what: str, application_id: str) -> None:
    """`what`: `draft` or `file`."""
    store = OpenStore(Path(folder))
    application = make_application(id=ApplicationId(application_id), reason=AFTER)

    def save() -> str:
        if what == "draft":
            store.save(application)
        else:
            store.writer.put_attachment(make_attachment(LARGE).sha256, LARGE).result(LIMIT_S)
        return "saved"

    act_when_traced(save)


if __name__ == "__main__":
    main(*sys.argv[1:])
