"""The card is pulled while its PIN is typed: said, and no sign of the PIN gets into the form behind (S4, B15)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.card import FakeCard, soft_card
from tests.ui.presenters.conftest import Desk
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.outbox import OutboxItem
from yuyue_desktop.domain.texts import words
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.declaring import Declaring
from yuyue_desktop.ui.dialogs.notice_dialog import NoticeDialog
from yuyue_desktop.ui.dialogs.pin_dialog import PinDialog
from yuyue_desktop.ui.presenters.signing import SigningFlow
from yuyue_desktop.wire.envelope import JwsCodec


@pytest.fixture
def behind(desk: Desk, qtbot: QtBot) -> Iterator[QLineEdit]:
    """A field of the form, which has the keyboard."""
    window = desk.surface.window
    field = QLineEdit()
    QVBoxLayout(window).addWidget(field)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    field.setFocus()
    yield field
    field.deleteLater()


@pytest.fixture
def flow(desk: Desk) -> SigningFlow:
    """A card is in the reader, nobody is logged in to it."""
    session = CardSession(FakeCard(lambda _: None, soft_card()), JwsCodec(), desk.workers, lambda _: None)
    # The rest of it is asked only once a PIN was typed whole.
    declaring = cast(Declaring, SimpleNamespace(look_at_card=session.look))
    return SigningFlow(desk.surface, declaring, desk.surface.window)


def not_logged_in() -> Future[OutboxItem]:
    refused: Future[OutboxItem] = Future()
    refused.set_exception(user_error(Code.CARD_NOT_LOGGED_IN))
    return refused


def in_view(desk: Desk, kind: type[QWidget]) -> bool:
    return any(widget.isVisible() for widget in desk.surface.window.findChildren(kind))


def type_on(signs: str) -> None:
    """Without a look at where it goes."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, signs)


def test_signs_of_the_pin_do_not_get_into_the_form(
    desk: Desk, behind: QLineEdit, flow: SigningFlow, qtbot: QtBot
) -> None:
    ended: list[bool] = []
    flow.run(not_logged_in, (), lambda: ended.append(True), flow)
    qtbot.waitUntil(lambda: in_view(desk, PinDialog))
    type_on("135")
    flow.card_gone()
    type_on("790")
    assert behind.text() == ""
    assert not in_view(desk, PinDialog)
    (notice,) = desk.surface.window.findChildren(NoticeDialog)
    assert notice.accessibleName() == words(Code.CARD_CHANGED).title
    assert ended == [True]
    assert not flow.is_busy


def test_without_a_question_nothing_is_said(desk: Desk, behind: QLineEdit, flow: SigningFlow) -> None:
    flow.card_gone()
    assert behind.hasFocus()
    assert not desk.surface.window.findChildren(NoticeDialog)
