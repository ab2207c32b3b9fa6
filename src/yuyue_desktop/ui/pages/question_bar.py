"""Fields of a question in one line with tools at its right end, under them where it is narrow; knows no question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.pages.ground import Ground


class QuestionBar(Ground):
    """Keeps every field and tool at its own width; tools may come and go."""

    def __init__(self, look: Look, fields: QWidget, tools: Sequence[QWidget]) -> None:
        super().__init__(look, below="line")
        self._fields = fields
        self._tools = QWidget()
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        for tool in tools:
            row.addWidget(tool)
        self._line = QHBoxLayout()
        self._line.setSpacing(Space.S)
        self._line.addWidget(fields)
        self._line.addStretch(1)
        self._line.addWidget(self._tools)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self._column.setSpacing(Space.S)
        self._column.addLayout(self._line)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._fields.minimumSizeHint().width() + 2 * Space.L, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        is_beside = self._line.indexOf(self._tools) >= 0
        needed = self._fields.sizeHint().width() + Space.L + self._tools.sizeHint().width()
        has_room = needed + 2 * Space.L <= self.width()
        if has_room and not is_beside:
            self._line.addWidget(self._tools)
        elif is_beside and not has_room:
            self._column.addWidget(self._tools, 0, Qt.AlignmentFlag.AlignRight)
