"""A PDF to look at: pages drawn as they come into view, keys, sizes beside them, and what can't be shown is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.documents.pdfs import painted_pdf
from tests.ui.preview.conftest import KB
from yuyue_desktop.documents.viewer import Viewer
from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.ui.preview.preview_dialog import PreviewDialog

OpenPreview = Callable[[Attachment], PreviewDialog]
Keep = Callable[..., Attachment]
PAGES = 60
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(qtbot: QtBot, opener: QPushButton, keep: Keep, open_preview: OpenPreview) -> PreviewDialog:
    """A file of 60 pages, the fourth too large, its first page drawn."""
    assert opener.hasFocus()
    sizes = tuple(262 * KB if page == 3 else 70 * KB for page in range(PAGES))
    dialog = open_preview(keep(painted_pdf(PAGES), sizes))
    qtbot.waitUntil(lambda: 0 in dialog.pages.drawn)
    return dialog


def rows(dialog: PreviewDialog) -> list[str]:
    """What a screen reader says of the list's rows."""
    model = dialog.list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [model.data(model.index(row, 0), role) for row in range(model.rowCount())]


def test_only_what_is_near_the_view_is_drawn(qtbot: QtBot, dialog: PreviewDialog) -> None:
    qtbot.waitUntil(lambda: {0, 1} <= dialog.pages.drawn)
    assert max(dialog.pages.drawn) < 5
    QTest.keyClick(dialog.pages, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: PAGES - 1 in dialog.pages.drawn)
    assert not dialog.pages.drawn & set(range(5, PAGES - 5))


def test_keys_lead_through_the_pages(dialog: PreviewDialog) -> None:
    pages = dialog.pages
    assert pages.hasFocus()
    QTest.keyClick(pages, Qt.Key.Key_Right)
    assert pages.current == 1
    QTest.keyClick(pages, Qt.Key.Key_Right)
    QTest.keyClick(pages, Qt.Key.Key_Left)
    assert pages.current == 1
    QTest.keyClick(pages, Qt.Key.Key_End)
    assert pages.current == PAGES - 1
    QTest.keyClick(pages, Qt.Key.Key_Home)
    assert pages.current == 0
    before = pages.verticalScrollBar().value()
    QTest.keyClick(pages, Qt.Key.Key_PageDown)
    assert pages.verticalScrollBar().value() > before
    QTest.keyClick(pages, Qt.Key.Key_PageUp)
    assert pages.verticalScrollBar().value() == before
    QTest.keyClick(pages, Qt.Key.Key_Down)
    assert before < pages.verticalScrollBar().value() < before + 100


def test_the_list_says_each_size_and_leads_to_its_page(dialog: PreviewDialog) -> None:
    assert rows(dialog)[2:4] == ["第 3 页，70 KB", "第 4 页，262 KB，超过每页 200 KB"]
    dialog.list.setFocus()
    for _ in range(3):
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.pages.current == 3
    assert dialog.pages.accessibleName() == "第 4 页，共 60 页"
    QTest.keyClick(dialog.pages, Qt.Key.Key_Right)
    assert dialog.list.currentIndex().row() == 4


def test_zoom_draws_anew_and_keeps_the_place(qtbot: QtBot, dialog: PreviewDialog) -> None:
    pages = dialog.pages
    pages.go_to(30)
    qtbot.waitUntil(lambda: 30 in pages.drawn)
    width = pages._images.width(30)
    assert width
    QTest.keyClick(pages, Qt.Key.Key_Plus, CTRL)
    qtbot.waitUntil(lambda: (pages._images.width(30) or 0) > width)
    assert pages.current in (29, 30)
    QTest.keyClick(pages, Qt.Key.Key_0, CTRL)
    qtbot.waitUntil(lambda: pages._images.width(30) == width)
    QTest.keyClick(dialog.list, Qt.Key.Key_Minus, CTRL)
    assert dialog.pane._zoom.text() == "75%"


def test_esc_closes_ends_the_process_and_gives_the_focus_back(
    qtbot: QtBot, dialog: PreviewDialog, opener: QPushButton, viewer: Viewer
) -> None:
    view = viewer._views[0]
    assert view.calls._child is not None
    process = view.calls._child._process
    QTest.keyClick(dialog.pages, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: process.poll() is not None)
    assert opener.hasFocus()


def test_a_preview_left_while_it_opens_leaves_nothing_running(
    qtbot: QtBot, opener: QPushButton, keep: Keep, open_preview: OpenPreview, viewer: Viewer
) -> None:
    dialog = open_preview(keep(painted_pdf(1), (KB,)))
    dialog.escape()
    assert opener.hasFocus()
    qtbot.waitUntil(lambda: all(view.calls.is_closed for view in viewer._views))


def test_a_file_that_is_not_here_is_said(qtbot: QtBot, window: object, open_preview: OpenPreview) -> None:
    assert window
    dialog = open_preview(Attachment("合同.pdf", "a" * 64, 10, (10,)))
    said = "本机没有 合同.pdf 的内容。它是在别的电脑上添加的，请到那台电脑上预览"
    qtbot.waitUntil(lambda: dialog.pages.accessibleName() == said)


def test_a_file_that_can_not_be_shown_is_said(qtbot: QtBot, keep: Keep, open_preview: OpenPreview) -> None:
    dialog = open_preview(keep(b"%PDF-1.5\nand nothing else", ()))
    qtbot.waitUntil(lambda: dialog.pages.accessibleName().startswith("合同.pdf 预览不出来"))
