"""The search field of the top bar (Ctrl+K): text in, hits out in a list under it; knows no index and no page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, panel, start

PLACEHOLDER = "搜申请编号、企业、口岸、HS 编码"
KEY = "Ctrl+K"

_HEIGHT = 30
_WIDTH = 330
_LEAST_WIDTH = 150
_ICON = 16
_CORNER = 6


class SearchBox(QWidget):
    """`searched` comes with every change of the text, `accepted` with Enter, `left_by_escape` with Esc."""

    searched = Signal(str)
    accepted = Signal()
    moved = Signal(int)
    left_by_escape = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.line = _SearchLine(self)
        self.line.textChanged.connect(self.searched)
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


class _SearchLine(QLineEdit):
    """A line without a frame; arrows, Enter and Esc speak to the list of hits."""

    def __init__(self, box: SearchBox) -> None:
        super().__init__(box)
        self._box = box
        self.setFrame(False)
        self.setPlaceholderText(PLACEHOLDER)
        self.setAccessibleName("搜索")
        self.setAccessibleDescription(PLACEHOLDER)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self._box.moved.emit(1)
            case Qt.Key.Key_Up:
                self._box.moved.emit(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._box.accepted.emit()
            case Qt.Key.Key_Escape:
                self.clear()
                self._box.left_by_escape.emit()
            case _:
                super().keyPressEvent(event)
