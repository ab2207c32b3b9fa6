"""The gateway's books: what they say of each application, and copies of them to be put back later; judges nothing."""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from yuyue_desktop.domain.application import Application, Status, Step
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.wire import messages
from yuyue_desktop.wire.messages import AnswerBody, ApplicationBody
from yuyue_practice.database import Database
from yuyue_practice.models import ApplicationRow, DeclarationRow, SubmissionRow
from yuyue_practice.office import DATABASE_FILE
from yuyue_practice.records.receipts import receipts_of
from yuyue_practice.registry.declarations import add_declaration
from yuyue_practice.seed import DECLARANT, TRADER

FITTING_DECLARATION = "221020261000000001"
"""A declaration on the register that fits whatever the clerk declares (S30)."""
EMPTY, OLDER = "empty", "older"
"""Copies: before anything was declared, and of the gateway's last death."""


@dataclass(frozen=True, slots=True)
class AtCustoms:
    """One application as the gateway has it; `answers`: its submissions by their steps, True for an accepted one."""

    status: Status
    content: Application
    pre_entry_number: str
    receipts: tuple[Receipt, ...]
    answers: tuple[tuple[Step, bool], ...]

    @property
    def declarations(self) -> tuple[bool, ...]:
        """Its declarations, True for an accepted one."""
        return tuple(is_accepted for step, is_accepted in self.answers if step is Step.DECLARE)


class CustomsBooks:
    """The gateway's database, read beside it or after it."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(f"sqlite:///{folder / DATABASE_FILE}")

    def close(self) -> None:
        self._database.close()

    def applications(self, declarant: str) -> dict[str, AtCustoms]:
        """A company's applications, by their ids."""
        with self._database.reading() as session:
            made: defaultdict[str, list[tuple[Step, bool]]] = defaultdict(list)
            for row in session.scalars(select(SubmissionRow).order_by(SubmissionRow.arrived_at)):
                answer = messages.decode(row.answer.encode(), AnswerBody)
                made[row.application_id].append((Step(row.step), answer.is_accepted))
            rows = session.scalars(select(ApplicationRow).where(ApplicationRow.declarant == declarant)).all()
            return {
                row.id: AtCustoms(
                    Status(row.status),
                    messages.to_application(messages.decode(row.content.encode(), ApplicationBody)),
                    row.pre_entry_number,
                    receipts_of(session, row.id),
                    tuple(made[row.id]),
                )
                for row in rows
            }

    def register_declaration(self) -> None:
        """Let there be one that feedback can name."""
        row = DeclarationRow(
            number=FITTING_DECLARATION,
            is_import=True,
            declarant=DECLARANT,
            trader=TRADER,
            declaration_port="2210",
            entry_exit_port="2233",
            declared_at=datetime(2026, 12, 31),
            has_time=True,
        )
        with self._database.writing() as session:
            add_declaration(session, row)


class Copies:
    """Copies of the books, made and put back while the gateway is down."""

    def __init__(self, office: Path, folder: Path) -> None:
        self._office, self._folder = office, folder

    def keep(self, name: str) -> None:
        """Copy the books as they are, in place of an earlier copy of this name."""
        kept = self._folder / name
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        for file in self._files():
            shutil.copyfile(file, kept / file.name)

    def put_back(self, name: str) -> set[str]:
        """The books are those of a copy from now on; answers the applications that they lack receipts of."""
        before = self._read()
        for file in self._office.glob(f"{DATABASE_FILE}*"):
            file.unlink()
        for file in (self._folder / name).iterdir():
            shutil.copyfile(file, self._office / file.name)
        after = self._read()
        return {each for each, known in before.items() if lacks(after.get(each), known)}

    def _files(self) -> list[Path]:
        """Without the index of the write-ahead log, which is made anew."""
        return [file for file in self._office.glob(f"{DATABASE_FILE}*") if not file.name.endswith("-shm")]

    def _read(self) -> dict[str, AtCustoms]:
        books = CustomsBooks(self._office)
        try:
            return books.applications(DECLARANT)
        finally:
            books.close()


def lacks(after: AtCustoms | None, before: AtCustoms) -> bool:
    """Whether something that was there before is not any more."""
    there = {receipt.mark for receipt in after.receipts} if after else set()
    return after is None or any(receipt.mark not in there for receipt in before.receipts)
