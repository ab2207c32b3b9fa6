"""The sign-in page says why no card could be read, not only that there is none (B12): reader, service, driver apart."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QVBoxLayout
from pytestqt.qtbot import QtBot

from tests.fakes.card import FakeCard, soft_card
from tests.fakes.readers import FakeReaders, card_check
from tests.ui.presenters.conftest import Desk
from yuyue_desktop.domain.card import CardState, ReaderSurvey, ServiceState
from yuyue_desktop.domain.events import CardChanged
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.diagnostics import Diagnostics
from yuyue_desktop.services.readiness import Readiness
from yuyue_desktop.services.signing_in import SigningIn
from yuyue_desktop.ui.pages.sign_in_page import SignInPage
from yuyue_desktop.ui.presenters.readiness_lines import Part
from yuyue_desktop.ui.presenters.settings import Appearance
from yuyue_desktop.ui.presenters.signing_in import SignInPresenter
from yuyue_desktop.wire.envelope import JwsCodec


@dataclass
class Bench:
    """The page at an empty reader."""

    presenter: SignInPresenter
    page: SignInPage
    reader: FakeCard
    readers: FakeReaders

    def detail(self, part: Part) -> str:
        """What the page says of a part, empty where it says nothing."""
        line = self.presenter._lines.get(part)
        return line.detail if line else ""


@pytest.fixture
def bench(desk: Desk) -> Bench:
    surface = desk.surface
    reader, readers = FakeCard(lambda _event: None), FakeReaders(ReaderSurvey(ServiceState.AWAY))
    session = CardSession(reader, JwsCodec(), desk.workers, lambda _event: None)
    page = SignInPage(surface.look)
    QVBoxLayout(surface.window).addWidget(page)
    surface.window.show()
    presenter = SignInPresenter(
        surface,
        page,
        signing_in=SigningIn(
            card=session,
            codec=JwsCodec(),
            gateway=desk.gateway,
            reader=desk.store.reader,
            writer=desk.store.writer,
            clock=desk.clock,
            workers=desk.workers,
            publish=lambda _event: None,
        ),
        card=session,
        readiness=Readiness(desk.gateway, desk.clock, desk.clock, desk.workers),
        diagnostics=Diagnostics(
            check_card=card_check(session, desk.clock, desk.workers, readers),
            check_store=lambda: None,
            editions=tuple,
            workers=desk.workers,
        ),
        appearance=Appearance(surface.look, desk.remembered),
        version="1",
    )
    return Bench(presenter, page, reader, readers)


def test_what_is_wrong_is_said_where_it_is(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "智能卡" in bench.detail(Part.SERVICE))
    assert not bench.detail(Part.READER)
    assert not bench.detail(Part.CARD)
    assert bench.page.art.accessibleName().startswith("读卡器服务没有运行，请插好读卡器")
    bench.readers.says = ReaderSurvey(ServiceState.RUNNING)
    bench.page.recheck_asked.emit()
    qtbot.waitUntil(lambda: bench.detail(Part.READER).startswith("没有接读卡器"))
    assert not bench.detail(Part.SERVICE)


def test_a_card_takes_it_back(bench: Bench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(bench.detail(Part.SERVICE)))
    bench.reader.insert(soft_card())
    bench.presenter.take(CardChanged(CardState.PRESENT))
    qtbot.waitUntil(lambda: "证书有效" in bench.detail(Part.CERTIFICATE))
    assert not bench.detail(Part.SERVICE)
    assert bench.detail(Part.READER).startswith("已连接")
    assert "持卡人 王芳" in bench.page.art.accessibleName()
