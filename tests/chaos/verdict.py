"""Compares what the clerk did with what her store has and what customs has; changes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from tests.chaos.books import AtCustoms
from tests.chaos.journal import Journal
from tests.chaos.report import Findings
from yuyue_desktop.domain.application import (
    SIGNED_STEPS,
    Application,
    ApplicationId,
    ApplicationRecord,
    Status,
    Step,
    is_earlier,
)
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_desktop.store.reader import Reader


class Verdict:
    """Judges one clerk's store; `age_s` is how old a key must be to be owed."""

    def __init__(self, journal: Journal, age_s: float) -> None:
        self._journal = journal
        self._age_s = age_s
        self.findings = Findings()
        self.forgotten: set[str] = set()
        """Applications that a gateway with older or empty books lacked something of."""
        self._declared: set[str] = set()

    def after_a_kill(self, reader: Reader, at: float) -> Counter[str]:
        """Look at all that was typed in the life that ended; answers what there was."""
        came: Counter[str] = Counter()
        try:
            reader.check()
        except YuyueError as error:
            self.findings.wrong.append(f"the store is damaged: {error}")
        for application_id in self._journal.touched - self._journal.doomed:
            record = reader.record(ApplicationId(application_id))
            self._look_at_typed(reader, application_id, record, at)
            items = reader.open_items(ApplicationId(application_id))
            came.update([f"{items[0].state.value} in the outbox" if items else "draft whole"])
        self._journal.touched.clear()
        return came

    def at_customs(self, customs: dict[str, AtCustoms]) -> None:
        """Look at books of the gateway's: at the end, and before others take their place."""
        for application_id, known in customs.items():
            is_hers = application_id in self._journal.drafts or known.content.reason in self._journal.beside
            if known.declarations and not is_hers:
                self.findings.wrong.append(f"customs has {application_id}, which nobody wrote")
            if any(known.declarations):
                self._declared.add(application_id)
            for step, count in Counter(step for step, _ in known.answers).items():
                if count > 1 and application_id not in self.forgotten:
                    self.findings.doubled.append(f"{application_id} was submitted {count} times: {step}")
        self._look_for_twins(customs)

    def at_the_end(self, reader: Reader, customs: dict[str, AtCustoms]) -> int:
        """Compare everything; answers how many declarations were at customs."""
        self.at_customs(customs)
        for application_id in self._journal.drafts:
            self._look_at_draft(reader, ApplicationId(application_id), customs.get(application_id))
        for application_id in self._journal.declared:
            is_there = application_id in customs and any(customs[application_id].declarations)
            if not is_there and not self._is_gap_told(reader.receipts(ApplicationId(application_id))):
                self.findings.lost.append(f"declaration {application_id} is not at customs")
        self.findings.wrong += [f"{item.id} is still {item.state.value}" for item in reader.open_items()]
        return len(self._declared)

    def _look_at_draft(self, reader: Reader, application_id: ApplicationId, known: AtCustoms | None) -> None:
        record = reader.record(application_id)
        if record is not None and application_id not in self._journal.deleted:
            self._compare(reader, record, known)
        elif record is not None:
            self.findings.wrong.append(f"draft {application_id} was deleted and is there again")
        elif application_id not in self._journal.doomed:
            self.findings.lost.append(f"draft {application_id} is not in the store")
        elif known is not None and known.declarations:
            self.findings.wrong.append(f"{application_id} was deleted here and declared at customs")

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
            if known is not None and any(known.declarations):
                self.findings.wrong.append(f"{record.id} is a draft here and {known.status.value} at customs")
            return
        receipts = reader.receipts(record.id)
        self._compare_receipts(record, receipts, known)
        if known is None:
            if not self._is_gap_told(receipts):
                self.findings.lost.append(f"{record.id} is {record.status.value} here and not at customs")
        elif record.id not in self.forgotten:
            self._compare_strictly(record, known)
        elif record.status is not known.status and not is_earlier(known.status, record.status):
            self.findings.wrong.append(f"{record.id} is {record.status} here and {known.status} at customs, restored")
        self._look_at_deeds(reader, record)

    def _compare_strictly(self, record: ApplicationRecord, known: AtCustoms) -> None:
        here, there = (record.status, record.pre_entry_number), (known.status, known.pre_entry_number)
        if here != there or record.application != known.content:
            self.findings.wrong.append(f"{record.id} is {here} here and {there} at customs")

    def _compare_receipts(
        self, record: ApplicationRecord, receipts: Sequence[Receipt], known: AtCustoms | None
    ) -> None:
        """Those that customs has are here under its numbers, and what it no longer has is told of."""
        if from_customs(receipts) != (known.receipts if known else ()):
            self.findings.wrong.append(f"the receipts of {record.id} are not those that customs gave")
        lacking = [each for each in receipts if each.cursor < 0 and each.kind is ReceiptKind.STATUS]
        if lacking and not self._is_gap_told(receipts):
            self.findings.lost.append(f"customs forgot {lacking[-1].status} of {record.id}, and nobody was told")
        if is_told_of_gap(receipts) and record.id not in self.forgotten:
            self.findings.wrong.append(f"{record.id} was told to be forgotten, and is not")

    def _look_at_deeds(self, reader: Reader, record: ApplicationRecord) -> None:
        deeds = Counter((entry.deed, entry.detail) for entry in reader.journal(record.id))
        for step in SIGNED_STEPS:
            put, ended = deeds[Deed.ENQUEUED, step], deeds[Deed.ACCEPTED, step] + deeds[Deed.REFUSED, step]
            if put != ended or (step is Step.DECLARE and deeds[Deed.ACCEPTED, step] != 1):
                self.findings.wrong.append(f"the journal of {record.id} tells {dict(deeds)}")

    def _is_gap_told(self, receipts: Sequence[Receipt]) -> bool:
        return is_told_of_gap(receipts) and any(receipt.application_id in self.forgotten for receipt in receipts)

    def _look_for_twins(self, customs: dict[str, AtCustoms]) -> None:
        texts = Counter(known.content.reason for known in customs.values() if any(known.declarations))
        self.findings.doubled += [f"“{text}” was declared {count} times" for text, count in texts.items() if count > 1]


def from_customs(receipts: Sequence[Receipt]) -> tuple[Receipt, ...]:
    """Those that have numbers in the gateway's books as they are now."""
    return tuple(receipt for receipt in receipts if receipt.cursor > 0)


def is_told_of_gap(receipts: Sequence[Receipt]) -> bool:
    """Whether the clerk was told that customs lacks something of an application."""
    return any(receipt.code == Code.GATEWAY_FORGOT for receipt in receipts)
