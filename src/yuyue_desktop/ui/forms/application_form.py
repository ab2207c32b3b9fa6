"""The form of one application: shows a FormState, tells what is entered and which act is asked for; saves nothing.

Enter and Shift+Enter walk the fields, F8 goes to the next thing that stops 提交, Esc takes the bubble away (S11).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.domain import deadline
from yuyue_desktop.domain.company import Company
from yuyue_desktop.domain.limits import attachment_limits
from yuyue_desktop.domain.rules import Problem
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.forms.attachments_panel import AttachmentsPanel, UploadBar
from yuyue_desktop.ui.forms.bindings import CheckBinding, editor_of
from yuyue_desktop.ui.forms.explanation_panel import ExplanationPanel
from yuyue_desktop.ui.forms.feedback_panel import FeedbackPanel
from yuyue_desktop.ui.forms.field_grid import FieldGrid
from yuyue_desktop.ui.forms.file_intake import local_files
from yuyue_desktop.ui.forms.finders import Finders
from yuyue_desktop.ui.forms.goods_panel import GoodsPanel
from yuyue_desktop.ui.forms.head import FormHead
from yuyue_desktop.ui.forms.jotted_parts import JottedParts
from yuyue_desktop.ui.forms.problem_signs import ProblemSigns
from yuyue_desktop.ui.forms.problem_words import FITTABLE
from yuyue_desktop.ui.forms.rail import Rail
from yuyue_desktop.ui.forms.rail_line import RailLine
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Space
from yuyue_desktop.ui.widgets.chip import GRADE_FACES, status_face
from yuyue_desktop.ui.widgets.field_frame import FieldFrame
from yuyue_desktop.ui.widgets.painting import start
from yuyue_desktop.ui.widgets.scroll import Scroll

RAIL_FROM_WIDTH = 1156
LARGE_RAIL_FROM_WIDTH = 1320
"""Below this width of the form (with 大字) the rail is one line under the head."""

_LEAST_PANEL_HEIGHT = 178
_LEAST_COMPACT_PANEL_HEIGHT = 148
_ENTERED = (
    "trader", "contact_name", "contact_mobile", "declaration_port", "entry_exit_port", "transport_mode", "window_start",
    "reason", "is_import", "is_export",
)  # fmt: skip


class ApplicationForm(QWidget):
    """`changed` carries a catalogue field's name and its new value; `head` and the panels tell the acts asked for.

    `submit_asked` comes only when nothing stops it: otherwise 提交 goes to the first thing that is missing.
    `jotted` holds what is written and not taken by any step; `start_name` is the field where typing goes on.
    `files_given` carries the paths of files that were dropped anywhere on an open form, or pasted where the files are;
    `no_files_given` says that what came there is no file (S19).
    """

    changed = Signal(str, object)
    hint_changed = Signal(str)
    submit_asked = Signal()
    files_given = Signal(list)
    no_files_given = Signal(str)

    def __init__(self, look: Look, finders: Finders, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._look = look
        self._state: FormState | None = None
        self.head = FormHead(look)
        self.rail = Rail(look)
        self._rail_line = RailLine(look)
        self._is_rail_called = False
        self.fields = FieldGrid(look, finders, now)
        self.upload = UploadBar(look)
        self.attachments = AttachmentsPanel(look)
        self.goods = GoodsPanel(look, finders.table("hs_codes"))
        self.feedback = FeedbackPanel(look)
        self.explanation = ExplanationPanel(look)
        self.jotted = JottedParts(self.goods, self.feedback, self.explanation)
        self.start_name = ""
        self._panels = _Panels(self.goods, self.feedback)
        self._is_first_show = True
        self._lay_out()
        self._signs = ProblemSigns(look, self, self.fields.bindings, lambda: self.findChildren(FieldFrame))
        self._connect()
        self._dress()
        look.changed.connect(self._dress)

    def show_state(self, state: FormState) -> None:
        """Shows an application as it is judged now; fields the clerk is typing in keep their text."""
        self._state = state
        self.head.show_state(state)
        self._show_entered(state)
        self._show_shown(state)
        for binding in self.fields.bindings.values():
            binding.widget.set_locked(is_locked=not state.is_editable)
        application = state.application
        limits = attachment_limits(state.now.date())
        self.attachments.show_attachments(application.attachments, state.now.date(), is_editable=state.is_editable)
        self.upload.show_count(len(application.attachments), limits.count, is_editable=state.is_editable)
        self.goods.show_rows(application.goods, is_editable=state.is_editable)
        self.feedback.show_state(state)
        self.explanation.show_state(state)
        self.setAcceptDrops(state.is_editable)
        self._signs.show_problems(state.problems if state.is_editable else ())
        self.rail.show_state(state)
        self._rail_line.show_state(state)

    def submit(self) -> None:
        """提交: asks for it, or goes to the first thing that is missing."""
        if self._state is None:
            return
        if self._state.is_editable and self._state.obstacles:
            self._signs.call_gaps_wrong()
            self._signs.show_problems(self._state.problems)
            self.go_to(self._state.obstacles[0])
        elif self._state.is_editable or self.feedback.complete():
            self.submit_asked.emit()

    def first_entry(self) -> QWidget:
        """Where typing begins: where it ended the last time, else an approved form's number, else the first field."""
        first = self.feedback.editors or (self.fields.bindings[_ENTERED[0]].widget,)
        known = self._entries().get(self.start_name, first[0])
        return editor_of(known if known.isEnabled() and known.isVisibleTo(self) else first[0])

    def next_problem(self) -> None:
        """F8: the obstacle after the one where the focus is, in the form's order."""
        if not self.rail.isVisible():
            self._call_rail(is_called=True)
        obstacles = self._state.obstacles if self._state is not None and self._state.is_editable else ()
        if not obstacles:
            return
        here = self.focused_name
        places = [place for place, problem in enumerate(obstacles) if problem.field == here]
        self.go_to(obstacles[(places[-1] + 1) % len(obstacles) if places else 0])

    def go_to(self, problem: Problem) -> None:
        """Puts the focus where a problem can be mended, and brings it into view."""
        if problem.field == "attachments" and problem.code in FITTABLE:
            self.attachments.focus_first_wrong()
        elif problem.field in ("attachments", "goods"):
            target = self.upload.button if problem.field == "attachments" else self.goods.editors[0]
            target.setFocus()
        else:
            self.fields.bindings[problem.field].widget.setFocus()
        focused = self.focusWidget()
        if focused is not None:
            self._scroll.ensureWidgetVisible(focused)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._walk(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape and self._signs.is_bubble_shown:
            self._signs.hide_bubble()
        elif event.key() == Qt.Key.Key_Escape and self._is_rail_called:
            self._call_rail(is_called=False)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_given.emit(local_files(event.mimeData()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_first_show:
            self._is_first_show = False
            self.first_entry().setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_rail()

    def paintEvent(self, _event: QPaintEvent) -> None:
        start(self).fillRect(QRectF(self.rect()), self._look.colour("surface"))

    # building

    def _lay_out(self) -> None:
        self.fields.add_flags("随附补充材料", self.upload)
        self.fields.add_wide(self.attachments)
        content = QWidget()
        content.setMaximumWidth(self._look.measures.content_width)
        self._column = QVBoxLayout(content)
        self._column.addWidget(self.fields)
        self._column.addWidget(self._panels, 1)
        self._column.addWidget(self.explanation)
        self._scroll = Scroll(content, is_upright=False)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._middle.addWidget(self._scroll, 1)
        self._middle.addWidget(self.rail)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self._rail_line)
        outer.addLayout(self._middle, 1)

    def _connect(self) -> None:
        for name, binding in self.fields.bindings.items():
            binding.changed.connect(lambda value, name=name: self.changed.emit(name, value))
            binding.widget.entered.connect(partial(self._enter, name, binding.hint_line))
        self.goods.changed.connect(lambda rows: self.changed.emit("goods", rows))
        self.attachments.changed.connect(lambda files: self.changed.emit("attachments", files))
        for intake in (self.upload, self.attachments):
            intake.files_given.connect(self.files_given)
            intake.no_files_given.connect(self.no_files_given)
        for panel in (self.goods, self.feedback, self.explanation):
            panel.hint.connect(partial(self._enter, ""))
        self.head.submit_asked.connect(self.submit)
        self.rail.problem_asked.connect(self.go_to)
        self._rail_line.asked.connect(lambda: self._call_rail(is_called=not self._is_rail_called))
        forward = QShortcut(QKeySequence(Qt.Key.Key_F8), self)
        forward.setContext(Qt.ShortcutContext.WindowShortcut)
        forward.activated.connect(lambda: self.next_problem() if self.isVisible() else None)

    def _dress(self) -> None:
        is_compact = self._look.is_compact
        edge = 6 if is_compact else 10
        self._column.setContentsMargins(8, edge, Space.M, edge)
        self._column.setSpacing(edge)
        self._panels.setMinimumHeight(_LEAST_COMPACT_PANEL_HEIGHT if is_compact else _LEAST_PANEL_HEIGHT)
        self._place_rail()
        self.update()

    # showing

    def _show_entered(self, state: FormState) -> None:
        for name in _ENTERED:
            self.fields.bindings[name].show_value(getattr(state.application, name))

    def _show_shown(self, state: FormState) -> None:
        record = state.record
        shown = {
            "application_number": record.application_number,
            "pre_entry_number": record.pre_entry_number,
            "declarant": state.application.declarant,
            "window_end": _end_words(state.application.window_moment()),
            **_company_words("declarant", state.declarant, record.declarant_name),
            **_company_words("trader", state.trader, record.trader_name),
        }
        for name, text in shown.items():
            self.fields.bindings[name].show_value(text)
        self._field("status").set_chip(status_face(record.status, state.mark), f"申请状态：{record.status.word}")
        for owner, company in (("declarant", state.declarant), ("trader", state.trader)):
            face = GRADE_FACES[company.grade] if company is not None else None
            self._field(f"{owner}_name").set_chip(face, f"企业信用等级：{face.word}" if face is not None else "")

    def _field(self, name: str) -> FieldFrame:
        widget = self.fields.bindings[name].widget
        if not isinstance(widget, FieldFrame):
            raise TypeError(name)
        return widget

    def _enter(self, name: str, hint_line: str) -> None:
        self.hint_changed.emit(hint_line)
        self.rail.mark_current(name)

    # moving about

    def _walkable(self) -> list[QWidget]:
        """What Enter walks through, in the catalogue's order: fields that can be filled in, then the entry rows."""
        bindings = (binding for binding in self.fields.bindings.values() if binding.spec.name in _ENTERED)
        editors = [editor_of(binding.widget) for binding in bindings]
        return editors + [editor_of(widget) for widget in (*self.goods.editors, *self.feedback.editors)]

    def _walk(self, step: int) -> None:
        stops = [widget for widget in self._walkable() if widget.isVisible()]
        focused = self.focusWidget()
        if focused not in stops:
            return
        place = stops.index(focused) + step
        if 0 <= place < len(stops):
            reason = Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
            stops[place].setFocus(reason)

    def _entries(self) -> dict[str, QWidget]:
        """Where something can be typed, by the names of `focused_name`."""
        panels = {"goods": self.goods.editors[0], "explanation": self.explanation.editor}
        numbers = dict(zip(("feedback",), self.feedback.editors, strict=False))
        is_editable = self._state is not None and self._state.is_editable
        fields = {name: binding.widget for name, binding in self.fields.bindings.items() if is_editable}
        return {**fields, **panels, **numbers}

    @property
    def focused_name(self) -> str:
        """The field, list or panel that has the focus, by its name in the catalogue; empty for none."""
        focused = self.focusWidget()
        for name, binding in self.fields.bindings.items():
            if editor_of(binding.widget) is focused:
                return "is_import" if isinstance(binding, CheckBinding) else name
        areas = (
            ("goods", self.goods),
            ("attachments", self.attachments),
            ("attachments", self.upload),
            ("feedback", self.feedback),
            ("explanation", self.explanation),
        )
        return next((name for name, area in areas if area.isAncestorOf(focused)), "")

    # the rail

    def _call_rail(self, *, is_called: bool) -> None:
        self._is_rail_called = is_called
        self._place_rail()

    def _place_rail(self) -> None:
        """Beside the form where there is room, over it when called in a narrow window, else gone into its line."""
        is_wide = self.width() >= (LARGE_RAIL_FROM_WIDTH if self._look.is_large else RAIL_FROM_WIDTH)
        self._rail_line.setVisible(not is_wide)
        self.rail.setVisible(is_wide or self._is_rail_called)


class _Panels(QWidget):
    """Goods and feedback side by side: as high as is left, and no higher for what they hold, as both scroll."""

    def __init__(self, goods: QWidget, feedback: QWidget) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(goods, 3)
        row.addWidget(feedback, 2)

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())


def _end_words(start_moment: datetime | None) -> str:
    if start_moment is None:
        return ""
    end = deadline.window_end(start_moment)
    is_next_day = end.date() > start_moment.date()
    return f"{'次日 ' if is_next_day else ''}{end:%H:%M}"


def _company_words(owner: str, company: Company | None, known_name: str) -> dict[str, str]:
    return {
        f"{owner}_credit_code": company.credit_code if company else "",
        f"{owner}_inspection_code": company.inspection_code if company else "",
        f"{owner}_name": company.name if company else known_name,
    }
