"""A clerk at work in one scenario: what she sees, what she presses, and the practice office's side of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tests.e2e.practice_window import PracticeWindow
from tests.e2e.tour import WINDOW, Tour
from yuyue_desktop.domain.application import ApplicationRecord, Status
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.dialogs.confirm_dialog import ConfirmDialog
from yuyue_desktop.ui.pages.sign_in_page import WAYS, SignInPage
from yuyue_desktop.ui.pages.start_page import StartPage
from yuyue_desktop.ui.presenters.form import FormPresenter
from yuyue_desktop.ui.presenters.form_page import FormPage
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.widgets.field_frame import FieldFrame
from yuyue_practice.control.client import ControlClient

SIZE = (1366, 768)


class AtWork(Tour):
    """Acts by the keyboard where there are keys for it, by the mouse else; looks at widgets that are in view."""

    def __init__(self, practice: PracticeWindow, out: Path) -> None:
        practice.window_program.window.resize(*SIZE)
        super().__init__(practice, out)
        self.practice = practice
        self.clerk = self._clerk

    @property
    def office(self) -> ControlClient:
        """The practice office's control."""
        return ControlClient(self.practice.office.profile_file.parent / "office")

    @property
    def state(self) -> FormState:
        """The form in front."""
        return self._state()

    @property
    def record(self) -> ApplicationRecord:
        """The application in front as the window knows it."""
        return self._state().record

    def _state(self) -> FormState:
        presenter = self.page.findChild(FormPresenter)
        assert presenter is not None
        return presenter.editing.state()

    @property
    def page(self) -> FormPage:
        """The tab of the application in front."""
        page = self.shown(ShellFrame).page
        assert isinstance(page, FormPage), "no application is in front"
        return page

    def forms(self) -> list[FormPage]:
        """The tabs of applications that are open."""
        return [page for page in self.shown(ShellFrame).pages if isinstance(page, FormPage)]

    # what is in view

    def words(self) -> Iterator[str]:
        """All that can be read: labels, buttons, what is said at fields."""
        for widget in self._window.findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, QLabel | QAbstractButton):
                yield widget.text()
            elif isinstance(widget, FieldFrame):
                yield widget.message

    def sees(self, part: str) -> bool:
        """Whether something in view says this."""
        return any(part in words for words in self.words())

    def wait_to_see(self, part: str) -> None:
        """Wait until something in view says this."""
        self.clerk.wait_for(f"{part} in view", lambda: self.sees(part))

    def wait_for_status(self, status: Status) -> None:
        """Wait until the application in front has a status."""
        self.clerk.wait_for(status.word, lambda: self.record.status is status)

    # what she does

    def click(self, words: str) -> None:
        """Press the button in view that says this, by the mouse."""
        found = [
            button
            for button in self._window.findChildren(QAbstractButton)
            if button.isVisible() and button.isEnabled() and button.text() == words
        ]
        if not found:
            raise AssertionError(f"no button {words} in view")
        QTest.mouseClick(found[-1], Qt.MouseButton.LeftButton)

    def dismiss(self, words: str) -> None:
        """Read a dialog that says this, and close it."""
        self.wait_to_see(words)
        self.clerk.press(Qt.Key.Key_Return)
        self.clerk.wait_for("the dialog is gone", lambda: not self.sees(words))

    def sign_in_with_password(self, user: str, password: str) -> None:
        """Choose 账号, type both, Enter (S2)."""
        page = self.shown(SignInPage)
        page.ways.choose([word for _, word in WAYS].index("账号"))
        page.take_focus()
        self.clerk.enter(user)
        self.clerk.enter(password)
        self.clerk.wait_for("the work page", lambda: self.visible(StartPage))

    def begin(self) -> None:
        """Ctrl+N, and wait for the new form."""
        before = len(self.forms())
        self.clerk.ctrl(Qt.Key.Key_N)
        self.clerk.wait_for("the form", lambda: len(self.forms()) > before)

    def focus(self, name: str) -> None:
        """Put the keyboard into a field in view."""
        fields = [field for field in self.page.findChildren(FieldFrame) if field.accessible_name == name]
        assert fields, f"no field {name} in view"
        fields[0].setFocus()

    def clear_field(self) -> None:
        """Take everything out of the field that has the keyboard."""
        self.clerk.ctrl(Qt.Key.Key_A)
        self.clerk.press(Qt.Key.Key_Delete)

    def confirm(self, words: str) -> None:
        """Press the button of a question that says this."""
        self.clerk.wait_for("the question", lambda: self.visible(ConfirmDialog))
        dialog = self.shown(ConfirmDialog)
        assert dialog.act.text() == words
        QTest.mouseClick(dialog.act, Qt.MouseButton.LeftButton)

    def sign_in_again(self) -> None:
        """By card, where work was left: a tab is in front."""
        self.clerk.wait_for("the card is shown", lambda: self.shown(SignInPage).pin.is_open)
        self.clerk.enter(self.practice.office.pin)
        self.clerk.wait_for("the work", lambda: self.visible(FormPage))

    def press_submit(self) -> None:
        """Alt+T."""
        self.clerk.alt(Qt.Key.Key_T)

    def declare_it(self) -> None:
        """提交, and wait until the gateway has it."""
        self.press_submit()
        self.wait_for_status(Status.DECLARED)

    def copy_it(self) -> None:
        """Alt+C; a copy has no window yet: give it the same one again."""
        former = self.record.id
        has_files = bool(self.state.application.attachments)
        self.clerk.alt(Qt.Key.Key_C)
        if has_files:
            self.clerk.wait_for("the question", lambda: self.sees("不带附件"))
            self.click("不带附件")
        self.clerk.wait_for("the copy", lambda: self.record.id != former)
        self.enter_window()

    def enter_window(self) -> None:
        """Go to the window's field by F8, which leads to the first thing missing, and type it."""
        self.clerk.press(Qt.Key.Key_F8)
        self.clerk.enter(WINDOW)
        self.clerk.wait_for("nothing is missing", lambda: not self.state.obstacles)

    def answer(self, step: str, text: str = "") -> None:
        """The officer's answer to the application in front."""
        number = self.record.pre_entry_number
        self.office.call("POST", "/practice/answers", {"number": number, "step": step, "text": text})

    def fitting_declaration(self) -> str:
        """A declaration on the practice register that fits the application in front."""
        made: dict[str, Any] = self.office.call(
            "POST", "/practice/declarations/fitting", {"fit": self.record.pre_entry_number}
        )
        return str(made["number"])

    def stop_office(self) -> None:
        """The gateway goes, as a server does at night; returns once it is gone."""
        self.office.stop()

    def put_card(self, number: str | None) -> None:
        """Put a card into the reader, or pull it."""
        self.office.call("PUT", "/practice/reader", {"number": number})
