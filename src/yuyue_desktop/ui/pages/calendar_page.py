"""口岸工作时间查询 (S34, B3): week view and list, the chosen window and until when; knows no service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.domain.limits import QUERY_SPAN_DAYS
from yuyue_desktop.domain.texts import words
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.calendar_conditions import ConditionsBar
from yuyue_desktop.ui.pages.choice_field import ChoiceField
from yuyue_desktop.ui.pages.chosen_window_foot import ChosenWindowFoot
from yuyue_desktop.ui.pages.contents import CalendarConditions, CalendarContent, ChosenWindow
from yuyue_desktop.ui.pages.field_widths import FieldWidths
from yuyue_desktop.ui.pages.question_bar import QuestionBar
from yuyue_desktop.ui.pages.span_fields import SpanFields
from yuyue_desktop.ui.pages.week_view import WeekView
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.shell.page import Page
from yuyue_desktop.ui.tables.column_chooser import FORGETFUL, ColumnChooser, ColumnMemory
from yuyue_desktop.ui.tables.columns import CellKind, Column
from yuyue_desktop.ui.tables.row_model import RowModel
from yuyue_desktop.ui.tables.table_view import TableView
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.callout import Callout
from yuyue_desktop.ui.widgets.chip import AMBER, Chip, ChipFace
from yuyue_desktop.ui.widgets.empty_state import EmptyState
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.field_label import FieldLabel
from yuyue_desktop.ui.widgets.pick_field import PickField
from yuyue_desktop.ui.widgets.pick_list import Match
from yuyue_desktop.ui.widgets.segmented import Segmented
from yuyue_desktop.ui.widgets.text import Text

COLUMNS = (
    Column("day", "工作日期", CellKind.CODE, "2026-09-23 周三"),
    Column("port", "口岸", CellKind.TEXT, "2210 外高桥港区海关"),
    Column("period", "工作时间", CellKind.CODE, "08:30–12:00", grows=True),
)
"""Cells of the list by these keys: one row per working period (S34)."""

NOTHING_FOUND = words(Code.CALENDAR_NOT_FOUND).advice
"""The manual's own words (S34)."""

WEEK, LIST, NO_PORT = range(3)
"""What the page's middle may show; the first two are the clerk's choice."""

OFFLINE = "离线 · 本机的数据"


@dataclass(frozen=True, slots=True)
class CalendarQuery:
    """What is asked: days, both included, None where the field is empty; the port's code, empty for every port."""

    first: date | None
    last: date | None
    port: str = ""


