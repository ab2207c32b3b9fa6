"""Puts problems at their fields: sign at once when right, late when wrong, a bubble for the focused one (S10)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from yuyue_desktop.domain.rules import Problem, Severity
from yuyue_desktop.ui.forms.bindings import Binding, editor_of
from yuyue_desktop.ui.forms.problem_words import bubble_words, condition, message
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.callout import Callout
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_bubble import PATIENCE_MS
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.text_area import TextArea


class ProblemSigns(QObject):
    """A gap is called wrong only after 提交 was asked for; a value only once the clerk paused or left."""

    def __init__(
        self, look: Look, form: QWidget, bindings: Mapping[str, Binding], neighbours: Callable[[], Sequence[QWidget]]
    ) -> None:
        super().__init__(form)
        self._bindings = bindings
        self._neighbours = neighbours
        self._problems: dict[str, Problem] = {}
        self._are_gaps_wrong = False
        self._callout = Callout(look)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PATIENCE_MS)
        self._pause.timeout.connect(self._show_all)
        for binding in bindings.values():
            widget = binding.widget
            binding.changed.connect(self._wait)
            widget.entered.connect(self._show_bubble)
            widget.left.connect(self._leave)

    @property
    def is_bubble_shown(self) -> bool:
        """Whether a bubble is in view."""
        return self._callout.is_shown

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Takes the newest judgement; what became right is right at once."""
        found: dict[str, Problem] = {}
        for problem in problems:
            is_shown = problem.severity is not Severity.GAP or self._are_gaps_wrong
            if is_shown and problem.field in self._bindings:
                found.setdefault(problem.field, problem)
        self._problems = found
        for name, binding in self._bindings.items():
            if name not in found:
                binding.widget.set_problem(Condition.FINE)
            elif not (self._pause.isActive() and editor_of(binding.widget).hasFocus()):
                self._sign(name)
        self._show_bubble()

    def call_gaps_wrong(self) -> None:
        """From now on an empty required field is wrong too: 提交 was asked for."""
        self._are_gaps_wrong = True

    def hide_bubble(self) -> None:
        """Takes the bubble away; the disc and the rail's row stay."""
        self._callout.hide()

    def _wait(self) -> None:
        self._pause.start()
        self.hide_bubble()

    def _leave(self) -> None:
        self._pause.stop()
        self.hide_bubble()
        self._show_all()

    def _show_all(self) -> None:
        for name in self._problems:
            self._sign(name)
        self._show_bubble()

    def _sign(self, name: str) -> None:
        problem = self._problems[name]
        self._bindings[name].widget.set_problem(condition(problem), message(problem))

    def _show_bubble(self) -> None:
        focused = next((b for b in self._bindings.values() if editor_of(b.widget).hasFocus()), None)
        problem = self._problems.get(focused.spec.name) if focused is not None else None
        if focused is None or problem is None or focused.widget.condition is not Condition.WRONG:
            self.hide_bubble()
            return
        others = tuple(w for w in self._neighbours() if w is not focused.widget and _has_value(w))
        self._callout.show_at(focused.widget, *bubble_words(problem), others)


def _has_value(widget: QWidget) -> bool:
    return isinstance(widget, (Field, TextArea)) and widget.isVisible() and bool(widget.text)
