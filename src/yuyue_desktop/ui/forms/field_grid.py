"""Lays the fields of 预约申请基本信息 out as the manual has them; knows no value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from math import ceil

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QMenu, QWidget

from yuyue_desktop.domain.fields import FIELDS, FieldSpec, Input, Kind, field
from yuyue_desktop.ui.forms.bindings import (
    AreaBinding,
    Binding,
    CheckBinding,
    MomentBinding,
    PickBinding,
    ShownBinding,
    TextBinding,
    editor_of,
)  # fmt: skip
from yuyue_desktop.ui.forms.finders import Finders
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.widgets.field_label import FieldLabel

_IN_PANELS = frozenset({"attachments", "goods", "goods_code", "goods_name", "feedback", "explanation"})
_ROOM_FOR_SIGNS = 51
_SAMPLES = {
    "application_number": "221020260000000002",
    "pre_entry_number": "YTG202600000000274",
    "declarant": "10位海关编码",
    "declarant_credit_code": "91310115MA1KH00071",
    "declarant_inspection_code": "1100612896",
    "trader": "10位海关编码",
    "trader_credit_code": "91310115MA1KH00071",
    "trader_inspection_code": "1100612896",
    "contact_mobile": "010-65194114",
    "window_end": "次日 11:00",
}
"""Fields as wide as this text and its signs; the others share the width that is left."""

_LEAST_SAMPLES = {
    "application_number": "221020260000000002",
    "window_start": "2026-10-03 周六 10:00",
    "window_end": "11:00",
}
"""What must fit where the whole sample has no room: values are never cut, a placeholder may be."""


class FieldGrid(QWidget):
    """The fields by their name in the catalogue, in tab order; lists (goods, attachments, feedback) are not here."""

    def __init__(self, look: Look, finders: Finders, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.setAccessibleName("预约申请基本信息")
        self._look = look
        self._finders = finders
        self.bindings: Mapping[str, Binding] = {
            spec.name: binding for spec in FIELDS if (binding := self._bind(spec, now)) is not None
        }
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self._lay_out()
        self._offer_reasons()
        self._dress()
        look.changed.connect(self._dress)

    def add_row(self, label: str, left: QWidget, right_label: str = "", right: QWidget | None = None) -> None:
        """A further row below the fields; without `right` it takes the whole width."""
        line = self._grid.rowCount()
        self._grid.addWidget(FieldLabel(self._look, label), line, 0)
        self._grid.addWidget(left, line, 1, 1, 1 if right is not None else 3)
        if right is not None:
            self._grid.addWidget(FieldLabel(self._look, right_label), line, 2)
            self._grid.addWidget(right, line, 3)

    def add_wide(self, widget: QWidget) -> None:
        """A widget under the fields, from the first field's left edge to the last one's right."""
        self._grid.addWidget(widget, self._grid.rowCount(), 1, 1, 3)

    def add_flags(self, label: str, right: QWidget) -> None:
        """The row of 进口 and 出口, with `right` beside it (S18)."""
        line = self._grid.rowCount()
        flags = self._bindings_in("is_import", "is_export")
        row = QHBoxLayout()
        row.setSpacing(24)
        for binding in flags:
            row.addWidget(binding.widget)
        row.addStretch(1)
        self._grid.addWidget(FieldLabel(self._look, "进出口标识", flags[0].widget, is_required=True), line, 0)
        self._grid.addLayout(row, line, 1)
        self._grid.addWidget(FieldLabel(self._look, label), line, 2)
        self._grid.addWidget(right, line, 3)

    def _bind(self, spec: FieldSpec, now: Callable[[], datetime]) -> Binding | None:
        """The field's widget; lists and what belongs to them have panels of their own."""
        if spec.name in _IN_PANELS:
            return None
        if spec.name == "reason":
            return AreaBinding(self._look, spec)
        makers: dict[Input, Callable[[], Binding]] = {
            Input.TEXT: lambda: TextBinding(self._look, spec),
            Input.PICK: lambda: PickBinding(self._look, spec, self._finders.table(spec.table)),
            Input.MOMENT: lambda: MomentBinding(self._look, spec, now),
            Input.CHECK: lambda: CheckBinding(self._look, spec),
            Input.SHOWN: lambda: ShownBinding(self._look, spec),
        }
        return makers[spec.input]()

    def _lay_out(self) -> None:
        self._add_line(("application_number",), ("pre_entry_number",), ("status",))
        for owner in ("declarant", "trader"):
            names = (owner, f"{owner}_credit_code", f"{owner}_inspection_code", f"{owner}_name")
            self._add_line(names)
        self._add_pair("contact_name", "contact_mobile")
        self._add_pair("declaration_port", "entry_exit_port")
        self._add_pair("transport_mode", "window_start", "window_end")
        self._add_line(("reason",))

    def _add_line(self, first: tuple[str, ...], *others: tuple[str, ...]) -> None:
        """One line over the whole width: groups of fields, each behind its label."""
        line = self._grid.rowCount()
        self._grid.addWidget(self._label(first[0]), line, 0)
        row = QHBoxLayout()
        row.setSpacing(10)
        for group in (first, *others):
            if group is not first:
                row.addSpacing(Space.S)
                row.addWidget(self._label(group[0]))
                row.addSpacing(-2)
            for binding in self._bindings_in(*group):
                row.addWidget(binding.widget)
        self._grid.addLayout(row, line, 1, 1, 3)

    def _add_pair(self, left: str, right: str, right_end: str = "") -> None:
        line = self._grid.rowCount()
        self._grid.addWidget(self._label(left), line, 0)
        self._grid.addWidget(self.bindings[left].widget, line, 1)
        self._grid.addWidget(self._label(right), line, 2)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.bindings[right].widget)
        if right_end:
            row.addWidget(self._label(right_end))
            row.addWidget(self.bindings[right_end].widget)
        elif right in _SAMPLES:
            row.addStretch(1)
        self._grid.addLayout(row, line, 3)

    def _bindings_in(self, *names: str) -> list[Binding]:
        return [self.bindings[name] for name in names]

    def _label(self, name: str) -> FieldLabel:
        spec = field(name)
        return FieldLabel(self._look, spec.label, self.bindings[name].widget, is_required=spec.kind is Kind.REQUIRED)

    def _offer_reasons(self) -> None:
        """S17: ready texts behind the field's tool and Alt+Down or F4."""
        reason = self.bindings["reason"]
        if not isinstance(reason, AreaBinding) or not self._finders.reasons:
            return
        area = reason.area
        menu = QMenu(area)
        for text in self._finders.reasons:
            menu.addAction(text).triggered.connect(lambda _checked=False, text=text: area.insert(text))
        tool = area.add_tool("down", "可选的事由")

        def offer() -> None:
            if tool.isVisible():
                menu.popup(area.mapToGlobal(QPoint(0, area.height() + 2)))

        tool.clicked.connect(offer)
        for keys in ("Alt+Down", "F4"):
            shortcut = QShortcut(QKeySequence(keys), area.editor)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(offer)

    def _dress(self) -> None:
        self._grid.setVerticalSpacing(self._look.measures.field_gap)
        metrics = QFontMetricsF(self._look.font())
        # Its chip says it; the line beside it is for the keyboard and for who is read to.
        editor_of(self.bindings["status"].widget).setMinimumWidth(1)
        for name, sample in _SAMPLES.items():
            self.bindings[name].widget.setMaximumWidth(ceil(metrics.horizontalAdvance(sample)) + _ROOM_FOR_SIGNS)
        for name, sample in {**_SAMPLES, **_LEAST_SAMPLES}.items():
            self.bindings[name].widget.setMinimumWidth(ceil(metrics.horizontalAdvance(sample)) + _ROOM_FOR_SIGNS)
