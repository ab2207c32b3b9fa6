"""Follows the focus and tells the hint of the field that has it (S10); knows no field by name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.widgets.field_frame import FieldFrame
from yuyue_desktop.ui.widgets.focus import watch_focus


class FieldHints(QObject):
    """Calls `show` with “字段名：怎么填” while a field inside `area` has the focus, and with empty text otherwise."""

    def __init__(self, area: QWidget, show: Callable[[str], None]) -> None:
        super().__init__(area)
        self._area = area
        self._show = show
        watch_focus(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None:
            return  # another program has the keyboard: what was said stays
        field: QWidget | None = new
        while field is not None and not isinstance(field, FieldFrame):
            field = field.parentWidget()
        if field is None or not self._area.isAncestorOf(field) or not field.hint:
            self._show("")
        else:
            self._show(f"{field.accessible_name}：{field.hint}")
