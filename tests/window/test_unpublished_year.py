"""The window in a year whose working calendar nobody has published: said plainly, nothing breaks (S26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.gateway import Fault
from tests.services.desk import PORT, Desk
from tests.window.bench import Bench
from yuyue_desktop.domain.application import Status
from yuyue_desktop.ui.pages.calendar_page import CalendarPage
from yuyue_desktop.ui.presenters.form import FormPresenter
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition

NOW = datetime(2027, 3, 1, 9, 0)
WINDOW = "2027-03-06T10:00"
WHAT = f"口岸 {PORT} 还没有公布预约时间前后的工作日历"
TO_DO = "请联系口岸或海关更新工作日历"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Signed in in 2027; customs has published no day of it."""
    desk = Desk(tmp_path)
    desk.clock.at = desk.office.now = NOW
    desk.sign_in()
    yield desk
    desk.close()


def words(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def open_draft(bench: Bench, qtbot: QtBot) -> FormPresenter:
    """A draft for a window of 2027, once everything about it was asked for."""
    draft = bench.desk.record(Status.DRAFT, window_start=WINDOW)
    bench.workbench.forms.open(draft.id)
    presenter = bench.form().findChild(FormPresenter)
    assert isinstance(presenter, FormPresenter)
    qtbot.waitUntil(lambda: any(each.rule == "S26" for each in presenter.editing.state().problems))
    presenter.refresh()
    return presenter


def test_the_form_says_which_port_what_is_not_known_and_what_to_do(bench: Bench, qtbot: QtBot) -> None:
    open_draft(bench, qtbot)
    form = bench.form().form
    said = words(form.rail)
    assert "还算不出" in said
    assert WHAT in said
    assert TO_DO in said
    start = form.fields.bindings["window_start"].widget
    assert isinstance(start, Field)
    start.setFocus()
    assert start.condition is Condition.WRONG
    assert start.message == f"口岸 {PORT} 没有公布这几天的工作时间。{TO_DO}"


def test_what_was_never_asked_for_is_not_called_unpublished(bench: Bench) -> None:
    bench.desk.gateway.faults.extend([Fault.NO_LINK] * 20)
    draft = bench.desk.record(Status.DRAFT, window_start=WINDOW)
    bench.workbench.forms.open(draft.id)
    bench.desk.settle()
    said = words(bench.form().form.rail)
    assert "本机还没有收发货人的信用等级。联网后自动取来再算，可先暂存。" in said
    assert "公布" not in said


def test_the_draft_is_kept_and_not_sent(bench: Bench, qtbot: QtBot) -> None:
    presenter = open_draft(bench, qtbot)
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    bench.desk.settle()
    assert presenter.editing.state().record.status is Status.DRAFT
    assert bench.desk.store.reader.open_items() == ()


def test_the_week_is_shown_as_not_published(bench: Bench, qtbot: QtBot) -> None:
    open_draft(bench, qtbot)
    bench.frame.menu_chosen.emit(Place.CALENDAR_QUERY)
    page = bench.frame.page
    assert isinstance(page, CalendarPage)
    qtbot.waitUntil(lambda: page.week.model().rowCount() > 0 or TO_DO in page.list.accessibleDescription())
    days = page.week.model()
    said = [days.data(days.index(row, 1)) for row in range(days.rowCount())]
    assert all("可约" not in each for each in said)
