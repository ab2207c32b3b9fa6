"""The list that drops from a search field: code, name with its matched part, why it is offered; knows no table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QHideEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.floating import SHADOW, Floating
from yuyue_desktop.ui.widgets.painting import panel, start
from yuyue_desktop.ui.widgets.text import Text

_MOST_ROWS = 8
_LEAST_WIDTH, _MOST_WIDTH = 360, 640
_PADDING = 12.0
_INSET = 4
_CODE_GAP = 14
_MEASURED_ROWS = 50
"""Measuring thousands of names would cost more than a frame; the first ones are what is seen."""


@dataclass(frozen=True, slots=True)
class Match:
    """One offer: `marked` are (start, length) of the parts of `name` that fit what was typed; `why` says the rest.

    `full_name` is what a field shows once the row is taken, where that is not the name.
    """

    code: str
    name: str
    marked: tuple[tuple[int, int], ...] = ()
    why: str = ""
    full_name: str = ""

    @property
    def taken_name(self) -> str:
        """The name that goes into the field."""
        return self.full_name or self.name

    @property
    def sentence(self) -> str:
        """The offer as it is read aloud."""
        return " ".join(part for part in (self.code, self.name, self.why) if part)


class _Matches(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.matches: tuple[Match, ...] = ()

    def show(self, matches: Sequence[Match]) -> None:
        self.beginResetModel()
        self.matches = tuple(matches)
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(self.matches)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.matches[index.row()].sentence
        return None


class _MatchPainter(QStyledItemDelegate):
    def __init__(self, look: Look, model: _Matches) -> None:
        super().__init__()
        self._look = look
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self._look.measures.pick_row_height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        match = self._model.matches[index.row()]
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            panel(painter, rect, 4, self._look.colour("accent_soft"))
            bar = QRectF(rect.left(), rect.top() + 8, 3, rect.height() - 16)
            panel(painter, bar, 1.5, self._look.colour("accent"))
        left = self._paint_code(painter, rect, match.code)
        right = self._paint_why(painter, rect, match.why)
        self._paint_name(painter, QRectF(left, rect.top(), right - left, rect.height()), match)
        painter.restore()

    def widest(self) -> int:
        """Pixels that the longest of the first offers needs to stand there whole."""
        metrics = QFontMetricsF(self._look.font(bold=True))
        why = QFontMetricsF(self._look.font(Role.CAPTION))
        offers = self._model.matches[:_MEASURED_ROWS]
        texts = (metrics.horizontalAdvance(match.name) + why.horizontalAdvance(match.why) for match in offers)
        code = max((len(match.code) for match in offers), default=0)
        return ceil(max(texts, default=0) + metrics.horizontalAdvance("0" * code) + 4 * _PADDING + _CODE_GAP)

    def _paint_code(self, painter: QPainter, rect: QRectF, code: str) -> float:
        left = rect.left() + _PADDING
        if not code:
            return left
        painter.setFont(self._look.font())
        painter.setPen(self._look.colour("ink2"))
        painter.drawText(rect.adjusted(_PADDING, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, code)
        widest = max(len(match.code) for match in self._model.matches)
        return left + QFontMetricsF(self._look.font()).horizontalAdvance("0" * widest) + _CODE_GAP

    def _paint_why(self, painter: QPainter, rect: QRectF, why: str) -> float:
        right = rect.right() - _PADDING
        if not why:
            return right
        painter.setFont(self._look.font(Role.CAPTION))
        painter.setPen(self._look.colour("ink3"))
        place = rect.adjusted(0, 0, -_PADDING, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, why)
        return right - QFontMetricsF(painter.font()).horizontalAdvance(why) - 8

    def _paint_name(self, painter: QPainter, rect: QRectF, match: Match) -> None:
        left = rect.left()
        for text, is_marked in _pieces(match.name, match.marked):
            painter.setFont(self._look.font(bold=is_marked))
            painter.setPen(self._look.colour("accent" if is_marked else "ink"))
            metrics = QFontMetricsF(painter.font())
            room = max(0.0, rect.right() - left)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(left, rect.top(), room, rect.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            left += metrics.horizontalAdvance(shown)


def _pieces(name: str, marked: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The name cut into marked and unmarked parts, in order, none empty."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for begin, length in marked:
        pieces += [(name[at:begin], False), (name[begin : begin + length], True)]
        at = begin + length
    return [piece for piece in [*pieces, (name[at:], False)] if piece[0]]


class PickList(Floating):
    """The offers below a field; `taken` when one is clicked, `closed` when it goes out of view."""

    taken = Signal(Match)
    closed = Signal()

    def __init__(self, look: Look, window: QWidget, no_match: str) -> None:
        super().__init__(look, window)
        self._model = _Matches()
        self._painter = _MatchPainter(look, self._model)
        self._view = self._make_view()
        self._empty = Text(look, no_match, Role.LABEL, "ink2", is_wrapped=True)
        self._keys = Text(look, "↑ ↓ 选 · Enter 选中 · Esc 收起", Role.CAPTION, "ink3")
        self._count = Text(look, "", Role.CAPTION, "ink3")
        self._lay_out()

    def _make_view(self) -> QListView:
        view = QListView()
        view.setModel(self._model)
        view.setItemDelegate(self._painter)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        view.setAccessibleName("可选的值")
        view.clicked.connect(lambda index: self.taken.emit(self._model.matches[index.row()]))
        return view

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 6, 12, 8)
        foot.addWidget(self._keys)
        foot.addStretch(1)
        foot.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(SHADOW + _INSET, SHADOW + _INSET, SHADOW + _INSET, SHADOW)
        column.setSpacing(0)
        self._empty.setContentsMargins(12, 10, 12, 10)
        column.addWidget(self._view)
        column.addWidget(self._empty)
        column.addLayout(foot)

    @property
    def chosen(self) -> Match | None:
        """The row that Enter would take."""
        index = self._view.currentIndex()
        return self._model.matches[index.row()] if self.isVisible() and index.isValid() else None

    def offer(self, matches: Sequence[Match], field: QWidget) -> None:
        """Shows `matches` at `field` with the first row chosen; none shows the sentence for no match."""
        self._model.show(matches)
        self._view.setVisible(bool(matches))
        self._empty.setVisible(not matches)
        self._keys.setText("↑ ↓ 选 · Enter 选中 · Esc 收起" if matches else "Esc 收起")
        self._count.setText(f"共 {len(matches)} 项，继续输入可缩小" if len(matches) > 1 else "")
        palette = self._view.palette()
        palette.setColor(QPalette.ColorRole.Base, self._look.colour("raised"))
        self._view.setPalette(palette)
        if matches:
            self._view.setCurrentIndex(self._model.index(0))
        self.show_at(field, self._fitting_size(field, len(matches)))

    def move_choice(self, step: int) -> None:
        """Chooses the row `step` further, within the list."""
        last = self._model.rowCount() - 1
        row = min(max(self._view.currentIndex().row() + step, 0), max(last, 0))
        if last >= 0:
            self._view.setCurrentIndex(self._model.index(row))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = start(self)
        line = QRectF(SHADOW + 1, self._keys.geometry().top() - 7, self.width() - 2 * SHADOW - 2, 1)
        painter.fillRect(line, self._look.colour("line"))

    def _fitting_size(self, field: QWidget, rows: int) -> QSize:
        wanted = max(field.width(), _LEAST_WIDTH, min(self._painter.widest(), _MOST_WIDTH))
        width = min(wanted, self.window().width() - 2 * SHADOW)
        self._view.setFixedHeight(min(rows, _MOST_ROWS) * self._look.measures.pick_row_height)
        self._empty.setFixedWidth(width - 2 * _INSET)
        return QSize(width, self.sizeHint().height() - 2 * SHADOW)
