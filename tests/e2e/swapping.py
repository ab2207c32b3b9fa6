"""Cards swapped at random moments in the running window while its clerk declares: who signed what arrived (S3, S4)."""

from __future__ import annotations

import base64
import json
import random
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from itertools import cycle

from PySide6.QtCore import Qt

from tests.card.rig.station import is_signed_by
from tests.e2e.at_work import AtWork
from yuyue_desktop.domain.application import ApplicationId, Status
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.dialogs.pin_dialog import PinDialog
from yuyue_desktop.ui.pages.sign_in_page import WAYS, SignInPage
from yuyue_desktop.ui.presenters.form_page import FormPage
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.wire.envelope import JwsCodec

ROUNDS = 9
SEED = 20261126
OTHER_CLERK = "yunling2"
ACCOUNT, ACCOUNT_PASSWORD = "yunling", "lianxi-2026"
LATEST_S = 0.8
"""A hand acts between the key that declares and this: before the PIN is asked for, while it is typed, and after."""
ROUND_S = 90.0
NOTICED_S = 30.0
LOOK_S = 0.02


class Swapping:
    """One run; the card of the session is A, somebody else's is B, and both have the same PIN."""

    def __init__(self, at_work: AtWork) -> None:
        self._at_work = at_work
        self._clerk = at_work.clerk
        self._program = at_work.practice.program
        self._chance = random.Random(SEED)  # noqa: S311 - repeatable on purpose
        self._pause = threading.Event()
        self._pins = self._ended = 0
        self._read: list[str] = []
        self._own = self._other = ""
        self._inside: str | None = None

    def run(self) -> None:
        """Declare under swaps, then look at what the gateway has got."""
        self._at_work.sign_in()
        self._pins = 1
        session = self._program.signing_in.session
        assert session is not None
        self._own, self._other = session.bound_card, self._make_other()
        self._inside = self._own
        self._at_work.fill_in()
        acts = cycle((self._swap, self._pull, self._pull_and_put_back, self._swap_and_swap_back))
        drafts: list[ApplicationId] = []
        for number, act in zip(range(ROUNDS), acts, strict=False):
            if number:
                self._at_work.copy_it()
            drafts.append(self._at_work.record.id)
            self._declare_under(act, drafts[-1])
        self._look_at_the_gateway(drafts)
        assert self._pins >= self._ended >= ROUNDS // 3, "after each login that a hand ended the PIN was asked for anew"
        s3 = f"当前卡号 {self._other} 与用户注册信息卡号 {self._own} 不一致，无法进行申报"
        assert s3 in self._read, self._read
        self._by_account(s3)

    def _make_other(self) -> str:
        wish = dict.fromkeys(("company", "holder", "number"), "")
        card = self._at_work.office.call(
            "POST", "/practice/cards", {**wish, "user": OTHER_CLERK, "pin": self._at_work.practice.office.pin}
        )
        return str(card["number"])

    # a hand at the reader

    def _put(self, number: str | None) -> None:
        self._inside = number
        self._at_work.put_card(number)

    def _swap(self) -> None:
        self._put(self._other)

    def _pull(self) -> None:
        self._put(None)

    def _pull_and_put_back(self) -> None:
        self._pull()
        self._wait_until_noticed()
        self._put(self._own)

    def _swap_and_swap_back(self) -> None:
        self._swap()
        self._wait_until_noticed()
        self._put(self._own)

    def _wait_until_noticed(self) -> None:
        """The practice reader is a file that is looked at four times a second: no hand is quicker than that."""
        ends = time.monotonic() + NOTICED_S
        while self._program.card.unlocked is not None and time.monotonic() < ends:
            self._pause.wait(LOOK_S)

    # the clerk

    def _declare_under(self, act: Callable[[], None], draft: ApplicationId) -> None:
        typed = [self._pins]

        def act_now() -> None:
            typed[0] = self._pins
            self._ended += self._program.card.unlocked is not None
            act()

        hand = threading.Timer(self._chance.uniform(0.0, LATEST_S), act_now)
        hand.start()
        self._at_work.press_submit()
        self._clerk.wait_for("it is declared", lambda: self._goes_on_until_declared(draft, hand), ROUND_S)
        self._wait_for(hand)
        self._clerk.wait_for(
            "the login is over", lambda: self._program.card.unlocked is None or self._pins > typed[0], ROUND_S
        )
        self._clerk.wait_for("the form is back", lambda: self._is_back(hand), ROUND_S)

    def _goes_on_until_declared(self, draft: ApplicationId, hand: threading.Timer) -> bool:
        """One thing at a time: what is in view is answered, and once nothing is under way it is tried again."""
        record = self._program.reader.record(draft)
        if record is not None and record.status is not Status.DRAFT:
            return True
        if not self._answers(hand) and self._is_idle():
            self._wait_for(hand)
            self._put_back()
            if self._is_idle() and not self._at_work.visible(NoticeDialog):
                self._at_work.press_submit()
        return False

    def _is_back(self, hand: threading.Timer) -> bool:
        """With her own card in, at the form, and nothing in front of it."""
        if self._answers(hand):
            return False
        self._put_back()
        return self._at_work.visible(FormPage) and not self._at_work.visible(NoticeDialog)

    def _answers(self, hand: threading.Timer) -> bool:
        """Answer a dialog or the sign-in page; whether there was any."""
        at_work = self._at_work
        if at_work.visible(NoticeDialog):
            notice = at_work.shown(NoticeDialog)
            self._read.append(notice.accessibleName())
            self._clerk.press(Qt.Key.Key_Return)
        elif at_work.visible(PinDialog):
            self._type_pin()
        elif at_work.visible(SignInPage):
            self._wait_for(hand)
            self._sign_in_again()
        else:
            return False
        return True

    def _type_pin(self) -> None:
        if self._at_work.shown(PinDialog).entry.is_open:
            assert self._at_work.sees(f"卡号 {self._own}"), "the PIN is asked for the card of this session alone"
            self._enter_pin()

    def _sign_in_again(self) -> None:
        at_work = self._at_work
        self._put(self._own)
        page = at_work.shown(SignInPage)
        self._clerk.wait_for("her card is shown", lambda: self._own in page.art.accessibleName() and page.pin.is_open)
        self._enter_pin()
        self._clerk.wait_for("an answer", lambda: not at_work.visible(SignInPage) or page.act.isEnabled())

    def _enter_pin(self) -> None:
        self._pins += 1
        self._clerk.enter(self._at_work.practice.office.pin)

    def _put_back(self) -> None:
        if self._inside == self._other:
            # Not before the window has read it: what is said of another card is a part of this.
            self._clerk.wait_for(
                "the other card is said",
                lambda: self._at_work.visible(SignInPage) or self._at_work.visible(NoticeDialog),
            )
            return
        if self._inside != self._own:
            self._clerk.wait_for("the login is over", lambda: self._program.card.unlocked is None)
            self._put(self._own)
        at_work = self._at_work

        def is_told() -> bool:
            """Another card that was noticed meanwhile takes the whole page away."""
            if not at_work.visible(ShellFrame):
                return True
            return self._own[-4:] in at_work.shown(ShellFrame).top_bar.card.text()

        self._clerk.wait_for("her card in the bar", is_told)

    def _is_idle(self) -> bool:
        workbench = self._at_work.practice.window_program._workbench
        is_busy = workbench is None or workbench._signing.is_busy
        return not is_busy and self._at_work.visible(FormPage) and self._at_work.state.is_editable

    def _wait_for(self, hand: threading.Timer) -> None:
        self._clerk.wait_for("the hand is done", lambda: not hand.is_alive())

    # what came of it

    def _look_at_the_gateway(self, drafts: list[ApplicationId]) -> None:
        file = self._at_work.practice.office.profile_file.parent / "office" / "office.sqlite"
        with closing(sqlite3.connect(file)) as database:
            arrived = database.execute("select application_id, jws from submissions").fetchall()
        assert sorted(draft for draft, _ in arrived) == sorted(drafts), "each arrived once, and nothing else did"
        for _, jws in arrived:
            header = json.loads(_decoded(jws.partition(".")[0]))
            certificate = base64.b64decode(header["x5c"][0])
            assert JwsCodec().holder(certificate).card_number == self._own
            assert is_signed_by(jws, certificate)

    def _by_account(self, s3: str) -> None:
        """Signed in without a card, the other one in the reader: said, and nothing is sent; her own card signs."""
        at_work, clerk = self._at_work, self._clerk
        at_work.click("退出练习")
        clerk.wait_for("the sign-in page", lambda: at_work.visible(SignInPage))
        page = at_work.shown(SignInPage)
        page.ways.choose([word for _, word in WAYS].index("账号"))
        page.take_focus()
        clerk.enter(ACCOUNT)
        clerk.enter(ACCOUNT_PASSWORD)
        clerk.wait_for("the form", lambda: at_work.visible(FormPage))
        at_work.copy_it()
        draft = at_work.record.id
        self._put(self._other)
        bar = at_work.shown(ShellFrame).top_bar.card
        clerk.wait_for("the other card in the bar", lambda: self._other[-4:] in bar.text())
        at_work.press_submit()
        at_work.wait_to_see(s3)
        clerk.picture("other-card")
        at_work.dismiss(s3)
        assert self._program.reader.open_items() == ()
        assert at_work.state.is_editable
        self._put(self._own)
        clerk.wait_for("her card in the bar", lambda: self._own[-4:] in bar.text())
        at_work.press_submit()
        clerk.wait_for("the PIN is asked", lambda: at_work.visible(PinDialog))
        self._type_pin()
        at_work.wait_for_status(Status.DECLARED)
        assert at_work.record.id == draft


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def cards_swapped_while_declaring(at_work: AtWork) -> None:
    """S3, S4: at random moments another card, no card, the same one again."""
    Swapping(at_work).run()
