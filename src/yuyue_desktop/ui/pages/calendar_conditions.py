"""By what the week view computes latest moments, and what its patterns mean; knows no calendar."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.contents import BlockKind
from yuyue_desktop.ui.pages.week_patterns import Legend
from yuyue_desktop.ui.widgets.text import Text

LEGENDS = (
    (BlockKind.BOOKABLE, "可约"),
    (BlockKind.WORKING, "工作时间，不可约"),
    (BlockKind.TOO_LATE, "已来不及"),
    (BlockKind.UNKNOWN, "日历未公布"),
    (BlockKind.DRAFT, "我的草稿"),
)


class ConditionsBar(QWidget):
    """The choices by which latest moments are computed, and the legend: beside them, under them where it is narrow."""

    def __init__(self, look: Look, *choices: QWidget) -> None:
        super().__init__()
        self._choices = QHBoxLayout()
        self._choices.setSpacing(Space.M)
        self._choices.addWidget(Text(look, "按这些条件算最迟申报：", Role.LABEL, "ink2"))
        for choice in choices:
            self._choices.addWidget(choice)
        self._choices.addStretch(1)
        self._legends = QWidget()
        row = QHBoxLayout(self._legends)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        for kind, word in LEGENDS:
            row.addWidget(Legend(look, kind, word))
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.XS)
        column.setSpacing(Space.XS)
        column.addLayout(self._choices)
        column.addWidget(self._legends, 0, Qt.AlignmentFlag.AlignLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_beside = self._choices.indexOf(self._legends) >= 0
        needed = self._choices.sizeHint().width() + (0 if is_beside else self._legends.sizeHint().width() + Space.M)
        has_room = needed + 2 * Space.L <= self.width()
        if has_room and not is_beside:
            self._choices.addWidget(self._legends)
        elif is_beside and not has_room:
            column = self.layout()
            if isinstance(column, QVBoxLayout):
                column.addWidget(self._legends, 0, Qt.AlignmentFlag.AlignLeft)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
