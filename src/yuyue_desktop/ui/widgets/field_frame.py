"""What every field shares: ground by kind, edge by state, signs at the right, words read aloud; knows no value."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role
from yuyue_desktop.ui.widgets.area_editor import AreaEditor
from yuyue_desktop.ui.widgets.chip import Chip, ChipFace
from yuyue_desktop.ui.widgets.field_note import FieldNote
from yuyue_desktop.ui.widgets.line_editor import LineEditor
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, panel, start
from yuyue_desktop.ui.widgets.signs import IconView, Mark, ProblemSign
from yuyue_desktop.ui.widgets.text import Text


class Condition(StrEnum):
    """What is said of a field's value."""

    FINE = "fine"
    WRONG = "wrong"
    WARNED = "warned"


_GROUNDS = {Kind.REQUIRED: "req", Kind.LOCKED: "sys", Kind.OPTIONAL: "opt"}
_EDGES = {Kind.REQUIRED: "req_line", Kind.LOCKED: "sys_line", Kind.OPTIONAL: "field_line"}
_LOWER_EDGE = 1.4
_QUIET_ALPHA = 120
_EDITOR_INSET = 2  # the text margin that Qt's editors have by themselves


class FieldTool(QAbstractButton):
    """A small button inside a field.

    Tab passes it by where the field itself has a key for its act; where it has none, `make_stop` lets Tab stop at it.
    """

    _SIZE = (28, 26)

    def __init__(self, look: Look, icon: str, name: str) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(*self._SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.update)

    def show_icon(self, icon: str) -> None:
        """Takes another icon."""
        self._icon = icon
        self.update()

    def make_stop(self) -> None:
        """Lets the keyboard reach it by Tab; Space and Enter press it."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect())
        if self.hasFocus():
            panel(painter, rect, Radius.FIELD, None, self._look.colour("accent"), width=FOCUS_WIDTH)
        if self.underMouse() and self.isEnabled():
            panel(painter, rect, Radius.FIELD, self._look.colour("ink3", 40))
        self._look.icons.paint(painter, self._icon, rect.adjusted(4, 4, -4, -4), "ink2")


class FieldFrame(QWidget):
    """A field around an editor: kind, problem and lock decide how it looks and what screen readers hear (S10).

    `edited` carries each change that the clerk makes; `committed` the value on Enter, or on leaving after a change;
    `entered` and `left` follow the focus.
    """

    edited = Signal(str)
    committed = Signal(str)
    entered = Signal()
    left = Signal()

    def __init__(self, look: Look, name: str, editor: LineEditor | AreaEditor, kind: Kind, hint: str) -> None:
        super().__init__()
        self._look = look
        self._editor = editor
        self._kind = kind
        self._hint = hint
        self._condition = Condition.FINE
        self._message = ""
        self._is_locked = False
        self._has_focus = False
        self._tools: list[FieldTool] = []
        self._sign = ProblemSign(look)
        self._padlock = IconView(look, "lock", "ink3", 15)
        self._unit = Text(look, "", Role.CAPTION, "ink3")
        self._row = QHBoxLayout(self)
        self._row.setSpacing(5)
        for part in (editor, self._unit, self._sign, self._padlock):
            self._row.addWidget(part)
        self._chip: Chip | None = None
        self._unit.hide()
        self._sign.hide()
        editor.setAccessibleName(name)
        editor.entered.connect(self._enter)
        editor.left.connect(self._leave)
        editor.noted.connect(self._say_note)
        self._note = FieldNote(look, self)
        self.edited.connect(self._note.follow_change)
        self.setFocusProxy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()
        look.changed.connect(self._dress)

    @property
    def hint(self) -> str:
        """The red line at the window's bottom while the field has focus (S10); none while the whole form is locked."""
        return "" if self._is_locked else self._hint

    @property
    def accessible_name(self) -> str:
        """The field's full name."""
        return self._editor.accessibleName()

    @property
    def condition(self) -> Condition:
        """What was said of its value last."""
        return self._condition

    @property
    def message(self) -> str:
        """Why the value is wrong or doubtful, empty when it is fine."""
        return self._message

    @property
    def shown_kind(self) -> Kind:
        """The kind it is painted as: every field of a locked form is grey."""
        return Kind.LOCKED if self._is_locked else self._kind

    def set_kind(self, kind: Kind) -> None:
        """Required, locked or optional."""
        self._kind = kind
        self._dress()

    def set_locked(self, is_locked: bool) -> None:
        """Locks the field because the whole form is."""
        if is_locked != self._is_locked:
            self._is_locked = is_locked
            self._dress()

    def set_problem(self, condition: Condition, message: str = "") -> None:
        """Says what is wrong or doubtful with the value; the message is heard as its description."""
        if (condition, message) != (self._condition, self._message):
            self._condition, self._message = condition, message
            if condition is Condition.WRONG:
                self._note.hide()
            self._dress()

    @property
    def note(self) -> str:
        """What was left out of what was typed last, while it is said."""
        return self._note.words

    def set_unit(self, text: str) -> None:
        """A count or unit at the right, e.g. (42字节)."""
        self._unit.setText(text)
        self._unit.setVisible(bool(text))

    def set_chip(self, face: ChipFace | None, name: str = "") -> None:
        """A chip at the right, e.g. the company's grade."""
        if self._chip is not None and face is not None:
            self._chip.show_face(face, name)
            return
        if self._chip is not None:
            self._row.removeWidget(self._chip)
            self._chip.deleteLater()
            self._chip = None
        if face is not None:
            self._chip = Chip(self._look, face, name=name)
            self._row.insertWidget(self._row.indexOf(self._unit), self._chip)

    def add_tool(self, icon: str, name: str) -> FieldTool:
        """A button at the far right; it goes when the field is locked."""
        tool = FieldTool(self._look, icon, name)
        self._tools.append(tool)
        self._row.addWidget(tool)
        self._dress()
        return tool

    def add_icon(self, icon: str) -> None:
        """An icon at the left."""
        self._row.insertWidget(0, IconView(self._look, icon, "ink3"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect())
        kind = self.shown_kind
        ground = self._look.colour(_GROUNDS[kind])
        if self._has_focus or self._condition is Condition.WRONG:
            edge = "red" if self._condition is Condition.WRONG else "accent"
            width = FOCUS_WIDTH if self._has_focus else _LOWER_EDGE
            panel(painter, rect, Radius.FIELD, ground, self._look.colour(edge), width=width)
            return
        edge = "amber" if self._condition is Condition.WARNED else _EDGES[kind]
        if kind is Kind.LOCKED and self._condition is Condition.FINE:
            panel(painter, rect, Radius.FIELD, ground, self._look.colour(edge))
            return
        self._paint_heavy_foot(painter, rect, edge)

    def _paint_heavy_foot(self, painter: QPainter, rect: QRectF, edge: str) -> None:
        """Quiet sides and a heavier lower edge: the kind is told by form too."""
        ground = self._look.colour(_GROUNDS[self.shown_kind])
        panel(painter, rect, Radius.FIELD, ground, self._look.colour(edge, _QUIET_ALPHA))
        painter.setClipRect(rect.adjusted(0, rect.height() - 4, 0, 0))
        panel(painter, rect, Radius.FIELD, None, self._look.colour(edge), width=_LOWER_EDGE)

    def _enter(self) -> None:
        self._has_focus = True
        self.update()
        self.entered.emit()

    def _leave(self) -> None:
        self._has_focus = False
        self._note.hide()
        self.update()
        self._settle()
        self.left.emit()

    def _say_note(self, title: str, advice: str) -> None:
        around = self.window().findChildren(FieldFrame)
        self._note.say(title, advice, tuple(frame for frame in around if frame is not self and frame.isVisible()))

    def _settle(self) -> None:
        """Called when the focus goes: the place to tidy and commit the value."""

    def _dress(self) -> None:
        kind = self.shown_kind
        is_locked = kind is Kind.LOCKED
        self._editor.setReadOnly(is_locked)
        self._editor.setFont(self._look.font())
        palette = QPalette(self._editor.palette())
        palette.setColor(QPalette.ColorRole.Text, self._look.colour("ink2" if is_locked else "ink"))
        palette.setColor(QPalette.ColorRole.PlaceholderText, self._look.colour("ink3"))
        self._editor.setPalette(palette)
        if isinstance(self._editor, LineEditor):
            self._editor.ground = self._look.colour(_GROUNDS[kind])
        self._padlock.setVisible(is_locked)
        self._sign.setVisible(self._condition is not Condition.FINE)
        self._sign.set_mark(Mark.ERROR if self._condition is Condition.WRONG else Mark.WARNING)
        for tool in self._tools:
            tool.setVisible(not is_locked)
        self._editor.setAccessibleDescription(self._description())
        right = 4 if self._tools and not is_locked else self._look.measures.field_padding
        self._row.setContentsMargins(self._look.measures.field_padding - _EDITOR_INSET, 0, right, 0)
        self._fit_height()
        self.update()

    def _fit_height(self) -> None:
        self.setFixedHeight(self._look.measures.field_height)

    def _description(self) -> str:
        demand = {Kind.REQUIRED: "必填", Kind.LOCKED: "由系统填写，不能修改", Kind.OPTIONAL: ""}[self._kind]
        if self._is_locked and self._kind is not Kind.LOCKED:
            demand = "已锁定，不能修改"
        return "。".join(part.rstrip("。") for part in (demand, self.hint, self._message) if part)
