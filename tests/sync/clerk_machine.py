"""Drives a clerk's services, store and sync client through any sequence of acts and faults, against the real gateway.

After each act the store is held against customs' books, and at the end both must tell the same.
"""

from __future__ import annotations

import secrets
import tempfile
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from tests.fakes.card import SoftCard
from tests.gateway.clerk import new_application
from tests.gateway.conftest import RunningOffice
from tests.gateway.life_machine import World
from tests.gateway.life_model import WISHES, Wish
from tests.life import legal
from tests.store.parts import LIMIT_S
from tests.sync.books import Page, compare, end_of, look_at_deleted, look_at_page, look_at_record, read_books
from tests.sync.clerk_desk import ClerkDesk, DeskPlace, Killed, Network
from yuyue_desktop.domain.application import Application, ApplicationId, ApplicationRecord, Status, Step
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.outbox import ItemId, OutboxItem
from yuyue_desktop.services.drafting import Editing
from yuyue_practice.clock import START
from yuyue_practice.registry.declarations import fitting_declaration

ENDS = (Step.RETURN, Step.CANCEL, Step.FEED_BACK)
LIVES = st.sampled_from([None, None, 0, 1, 2])
PIN = "135790"
MINUTE = timedelta(minutes=1)
FRESH_SESSION = timedelta(minutes=20)
"""A session that is no older still serves."""
MOST_APPLICATIONS = 5
"""So few that each comes far in its life."""
LONGEST_CUT, MOST_LIVES = 12_000, 12
"""So many bytes of a connection, and so many of the sender's own events, hold most of what it does when it wakes."""
FITTING_AT = datetime(2026, 12, 1)
"""Later than anything is declared here."""
TYPED = ("trader", "contact_name", "contact_mobile", "declaration_port", "entry_exit_port", "transport_mode",
         "window_start", "is_import", "goods")  # fmt: skip

Made = TypeVar("Made")


