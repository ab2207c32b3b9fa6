"""Between a field of the catalogue and its widget: what the clerk enters as a domain value, and back; knows no rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from yuyue_desktop.domain.application import MOMENT_FORMAT, parse_moment
from yuyue_desktop.domain.fields import FieldSpec
from yuyue_desktop.domain.limits import text_bytes
from yuyue_desktop.domain.numbers import narrowed
from yuyue_desktop.ui.forms.finders import Finder
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.check import Check
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import FieldFrame
from yuyue_desktop.ui.widgets.moment_field import MomentField
from yuyue_desktop.ui.widgets.pick_field import PickField
from yuyue_desktop.ui.widgets.pick_list import Match
from yuyue_desktop.ui.widgets.text_area import TextArea

Value = str | bool


class Binding(QObject):
    """A field of the form. `changed` carries each value entered; showing a value that was just entered does nothing."""

    changed = Signal(object)

    def __init__(self, spec: FieldSpec, widget: FieldFrame | Check) -> None:
        super().__init__(widget)
        self.spec = spec
        self.widget = widget
        self._value: Value | None = None

    @property
    def hint_line(self) -> str:
        """The red line at the window's bottom while this field has the focus (S10)."""
        hint = self.widget.hint
        return f"{self.spec.accessible_name}：{hint}" if hint else ""

    def show_value(self, value: Value) -> None:
        """Shows what the application holds, unless the widget said so itself."""
        if value != self._value:
            self._value = value
            self._display(value)

    def _display(self, value: Value) -> None:
        """Puts a value into the widget; a shown field without entry has nothing to do beyond its subclass's."""

    def _tell(self, value: Value) -> None:
        if value != self._value:
            self._value = value
            self.changed.emit(value)


class TextBinding(Binding):
    """A line of text."""

    def __init__(self, look: Look, spec: FieldSpec) -> None:
        self.field = Field(
            look,
            spec.accessible_name,
            kind=spec.kind,
            hint=spec.hint,
            placeholder=spec.placeholder,
            length=spec.length,
            is_narrow=spec.is_narrow,
        )
        super().__init__(spec, self.field)
        self.field.edited.connect(lambda text: self._tell(narrowed(text) if spec.is_narrow else text))

    def _display(self, value: Value) -> None:
        self.field.set_text(str(value))


class AreaBinding(Binding):
    """Text of several lines with its count of bytes (S17)."""

    def __init__(self, look: Look, spec: FieldSpec) -> None:
        self.area = TextArea(look, spec.accessible_name, kind=spec.kind, hint=spec.hint, placeholder=spec.placeholder)
        super().__init__(spec, self.area)
        self.area.edited.connect(self._tell)
        self.area.editor.textChanged.connect(self._count)
        self._count()

    def _display(self, value: Value) -> None:
        self.area.set_text(str(value))

    def _count(self) -> None:
        self.area.set_unit(f"({text_bytes(self.area.text)}字节)")


class PickBinding(Binding):
    """A code from a table; what no table explains stays as typed (N7)."""

    def __init__(self, look: Look, spec: FieldSpec, finder: Finder) -> None:
        self._finder = finder
        self.field = PickField(
            look,
            spec.accessible_name,
            finder.find,
            kind=spec.kind,
            hint=spec.hint,
            placeholder=spec.placeholder,
            no_match=f"没有这个{_short(spec.label)}。可照填代码，提交前会提醒。",
        )
        super().__init__(spec, self.field)
        self.field.picked.connect(self._take)
        self.field.edited.connect(self._take_typed)

    def _take_typed(self, text: str) -> None:
        if not self.field.editor.is_whole:
            self._tell(narrowed(text))

    def _take(self, match: Match) -> None:
        self._tell(match.code)

    def _display(self, value: Value) -> None:
        code = str(value)
        name = self._finder.name(code) if code else ""
        if name:
            self.field.show_picked(code, name)
        else:
            self.field.show_typed(code)


class MomentBinding(Binding):
    """A moment, or what was typed while it is none (S16)."""

    def __init__(self, look: Look, spec: FieldSpec, now: Callable[[], datetime]) -> None:
        self.field = MomentField(
            look, spec.accessible_name, now, kind=spec.kind, hint=spec.hint, placeholder=spec.placeholder
        )
        super().__init__(spec, self.field)
        self.field.edited.connect(lambda _text: self._tell(self._entered()))

    def _entered(self) -> str:
        moment = self.field.moment
        return moment.strftime(MOMENT_FORMAT) if moment is not None else narrowed(self.field.text)

    def _display(self, value: Value) -> None:
        moment = parse_moment(str(value))
        if moment is not None:
            self.field.set_moment(moment)
        else:
            self.field.set_moment(None)
            self.field.set_text(str(value))


class CheckBinding(Binding):
    """A check box."""

    def __init__(self, look: Look, spec: FieldSpec) -> None:
        self.check = Check(look, spec.label, kind=spec.kind, name=spec.accessible_name, hint=spec.hint)
        super().__init__(spec, self.check)
        self.check.toggled.connect(self._tell)

    def _display(self, value: Value) -> None:
        self.check.setChecked(bool(value))


class ShownBinding(Binding):
    """What the system fills in; nothing is entered here."""

    def __init__(self, look: Look, spec: FieldSpec) -> None:
        self.field = Field(look, spec.accessible_name, kind=spec.kind, hint=spec.hint, placeholder=spec.placeholder)
        super().__init__(spec, self.field)

    def _display(self, value: Value) -> None:
        self.field.set_text(str(value))


def editor_of(widget: QWidget) -> QWidget:
    """The widget that takes the keys: a field's own line, a check box itself."""
    proxy = widget.focusProxy()
    return widget if proxy is None else proxy


def _short(label: str) -> str:
    return "口岸" if label.endswith("口岸") else label
