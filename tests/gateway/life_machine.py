"""Drives the practice gateway through any sequence of acts over real HTTPS with real signatures, beside a model of it.

After each act the answer, the application's record and the feed of receipts must be what the model foretold.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from tests.gateway.clerk import Clerk, new_application, read
from tests.gateway.conftest import RunningOffice
from tests.gateway.life_model import WISHES, Held, LifeModel, Signed, Wish
from tests.gateway.practice_card import MemoryCard
from yuyue_desktop.domain.application import Application, ApplicationId, Status, Step
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.receipts import ReceiptKind
from yuyue_desktop.wire import messages
from yuyue_desktop.wire.messages import AnswerBody, ReceiptBody, RecordBody, Refusal
from yuyue_practice.clock import START
from yuyue_practice.models import CompanyRow, CreditLevelRow
from yuyue_practice.registry.declarations import fitting_declaration
from yuyue_practice.seed import LEVEL_DAYS, PLAIN_LEVELS, SENIOR_LEVELS

MINUTE = timedelta(minutes=1)
FITTING_AT = datetime(2026, 12, 1)
"""Later than anything is declared here."""
FOREIGN = ApplicationId("0d5f3c1e-6a2b-4c58-9e7d-2f4b8a1c6e90")
"""Another company's application, which is there from the beginning."""


@dataclass
class Local:
    """What the clerk's machine has of an application."""

    content: Application
    wish: Wish
    revision: int


@dataclass(frozen=True)
class World:
    """An office whose clock stands still unless it is moved, and the cards of two companies that nobody else uses."""

    running: RunningOffice
    now: list[datetime]

    def pair(self, serial: int) -> tuple[Clerk, Clerk]:
        """A senior declarant and a general trader, new to the register."""
        return self._clerk(f"11019{serial:05d}", SENIOR_LEVELS), self._clerk(f"31222{serial:05d}", PLAIN_LEVELS)

    def _clerk(self, customs_code: str, levels: Sequence[str]) -> Clerk:
        with self.running.office.database.writing() as session:
            session.add(
                CompanyRow(
                    customs_code=customs_code,
                    credit_code="91110101MA00000018",
                    inspection_code="1100612896",
                    name=f"练习 · {customs_code}",
                    is_registered=True,
                )
            )
            session.flush()
            for since, level in zip(LEVEL_DAYS, levels, strict=True):
                session.add(CreditLevelRow(customs_code=customs_code, since=since, level=level))
        clerk = self.running.clerk()
        clerk.company, clerk.card = customs_code, self.running.card(f"87{customs_code}", customs_code)
        clerk.sign_in_with_card()
        return clerk