class ClerkMachine(RuleBasedStateMachine):
    """One clerk of a company of her own over one run; `running` is set by the test, `reached` tells it what came."""

    running: ClassVar[RunningOffice]
    reached: ClassVar[Counter[str]]
    serial: ClassVar[int] = 0

    applications = Bundle("applications")

    # the day begins

    @initialize(
        target=applications,
        wishes=st.lists(st.sampled_from(WISHES), min_size=1, max_size=2),
        end=st.sampled_from([None, None, Step.APPROVE, Step.APPROVE, *ENDS]),
        mark=st.sampled_from(["", "start"]),
        lives=LIVES,
    )
    def begin(self, wishes: list[Wish], end: Step | None, mark: str, lives: int | None) -> MultipleResults[str]:
        """A company that nobody knows anything of yet, a new store, and the clock at the beginning of practice.

        Of a first application most of its life may be over: only few of the days that are drawn would come so far.
        """
        ClerkMachine.serial += 1
        self.running.office.clock.move_to(START)
        declarant, trader = World(self.running, []).pair(ClerkMachine.serial)
        self.company, self.trader = declarant.company, trader.company
        self.typed: dict[str, Application] = {}
        self.deleted: dict[str, datetime] = {}
        self.signed: dict[str, list[ItemId]] = {}
        self.open = ExitStack()
        self.network = self.open.enter_context(Network())
        folder = Path(self.open.enter_context(tempfile.TemporaryDirectory()))
        assert declarant.card is not None
        card = SoftCard(f"87{declarant.company}", PIN, declarant.card.key, declarant.card.certificate)
        self.place = DeskPlace(folder, secrets.token_bytes(32), card, self.running, self.network)
        self.desk = ClerkDesk(self.place)
        self._sign_in()
        numbers = [self._enter(wish) for wish in (WISHES[0], *wishes)]
        if end is Step.APPROVE:
            self.come_to_approval(numbers[0], lives)
        elif end is not None:
            self.come_to_an_end(numbers[0], end, mark)
        return multiple(*numbers)

    # what the clerk does

    @precondition(lambda self: len(self.typed) < MOST_APPLICATIONS)
    @rule(target=applications, wish=st.sampled_from(WISHES), is_empty=st.sampled_from([False] * 5 + [True]))
    def enter(self, wish: Wish, is_empty: bool) -> str | MultipleResults[str]:
        """Type a new application, unless the company owes a feedback; one in six has no goods yet."""
        made, refused = _tried(lambda: self._enter(wish, is_empty=is_empty))
        assert refused in (None, Code.COMPANY_OWES_FEEDBACK)
        return made or multiple()

    @precondition(lambda self: len(self.typed) < MOST_APPLICATIONS)
    @rule(target=applications, number=applications)
    def copy(self, number: str) -> str | MultipleResults[str]:
        """复制, for another window; what was deleted is taken up again as it was (S28)."""
        gone = {each.record.id: each.record for each in self.desk.drafting.deleted()}
        record = self.desk.reader.record(ApplicationId(number))
        if record is None and number not in gone:
            return multiple()
        drafting = self.desk.drafting
        editing, refused = _tried(
            lambda: drafting.copy(record) if record else drafting.restore(gone[ApplicationId(number)])
        )
        assert refused in (None, Code.COMPANY_OWES_FEEDBACK)
        if editing is None:
            return multiple()
        if record is None:
            assert replace(editing.state().application, id=ApplicationId(number)) == self.typed[number]
        elif not editing.state().application.window_start:
            editing.change("window_start", self.typed[number].window_start)
        return self._keep(editing)

    @rule(number=applications, what=st.sampled_from(["declare", "declare", "edit", "save", "withdraw", "delete"]))
    def work(self, number: str, what: str) -> None:
        """What a clerk does with a draft: 提交, type on, 暂存, 撤回, 删除."""
        record = self.desk.reader.record(ApplicationId(number))
        if record is not None:
            works = {
                "declare": self._declare,
                "edit": self._edit,
                "save": lambda record: self._done(self.desk.drafting.keep_at_gateway(record.id)),
                "withdraw": self._withdraw,
                "delete": self._delete,
            }
            works[what](record)

    @rule(number=applications, step=st.sampled_from([Step.CANCEL, Step.FEED_BACK, Step.FEED_BACK, Step.EXPLAIN]))
    def act(self, number: str, step: Step) -> None:
        """取消预约, 报关单号反馈 or 情况说明."""
        record = self.desk.reader.record(ApplicationId(number))
        if record is not None:
            self._act(record, step)

    # what customs does

    @rule(number=applications, step=st.sampled_from([Step.ACCEPT, Step.APPROVE, Step.RETURN, Step.CLOSE_CASE]))
    def officer(self, number: str, step: Step) -> None:
        """The officer answers, where there is something to answer."""
        _, refused = _tried(lambda: self.running.office.officer.answer(number, step, "材料不全"))
        assert refused in (None, Code.APPLICATION_UNKNOWN, Code.STEP_NOT_ALLOWED)

    @rule(number=applications, lives=LIVES)
    def come_to_approval(self, number: str, lives: int | None) -> None:
        """The whole way at once, as far as the rules let it: most of a life lies behind it, perhaps a kill."""
        self.network.is_up = True
        self._be_signed_in()
        record = self.desk.reader.record(ApplicationId(number))
        if record is not None:
            self._declare(record)
        self._send(lives)
        self._send()
        for step in (Step.ACCEPT, Step.APPROVE):
            self.officer(number, step)

    @rule(number=applications, end=st.sampled_from(ENDS), mark=st.sampled_from(["", "start"]))
    def come_to_an_end(self, number: str, end: Step, mark: str) -> None:
        """The whole way to where a life is over, as far as the rules let it; then nothing more may be done there."""
        if end is Step.RETURN:
            self.work(number, "declare")
            self.wake("whole", 0)
            self.officer(number, end)
        else:
            self.come_to_approval(number, None)
            self.wake("whole", 0)
            if mark:
                self.let_time_pass(number, mark, 0)
            self.act(number, end)
        self.wake("whole", 0)
        for step in (Step.CANCEL, Step.FEED_BACK, Step.EXPLAIN):
            self.act(number, step)

    @rule(number=applications, mark=st.sampled_from(["latest", "start", "due"]), minutes=st.sampled_from([0, 1, -1]))
    def let_time_pass(self, number: str, mark: str, minutes: int) -> None:
        """To either side of each deadline of an application; practice lets it go back, too."""
        typed = self.typed[number]
        wish = next(each for each in WISHES if (each.start, each.port) == (typed.window_start, typed.declaration_port))
        start = datetime.fromisoformat(wish.start)
        marks = {"latest": wish.latest or start, "start": start, "due": start + timedelta(days=5)}
        self.running.office.clock.move_to(marks[mark] + minutes * MINUTE)

    # what the way between them does

    @rule(how=st.sampled_from([*["whole"] * 3, "cut", "killed", "out"]), much=st.integers(0, 1000))
    def wake(self, how: str, much: int) -> None:
        """The sync client wakes, and gets as far as the network and whoever ends the program let it.

        `much` of a thousand: how far into a connection or into its commits it ends.
        """
        self.network.is_up = how != "out"
        self._be_signed_in()
        if how == "cut":
            self.reached["cut"] += 1
            self.desk.drop_connections()
            self.network.cut_after(1 + much * LONGEST_CUT // 1000)
        self._send(much * MOST_LIVES // 1000 if how == "killed" else None)
        self.network.mend()
        self.desk.drop_connections()

    @rule()
    def start_again(self) -> None:
        """The program ends and begins from the same store."""
        self.desk.end()
        self.desk = ClerkDesk(self.place)
        _, refused = _tried(self._sign_in)
        if refused is not None:
            # Away for longer than a card may sign in offline: she waits until the network is back (B1).
            assert refused is Code.GATEWAY_UNREACHABLE
            self.network.is_up = True
            self._sign_in()

    # what must always hold

    @invariant()
    def the_store_and_the_books_agree(self) -> None:
        """Nothing typed is gone, nothing is twice, and the store never says more than customs did."""
        if not hasattr(self, "desk"):
            return
        pages, reader = self._books(), self.desk.reader
        for number, typed in self.typed.items():
            record = reader.record(typed.id)
            if record is not None:
                look_at_record(reader, record, typed, pages.get(number))
            else:
                look_at_deleted(reader, typed, self.deleted[number], self.desk.clock.now())
        assert set(pages) <= set(self.typed)
        for number, page in pages.items():
            look_at_page(page, self.signed.get(number, ()))

    def teardown(self) -> None:
        """With the network back everything that waits goes out, and store and books tell the same."""
        if not hasattr(self, "desk"):
            return
        try:
            self.network.is_up = True
            self.start_again()
            self.desk.send()
            pages = self._books()
            for number, typed in self.typed.items():
                page = pages.get(number)
                self.reached[page.status.value if page else "never at customs"] += 1
                compare(self.desk.reader, typed.id, page)
                ends = [end_of(self.desk.reader, item_id, page) for item_id in self.signed.get(number, ())]
                self.reached.update(f"item {end}" for end in ends)
        finally:
            self.desk.end()
            self.open.close()

    def _send(self, lives: int | None = None) -> None:
        try:
            self.desk.send(lives)
        except Killed:
            self.reached["killed"] += 1
            self.start_again()

    def _books(self) -> dict[str, Page]:
        return read_books(self.running.office.database, self.company)

    def _enter(self, wish: Wish, *, is_empty: bool = False) -> str:
        content = new_application(
            trader=self.trader,
            window_start=wish.start,
            declaration_port=wish.port,
            entry_exit_port=wish.other_port,
            goods=() if is_empty else new_application().goods,
        )
        editing = self.desk.drafting.new()
        for name in TYPED:
            editing.change(name, getattr(content, name))
        return self._keep(editing)

    def _keep(self, editing: Editing) -> str:
        """To the disk, as the form does it."""
        editing.touch()
        future = editing.flush()
        assert future is not None
        record = future.result(LIMIT_S)
        editing.note_saved(record)
        self.typed[record.id] = record.application
        return record.id

    def _edit(self, record: ApplicationRecord) -> None:
        """Open fields take what is typed, locked ones refuse it and say why."""
        is_locked = bool(self.desk.reader.open_items(record.id))
        editing = self.desk.drafting.open(record.id)
        _, refused = _tried(lambda: editing.change("reason", f"{record.application.reason}急"))
        if record.status is not Status.DRAFT:
            assert refused is Code.STEP_NOT_ALLOWED
        elif is_locked:
            assert refused is Code.LOCKED_BY_OUTBOX
        else:
            assert refused is None
            self._keep(editing)

    def _delete(self, record: ApplicationRecord) -> None:
        """Here, and at customs once it can be told."""
        if self._done(self.desk.drafting.delete(record.id)) is None:
            self.deleted[record.id] = self.desk.clock.now()

    def _withdraw(self, record: ApplicationRecord) -> None:
        """Only what was never tried."""
        for item in self.desk.reader.open_items(record.id):
            assert (self._done(self.desk.declaring.withdraw(item.id)) is None) == item.can_withdraw

    def _declare(self, record: ApplicationRecord) -> None:
        self.desk.drafting.hear(record.application)
        self._sign(record, Step.DECLARE, lambda: self.desk.declaring.declare(self.desk.drafting.open(record.id)))

    def _act(self, record: ApplicationRecord, step: Step) -> None:
        calls = {
            Step.CANCEL: lambda: self.desk.declaring.cancel(record),
            Step.FEED_BACK: lambda: self.desk.declaring.feed_back(record, self._numbers(record.application)),
            Step.EXPLAIN: lambda: self.desk.declaring.explain(record, "经由其他渠道申报"),
        }
        self._sign(record, step, calls[step])

    def _sign(self, record: ApplicationRecord, step: Step, call: Callable[[], Future[OutboxItem]]) -> None:
        """Sign and enqueue, where the rules allow it; only one act at a time may wait."""
        is_locked = bool(self.desk.reader.open_items(record.id))
        item, refused = _tried(lambda: call().result(LIMIT_S))
        if item is None:
            assert refused is not Code.BUG
            return
        assert not is_locked
        assert step.value in legal(record.status)
        start = record.application.window_moment()
        assert step is not Step.CANCEL or (start is not None and self.desk.clock.now() < start)
        self.signed.setdefault(record.id, []).append(item.id)

    def _done(self, future: Future[None]) -> Code | None:
        error = future.exception(LIMIT_S)
        if error is None:
            return None
        assert isinstance(error, YuyueError), error
        assert error.code in (Code.STEP_NOT_ALLOWED, Code.LOCKED_BY_OUTBOX, Code.APPLICATION_UNKNOWN), error
        return error.code

    def _numbers(self, content: Application) -> tuple[str, ...]:
        with self.running.office.database.writing() as session:
            return (fitting_declaration(session, content, FITTING_AT).number,)

    def _sign_in(self) -> None:
        self.is_online = self.desk.sign_in().is_online
        self.signed_in_at = self.running.office.clock.now()

    def _be_signed_in(self) -> None:
        """Sessions end as time passes; with the network there she signs in again before it matters."""
        is_old = abs(self.running.office.clock.now() - self.signed_in_at) > FRESH_SESSION
        if self.network.is_up and (is_old or not self.is_online):
            self._sign_in()


def _tried(call: Callable[[], Made]) -> tuple[Made | None, Code | None]:
    """What a call made, or the code that it was refused with."""
    try:
        return call(), None
    except YuyueError as error:
        return None, error.code
