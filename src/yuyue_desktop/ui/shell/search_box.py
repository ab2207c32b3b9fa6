"""The search field of the top bar (Ctrl+K): text in, offers out in a list under it; knows no index and no page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.field_note import FieldNote
from yuyue_desktop.ui.widgets.line_editor import LineEditor
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, panel, start
from yuyue_desktop.ui.widgets.pick_list import Match, PickList

PLACEHOLDER = "搜编号、企业名称或编码、状态"
KEY = "Ctrl+K"
NO_MATCH = "没有找到。可换编号或名称再试"

_HEIGHT = 30
_WIDTH = 330
_LEAST_WIDTH = 150
_ICON = 16
_CORNER = 6


class SearchBox(QWidget):
    """`searched` carries each change of the text, to be answered with `offer`; `picked` the Match that was taken."""

    searched = Signal(str)
    picked = Signal(Match)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._list: PickList | None = None
        self.line = LineEditor(is_narrow=True)
        self._note = FieldNote(look, self)
        self.line.setPlaceholderText(PLACEHOLDER)
        self.line.setAccessibleName("搜索")
        self.line.setAccessibleDescription(PLACEHOLDER)
        self.line.add_key_taker(self._take_key)
        self.line.textChanged.connect(self._search)
        self.line.textEdited.connect(self._note.follow_change)
        self.line.noted.connect(lambda title, advice: self._note.say(title, advice, ()))
        self.line.entered.connect(self.update)
        self.line.left.connect(self._leave)
        self.setFixedHeight(_HEIGHT)
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setMaximumWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S + _ICON + Space.XS, 1, Space.S, 1)
        row.addWidget(self.line)
        look.changed.connect(self._dress)
        self._dress()

    @property
    def note(self) -> str:
        """What was left out of what was pasted last, while it is said."""
        return self._note.words

    def offer(self, matches: Sequence[Match]) -> None:
        """Answer what was searched; comes too late where the text is empty by now."""
        if not self.line.text():
            return
        if self._list is None or self._list.parentWidget() is not self.window():
            self._list = PickList(self._look, self.window(), NO_MATCH)
            self._list.taken.connect(self._take)
        self._list.offer(matches, self)
        announce(self.line, f"{len(matches)} 项。{matches[0].sentence}" if matches else NO_MATCH)

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        is_focused = self.line.hasFocus()
        edge = self._look.colour("accent" if is_focused else "line_strong")
        width = FOCUS_WIDTH if is_focused else 1.0
        panel(painter, QRectF(self.rect()), _CORNER, self._look.colour("surface"), edge, width=width)
        icon = QRectF(Space.S + 1, (self.height() - _ICON) / 2, _ICON, _ICON)
        self._look.icons.paint(painter, "search", icon, "ink3", 1.6)
        if not self.line.text():
            self._paint_key(painter)

    def _paint_key(self, painter: QPainter) -> None:
        """The key, where the placeholder leaves room for it."""
        key_font = self._look.font(Role.KEY)
        room = self.width() - self.line.x() - QFontMetricsF(self.line.font()).horizontalAdvance(PLACEHOLDER) - Space.L
        if QFontMetricsF(key_font).horizontalAdvance(KEY) < room:
            painter.setFont(key_font)
            painter.setPen(self._look.colour("ink3"))
            edge = QRectF(self.rect()).adjusted(0, 0, -10, 0)
            painter.drawText(edge, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, KEY)

    def _dress(self) -> None:
        self.line.setFont(self._look.font(Role.LABEL))
        palette = self.line.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, self._look.colour("ink3"))
        self.line.setPalette(palette)
        self.update()

    def _search(self, text: str) -> None:
        self.update()
        if text:
            self.searched.emit(text)
        else:
            self._close()

    def _take(self, match: Match) -> None:
        self.line.clear()
        self.picked.emit(match)

    def _take_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.line.text():
            self.line.clear()
            return True
        if self._list is None or not self._list.isVisible():
            return False
        if key in steps:
            self._list.move_choice(steps[key])
            return True
        chosen = self._list.chosen
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
            self._take(chosen)
            return True
        return False

    def _leave(self) -> None:
        self._close()
        self._note.hide()
        self.update()

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()
