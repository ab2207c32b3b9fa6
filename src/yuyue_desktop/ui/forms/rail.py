"""The form's rail: how long is left, what is still missing before 提交, what is already right (B3); knows no rule."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.deadline import Verdict
from yuyue_desktop.domain.rules import Problem
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.forms.problem_words import problem_line
from yuyue_desktop.ui.forms.time_content import TimeContent, time_content
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role, Space
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.painting import panel, start
from yuyue_desktop.ui.widgets.signs import IconView, KeyCap
from yuyue_desktop.ui.widgets.text import Text
from yuyue_desktop.ui.widgets.time_line import TimeLine

_MOST_ROWS = 6


class _ProblemRow(QWidget):
    """One problem; a click anywhere goes there, the current field's row is tinted."""

    asked = Signal()

    def __init__(self, look: Look, problem: Problem) -> None:
        super().__init__()
        self._look = look
        self.problem = problem
        self.is_current = False
        line = problem_line(problem)
        self.setAccessibleName(line.sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        go = Button(look, line.act, ButtonKind.LINK, is_small=True, name=line.sentence)
        go.clicked.connect(self.asked)
        grid = QGridLayout(self)
        grid.setContentsMargins(Space.S, 3, Space.XS, Space.XS)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(IconView(look, line.icon, line.colour, 15), 0, 0)
        grid.addWidget(Text(look, line.title, Role.LABEL), 0, 1)
        grid.addWidget(go, 0, 2)
        grid.addWidget(Text(look, line.detail, Role.CAPTION, "ink2", is_wrapped=True), 1, 1, 1, 2)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.asked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.is_current:
            panel(start(self), QRectF(self.rect()), Radius.FIELD, self._look.colour("hover"))


class Rail(QWidget):
    """`problem_asked` carries the problem that the clerk wants to mend."""

    problem_asked = Signal(Problem)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: list[_ProblemRow] = []
        self._shown: tuple[Problem, ...] | None = None
        self._fulfilled: list[str] = []
        self._urgency = ""
        self._icon = IconView(look, "clock", "ink2")
        self._caption = Text(look, "", Role.LABEL, "ink2")
        self._figure = Text(look, "", Role.COUNTDOWN, "ink2", is_bold=True, is_wrapped=True)
        self._advice = Text(look, "", Role.LABEL, "ink2", is_wrapped=True)
        self._line = TimeLine(look)
        self._title = Text(look, "", Role.SECTION, is_bold=True)
        self._next = QWidget()
        self._more = Text(look, "", Role.CAPTION, "ink3")
        self._ready = Text(look, "必填的都填了，规则都符合", Role.CAPTION, "ink2")
        self._problems = QVBoxLayout()
        self._checks = QVBoxLayout()
        self.setAccessibleName("时间与待办")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._lay_out()
        self._dress()
        look.changed.connect(self._dress)

    def show_state(self, state: FormState) -> None:
        """Shows time, obstacles and what holds."""
        self._show_time(time_content(state))
        self._show_problems(state.obstacles if state.is_editable else (), is_draft=state.is_editable)
        self._show_checks(_fulfilled(state))

    def mark_current(self, name: str) -> None:
        """Tints the row of the field that has the focus."""
        for row in self._rows:
            row.is_current = row.problem.field == name
            row.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        painter.fillRect(QRectF(self.rect()), self._look.colour("menu"))
        painter.fillRect(QRectF(0, 0, 1, self.height()), self._look.colour("line"))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._icon)
        head.addWidget(self._caption, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.M, Space.M, Space.M)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._figure)
        column.addWidget(self._advice)
        column.addSpacing(6)
        column.addWidget(self._line)
        column.addSpacing(Space.L)
        column.addWidget(_Rule(self._look))
        column.addSpacing(Space.M)
        column.addLayout(self._problem_head())
        self._problems.setSpacing(2)
        column.addLayout(self._problems)
        column.addWidget(self._more)
        column.addWidget(self._ready)
        column.addSpacing(Space.S)
        self._checks.setSpacing(6)
        column.addLayout(self._checks)
        column.addStretch(1)

    def _problem_head(self) -> QHBoxLayout:
        keys = QHBoxLayout(self._next)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(6)
        keys.addWidget(KeyCap(self._look, "F8"))
        keys.addWidget(Text(self._look, "下一项", Role.CAPTION, "ink2"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, Space.XS)
        row.addWidget(self._title, 1)
        row.addWidget(self._next)
        return row

    def _show_time(self, content: TimeContent) -> None:
        self._icon.show_icon("clock", content.colour)
        self._caption.setText(content.caption)
        self._figure.setText(content.figure)
        self._figure.set_colour(content.colour)
        self._figure.setAccessibleName(content.sentence)
        self._advice.setText(content.advice)
        self._advice.setVisible(bool(content.advice))
        self._line.show_points(content.points)
        self._line.setVisible(bool(content.points))
        if self._urgency and self._urgency != content.colour:
            announce(self, content.sentence)
        self._urgency = content.colour

    def _show_problems(self, problems: Sequence[Problem], *, is_draft: bool) -> None:
        if tuple(problems) != self._shown:
            self._shown = tuple(problems)
            self._renew_rows()
        count = len(problems)
        self._title.setText(f"提交前还差 {count} 项" if count else "可以提交了")
        self._title.set_colour("ink" if count else "green")
        self._title.setVisible(is_draft)
        self._next.setVisible(bool(count))
        self._ready.setVisible(is_draft and not count)
        left = count - _MOST_ROWS
        self._more.setText(f"还有 {left} 项")
        self._more.setVisible(left > 0)

    def _renew_rows(self) -> None:
        for row in self._rows:
            self._problems.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_ProblemRow(self._look, problem) for problem in (self._shown or ())[:_MOST_ROWS]]
        for row in self._rows:
            row.asked.connect(lambda row=row: self.problem_asked.emit(row.problem))
            self._problems.addWidget(row)

    def _show_checks(self, sentences: Sequence[str]) -> None:
        if list(sentences) == self._fulfilled:
            return
        self._fulfilled = list(sentences)
        while (item := self._checks.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in sentences:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(Space.S)
            row.addWidget(IconView(self._look, "check", "green"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(self._look, sentence, Role.CAPTION, "ink2", is_wrapped=True), 1)
            self._checks.addWidget(line)

    def _dress(self) -> None:
        self.setFixedWidth(self._look.measures.rail_width)
        self.update()


class _Rule(QWidget):
    """A hairline across the rail."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        start(self).fillRect(QRectF(self.rect()), self._look.colour("line"))


def _fulfilled(state: FormState) -> list[str]:
    """What already holds, in words."""
    if not state.is_editable:
        return []
    sentences = []
    if state.declarant is not None and state.trader is not None:
        companies = (state.declarant, state.trader)
        is_fine = all(
            company.is_registered and not company.owes_feedback and company.grade is not Grade.DISHONEST
            for company in companies
        )
        sentences += ["两家企业均有报关资质，无未反馈单"] if is_fine else []
    if state.judgement is not None and state.judgement.verdict in (Verdict.IN_TIME, Verdict.TOO_LATE):
        sentences.append("预约时段在口岸非工作时间内")
    return sentences
