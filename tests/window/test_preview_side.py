"""A PDF beside the form in a wide window: the clerk reads and goes on filling in (S19); over the window in others."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.documents.pdfs import painted_pdf
from tests.services.desk import Desk
from tests.window.bench import Bench
from yuyue_desktop.ui.forms.bindings import editor_of
from yuyue_desktop.ui.presenters.form import FormPresenter
from yuyue_desktop.ui.preview.preview_dialog import PreviewDialog
from yuyue_desktop.ui.preview.preview_side import PreviewSide

pytestmark = pytest.mark.thorough


def resize(bench: Bench, width: int, qtbot: QtBot) -> None:
    bench.window.resize(width, 1040)
    bench.frame.resize(width, 1040)
    qtbot.waitUntil(lambda: bench.frame.width() == width)


def open_file(bench: Bench, qtbot: QtBot, folder: Path) -> FormPresenter:
    """A draft with a file of two pages; 预览 is pressed at it."""
    file = folder / "合同.pdf"
    file.write_bytes(painted_pdf(2))
    bench.workbench.forms.new()
    presenter = bench.form().findChild(FormPresenter)
    assert isinstance(presenter, FormPresenter)
    bench.form().form.files_given.emit([file])
    qtbot.waitUntil(lambda: bool(presenter.editing.state().application.attachments))
    return presenter


def press_preview(bench: Bench, qtbot: QtBot) -> QPushButton:
    button = next(
        each
        for each in bench.form().form.attachments.findChildren(QPushButton)
        if each.isVisible() and each.text() == "预览"
    )
    bench.window.activateWindow()
    qtbot.waitUntil(bench.window.isActiveWindow)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    return button


def side(bench: Bench) -> PreviewSide | None:
    found = bench.form().findChildren(PreviewSide)
    return next((each for each in found if each.isVisible()), None)


def test_in_a_wide_window_the_form_stays_in_reach(bench: Bench, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    resize(bench, 1920, qtbot)
    open_file(bench, qtbot, tmp_path)
    button = press_preview(bench, qtbot)
    shown = side(bench)
    assert shown is not None
    assert bench.window.findChildren(PreviewDialog) == []
    qtbot.waitUntil(lambda: 0 in shown.pane.pages.drawn)
    assert shown.pane.pages.hasFocus()
    form = bench.form().form
    assert form.rail.isVisible()
    assert not form.geometry().intersects(shown.geometry())
    contact = form.fields.bindings["contact_name"].widget
    contact.setFocus()
    QTest.keyClicks(editor_of(contact), "Zhou")
    assert side(bench) is shown
    shown.take_focus()
    QTest.keyClick(shown.pane.pages, Qt.Key.Key_Escape)
    assert side(bench) is None
    assert button.hasFocus()
    qtbot.waitUntil(lambda: all(view.calls.is_closed for view in desk.pdf_viewer._views))


def test_it_goes_when_the_window_gets_narrow_and_with_its_tab(
    bench: Bench, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    resize(bench, 1920, qtbot)
    open_file(bench, qtbot, tmp_path)
    press_preview(bench, qtbot)
    assert side(bench) is not None
    resize(bench, 1600, qtbot)
    assert side(bench) is None
    resize(bench, 1920, qtbot)
    press_preview(bench, qtbot)
    assert side(bench) is not None
    bench.frame.close_pages([bench.form()])
    qtbot.waitUntil(lambda: all(view.calls.is_closed for view in desk.pdf_viewer._views))


def test_in_others_it_lies_over_the_window(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    open_file(bench, qtbot, tmp_path)
    press_preview(bench, qtbot)
    assert side(bench) is None
    (dialog,) = bench.window.findChildren(PreviewDialog)
    assert dialog.isVisible()
    QTest.keyClick(dialog.pages, Qt.Key.Key_Escape)