class CalendarPage(Page):
    """`query_asked` carries a CalendarQuery, `conditions_changed` relation and grade, window signals its start.

    `other_draft_asked`: the next draft is to be the one that a window is chosen for.
    """

    query_asked = Signal(CalendarQuery)
    conditions_changed = Signal(str, str)
    window_moved = Signal(datetime)
    window_accepted = Signal(datetime)
    other_draft_asked = Signal()

    def __init__(
        self,
        look: Look,
        now: Callable[[], datetime],
        find_port: Callable[[str], Sequence[Match]],
        list_memory: ColumnMemory = FORGETFUL,
    ) -> None:
        super().__init__(Place.CALENDAR_QUERY, "口岸工作时间查询", "calendar")
        self._look = look
        self._port = ""
        self._callout = Callout(look)
        self._is_showing = False
        self._days_shown = False
        self._announced = ""
        days_hint = f"填日期，如 2026-09-23；一次最多查 {QUERY_SPAN_DAYS} 天"
        port_hint = "输入关区名称、拼音首字母或 4 位关区代码；不填则查全部口岸"
        self.days = SpanFields(look, "工作日期", now, kind=Kind.REQUIRED, hint=days_hint)
        self.port = PickField(look, "口岸编码", find_port, kind=Kind.OPTIONAL, hint=port_hint, placeholder="全部口岸")
        self.search = Button(look, "查询", ButtonKind.PRIMARY, icon="search", keys="Enter")
        self.views = Segmented(look, "显示方式", ("周视图", "列表"))
        self.relation = ChoiceField(look, "口岸关系", (), hint="申报口岸和进出口岸是否同一口岸")
        self.grade = ChoiceField(look, "信用等级", (), hint="取申报单位和收发货人中较低的")
        self._rule = Text(look, "", Role.LABEL, "ink2")
        self.week = WeekView(look)
        self.list = TableView(look, "口岸工作时间", RowModel(COLUMNS))
        self.chooser = ColumnChooser(look, self.list, list_memory.hidden, list_memory.remember)
        self.chooser.hide()
        self._no_port = EmptyState(look, "周视图一次看一个口岸", "在上面填口岸编码再查询，或看列表", "calendar")
        self._origin = Chip(look, ChipFace(OFFLINE, "cloud_off", AMBER, is_dashed=True))
        self._origin.hide()
        self._stack = QStackedWidget()
        self._conditions = ConditionsBar(look, self.relation, self.grade, self._rule)
        self._foot = ChosenWindowFoot(look)
        self._lay_out()
        self._connect()

    def show_query(self, query: CalendarQuery, port_name: str = "") -> None:
        """Show a question that the clerk did not type."""
        self.days.show_days(query.first, query.last)
        self._port = query.port
        self.port.show_picked(query.port, port_name)

    def show_conditions(self, conditions: CalendarConditions) -> None:
        """Show by what the latest moments are computed."""
        self._is_showing = True
        self.relation.set_choices(conditions.relations)
        self.grade.set_choices(conditions.grades)
        self.relation.choose(conditions.relation)
        self.grade.choose(conditions.grade)
        self._rule.setText(conditions.rule)
        self._is_showing = False

    def show_content(self, content: CalendarContent, *, is_offline: bool = False) -> None:
        """Show what was found; without working periods the list says whom to ask."""
        self._days_shown = bool(content.days)
        self.week.show_days(content.days, content.now)
        self.list.show_words(NOTHING_FOUND)
        self.list.rows.set_rows(content.periods)
        self._origin.setVisible(is_offline)
        self._show_view()

    def show_busy(self) -> None:
        """Say that an answer is awaited; what is shown stays until it comes."""
        self.list.show_words("正在查询…")

    def show_chosen(self, chosen: ChosenWindow | None) -> None:
        """Say of the chosen window until when it can be declared, and what can be moved there."""
        self._foot.show_chosen(chosen)
        window = chosen.window if chosen else ""
        if chosen is not None and window != self._announced:
            announce(self.week, f"{window}，{chosen.sentence}")
        self._announced = window

    def show_problem(self, title: str, advice: str = "") -> None:
        """Say at the days what is wrong with them."""
        self.days.set_problem(Condition.WRONG, _sentence(title, advice))
        self._point_at(self.days.unread or self.days.first, self.days.last, title, advice)

    def show_port_problem(self, title: str, advice: str = "") -> None:
        """Say at the port what is wrong with it."""
        self.port.set_problem(Condition.WRONG, _sentence(title, advice))
        self._point_at(self.port, self.port, title, advice)

    def ask(self) -> None:
        """Ask with what the fields say."""
        self._forget_problem()
        if self.days.unread is not None:
            self.show_problem("日期看不懂", "写成 2026-09-23 这样")
            return
        first, last = self.days.days
        self.query_asked.emit(CalendarQuery(first, last, self._port if self.port.text else ""))

    def entry(self) -> QWidget | None:
        return self.days.first

    def _point_at(self, focused: QWidget, pointed: QWidget, title: str, advice: str) -> None:
        focused.setFocus()
        self._callout.show_at(pointed, title, advice, (self.port, self.search))

    def _forget_problem(self) -> None:
        self.days.set_problem(Condition.FINE)
        self.port.set_problem(Condition.FINE)
        self._callout.hide()

    def _connect(self) -> None:
        for field in (self.days.first, self.days.last, self.port):
            field.editor.returnPressed.connect(self.ask)
            field.edited.connect(lambda _text: self._forget_problem())
        self.port.edited.connect(self._follow_typed_port)
        self.port.picked.connect(lambda match: self._follow_port(match.code))
        self.search.clicked.connect(self.ask)
        self.left.connect(self._callout.hide)
        self.views.chosen.connect(lambda _index: self._show_view())
        for choice in (self.relation, self.grade):
            choice.chosen.connect(self._tell_conditions)
        self.week.moved.connect(self.window_moved)
        self.week.accepted.connect(self.window_accepted)
        self.week.other_asked.connect(self.other_draft_asked)
        self._foot.act.clicked.connect(self._accept)
        self._foot.other.clicked.connect(self.other_draft_asked)

    def _show_view(self) -> None:
        shown = NO_PORT if self.views.index == WEEK and not self._days_shown else self.views.index
        self._stack.setCurrentIndex(shown)
        self.chooser.setVisible(shown == LIST)
        self._conditions.setVisible(shown == WEEK)
        self._foot.setVisible(shown == WEEK)

    def _follow_typed_port(self, text: str) -> None:
        if not self.port.editor.is_whole:
            self._port = text

    def _follow_port(self, code: str) -> None:
        self._port = code

    def _tell_conditions(self) -> None:
        if not self._is_showing:
            self.conditions_changed.emit(self.relation.code, self.grade.code)

    def _accept(self) -> None:
        if self.week.chosen is not None:
            self.window_accepted.emit(self.week.chosen)

    # layout

    def _lay_out(self) -> None:
        self._widths = FieldWidths(
            self._look,
            {
                self.days.first: "2026-09-23",
                self.days.last: "2026-09-23",
                self.port: "2210  浦东海关",
                self.relation: "口岸不同",
                self.grade: "一般企业",
            },
            tools=2,
            # Always as wide as its sample: nothing moves when the sign of a problem comes.
            is_fixed=True,
        )
        self._stack.addWidget(self.week)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._no_port)
        self._show_view()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._question())
        column.addWidget(self._conditions)
        column.addWidget(self._stack, 1)
        column.addWidget(self._foot)

    def _question(self) -> QWidget:
        fields = QWidget()
        row = QHBoxLayout(fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(FieldLabel(self._look, "工作日期", self.days.first, is_required=True))
        row.addWidget(self.days)
        row.addSpacing(Space.S)
        row.addWidget(FieldLabel(self._look, "口岸编码", self.port))
        row.addWidget(self.port)
        row.addSpacing(Space.S)
        row.addWidget(self.search)
        return QuestionBar(self._look, fields, (self._origin, self.chooser, self.views))


def _sentence(title: str, advice: str) -> str:
    return "。".join(part for part in (title, advice) if part)
