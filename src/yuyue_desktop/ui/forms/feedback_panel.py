"""预约通关报关单号反馈: closed until the application was approved, then its numbers (S30); asks no register."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from yuyue_desktop.domain.application import Application, Status, Step, is_allowed
from yuyue_desktop.domain.feedback_rules import list_problems, number_problem, split_numbers, take_numbers
from yuyue_desktop.domain.fields import Kind, field
from yuyue_desktop.domain.limits import DECLARATION_NUMBERS
from yuyue_desktop.domain.numbers import DECLARATION_NUMBER_LENGTH, narrowed
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.forms.problem_words import bubble_words, condition
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.tables.columns import CellKind, Column
from yuyue_desktop.ui.tables.row_model import RowModel
from yuyue_desktop.ui.tables.rows import Cell, Row
from yuyue_desktop.ui.tables.table_view import RowSize, TableView
from yuyue_desktop.ui.widgets.box import Box
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.empty_state import EmptyState
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_bubble import FieldBubble

_COLUMNS = (
    Column("serial", "序号", CellKind.QUIET, "00", is_sortable=False, is_optional=False),
    Column("number", "报关单号", CellKind.CODE, "0" * 18, grows=True, is_sortable=False, is_optional=False),
    Column("remove", "", CellKind.LINK, "移除", is_sortable=False, is_optional=False),
)
_OPENED = frozenset({Status.APPROVED, Status.CLEARED, Status.FEEDBACK_OVERDUE})


class FeedbackPanel(Box):
    """Enter or 新增 adds a number, Delete removes the chosen one; `jotted` comes with each change, in the line too.

    What customs took already stands in the list once the application has it. The numbers are the panel's until 提交.
    """

    jotted = Signal()
    hint = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look, "预约通关报关单号反馈")
        self._look = look
        self._application: Application | None = None
        self._written: tuple[str, ...] = ()
        self._is_open = False
        self.table = TableView(look, "预约通关报关单号", RowModel(_COLUMNS), RowSize.GOODS)
        self.table.cell_activated.connect(lambda row_id, _column: self._remove(row_id))
        self._number = self._make_number()
        self._bubble = FieldBubble(look, self._number)
        self._add = Button(look, "新增", ButtonKind.PLAIN, keys="Enter")
        self._add.clicked.connect(self.add)
        self._entry = QWidget()
        self._closed = EmptyState(
            look, "审批通过后在此反馈报关单号", f"预约时间后 5 天内 · 最多 {DECLARATION_NUMBERS} 票", "lock"
        )
        self._stack = QStackedWidget()
        self._lay_out()

    @property
    def numbers(self) -> tuple[str, ...]:
        """What is written, in order."""
        return self._written

    @property
    def typed(self) -> str:
        """What stands in the entry line."""
        return self._number.text

    @property
    def editors(self) -> tuple[QWidget, ...]:
        """What Enter walks through while the panel is open."""
        return (self._number,) if self._is_open else ()

    def show_state(self, state: FormState) -> None:
        """Opens or closes the panel, and shows the numbers customs has."""
        self._application = state.application
        status = state.record.status
        self._is_open = is_allowed(status, Step.FEED_BACK) and state.mark is None
        if state.record.feedback and not self._is_open:
            self._written = state.record.feedback
        self._stack.setCurrentIndex(1 if status in _OPENED else 0)
        self._entry.setVisible(self._is_open)
        self._show_rows()

    def show_written(self, numbers: tuple[str, ...], typed: str) -> None:
        """Puts back what was written before; numbers that customs has meanwhile win."""
        if self._is_open or not self._written:
            self._written = numbers
            self._show_rows()
        self._number.set_text(typed)
        self._number.editor.end(False)  # noqa: FBT003 - Qt's argument: no selection
        self._judge(typed)

    def add(self) -> None:
        """Takes what is typed or pasted into the list; what its digits show wrong stays in the line and is said."""
        if self._application is None or not narrowed(self._number.text):
            return
        taken = take_numbers(self._application, self._number.text, self._written)
        self._number.set_text(" ".join(taken.left))
        self._count(self._number.text)
        if taken.problem is None:
            self._bubble.say("")
        else:
            title, advice = bubble_words(taken.problem)
            if len(taken.left) + len(taken.added) > 1:
                title = f"加入 {len(taken.added)} 个，剩 {len(taken.left)} 个。{taken.left[0]}：{title}"
            self._bubble.say(title, advice, condition(taken.problem), is_due=True)
        if taken.added:
            self._write((*self._written, *taken.added))

    def focus_entry(self) -> None:
        """Puts the focus where a number is typed."""
        self._number.setFocus()

    def complete(self) -> bool:
        """Takes what still stands in the line into the list, and answers whether that can be sent now.

        If not, the focus is where a number is typed, and it is said why.
        """
        if self._application is None:
            return False
        if self._number.text or not self._written:
            self.focus_entry()
        self.add()
        if not self._number.text and not self._written:
            for problem in list_problems(self._application, ()):
                self._bubble.say(*bubble_words(problem), condition(problem), is_due=True)
        return bool(self._written) and not self._number.text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus() and self.table.chosen:
            self._remove(self.table.chosen)
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._entry)
        row.setContentsMargins(Space.S, Space.S, Space.S, Space.S - 2)
        row.setSpacing(Space.S)
        row.addWidget(self._number, 1)
        row.addWidget(self._add)
        opened = QWidget()
        column = QVBoxLayout(opened)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._entry)
        self._stack.addWidget(self._closed)
        self._stack.addWidget(opened)
        self.body.addWidget(self._stack, 1)

    def _make_number(self) -> Field:
        spec = field("feedback")
        number = Field(
            self._look,
            spec.accessible_name,
            kind=Kind.REQUIRED,
            hint=spec.hint,
            placeholder=spec.placeholder,
            is_narrow=True,
        )
        number.edited.connect(self._judge)
        number.edited.connect(lambda _text: self.jotted.emit())
        number.entered.connect(lambda: self.hint.emit(f"{spec.accessible_name}：{spec.hint}"))
        number.editor.add_key_taker(self._take_key)
        return number

    def _judge(self, text: str) -> None:
        """S30: what the digits show wrong is said while typing, once all of them are there."""
        number = narrowed(text)
        problem = None
        is_one = len(split_numbers(text)) <= 1
        if is_one and self._application is not None and len(number) >= DECLARATION_NUMBER_LENGTH:
            problem = number_problem(self._application, number, self._written)
        self._count(number)
        if problem is None:
            self._bubble.say("")
        else:
            self._bubble.say(*bubble_words(problem), condition(problem))

    def _count(self, text: str) -> None:
        """How far a number is, or how many there are; a whole one needs the room itself, as digits are never cut."""
        numbers = split_numbers(text)
        count = f"{len(numbers)} 个" if len(numbers) > 1 else f"{len(text)}/{DECLARATION_NUMBER_LENGTH}"
        self._number.set_unit(count if text and len(text) != DECLARATION_NUMBER_LENGTH else "")

    def _take_key(self, event: QKeyEvent) -> bool:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
        if not is_enter or not self._number.text:
            return False
        self.add()
        return True

    def _remove(self, row_id: str) -> None:
        if self._is_open:
            self._write(tuple(number for number in self._written if number != row_id))

    def _write(self, written: tuple[str, ...]) -> None:
        self._written = written
        self._show_rows()
        self.jotted.emit()

    def _show_rows(self) -> None:
        remove = {"remove": Cell("移除")} if self._is_open else {}
        rows = [
            Row(number, {"serial": Cell(str(place)), "number": Cell(number), **remove})
            for place, number in enumerate(self._written, 1)
        ]
        self.table.rows.set_rows(rows)
        self.set_note(f"{len(rows)} / {DECLARATION_NUMBERS} 票" if self._stack.currentIndex() else "")
