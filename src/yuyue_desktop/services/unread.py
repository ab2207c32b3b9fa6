"""Which receipts a person has not looked at yet (S32); marks nothing by itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.ports import Clock, StoreReader, StoreWriter
from yuyue_desktop.domain.receipts import Receipt
from yuyue_desktop.domain.session import Session

REMEMBERED = timedelta(days=30)
"""An older receipt counts as read: the mark is for news."""


@dataclass(frozen=True, slots=True)
class _Marks:
    """`since`: the person's first sign-in here; `read`: marks of receipts from then on that she looked at."""

    since: datetime
    read: frozenset[str]


class UnreadReceipts:
    """Of one signed-in person; short reads, kept by the store thread."""

    def __init__(self, *, session: Session, reader: StoreReader, writer: StoreWriter, clock: Clock) -> None:
        self._session = session
        self._reader = reader
        self._writer = writer
        self._clock = clock
        self._name = f"receipts_read:{session.person}"
        self._marks = self._read_marks()

    def receipts(self) -> tuple[Receipt, ...]:
        """Those of the company that are unread, newest first."""
        since = max(self._marks.since, self._clock.now() - REMEMBERED)
        return tuple(receipt for receipt in self._since(since) if receipt.mark not in self._marks.read)

    def note_read(self, application_id: ApplicationId) -> bool:
        """The person looks at an application; answers whether anything of it was unread."""
        unread = self.receipts()
        seen = {receipt.mark for receipt in unread if receipt.application_id == application_id}
        if not seen:
            return False
        since = max(self._marks.since, self._clock.now() - REMEMBERED)
        known = {receipt.mark for receipt in self._since(since)}
        self._keep(_Marks(self._marks.since, (self._marks.read & known) | seen))
        return True

    def _since(self, moment: datetime) -> tuple[Receipt, ...]:
        return self._reader.receipts_since(self._session.company.customs_code, moment)

    def _read_marks(self) -> _Marks:
        text = self._reader.setting(self._name)
        if text:
            found = json.loads(text)
            since, read = datetime.fromisoformat(found["since"]), frozenset(found["read"])
            if read and all(isinstance(each, int) for each in read):  # cursors, as earlier programs had it
                read = frozenset(receipt.mark for receipt in self._since(since) if receipt.cursor in read)
            return _Marks(since, read)
        marks = _Marks(self._clock.now(), frozenset())
        self._keep(marks)
        return marks

    def _keep(self, marks: _Marks) -> None:
        self._marks = marks
        content = {"since": marks.since.isoformat(), "read": sorted(marks.read)}
        self._writer.remember_setting(self._name, json.dumps(content))
