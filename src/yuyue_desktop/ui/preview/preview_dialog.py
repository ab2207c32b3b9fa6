"""A PDF to look at over the window (S19); knows no page of it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.dialogs.dialog import Dialog
from yuyue_desktop.ui.dialogs.raised_card import SHADOW
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.preview.page_list import PageList
from yuyue_desktop.ui.preview.page_scroller import PageScroller
from yuyue_desktop.ui.preview.preview_pane import KEYS, PreviewedFile, PreviewPane
from yuyue_desktop.ui.widgets.button import Button

WIDEST = 1400
_MARGIN = 24
_LEAST_PAGES_HEIGHT = 200


class PreviewDialog(Dialog):
    """Esc closes."""

    def __init__(self, look: Look, window: QWidget, file: PreviewedFile, *, is_practice: bool = False) -> None:
        super().__init__(look, window, "预览", "eye", is_practice=is_practice)
        self.setAccessibleName(f"预览 {file.attachment.name}")
        self.pane = PreviewPane(look, file)
        self._close_button = Button(look, "关闭", keys="Esc")
        self._close_button.clicked.connect(self.escape)
        self.body.addWidget(self.pane, 1)
        self.add_buttons(KEYS, self._close_button)

    @property
    def pages(self) -> PageScroller:
        """The pages as they look."""
        return self.pane.pages

    @property
    def list(self) -> PageList:
        """The pages' sizes."""
        return self.pane.list

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.size()
        self._card.setFixedWidth(min(room.width() - 2 * _MARGIN, WIDEST) + 2 * SHADOW)
        self._card.setFixedHeight(max(room.height() - 2 * _MARGIN, _LEAST_PAGES_HEIGHT) + 2 * SHADOW)

    def _first_focus(self) -> QWidget:
        return self.pages
