"""A small second reading of an application's life (S21-S32) that foretells every answer; imports no rule of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.life import legal
from yuyue_desktop.domain.application import Application, Status, Step
from yuyue_desktop.domain.receipts import ReceiptKind

FRESH_BEHIND, FRESH_AHEAD = timedelta(days=30), timedelta(minutes=5)
FEEDBACK_TIME = timedelta(days=5)


@dataclass(frozen=True)
class Wish:
    """An appointment a clerk may wish for: `latest` by hand from the calendar, None where none can be told.

    `fault` is what is wrong with it whenever it is declared.
    """

    start: str
    port: str
    other_port: str
    latest: datetime | None
    fault: str = ""


# The trader is a general company; 1-7 October is holiday, offices close at 17:30 on 30 September.
WISHES = (
    Wish("2026-10-03T10:00", "2210", "2233", datetime(2026, 9, 29, 17, 30)),
    Wish("2026-10-03T10:00", "2210", "2210", datetime(2026, 9, 30, 9, 30)),
    Wish("2026-09-29T18:00", "2210", "2210", datetime(2026, 9, 29, 9, 30)),
    Wish("2026-10-17T22:00", "0101", "0101", datetime(2026, 10, 16, 9, 0)),
    Wish("2026-10-24T23:30", "2225", "5301", datetime(2026, 10, 23, 11, 30)),
    Wish("2026-09-29T10:00", "2210", "2210", datetime(2026, 9, 28, 9, 30), "window_in_working_time"),
    Wish("2026-10-03T10:00", "3108", "2210", None, "calendar_unknown"),
)


@dataclass
class Held:
    """One application as the gateway must have it; `receipts` are kind and status in the order they were given."""

    content: Application
    wish: Wish
    revision: int
    number: str = ""
    status: Status = Status.DRAFT
    feedback: tuple[str, ...] = ()
    is_explained: bool = False
    is_deleted: bool = False
    receipts: list[tuple[ReceiptKind, Status]] = field(default_factory=list)

    @property
    def start(self) -> datetime:
        """When its window begins."""
        return datetime.fromisoformat(self.content.window_start)

    @property
    def due(self) -> datetime:
        """Until when numbers may be fed back (S27)."""
        return self.start + FEEDBACK_TIME

    def can(self, step: Step) -> bool:
        """Whether its status allows a step."""
        return not self.is_deleted and step.value in legal(self.status)

    def go(self, step: Step) -> None:
        """A step was taken: status and receipt follow."""
        before, self.status = self.status, Status(_status(legal(self.status)[step.value]))
        self.receipts.append((ReceiptKind.REMARK if before is self.status else ReceiptKind.STATUS, self.status))

    def refuse(self) -> None:
        """Turned away at the door: nothing changes but that a receipt says so."""
        self.receipts.append((ReceiptKind.REFUSAL, self.status))


def _status(word: str) -> Status:
    return next(status for status in Status if status.word == word)


@dataclass
class Signed:
    """A submission that was signed once; `answer` is what it was first answered, None while it never was."""

    id: str
    step: Step
    application: Application
    wish: Wish
    revision: int
    signed_at: datetime
    jws: str
    numbers: tuple[str, ...] = ()
    numbers_fault: str = ""
    explanation: str = ""
    answer: bytes | None = None


class LifeModel:
    """All applications of one pair of companies, and what must be answered next."""

    def __init__(self) -> None:
        self.held: dict[str, Held] = {}

    def settle(self, now: datetime) -> None:
        """Customs looks at the clock: what is overdue lapses (S27)."""
        for held in self.held.values():
            if held.status is Status.APPROVED and not held.is_deleted and now > held.due:
                held.go(Step.LAPSE)

    def owes(self) -> bool:
        """Whether both companies owe a feedback (S23)."""
        return any(held.status is Status.FEEDBACK_OVERDUE for held in self.held.values())

    def save(self, content: Application, wish: Wish, revision: int) -> str:
        """Keep a draft; answers what stands against it."""
        stopped = self._stops_saving(content, revision)
        if not stopped:
            self._keep(content, wish, revision)
        return stopped

    def delete(self, application_id: str) -> str:
        """Delete a draft; answers what stands against it."""
        held = self.held.get(application_id)
        if held is None or held.is_deleted:
            return ""
        if not held.can(Step.DELETE):
            return "step_not_allowed"
        held.is_deleted = True
        return ""

    def officer(self, application_id: str, step: Step) -> str:
        """The officer answers; answers what stands against it."""
        held = self.held.get(application_id)
        if held is None or held.is_deleted:
            return "application_unknown"
        if not held.can(step):
            return "step_not_allowed"
        held.go(step)
        return ""

    def turned_away(self, signed: Signed, now: datetime) -> str:
        """What keeps a submission from being looked at: no trace of it may stay."""
        if not now - FRESH_BEHIND <= signed.signed_at <= now + FRESH_AHEAD:
            return "submission_stale"
        held = self.held.get(signed.application.id)
        is_there = held is not None and not held.is_deleted
        if held is None and signed.step is Step.DECLARE:
            return ""
        return "" if is_there else "application_unknown"

    def submit(self, signed: Signed, now: datetime) -> set[str]:
        """Look at a submission that arrived for the first time; answers every code that stands against it."""
        if signed.step is Step.DECLARE:
            faults = self._declare(signed, now)
        else:
            faults = self._act(self.held[signed.application.id], signed, now)
        held = self.held[signed.application.id]
        if faults:
            held.refuse()
            return faults
        held.go(signed.step)
        if signed.step is Step.FEED_BACK:
            held.feedback = signed.numbers
        held.is_explained |= signed.step is Step.EXPLAIN
        return set()

    def _declare(self, signed: Signed, now: datetime) -> set[str]:
        stopped = self._stops_saving(signed.application, signed.revision)
        if stopped:
            return {stopped}
        faults = self._stops_declaring(signed, now)
        # What was saved before stays as it is where it is refused; what never came has to be of something.
        if not faults or signed.application.id not in self.held:
            self._keep(signed.application, signed.wish, signed.revision)
        return faults

    def _stops_declaring(self, signed: Signed, now: datetime) -> set[str]:
        wish = signed.wish
        faults = {"goods_missing"} if not signed.application.goods else set()
        if datetime.fromisoformat(wish.start) <= now:
            faults.add("window_past")
        if wish.fault:
            faults.add(wish.fault)
        elif wish.latest is not None and now > wish.latest:
            faults.add("window_too_late")
        return faults | ({"company_owes_feedback"} if self.owes() else set())

    def _stops_saving(self, content: Application, revision: int) -> str:
        held = self.held.get(content.id)
        if held is None:
            return ""
        if not held.can(Step.SAVE):
            return "step_not_allowed"
        is_stale = revision < held.revision or (revision == held.revision and content != held.content)
        return "revision_stale" if is_stale else ""

    def _keep(self, content: Application, wish: Wish, revision: int) -> None:
        held = self.held.setdefault(content.id, Held(content, wish, revision))
        held.content, held.wish, held.revision = content, wish, revision

    def _act(self, held: Held, signed: Signed, now: datetime) -> set[str]:
        if signed.step is Step.FEED_BACK and held.status is Status.FEEDBACK_OVERDUE:
            return {"feedback_lapsed"}
        if not held.can(signed.step):
            return {"step_not_allowed"}
        if signed.step is Step.CANCEL:
            return {"cancel_too_late"} if held.start <= now else set()
        if signed.step is Step.FEED_BACK:
            return {signed.numbers_fault} if signed.numbers_fault else set()
        faults = {"explanation_sent"} if held.is_explained else set()
        is_long = not 1 <= len(signed.explanation.strip()) <= 1000
        return faults | ({"explanation_length"} if is_long else set())
