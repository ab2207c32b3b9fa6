"""Editing one application: each change is judged at once and on the disk within a second (B2, S12-S21)."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yuyue_desktop.domain import numbers, rules
from yuyue_desktop.domain.application import (
    Application,
    ApplicationId,
    ApplicationRecord,
    Attachment,
    GoodsItem,
    Status,
    Step,
)
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.deadline import Judgement, to_minute
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.fields import BY_NAME
from yuyue_desktop.domain.journal import Deed
from yuyue_desktop.domain.life_rules import require_step
from yuyue_desktop.domain.limits import DELETED_DRAFT_KEPT
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.domain.ports import Clock, StoreReader, StoreWriter
from yuyue_desktop.domain.session import Session
from yuyue_desktop.services.knowing import Knowledge
from yuyue_desktop.services.notebook import Notebook

Entered = str | bool | tuple[GoodsItem, ...] | tuple[Attachment, ...]
"""What a field of the catalogue may hold."""


@dataclass(frozen=True, slots=True)
class FormState:
    """All that the form shows of one application, as plain data.

    `mark` is the state of its open outbox item, None without one; `saved_at` the commit of what is shown, None while a
    change is not yet on the disk. `declarant` and `trader` are None while unknown. `may_act` is False for an account
    that is bound to no card (S2).
    """

    record: ApplicationRecord
    declarant: Company | None
    trader: Company | None
    problems: tuple[rules.Problem, ...]
    judgement: Judgement | None
    now: datetime
    mark: ItemState | None = None
    saved_at: datetime | None = None
    is_calendar_known: bool = False
    may_act: bool = True

    @property
    def application(self) -> Application:
        """What is entered."""
        return self.record.application

    @property
    def is_editable(self) -> bool:
        """Whether the fields are open: a draft that is not in the outbox (S21, S28), for who may act on it (S2)."""
        return self.record.status is Status.DRAFT and self.mark is None and self.may_act

    @property
    def obstacles(self) -> tuple[rules.Problem, ...]:
        """What stops declaring, in the form's order."""
        return tuple(p for p in self.problems if p.severity is not rules.Severity.WARNING)


@dataclass(frozen=True, slots=True)
class DeletedDraft:
    """A draft that was deleted and may be taken up again here (S28), at least until `kept_until`."""

    record: ApplicationRecord
    kept_until: datetime


@dataclass(frozen=True, slots=True)
class CodeTables:
    """The codes of ports and transport modes that this machine's tables have (N7)."""

    ports: Collection[str] = ()
    transport_modes: Collection[str] = ()


class Editing:
    """One application open in a tab, on the window thread.

    `change` keeps text as typed; text of catalogue fields marked narrow has full-width signs taken as half-width.
    """

    def __init__(self, record: ApplicationRecord, drafting: Drafting, *, is_unsaved: bool = False) -> None:
        self._record = record
        self._drafting = drafting
        self._unsaved = is_unsaved
        self._saving: Future[ApplicationRecord] | None = None
        self._saved_at = record.saved_at if record.revision else None

    @property
    def id(self) -> ApplicationId:
        """The application's id."""
        return self._record.id

    @property
    def is_unsaved(self) -> bool:
        """Whether a change is not yet on the disk."""
        return self._unsaved or self._saving is not None

    def change(self, name: str, value: Entered) -> None:
        """Take over what was entered into a field of the catalogue.

        Raises:
            YuyueError: LOCKED_BY_OUTBOX or STEP_NOT_ALLOWED where the application is no open draft, CARD_NOT_BOUND.
        """
        self._drafting.require_open(self._record)
        spec = BY_NAME.get(name)
        if isinstance(value, str) and spec is not None and spec.is_narrow:
            value = numbers.narrowed(value)
        if getattr(self._record.application, name) == value:
            return
        changes: dict[str, Any] = {name: value}
        application = dataclasses.replace(self._record.application, **changes)
        self._record = dataclasses.replace(self._record, application=application)
        self._unsaved, self._saved_at = True, None

    def touch(self) -> None:
        """Count an empty draft as changed: 暂存 keeps it even so."""
        self._unsaved = True

    def flush(self) -> Future[ApplicationRecord] | None:
        """Bring the newest content to the disk; None when it is there already. Answers the record as kept."""
        if self._unsaved:
            self._unsaved = False
            self._saving = self._drafting.keep(self._record.application)
        return self._saving

    def note_saved(self, record: ApplicationRecord) -> None:
        """A commit returned: show its time unless the content has moved on since."""
        if self._is_newest(record):
            self._saving = None
        if record.application == self._record.application:
            self._saved_at = record.saved_at
        self._record = dataclasses.replace(record, application=self._record.application)

    def note_failed(self) -> None:
        """A commit failed: the content is still here and counts as unsaved."""
        self._unsaved, self._saving = True, None

    def reload(self) -> bool:
        """Take over status, numbers and receipts' effects from the store; what is typed and unsaved stays.

        Answers False where the draft was deleted.
        """
        stored = self._drafting.stored(self.id)
        if stored is None:
            return self._record.revision == 0
        if self.is_unsaved:
            stored = dataclasses.replace(stored, application=self._record.application)
        else:
            self._saved_at = stored.saved_at
        self._record = stored
        return True

    def state(self) -> FormState:
        """What the form shows now."""
        return self._drafting.state(self._record, self._saved_at)

    def _is_newest(self, record: ApplicationRecord) -> bool:
        """Whether this is what the save under way answers: an older one may be told while a newer is on its way."""
        saving = self._saving
        if saving is None or not saving.done() or saving.exception() is not None:
            return False
        return saving.result() == record


