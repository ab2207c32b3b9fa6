"""The conditions of 预约通关查询 (S33): fields in two rows, three where the page is narrow; knows no service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy

from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.domain.limits import QUERY_SPAN_DAYS
from yuyue_desktop.domain.queries import ApplicationQuery, CompanyClass
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.pages.choice_field import ChoiceField
from yuyue_desktop.ui.pages.contents import Choice
from yuyue_desktop.ui.pages.field_widths import FieldWidths
from yuyue_desktop.ui.pages.ground import Ground
from yuyue_desktop.ui.pages.span_fields import SpanFields
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.callout import Callout
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition, FieldFrame
from yuyue_desktop.ui.widgets.field_label import FieldLabel

_SPAN_HINT = f"填日期，如 2026-09-10；一次最多查 {QUERY_SPAN_DAYS} 天"
_ANY_STATUS = "全部"
_BUTTONS = 8
"""The grid's last column."""


class QueryField(StrEnum):
    """A condition that something can be wrong with."""

    CLASS = "class"
    TRADER = "trader"
    NUMBER = "number"
    APPLIED = "applied"
    WINDOW = "window"
    STATUS = "status"


class QueryFilters(Ground):
    """`asked` carries what to ask for, by Enter in any field or by the button; `now` is the gateway's clock."""

    asked = Signal(ApplicationQuery)

    def __init__(self, look: Look, now: Callable[[], datetime]) -> None:
        super().__init__(look, below="line")
        self._preset = ApplicationQuery()
        self._is_narrow: bool | None = None
        self._callout = Callout(look)
        self._make_fields(look, now)
        self.search = Button(look, "查询", ButtonKind.PRIMARY, icon="search", keys="Enter")
        self.clear = Button(look, "清空")
        self.search.clicked.connect(self.ask)
        self.clear.clicked.connect(lambda: self.show_query(self._preset))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.S)
        self._lay_out()
        self._fit()
        self._watch()
        self._wide_need = 0
        self._measure()
        look.changed.connect(self._measure)

    @property
    def query(self) -> ApplicationQuery:
        """What the fields say now."""
        applied, window = self.applied.days, self.window_span.days
        return ApplicationQuery(
            company_class=CompanyClass(self.company_class.code or CompanyClass.DECLARANT),
            trader=self.trader.text,
            status=Status(self.status.code) if self.status.code else None,
            applied_from=applied[0],
            applied_to=applied[1],
            window_from=window[0],
            window_to=window[1],
            pre_entry_number=self.number.text,
        )

    def show_declarant(self, customs_code: str) -> None:
        """Show the own company's code."""
        self.declarant.set_text(customs_code)

    def show_preset(self, query: ApplicationQuery) -> None:
        """Show these conditions now and after 清空."""
        self._preset = query
        self.show_query(query)

    def show_query(self, query: ApplicationQuery) -> None:
        """Show conditions that the clerk did not type."""
        self.company_class.choose(query.company_class)
        self.trader.set_text(query.trader)
        self.status.choose(query.status or "")
        self.applied.show_days(query.applied_from, query.applied_to)
        self.window_span.show_days(query.window_from, query.window_to)
        self.number.set_text(query.pre_entry_number)
        self._follow_class(query.company_class)
        self.forget_problems()

    def ask(self) -> None:
        """Ask with what the fields say; what can't be read or is in no list is said instead."""
        self.forget_problems()
        for field, span in ((QueryField.APPLIED, self.applied), (QueryField.WINDOW, self.window_span)):
            if span.unread is not None:
                self.show_problem(field, "日期看不懂", "写成 2026-09-10 这样")
                return
        for field, choice in ((QueryField.CLASS, self.company_class), (QueryField.STATUS, self.status)):
            if not choice.is_settled:
                self.show_problem(field, "没有这一项", "按空格，从列表选一个")
                return
        self.asked.emit(self.query)

    def show_problem(self, field: QueryField, title: str, advice: str = "") -> None:
        """Say at a field what is wrong, and put the keyboard there."""
        target = self._by_name[field]
        target.set_problem(Condition.WRONG, "。".join(part for part in (title, advice) if part))
        frame = (target.unread or target.first) if isinstance(target, SpanFields) else target
        frame.setFocus()
        self._callout.show_at(frame, title, advice)

    def forget_problems(self) -> None:
        """Nothing is wrong any more."""
        for target in self._by_name.values():
            target.set_problem(Condition.FINE)
        self._callout.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(is_narrow=self.width() < self._wide_need)

    def minimumSizeHint(self) -> QSize:
        """The two rows must not keep the page from getting narrow: then there are three."""
        return QSize(0, super().minimumSizeHint().height())

    def _measure(self) -> None:
        """How wide the page must be for two rows, in the letters of the look."""
        self._grid.setVerticalSpacing(self._look.measures.field_gap)
        self._arrange(is_narrow=False)
        self._grid.invalidate()
        self._wide_need = self._grid.minimumSize().width() + Space.L + Space.M
        self._arrange(is_narrow=self.width() < self._wide_need)

    def _make_fields(self, look: Look, now: Callable[[], datetime]) -> None:
        classes = [Choice(entry.value, entry.word) for entry in CompanyClass]
        statuses = [Choice("", _ANY_STATUS), *(Choice(status.value, status.word) for status in Status)]
        hint = f"按空格选 A-申请单位 或 B-收发货人；申请时间、预约时间跨度不超过 {QUERY_SPAN_DAYS} 天"
        self.company_class = ChoiceField(look, "企业类别", classes, kind=Kind.REQUIRED, hint=hint)
        self.declarant = Field(look, "申请单位", kind=Kind.LOCKED, hint="登录后自动带出，不用填")
        trader_hint = "类别选 B 时必填，填 10 位海关编码"
        self.trader = Field(
            look, "收发货人", hint=trader_hint, placeholder="类别选 B 时必填", length=10, is_narrow=True
        )
        number_hint = "填 YTG 加 15 位数字；填了编号可以不填日期"
        self.number = Field(
            look, "预录入编号", hint=number_hint, placeholder="YTG 加 15 位数字", length=18, is_narrow=True
        )
        self.applied = SpanFields(look, "申请时间", now, hint=_SPAN_HINT)
        self.window_span = SpanFields(look, "预约时间", now, hint=_SPAN_HINT)
        self.status = ChoiceField(look, "状态", statuses, hint="按空格选状态，默认全部")
        self._by_name: dict[QueryField, Field | SpanFields] = {
            QueryField.CLASS: self.company_class,
            QueryField.TRADER: self.trader,
            QueryField.NUMBER: self.number,
            QueryField.APPLIED: self.applied,
            QueryField.WINDOW: self.window_span,
            QueryField.STATUS: self.status,
        }

    def _fit(self) -> None:
        day = "2026-09-23"
        spans = (self.applied.first, self.applied.last, self.window_span.first, self.window_span.last)
        samples: dict[FieldFrame, str] = dict.fromkeys(spans, day)
        samples |= {self.company_class: CompanyClass.DECLARANT.word, self.declarant: "1101919107"}
        samples |= {self.trader: "1101919107", self.number: "YTG20260000000", self.status: _ANY_STATUS}
        self._widths = FieldWidths(self._look, samples)

    def _watch(self) -> None:
        for field in self._fields():
            field.editor.returnPressed.connect(self.ask)
            field.edited.connect(lambda _text: self.forget_problems())
        self.company_class.chosen.connect(self._follow_class)

    def _fields(self) -> tuple[ChoiceField | Field, ...]:
        spans = (self.applied.first, self.applied.last, self.window_span.first, self.window_span.last)
        return (self.company_class, self.trader, self.number, *spans, self.status)

    def _follow_class(self, code: str) -> None:
        """B asks for a trader, and its field turns yellow."""
        is_needed = code == CompanyClass.TRADER
        self.trader.set_kind(Kind.REQUIRED if is_needed else Kind.OPTIONAL)
        self.trader.set_placeholder("10位海关编码" if is_needed else "类别选 B 时必填")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.M, Space.M, Space.M)
        row.addLayout(self._grid, 1)
        for button in (self.search, self.clear):
            button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        look, window = self._look, self.window_span
        self._labels = {
            self.company_class: FieldLabel(look, "企业类别", self.company_class, is_required=True),
            self.declarant: FieldLabel(look, "申请单位", self.declarant),
            self.trader: FieldLabel(look, "收发货人", self.trader),
            self.number: FieldLabel(look, "预录入编号", self.number),
            self.applied: FieldLabel(look, "申请时间", self.applied.first),
            window: FieldLabel(look, "预约时间", window.first),
            self.status: FieldLabel(look, "状态", self.status),
        }

    def _arrange(self, *, is_narrow: bool) -> None:
        """Places of the fields; in both the reading order is the order of Tab."""
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        first = ((self.company_class, 0, 0, 1), (self.declarant, 0, 1, 1), (self.trader, 0, 2, 1))
        if is_narrow:
            rest = (
                (self.number, 1, 0, 2),
                (self.applied, 1, 2, 1),
                (self.window_span, 2, 0, 2),
                (self.status, 2, 2, 1),
            )
        else:
            rest = (
                (self.number, 0, 3, 1),
                (self.applied, 1, 0, 2),
                (self.window_span, 1, 2, 1),
                (self.status, 1, 3, 1),
            )
        for widget, line, pair, pairs in (*first, *rest):
            self._grid.addWidget(self._labels[widget], line, 2 * pair)
            self._grid.addWidget(widget, line, 2 * pair + 1, 1, 2 * pairs - 1)
        for line, button in enumerate((self.search, self.clear)):
            self._grid.addWidget(button, line, _BUTTONS)
        for column, stretch in ((1, 116), (3, 114), (5, 264), (7, 0 if is_narrow else 168)):
            self._grid.setColumnStretch(column, stretch)
