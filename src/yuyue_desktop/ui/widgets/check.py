"""A check box whose ground tells its kind (S10, S18); knows no meaning."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.painting import panel, start

_BOX = 17.0
_GAP = 9.0
_GROUNDS = {
    Kind.REQUIRED: ("req", "req_line"),
    Kind.OPTIONAL: ("opt", "field_line"),
    Kind.LOCKED: ("sys", "field_line"),
}


class Check(QCheckBox):
    """Space or a click ticks it; `entered` and `left` follow the focus; a locked one can be reached but not ticked."""

    entered = Signal()
    left = Signal()

    def __init__(self, look: Look, text: str, *, kind: Kind = Kind.OPTIONAL, name: str = "", hint: str = "") -> None:
        super().__init__(text)
        self._look = look
        self._kind = kind
        self._hint = hint
        self._condition = Condition.FINE
        self._message = ""
        self._is_locked = False
        self.setAccessibleName(name or text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._dress()
        look.changed.connect(self._dress)

    @property
    def hint(self) -> str:
        """The red line at the window's bottom while it has focus (S10); none while the whole form is locked."""
        return "" if self._is_locked else self._hint

    @property
    def message(self) -> str:
        """Why the choice is wrong, empty when it is fine."""
        return self._message

    @property
    def condition(self) -> Condition:
        """What was said of the choice last."""
        return self._condition

    def set_locked(self, is_locked: bool) -> None:
        """Locks it because the whole form is."""
        if is_locked != self._is_locked:
            self._is_locked = is_locked
            self._dress()

    def set_problem(self, condition: Condition, message: str = "") -> None:
        """Says what is wrong with the choice; heard as its description."""
        if (condition, message) != (self._condition, self._message):
            self._condition, self._message = condition, message
            self._dress()

    def nextCheckState(self) -> None:
        if not self._is_locked:
            super().nextCheckState()

    def hitButton(self, _at: QPoint) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = QFontMetricsF(self._look.font()).horizontalAdvance(self.text())
        return QSize(ceil(_BOX + 4 + (_GAP + width if self.text() else 0)), self._look.measures.tool_height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        box = QRectF(2, (self.height() - _BOX) / 2, _BOX, _BOX)
        ground, edge = self._colours()
        panel(painter, box, 4, self._look.colour(ground), self._look.colour(edge), width=1.4)
        sign_colour = "ink2" if self._is_locked or not self.isEnabled() else "on_accent"
        if self.checkState() is Qt.CheckState.Checked:
            self._look.icons.paint(painter, "check", box.adjusted(2, 2, -2, -2), sign_colour, 2.6)
        elif self.checkState() is Qt.CheckState.PartiallyChecked:
            self._look.icons.paint(painter, "minus", box.adjusted(2, 2, -2, -2), sign_colour, 2.6)
        if self.hasFocus():
            panel(painter, box.adjusted(-2, -2, 2, 2), 6, None, self._look.colour("accent"), width=1.5)
        painter.setFont(self._look.font())
        painter.setPen(self._look.colour("ink" if self.isEnabled() else "ink3"))
        text = QRectF(box.right() + _GAP, 0, self.width(), self.height())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.text())

    def _colours(self) -> tuple[str, str]:
        is_locked = self._is_locked or not self.isEnabled()
        if self.checkState() is not Qt.CheckState.Unchecked and not is_locked:
            return "accent", "accent"
        ground, edge = _GROUNDS[Kind.LOCKED if is_locked else self._kind]
        return ground, "red" if self._condition is Condition.WRONG else edge

    def _dress(self) -> None:
        demand = "已锁定，不能修改" if self._is_locked else "必填" if self._kind is Kind.REQUIRED else ""
        parts = [part.rstrip("。") for part in (demand, self.hint, self._message) if part]
        self.setAccessibleDescription("。".join(parts))
        self.setFont(self._look.font())
        self.setFixedSize(self.sizeHint())
        self.update()
