"""Compares what the clerk did with what her store has and what customs has; changes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from tests.chaos.journal import Journal
from tests.chaos.report import Findings
from yuyue_desktop.domain.application import Application, ApplicationId, ApplicationRecord, Status
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.store.reader import Reader
from yuyue_desktop.wire import messages
from yuyue_desktop.wire.messages import AnswerBody, ApplicationBody
from yuyue_practice.database import Database
from yuyue_practice.models import ApplicationRow, SubmissionRow
from yuyue_practice.office import DATABASE_FILE
from yuyue_practice.records.receipts import receipts_of


@dataclass(frozen=True, slots=True)
class AtCustoms:
    """One application as the gateway has it; `declarations` are its submissions, True for an accepted one."""

    status: Status
    content: Application
    pre_entry_number: str
    receipts: tuple[Receipt, ...]
    declarations: tuple[bool, ...]


class CustomsBooks:
    """The gateway's database, read beside it or after it."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(f"sqlite:///{folder / DATABASE_FILE}")

    def close(self) -> None:
        self._database.close()

    def applications(self, declarant: str) -> dict[str, AtCustoms]:
        """A company's applications but drafts that were saved only, by their ids."""
        with self._database.reading() as session:
            made: defaultdict[str, list[bool]] = defaultdict(list)
            for row in session.scalars(select(SubmissionRow)):
                made[row.application_id].append(messages.decode(row.answer.encode(), AnswerBody).is_accepted)
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


class Verdict:
    """Judges one clerk's store; `age_s` is how old a key must be to be owed."""

    def __init__(self, journal: Journal, age_s: float) -> None:
        self._journal = journal
        self._age_s = age_s
        self.findings = Findings()

    def after_a_kill(self, reader: Reader, at: float) -> Counter[str]:
        """Look at all that was typed in the life that ended; answers what there was."""
        came: Counter[str] = Counter()
        try:
            reader.check()
        except YuyueError as error:
            self.findings.wrong.append(f"the store is damaged: {error}")
        for application_id in self._journal.touched:
            record = reader.record(ApplicationId(application_id))
            self._look_at_typed(reader, application_id, record, at)
            items = reader.open_items(ApplicationId(application_id))
            came.update([f"{items[0].state.value} in the outbox" if items else "draft whole"])
        self._journal.touched.clear()
        return came

    def at_the_end(self, reader: Reader, customs: dict[str, AtCustoms]) -> int:
        """Compare everything; answers how many declarations are at customs."""
        for application_id in self._journal.drafts:
            record = reader.record(ApplicationId(application_id))
            if record is None:
                self.findings.lost.append(f"draft {application_id} is not in the store")
            else:
                self._compare(reader, record, customs.get(application_id))
        for application_id in self._journal.declared:
            if application_id not in customs or not any(customs[application_id].declarations):
                self.findings.lost.append(f"declaration {application_id} is not at customs")
        for application_id, known in customs.items():
            if application_id not in self._journal.drafts and known.declarations:
                self.findings.wrong.append(f"customs has {application_id}, which nobody wrote")
        self._look_for_twins(customs)
        self.findings.wrong += [f"{item.id} is still {item.state.value}" for item in reader.open_items()]
        return sum(any(known.declarations) for known in customs.values())

    def _look_at_typed(self, reader: Reader, application_id: str, record: ApplicationRecord | None, at: float) -> None:
        owed = dict(self._journal.owed(application_id, at, self._age_s))
        draft = self._journal.drafts[application_id]
        for name, typed in draft.fields.items():
            stored = repr(getattr(record.application if record else Application(ApplicationId(""), ""), name))
            if name in owed and stored not in owed[name]:
                self.findings.lost.append(f"{name} of {application_id}: {stored} where {owed[name][0]} was typed")
            typed.settle(stored)
        if record is None:
            del self._journal.drafts[application_id]  # killed before the first save was due
        for attachment in record.application.attachments if record else ():
            content = reader.attachment(attachment.sha256)
            if content is None or hashlib.sha256(content).hexdigest() != attachment.sha256:
                self.findings.lost.append(f"file {attachment.name} of {application_id}")

    def _compare(self, reader: Reader, record: ApplicationRecord, known: AtCustoms | None) -> None:
        if record.status is Status.DRAFT:
            if known is not None and known.declarations:
                self.findings.wrong.append(f"{record.id} is a draft here and {known.status.value} at customs")
            return
        if known is None:
            self.findings.lost.append(f"{record.id} is {record.status.value} here and not at customs")
            return
        if len(known.declarations) > 1:
            self.findings.doubled.append(f"{record.id} was submitted {len(known.declarations)} times")
        here, there = (record.status, record.pre_entry_number), (known.status, known.pre_entry_number)
        if here != there or record.application != known.content:
            self.findings.wrong.append(f"{record.id} is {here} here and {there} at customs")
        if reader.receipts(record.id) != known.receipts:
            self.findings.wrong.append(f"the receipts of {record.id} are not those that customs gave")
        deeds = Counter(entry.deed for entry in reader.journal(record.id))
        if (deeds[Deed.ENQUEUED], deeds[Deed.ACCEPTED]) != (1, 1):
            self.findings.wrong.append(f"the journal of {record.id} tells {dict(deeds)}")

    def _look_for_twins(self, customs: dict[str, AtCustoms]) -> None:
        texts = Counter(known.content.reason for known in customs.values() if any(known.declarations))
        self.findings.doubled += [f"“{text}” was declared {count} times" for text, count in texts.items() if count > 1]
