"""The row of tabs with its arrows and the list of open tabs (S8); knows pages only by their place in the row."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.shell.strip_button import StripButton
from yuyue_desktop.ui.shell.tab_bar import TabBar

CLOSE_OTHERS = "关闭其他选项卡"
CLOSE_ALL = "关闭全部选项卡"


class TabStrip(QWidget):
    """`chosen` and `close_asked` carry a tab's place in the row; `close_all_asked` and `close_others_asked` none."""

    chosen = Signal(int)
    close_asked = Signal(int)
    close_others_asked = Signal()
    close_all_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.bar = TabBar(look)
        self._back = StripButton(look, "left", "上一个选项卡")
        self._forth = StripButton(look, "right", "下一个选项卡")
        self._list = StripButton(look, "down", "打开的选项卡")
        self._back.clicked.connect(lambda: self._move(-1))
        self._forth.clicked.connect(lambda: self._move(1))
        self._list.clicked.connect(self.open_list)
        self.bar.currentChanged.connect(self._come_to)
        self.bar.row_changed.connect(self._show_ends)
        self.bar.close_asked.connect(self.close_asked)
        self._lay_out()
        look.changed.connect(self._dress)
        self._dress()

    def step(self, by: int) -> None:
        """Go to the tab `by` places further, round the ends."""
        count = self.bar.count()
        if count:
            self.bar.setCurrentIndex((self.bar.currentIndex() + by) % count)

    def open_list(self) -> None:
        """Open the list of open tabs with the two acts that close many."""
        menu = self.tab_menu()
        corner = self.mapToGlobal(QPoint(self.width() - menu.sizeHint().width(), self.height()))
        menu.popup(corner)

    def tab_menu(self) -> QMenu:
        """The list of open tabs, to be shown by the caller."""
        menu = QMenu("打开的选项卡", self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place in range(self.bar.count()):
            self._add_tab(menu, place)
        menu.addSeparator()
        others = menu.addAction(CLOSE_OTHERS, self.close_others_asked.emit)
        everything = menu.addAction(CLOSE_ALL, self.close_all_asked.emit)
        closable = [place for place in range(self.bar.count()) if self.bar.is_closable(place)]
        others.setEnabled(any(place != self.bar.currentIndex() for place in closable))
        everything.setEnabled(bool(closable))
        return menu

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("chrome"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._look.colour("line_strong"))
        left = self._forth.x() - Space.XS
        painter.fillRect(left, 10, 1, self.height() - 20, self._look.colour("line_strong"))

    def _add_tab(self, menu: QMenu, place: int) -> None:
        is_current = place == self.bar.currentIndex()
        icon = self._look.icons.icon(self.bar.tabData(place)["icon"], "accent" if is_current else "ink2")
        action = menu.addAction(icon, self.bar.tabText(place))
        action.triggered.connect(lambda: self.bar.setCurrentIndex(place))
        if is_current:
            font = action.font()
            font.setBold(True)
            action.setFont(font)
            menu.setActiveAction(action)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XS, 0, Space.S, 0)
        row.setSpacing(0)
        row.addWidget(self._back)
        row.addSpacing(1)
        row.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignBottom)
        row.addSpacing(Space.S)
        row.addWidget(self._forth)
        row.addWidget(self._list)

    def _move(self, by: int) -> None:
        self.bar.setCurrentIndex(min(max(self.bar.currentIndex() + by, 0), self.bar.count() - 1))

    def _show_ends(self) -> None:
        place = self.bar.currentIndex()
        self._back.set_quiet(place <= 0)
        self._forth.set_quiet(place >= self.bar.count() - 1)

    def _come_to(self, place: int) -> None:
        self._show_ends()
        if place >= 0:
            self.chosen.emit(place)

    def _dress(self) -> None:
        self.setFixedHeight(self._look.measures.tab_height)
        self.update()
