"""Stores as earlier programs left them, committed beside the tests; `python -m tests.store.old_files` adds the newest.

The files never change once their program was released: that is what they are for.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.store.parts import COLLEAGUE, KEY, NOW, PERSON
from yuyue_desktop.domain.application import Application, ApplicationId, Attachment, GoodsItem
from yuyue_desktop.store import key_check, migrations
from yuyue_desktop.store.connection import open_for_writing, transaction
from yuyue_desktop.store.content import encode, moment_text

FOLDER = Path(__file__).with_name("old")
PDF = b"%PDF-1.7 of an earlier program"
PDF_SHA256 = "c5e7a6a7d9f6b2a9"
DRAFT = Application(
    ApplicationId("draft of an earlier program"),
    "1101919107",
    "3122261548",
    contact_name="李想",
    reason="鲜活易腐",
    window_start="2026-10-03T10:00",
    goods=(GoodsItem("08101000", "草莓"),),
    attachments=(Attachment("合同.pdf", PDF_SHA256, len(PDF), (len(PDF),)),),
)
ITEM_ID, DELETED_ID = "item of an earlier program", "deleted by an earlier program"


def old_file(version: int) -> Path:
    """The store of a program that knew so many steps."""
    return FOLDER / f"step_{version:04}.db"


def make(version: int, file: Path) -> None:
    """Make such a store: a draft with a file, a deleted one, one item that waits, settings and a receipt."""
    connection = open_for_writing(file, KEY)
    migrations.migrate(connection, migrations.STEPS[:version])
    with transaction(connection):
        at = moment_text(NOW)
        for application_id, deleted_at in ((DRAFT.id, None), (DELETED_ID, at)):
            connection.execute(
                """INSERT INTO applications (id, content, revision, status, person, saved_at, declarant, trader,
                   window_start, wanted_revision, sent_revision, deleted_at)
                   VALUES (?, ?, 3, 'draft', ?, ?, ?, ?, ?, 3, 2, ?)""",
                (
                    application_id,
                    encode(DRAFT),
                    PERSON,
                    at,
                    DRAFT.declarant,
                    DRAFT.trader,
                    DRAFT.window_start,
                    deleted_at,
                ),
            )
        connection.execute(
            """INSERT INTO outbox (id, application_id, step, owner, jws, attachments, state, is_open, created_at,
               attempts, last_error) VALUES (?, ?, 'declare', ?, 'a.b.c', ?, 'sending', 1, ?, 1, '')""",
            (ITEM_ID, DRAFT.id, PERSON, f'["{PDF_SHA256}"]', at),
        )
        connection.execute("INSERT INTO attachments VALUES (?, ?)", (PDF_SHA256, PDF))
        connection.execute("INSERT INTO settings VALUES ('theme', 'dark')")
        connection.execute(
            """INSERT INTO receipts (cursor, application_id, kind, status, at, text, code, pre_entry_number,
               application_number) VALUES (7, ?, 'status', 'draft', ?, '已收到', '', '', '')""",
            (DRAFT.id, at),
        )
        connection.execute(
            "INSERT INTO journal (at, person, deed, application_id, detail) VALUES (?, ?, 'deleted', ?, '3')",
            (at, COLLEAGUE, DELETED_ID),
        )
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    key_check.keep(file, KEY)


def main() -> None:
    """Add what is missing of all versions up to the one before the newest."""
    FOLDER.mkdir(exist_ok=True)
    for version in range(1, len(migrations.STEPS)):
        if not old_file(version).exists():
            with tempfile.TemporaryDirectory() as folder:
                made = Path(folder) / old_file(version).name
                make(version, made)
                shutil.copyfile(made, old_file(version))
            sys.stdout.write(f"{old_file(version).name}\n")


if __name__ == "__main__":
    main()