class LifeMachine(RuleBasedStateMachine):
    """One pair of companies over one run; `world` is set by the test."""

    world: ClassVar[World]
    serial: ClassVar[int] = 0

    applications = Bundle("applications")
    letters = Bundle("letters")

    # what the clerk has

    @initialize()
    def begin(self) -> None:
        """Two companies that nobody knows anything of yet, at the beginning of practice."""
        LifeMachine.serial += 1
        self.clerk, self.trader = self.world.pair(LifeMachine.serial)
        self.model = LifeModel()
        self.local: dict[str, Local] = {}
        self.feed: list[ReceiptBody] = []
        self.cursor = 0
        self.world.running.office.clock.move_to(START)

    @rule(target=applications, wish=st.sampled_from(WISHES), is_empty=st.sampled_from([False] * 5 + [True]))
    def enter(self, wish: Wish, is_empty: bool) -> str:
        """A new application on the clerk's machine; one in six has no goods yet."""
        content = new_application(
            declarant=self.clerk.company,
            trader=self.trader.company,
            window_start=wish.start,
            declaration_port=wish.port,
            entry_exit_port=wish.other_port,
        )
        content = replace(content, goods=()) if is_empty else content
        self.local[content.id] = Local(content, wish, 1)
        return content.id

    @rule(target=applications, number=applications)
    def copy(self, number: str) -> str:
        """复制: the same content under a new id."""
        known = self.local[number]
        content = replace(known.content, id=ApplicationId(str(uuid.uuid4())))
        self.local[content.id] = Local(content, known.wish, 1)
        return content.id

    @rule(number=applications, reason=st.sampled_from(["", "鲜活易腐", "急需"]), is_counted=st.booleans())
    def edit(self, number: str, reason: str, is_counted: bool) -> None:
        """The clerk types; where it is not counted, a colleague's machine has the same revision with other content."""
        known = self.local[number]
        known.content = replace(known.content, reason=reason)
        known.revision += is_counted

    # what goes over the wire

    @rule(number=applications)
    def save(self, number: str) -> None:
        """暂存 at the gateway."""
        known = self.local[number]
        self._settle()
        expected = self.model.save(known.content, known.wish, known.revision)
        answer = self.clerk.try_save(known.content, known.revision)
        assert _refused(answer.status_code, answer.content) == expected
        self._compare(number)

    @rule(number=applications)
    def delete(self, number: str) -> None:
        """批量删除 of one."""
        self._settle()
        expected = self.model.delete(number)
        answer = self.clerk.call("DELETE", f"/applications/{number}/draft")
        assert _refused(answer.status_code, answer.content) == expected
        self._compare(number)

    @rule(number=applications, step=st.sampled_from([Step.ACCEPT, Step.APPROVE, Step.RETURN, Step.CLOSE_CASE]))
    def officer(self, number: str, step: Step) -> None:
        """Customs answers."""
        self._settle()
        expected = self.model.officer(number, step)
        said = ""
        try:
            self.world.running.office.officer.answer(number, step, "材料不全")
        except YuyueError as error:
            said = error.code.value
        assert said == expected
        self._compare(number)

    @rule(target=letters, number=applications, step=st.sampled_from([Step.DECLARE] * 3 + [Step.CANCEL]))
    def sign(self, number: str, step: Step) -> Signed:
        """A declaration or cancellation, signed now, sent whenever."""
        return self._sign(number, step)

    @rule(
        target=letters,
        number=applications,
        kind=st.sampled_from(["fitting", "fitting", "two", "differing", "unknown", "repeated", "short", "none"]),
    )
    def sign_feedback(self, number: str, kind: str) -> Signed:
        """Declaration numbers of every kind."""
        numbers, fault = self._numbers(self.local[number].content, kind)
        return replace(self._sign(number, Step.FEED_BACK, declaration_numbers=numbers), numbers_fault=fault)

    @rule(
        target=letters, number=applications, text=st.sampled_from(["经由其他渠道申报", "说" * 1000, "说" * 1001, " "])
    )
    def sign_explanation(self, number: str, text: str) -> Signed:
        """An explanation."""
        return self._sign(number, Step.EXPLAIN, explanation=text)

    @rule(letter=letters, times=st.sampled_from([2, 1]))
    def send(self, letter: Signed, times: int) -> None:
        """Hand it in, for the first time or once more, in whatever order, or twice in a row."""
        for _ in range(times):
            self._hand_in(letter)

    @rule(number=applications)
    def come_to_approval(self, number: str) -> None:
        """The whole way at once, as far as customs lets it go: most of a life lies behind it."""
        self.send(self._sign(number, Step.DECLARE), times=2)
        for step in (Step.ACCEPT, Step.APPROVE):
            self.officer(number, step)

    def _hand_in(self, letter: Signed) -> None:
        self._settle()
        answer = self.clerk.send_jws(letter.id, letter.jws)
        number = letter.application.id
        if letter.answer is not None:
            assert answer.content == letter.answer
            self._compare(number)
            return
        now = self._minute()
        turned_away = self.model.turned_away(letter, self._now())
        if turned_away:
            assert _refused(answer.status_code, answer.content) == turned_away
            assert self.clerk.call("GET", f"/submissions/{letter.id}").status_code == 404
        else:
            expected = self.model.submit(letter, now)
            body = read(answer, AnswerBody)
            assert {finding.code for finding in body.findings} == expected
            assert body.is_accepted == (not expected)
            letter.answer = answer.content
        self._compare(number)

    @rule(letter=letters, what=st.sampled_from(["signature", "id", "content"]))
    def tamper(self, letter: Signed, what: str) -> None:
        """A forgery is turned away and leaves no trace, whether the honest letter has come or not."""
        header, payload, signature = letter.jws.split(".")
        forged = {
            "signature": f"{header}.{payload}.{_swapped(signature)}",
            "content": f"{header}.{_swapped(payload)}.{signature}",
            "id": letter.jws,
        }[what]
        sent_as = str(uuid.uuid4()) if what == "id" else letter.id
        answer = self.clerk.send_jws(sent_as, forged)
        if what != "id" and letter.answer is not None:
            assert _refused(answer.status_code, answer.content) == "submission_id_reused"
        else:
            assert answer.status_code in (400, 403)
        self._settle()
        self._compare(letter.application.id)

    @rule(step=st.sampled_from([Step.CANCEL, Step.FEED_BACK, Step.EXPLAIN]), is_foreign=st.booleans())
    def act_on_what_is_not_ours(self, step: Step, is_foreign: bool) -> None:
        """Another company's application, or nobody's: the gateway knows none, and says the same of both."""
        number = FOREIGN if is_foreign else ApplicationId(str(uuid.uuid4()))
        submission = self.clerk.submission(
            new_application(id=number), step, explanation="说明" if step is Step.EXPLAIN else ""
        )
        answer = self.clerk.send(submission)
        assert (answer.status_code, _refused(404, answer.content)) == (404, "application_unknown")

    # what the clock does

    @rule(number=applications, mark=st.sampled_from(["latest", "start", "due"]), minutes=st.sampled_from([0, 1, -1]))
    def move_clock(self, number: str, mark: str, minutes: int) -> None:
        """To either side of each deadline, forwards or back."""
        wish = self.local[number].wish
        start = datetime.fromisoformat(wish.start)
        marks = {"latest": wish.latest or start, "start": start, "due": start + timedelta(days=5)}
        self._move(marks[mark] + minutes * MINUTE)

    @rule(days=st.sampled_from([1, 31, -40]))
    def let_time_pass(self, days: int) -> None:
        """Far enough for a signature to go stale, or to come out of the future."""
        self._move(max(START, self._now() + timedelta(days=days)))

    def teardown(self) -> None:
        """Nothing of the whole run was lost or doubled, for either company."""
        if not hasattr(self, "model"):
            return
        self._settle()
        for number in self.local:
            self._compare(number)
        mine = {number: held for number, held in self.model.held.items() if not held.is_deleted}
        self._compare_feed(self.clerk, mine, {ReceiptKind.STATUS, ReceiptKind.REMARK, ReceiptKind.REFUSAL})
        self._compare_feed(self.trader, mine, {ReceiptKind.STATUS, ReceiptKind.REMARK})

    def _now(self) -> datetime:
        return self.world.running.office.clock.now()

    def _minute(self) -> datetime:
        return self._now().replace(second=0, microsecond=0)

    def _move(self, moment: datetime) -> None:
        self.world.running.office.clock.move_to(moment)
        self._settle()

    def _settle(self) -> None:
        """Let customs look at its clock, then fetch what is new; the model does the same."""
        self.model.settle(self._minute())
        page = self.clerk.receipts(self.cursor)
        cursors = [receipt.cursor for receipt in page.receipts]
        assert cursors == sorted(set(cursors))
        assert all(cursor > self.cursor for cursor in cursors)
        self.feed += page.receipts
        self.cursor = page.cursor

    def _sign(self, number: str, step: Step, **parts: object) -> Signed:
        known = self.local[number]
        submission = self.clerk.submission(known.content, step, revision=known.revision, **parts)
        card: MemoryCard | None = self.clerk.card
        assert card is not None
        return Signed(
            submission.id,
            step,
            known.content,
            known.wish,
            known.revision,
            submission.signed_at,
            card.submission(submission),
            submission.declaration_numbers,
            explanation=submission.explanation,
        )

    def _numbers(self, content: Application, kind: str) -> tuple[tuple[str, ...], str]:
        """Numbers of a kind, and the code of what is wrong with them."""
        if kind == "none":
            return (), "declaration_numbers_missing"
        if kind == "short":
            return ("22102026",), "declaration_number_length"
        if kind == "unknown":
            return (f"{content.declaration_port}20261999999999",), "declaration_mismatch"
        with self.world.running.office.database.writing() as session:
            first = fitting_declaration(session, content, FITTING_AT)
            second = fitting_declaration(session, content, FITTING_AT)
            if kind == "differing":
                second.trader = content.declarant
            numbers = first.number, second.number
        fault = {"differing": "declaration_mismatch", "repeated": "declaration_number_repeated"}.get(kind, "")
        return {"fitting": numbers[:1], "repeated": (numbers[0],) * 2}.get(kind, numbers), fault

    def _compare(self, number: str) -> None:
        """The gateway's record and all receipts so far are the model's."""
        self._settle()
        held = self.model.held.get(number)
        answer = self.clerk.call("GET", f"/applications/{number}")
        if held is None or held.is_deleted:
            assert answer.status_code == 404
            return
        body = read(answer, RecordBody)
        held.number = held.number or body.pre_entry_number
        content = messages.to_application(body.application)
        assert (content, body.revision, body.status) == (held.content, held.revision, held.status)
        assert (tuple(body.feedback), body.is_explained) == (held.feedback, held.is_explained)
        assert body.pre_entry_number == held.number != ""
        assert bool(body.application_number) == _was_approved(held)
        told = [(receipt.kind, receipt.status) for receipt in self.feed if receipt.application_id == number]
        assert told == held.receipts

    def _compare_feed(self, reader: Clerk, mine: dict[str, Held], kinds: set[ReceiptKind]) -> None:
        feed: list[ReceiptBody] = []
        while page := reader.receipts(feed[-1].cursor if feed else 0).receipts:
            feed += page
        assert len({receipt.cursor for receipt in feed}) == len(feed)
        for number, held in mine.items():
            told = [(receipt.kind, receipt.status) for receipt in feed if receipt.application_id == number]
            assert told == [receipt for receipt in held.receipts if receipt[0] in kinds]
        assert {receipt.application_id for receipt in feed} <= set(mine)


def _was_approved(held: Held) -> bool:
    return any(status in (Status.APPROVED, Status.FEEDBACK_OVERDUE) for _, status in held.receipts)


def _refused(status: int, content: bytes) -> str:
    """The code of a refusal, empty where the call succeeded; never a fault of the gateway's own."""
    assert status < 500, content
    return messages.decode(content, Refusal).code if status >= 400 else ""


def _swapped(part: str) -> str:
    """A part of a JWS with one bit changed in its middle."""
    middle = len(part) // 2
    return part[:middle] + ("A" if part[middle] != "A" else "B") + part[middle + 1 :]
