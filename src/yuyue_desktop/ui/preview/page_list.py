"""Every page of a PDF with what it weighs against the limit (S19); knows no file."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QLineF, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from yuyue_desktop.domain.rules import kilobytes
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, panel

WIDTH = 218

_PADDING = 12.0
_BAR_AT = 118.0
_BAR_HEIGHT = 8.0
_LIMIT_AT = 0.72  # of the bar's room: what is over the limit can be seen to be over

Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.sizes: tuple[int, ...] = ()
        self.limit = 1

    def show(self, sizes: tuple[int, ...], limit: int) -> None:
        self.beginResetModel()
        self.sizes, self.limit = sizes, limit
        self.endResetModel()

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.sizes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        size = self.sizes[index.row()]
        sentence = f"第 {index.row() + 1} 页，{kilobytes(size)} KB"
        return f"{sentence}，超过每页 {kilobytes(self.limit)} KB" if size > self.limit else sentence


class _PagePainter(QStyledItemDelegate):
    def __init__(self, look: Look, pages: _Pages) -> None:
        super().__init__()
        self._look = look
        self._pages = pages

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, self._look.measures.goods_row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        size, limit = self._pages.sizes[index.row()], self._pages.limit
        rect, state = QRectF(option.rect), QStyle.StateFlag(option.state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._look.colour("accent_soft"))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), self._look.colour("accent"))
        self._paint_words(painter, rect, f"{index.row() + 1}", f"{kilobytes(size)} KB", is_bad=size > limit)
        self._paint_bar(painter, rect, size, limit)
        if state & QStyle.StateFlag.State_HasFocus:
            ring = rect.adjusted(1, 1, -1, -1)
            panel(painter, ring, Radius.FIELD - 1, None, self._look.colour("accent"), width=FOCUS_WIDTH)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRectF, number: str, size: str, *, is_bad: bool) -> None:
        painter.setFont(self._look.font(Role.LABEL))
        painter.setPen(self._look.colour("ink2"))
        place = QRectF(rect.left() + _PADDING, rect.top(), 32, rect.height())
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(place, right, number)
        painter.setFont(self._look.font(Role.LABEL, bold=is_bad))
        painter.setPen(self._look.colour("red" if is_bad else "ink"))
        place = QRectF(rect.left(), rect.top(), _BAR_AT - 8, rect.height())
        painter.drawText(place, right, size)

    def _paint_bar(self, painter: QPainter, rect: QRectF, size: int, limit: int) -> None:
        room = rect.width() - _BAR_AT - _PADDING
        middle = rect.center().y()
        width = max(2.0, min(size / limit * _LIMIT_AT, 1.0) * room)
        bar = QRectF(rect.left() + _BAR_AT, middle - _BAR_HEIGHT / 2, width, _BAR_HEIGHT)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.colour("red" if size > limit else "accent_line"))
        painter.drawRoundedRect(bar, 2, 2)
        pen = QPen(self._look.colour("ink3"), 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        line = rect.left() + _BAR_AT + _LIMIT_AT * room
        painter.drawLine(QLineF(line, rect.top() + 3, line, rect.bottom() - 3))


class PageList(QListView):
    """`chosen` carries the page that the clerk chose, the first is 0."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._pages = _Pages()
        self._painter = _PagePainter(look, self._pages)
        self.setModel(self._pages)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("各页大小")
        self.setFixedWidth(WIDTH)
        self._is_following = False
        self.selectionModel().currentChanged.connect(self._moved)

    def show_pages(self, sizes: tuple[int, ...], limit: int) -> None:
        """Shows each page's bytes against `limit` bytes."""
        self._pages.show(sizes, limit)
        self.follow(0)

    def follow(self, page: int) -> None:
        """Marks the page that is looked at."""
        self._is_following = True
        self.setCurrentIndex(self._pages.index(page))
        self._is_following = False

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid() and not self._is_following:
            self.chosen.emit(current.row())
