"""User name and password (S2); keeps nothing, knows no account."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.field_label import FieldLabel
from yuyue_desktop.ui.widgets.text import Text

NOTE = "账号登录要联网，可录入、暂存、查询；申报时仍要插卡。"


class AccountEntry(QWidget):
    """`submitted` carries user name and password, once; the password field is empty by then."""

    submitted = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.user = Field(look, "用户名", kind=Kind.REQUIRED, hint="填单一窗口的用户名", is_narrow=True)
        self.user.add_icon("person")
        self.password = Field(look, "登录密码", kind=Kind.REQUIRED, hint="填单一窗口的登录密码，按回车登录")
        self.password.add_icon("key")
        self.password.set_secret("显示密码")
        self.password.editor.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText)
        self._words = Text(look, NOTE, Role.CAPTION, "ink2", is_wrapped=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        for name, field in (("用户名", self.user), ("登录密码", self.password)):
            label = FieldLabel(look, name, field, is_required=True)
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(field)
            column.addSpacing(Space.XS)
            field.edited.connect(lambda _text: self.forget_problem())
        column.addWidget(self._words)
        column.addStretch(1)
        self.user.editor.returnPressed.connect(self.password.setFocus)
        self.password.editor.returnPressed.connect(self.submit)
        self.setFocusProxy(self.user)

    def submit(self) -> None:
        """Hand both on if both are there."""
        for field, words in ((self.user, "还没有填用户名"), (self.password, "还没有填登录密码")):
            if not field.text:
                self._say(field, words)
                return
        password = self.password.text
        self.password.set_text("")
        self.submitted.emit(self.user.text, password)

    def say_wrong(self, words: str) -> None:
        """The gateway refused."""
        self._say(self.password, words)

    def set_locked(self, *, is_locked: bool) -> None:
        """Take no input while the gateway is asked."""
        self.user.set_locked(is_locked)
        self.password.set_locked(is_locked)

    def forget_problem(self) -> None:
        """Nothing is wrong any more."""
        for field in (self.user, self.password):
            field.set_problem(Condition.FINE)
        self._words.setText(NOTE)
        self._words.set_colour("ink2")

    def _say(self, field: Field, words: str) -> None:
        field.set_problem(Condition.WRONG, words)
        self._words.setText(words)
        self._words.set_colour("red")
        announce(field, words)
        field.setFocus()