class Drafting:
    """Makes, opens and judges drafts for the person who is signed in."""

    def __init__(
        self,
        *,
        session: Session,
        reader: StoreReader,
        writer: StoreWriter,
        knowledge: Knowledge,
        clock: Clock,
        tables: CodeTables,
        wake_sync: Callable[[], None],
    ) -> None:
        self._session = session
        self._reader = reader
        self._writer = writer
        self._knowledge = knowledge
        self._clock = clock
        self._tables = tables
        self._wake_sync = wake_sync

    def new(self) -> Editing:
        """An empty draft of the own company, which is kept once something is entered or `touch` wants it so.

        Raises:
            YuyueError: the company is dishonest, not registered or owes a feedback (S5, S23), or the account is bound
                to no card (S2).
        """
        self.require_may_apply()
        application = Application(ApplicationId(str(uuid.uuid4())), self._session.company.customs_code)
        return Editing(self._first_record(application), self)

    def copy(self, record: ApplicationRecord, *, with_attachments: bool = False) -> Editing:
        """A new draft with the same content but window, numbers and receipts (S11). Raises as `new`."""
        self.require_may_apply()
        application = dataclasses.replace(
            record.application,
            id=ApplicationId(str(uuid.uuid4())),
            declarant=self._session.company.customs_code,
            window_start="",
            attachments=record.application.attachments if with_attachments else (),
        )
        return Editing(self._first_record(application), self, is_unsaved=True)

    def deleted(self) -> tuple[DeletedDraft, ...]:
        """The company's deleted drafts that are still kept here, the last deleted first (S28)."""
        records = self._reader.deleted_drafts(self._session.company.customs_code)
        return tuple(DeletedDraft(record, self._kept_until(record)) for record in records)

    def restore(self, record: ApplicationRecord) -> Editing:
        """A new draft with everything that a deleted one held (S28): its own id is spent. Raises as `new`."""
        self.require_may_apply()
        application = dataclasses.replace(record.application, id=ApplicationId(str(uuid.uuid4())))
        return Editing(self._first_record(application), self, is_unsaved=True)

    def take(self, application: Application) -> Editing:
        """A new draft whose content is there already. Raises as `new`."""
        self.require_may_apply()
        return Editing(self._first_record(application), self, is_unsaved=True)

    def open(self, application_id: ApplicationId) -> Editing:
        """An application of the store. Raises YuyueError(APPLICATION_UNKNOWN)."""
        record = self._reader.record(application_id)
        if record is None:
            raise user_error(Code.APPLICATION_UNKNOWN)
        return Editing(record, self)

    def notebook(self, application_id: ApplicationId) -> Notebook:
        """What the own person wrote at an application and sent nowhere yet."""
        return Notebook(
            application_id, self._session.person, reader=self._reader, writer=self._writer, clock=self._clock
        )

    def delete(self, application_id: ApplicationId) -> Future[None]:
        """Delete a draft here and, once the link is up, at customs (S28).

        Fails as StoreWriter.delete_draft, and with CARD_NOT_BOUND.
        """
        if not self._session.can_act:
            return _refused()
        future = self._writer.delete_draft(application_id, self._session.person, self._clock.now())
        future.add_done_callback(lambda _done: self._wake_sync())
        return future

    def require_may_apply(self) -> None:
        """Raise what forbids the own company a new application (S2, S5, S23)."""
        self._require_may_act()
        company = self._knowledge.company(self._session.company.customs_code) or self._session.company
        for problem in rules.company_problems(rules.Surroundings(self._clock.now(), declarant=company)):
            raise user_error(problem.code, **problem.params)

    def require_open(self, record: ApplicationRecord) -> None:
        """Raise where an application's fields are locked (S2, S28)."""
        self._require_may_act()
        require_step(record.status, Step.SAVE)
        if self._reader.open_items(record.id):
            raise user_error(Code.LOCKED_BY_OUTBOX)

    def keep(self, application: Application) -> Future[ApplicationRecord]:
        """Save a revision on this machine."""
        return self._writer.save_draft(application, self._session.person, self._clock.now())

    def keep_at_gateway(self, application_id: ApplicationId) -> Future[None]:
        """暂存 (S21): the newest revision is sent to the gateway, now or once the link is up.

        Fails as StoreWriter.request_remote_save, and with CARD_NOT_BOUND.
        """
        if not self._session.can_act:
            return _refused()
        future = self._writer.request_remote_save(application_id, self._session.person, self._clock.now())
        future.add_done_callback(lambda _done: self._wake_sync())
        return future

    def stored(self, application_id: ApplicationId) -> ApplicationRecord | None:
        """What the store has of an application."""
        return self._reader.record(application_id)

    def state(self, record: ApplicationRecord, saved_at: datetime | None) -> FormState:
        """Judge an application with all that is known now."""
        application = record.application
        around = self.surroundings(application)
        is_draft = record.status is Status.DRAFT
        items = self._reader.open_items(record.id)
        return FormState(
            record,
            around.declarant,
            around.trader,
            rules.check(application, around) if is_draft else (),
            rules.judgement(application, around),
            around.now,
            items[0].state if items else None,
            saved_at,
            is_calendar_known=not rules.lacks_calendar(application, around),
            may_act=self._session.can_act,
        )

    def surroundings(self, application: Application) -> rules.Surroundings:
        """What is known around an application."""
        trader, port, start = application.trader, application.declaration_port, application.window_moment()
        has_trader = numbers.is_customs_code(trader)
        has_port = numbers.PORT_CODE.fullmatch(port) is not None
        # Asked in this order, an answer that comes in between is never taken for "nothing published".
        is_answered = has_port and self._knowledge.is_calendar_answered(port, start)
        return rules.Surroundings(
            to_minute(self._clock.now()),
            self._knowledge.company(application.declarant) or self._session.company,
            self._knowledge.company(trader) if has_trader else None,
            has_trader and self._knowledge.is_unknown_company(trader),
            self._tables.ports,
            self._tables.transport_modes,
            self._knowledge.calendar(port, start) if has_port else None,
            is_answered,
        )

    def _kept_until(self, record: ApplicationRecord) -> datetime:
        gone = (entry.at for entry in self._reader.journal(record.id) if entry.deed is Deed.DELETED)
        # What customs' version overtook was set aside under another id: it is counted from its last save.
        return next(gone, record.saved_at) + DELETED_DRAFT_KEPT

    def hear(self, application: Application) -> None:
        """Wait for what the gateway can tell around an application; blocks, so it belongs on no window's thread."""
        traders = [application.trader] if numbers.is_customs_code(application.trader) else []
        has_port = numbers.PORT_CODE.fullmatch(application.declaration_port) is not None
        port = application.declaration_port if has_port else ""
        self._knowledge.hear([application.declarant, *traders], port, application.window_moment())

    def _first_record(self, application: Application) -> ApplicationRecord:
        return ApplicationRecord(application, 0, Status.DRAFT, self._session.person, self._clock.now())

    def _require_may_act(self) -> None:
        if not self._session.can_act:
            raise user_error(Code.CARD_NOT_BOUND)


def _refused() -> Future[None]:
    """What an account without a card gets for acting on data (S2)."""
    refused: Future[None] = Future()
    refused.set_exception(user_error(Code.CARD_NOT_BOUND))
    return refused
