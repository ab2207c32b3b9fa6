"""Shows the store's recovery code once, at set-up (architecture.md, Keys and people); knows no store."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.dialogs.dialog import Dialog
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.check import Check
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.painting import panel, start
from yuyue_desktop.ui.widgets.text import Text

EXPLANATION = (
    "本机的草稿和回执是加密保存的，密钥由系统保管。换了系统账号或重装系统后，只有这串恢复码能打开它们。"
    "请抄在纸上，与卡分开放；以后不再显示。"
)
TICK = "我已抄下恢复码"
UNTICKED = "请先抄下恢复码，再勾选"

_GROUP = 5
_MOST_GROUPS = 4


class RecoveryCodeDialog(Dialog):
    """`kept` comes once the clerk said that the code is written down; before that it can't be closed."""

    kept = Signal()

    def __init__(
        self, look: Look, window: QWidget, code: str, explanation: str = EXPLANATION, *, is_practice: bool = False
    ) -> None:
        super().__init__(look, window, "恢复码", "key", is_practice=is_practice)
        self._code = code
        self._close.hide()
        self.confirmation = Check(look, TICK)
        self._problem = Text(look, "", Role.CAPTION, "red")
        self.copy = Button(look, "复制", icon="copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._code))
        self.done = Button(look, "完成", ButtonKind.PRIMARY)
        self.done.clicked.connect(self._finish)
        self.body.addWidget(Text(look, explanation, Role.LABEL, "ink2", is_wrapped=True))
        self.body.addWidget(_CodeView(look, code))
        self.body.addWidget(self.confirmation)
        self.body.addWidget(self._problem)
        self.add_buttons("", self.copy, self.done)

    def escape(self) -> None:
        """It can't be left before the code is written down."""
        self._finish()

    def _finish(self) -> None:
        if not self.confirmation.isChecked():
            self._problem.setText(UNTICKED)
            self.confirmation.set_problem(Condition.WRONG, UNTICKED)
            self.confirmation.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.dismiss()
        self.kept.emit()

    def _first_focus(self) -> QWidget:
        return self.confirmation


class _CodeView(QWidget):
    """The code in groups, large enough to be copied by hand."""

    def __init__(self, look: Look, code: str) -> None:
        super().__init__()
        self._look = look
        self._lines = _lines(code)
        self.setAccessibleName("恢复码 " + " ".join(" ".join(group) for line in self._lines for group in line))
        look.changed.connect(self._fit)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        panel(painter, QRectF(self.rect()), Radius.CARD, self._look.colour("menu"), self._look.colour("line_strong"))
        painter.setFont(self._look.font(Role.PAGE_TITLE, bold=True))
        painter.setPen(self._look.colour("ink"))
        height = self._line_height()
        for number, line in enumerate(self._lines):
            place = QRectF(0, 12 + number * height, self.width(), height)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "   ".join(line))

    def _line_height(self) -> float:
        return QFontMetricsF(self._look.font(Role.PAGE_TITLE, bold=True)).height() + 4

    def _fit(self) -> None:
        self.setFixedHeight(round(24 + len(self._lines) * self._line_height()))
        self.update()


def _lines(code: str) -> list[list[str]]:
    letters = [letter for letter in code if letter.isalnum()]
    groups = ["".join(letters[at : at + _GROUP]) for at in range(0, len(letters), _GROUP)]
    lines = max(1, ceil(len(groups) / _MOST_GROUPS))
    in_line = max(1, ceil(len(groups) / lines))
    return [groups[at : at + in_line] for at in range(0, len(groups), in_line)]
