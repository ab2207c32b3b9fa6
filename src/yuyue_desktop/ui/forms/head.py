"""The form's head: title, status, number, why it is locked, and the acts its status allows; knows no field."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from yuyue_desktop.domain.application import Status, Step, is_allowed
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.texts import words
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.alt_keys import AltKeys
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.chip import STATUS_FACES, Chip, status_face
from yuyue_desktop.ui.widgets.painting import start
from yuyue_desktop.ui.widgets.text import Text

TITLE = "预约通关申请单"


class FormHead(QWidget):
    """Tells which act was asked for; 提交 declares a draft and sends the feedback of an approved application."""

    copy_asked = Signal()
    print_asked = Signal()
    delete_asked = Signal()
    cancel_asked = Signal()
    save_asked = Signal()
    submit_asked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._title = Text(look, TITLE, Role.FORM_TITLE, is_bold=True)
        self._chip = Chip(look, STATUS_FACES[Status.DRAFT])
        self._number = Text(look, "", Role.LABEL, "ink2")
        self._why = Text(look, "", Role.LABEL, "ink2")
        ghost = ButtonKind.GHOST
        self._copy = Button(look, "复制", ghost, icon="copy", held_keys="Alt+C")
        self._print = Button(look, "打印", ghost, icon="print", held_keys="Alt+P")
        self._delete = Button(look, "删除", ghost, icon="trash", held_keys="Alt+R")
        self._cancel = Button(look, "取消预约", ButtonKind.OUTLINED, icon="ban")
        self._save = Button(look, "暂存", ButtonKind.PLAIN, keys="Alt+S")
        self._submit = Button(look, "提交", ButtonKind.PRIMARY, icon="plane", keys="Alt+T")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lay_out()
        self._connect()
        self._dress()
        look.changed.connect(self._dress)

    @property
    def buttons(self) -> dict[str, Button]:
        """The acts by their word."""
        acts = (self._copy, self._print, self._delete, self._cancel, self._save, self._submit)
        return {button.text(): button for button in acts}

    def show_state(self, state: FormState) -> None:
        """Shows status and number, and the acts that are possible now."""
        record = state.record
        self._chip.show_face(status_face(record.status, state.mark), f"申请状态：{record.status.word}")
        self._number.setText(record.pre_entry_number)
        self._why.setText(_why_locked(state))
        may_edit = state.is_editable
        start_moment = state.application.window_moment()
        may_cancel = is_allowed(record.status, Step.CANCEL) and start_moment is not None and state.now < start_moment
        self._delete.setVisible(may_edit)
        self._save.setVisible(may_edit)
        self._cancel.setVisible(may_cancel and state.mark is None)
        may_feed_back = is_allowed(record.status, Step.FEED_BACK) and state.mark is None
        self._submit.setVisible(may_edit or may_feed_back)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._look.measures.head_height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), self._look.colour("line"))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, Space.L, 0)
        row.setSpacing(Space.S)
        for part in (self._title, self._chip, self._number, self._why):
            row.addWidget(part)
        row.addStretch(1)
        for button in (self._copy, self._print, self._delete):
            row.addWidget(button)
        row.addSpacing(Space.S)
        for button in (self._cancel, self._save, self._submit):
            row.addWidget(button)

    def _connect(self) -> None:
        for button, signal, keys in (
            (self._copy, self.copy_asked, "Alt+C"),
            (self._print, self.print_asked, "Alt+P"),
            (self._delete, self.delete_asked, "Alt+R"),
            (self._cancel, self.cancel_asked, ""),
            (self._save, self.save_asked, "Alt+S"),
            (self._submit, self.submit_asked, "Alt+T"),
        ):
            button.clicked.connect(signal)
            if keys:
                self._bind(keys, button, even_hidden=button is self._print)
        AltKeys(self, [self._copy, self._print, self._delete])

    def _bind(self, keys: str, button: Button, *, even_hidden: bool) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: button.click() if even_hidden or button.isVisible() else None)

    def _dress(self) -> None:
        self.setFixedHeight(self._look.measures.head_height)


def _why_locked(state: FormState) -> str:
    if state.mark is not None:
        return f"{state.mark.word}，不能修改"
    if not state.may_act:
        return words(Code.CARD_NOT_BOUND).title
    return "" if state.is_editable else f"{state.record.status.word}，不能修改"
