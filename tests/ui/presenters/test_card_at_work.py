"""The card pulled, back, swapped and unreadable while a session is at work in its window (S3, S4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.card import soft_card
from tests.fakes.readers import card_check
from tests.services.desk import Desk
from tests.ui.forms import samples
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.services.diagnostics import Diagnostics
from yuyue_desktop.services.readiness import Readiness
from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.ui.forms.finders import Finders
from yuyue_desktop.ui.look.look import Look, Theme
from yuyue_desktop.ui.presenters.remembering import Remembered
from yuyue_desktop.ui.presenters.settings import Appearance
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.presenters.tools import Tools
from yuyue_desktop.ui.presenters.workbench import Workbench
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.tray import Tray


class Bench:
    """A workbench over a desk whose events reach it as in the program."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk, self._qtbot = desk, qtbot
        self.bridge = EventBridge()
        look = Look()
        self.frame = ShellFrame(look)
        remembered = Remembered(desk.store.reader, desk.store.writer)
        self.workbench = Workbench(
            Surface(look, QWidget(self.frame), self.bridge, desk.clock),
            self.frame,
            desk.workplace,
            tools=Tools(
                card=desk.card_session,
                readiness=Readiness(desk.gateway, desk.clock, desk.clock, desk.workers),
                diagnostics=Diagnostics(
                    check_card=card_check(desk.card_session, desk.clock, desk.workers),
                    check_store=lambda: None,
                    editions=tuple,
                    workers=desk.workers,
                ),
                finders=Finders(
                    ports=samples.PORTS, transport_modes=samples.TRANSPORT_MODES, hs_codes=samples.GOODS, reasons=()
                ),
                remembered=remembered,
                appearance=Appearance(look, remembered, lambda: Theme.LIGHT),
                version="0",
                tray=Tray(look, self.frame),
            ),
        )
        self.ends: list[YuyueError] = []
        self.workbench.other_card.connect(self.ends.append)

    def close(self) -> None:
        self.bridge.close()
        shiboken6.delete(self.frame)

    def wait_for_words(self, words: str) -> None:
        """Until the top bar's card says so."""
        self.wait_for(lambda: words in self.frame.top_bar.card.text())

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Let the window run, and hear what was published, until a condition holds."""

        def holds() -> bool:
            while self.desk.events:
                self.workbench.take(self.desk.events.pop(0))
            return condition()

        self._qtbot.waitUntil(holds)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def bench(desk: Desk, qtbot: QtBot) -> Iterator[Bench]:
    desk.sign_in()
    bench = Bench(desk, qtbot)
    yield bench
    bench.close()


def test_the_bar_says_whose_card_is_in_and_until_when(bench: Bench) -> None:
    bench.wait_for_words("王芳 …")
    assert bench.desk.card.number in bench.frame.top_bar.card.toolTip()
    assert str(date(2050, 12, 31).year) in bench.frame.top_bar.card.text()


def test_pulling_the_card_shows_and_the_same_card_back_wants_its_pin(bench: Bench) -> None:
    bench.desk.reader.pull()
    bench.wait_for_words("没有卡")
    assert bench.desk.card_session.unlocked is None
    bench.desk.reader.insert(bench.desk.card)
    bench.wait_for_words("未登录")
    assert bench.ends == []


def test_another_card_ends_the_session_with_the_manuals_sentence(bench: Bench) -> None:
    bench.desk.reader.insert(soft_card("2100000099999"))
    bench.wait_for(lambda: bool(bench.ends))
    assert bench.ends[0].code is Code.CARD_MISMATCH
    assert dict(bench.ends[0].params) == {"inserted": "2100000099999", "bound": bench.desk.card.number}


def test_a_session_by_account_outlives_another_card(desk: Desk, qtbot: QtBot) -> None:
    desk.sign_in_with_password()
    bench = Bench(desk, qtbot)
    desk.reader.insert(soft_card("2100000099999"))
    bench.wait_for_words("…9999 · 未登录")
    assert bench.ends == []
    bench.close()


def test_a_card_that_can_not_be_read_is_said(bench: Bench) -> None:
    broken = soft_card()
    broken.certificate = b"\x30\x00"
    bench.desk.reader.insert(broken)
    bench.wait_for_words("卡里的证书认不出")
