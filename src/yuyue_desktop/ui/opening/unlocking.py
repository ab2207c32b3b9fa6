"""Opens the store's key with the clerk's help, before anything else is shown; knows no vault, no file and no store."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from yuyue_desktop.domain.errors import Blame, Code, YuyueError
from yuyue_desktop.domain.store_key import OpenedKey
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.ui.dialogs import key_questions
from yuyue_desktop.ui.dialogs.recovery_code_dialog import EXPLANATION, RecoveryCodeDialog
from yuyue_desktop.ui.dialogs.secret_dialog import SecretDialog, SecretRequest
from yuyue_desktop.ui.opening.view import OpeningView
from yuyue_desktop.ui.worker import in_worker

ASKING_SYSTEM = "正在向系统取本机数据的密钥。系统若弹出窗口询问，请允许"
OPENING = "正在打开本机数据…"


class Keys(Protocol):
    """The ways to the key; all but `is_under_password` may block for seconds. Errors: YuyueError, see StoreKeys."""

    @property
    def is_under_password(self) -> bool: ...
    def open_from_system(self) -> OpenedKey: ...
    def open_with_password(self, password: str) -> OpenedKey: ...
    def open_with_recovery_code(self, code: str) -> OpenedKey: ...
    def keep_under_password(self, key: bytes, password: str) -> OpenedKey: ...


class Unlocking(QObject):
    """`opened` carries the key, `refused` a YuyueError that nobody can mend here, `left`: the clerk gave up."""

    opened = Signal(object)
    refused = Signal(object)
    left = Signal()

    def __init__(self, view: OpeningView, keys: Keys) -> None:
        super().__init__(view.window)
        self._view = view
        self._keys = keys

    def start(self, password: str | None = None) -> None:
        """By a password that was handed over, and then a wrong one is refused; else by what this profile uses."""
        if password is not None:
            self._wait(partial(self._keys.open_with_password, password), OPENING, self.refused.emit)
        elif self._keys.is_under_password:
            self._ask_password()
        else:
            self._ask_system()

    # the ways

    def _ask_system(self) -> None:
        self._wait(self._keys.open_from_system, ASKING_SYSTEM, self._ask_instead)

    def _ask_instead(self, error: YuyueError) -> None:
        """What to ask where the system's key store gave no key."""
        if error.code is Code.KEY_STORE_UNAVAILABLE:
            self._ask(key_questions.FIRST_PASSWORD, self._keys.open_with_password, self._ask_system)
        elif error.code is Code.KEY_STORE_SILENT:
            self._ask(key_questions.SILENT_KEY_STORE, self._keys.open_with_recovery_code, self._ask_system)
        elif error.code is Code.STORE_KEY_MISSING:
            self._ask(key_questions.LOST_KEY, self._keys.open_with_recovery_code)
        else:
            self.refused.emit(error)

    def _ask_password(self) -> None:
        request = key_questions.PRACTICE_PASSWORD if self._view.is_practice else key_questions.PASSWORD
        self._ask(request, self._keys.open_with_password, self._ask_code)

    def _ask_code(self) -> None:
        self._ask(key_questions.FORGOTTEN_PASSWORD, self._keys.open_with_recovery_code, self._ask_password)

    def _take(self, opened: OpenedKey) -> None:
        """The key is kept, and its recovery code written down, before anything is encrypted with it."""
        if not opened.is_kept:
            keep = self._keys.keep_under_password
            self._ask(key_questions.NEW_PASSWORD, partial(keep, opened.key))
        elif opened.recovery_code:
            self._show_code(opened)
        else:
            self.opened.emit(opened.key)

    def _show_code(self, opened: OpenedKey) -> None:
        self._view.page.rest()
        words = key_questions.CODE_EXPLANATION if self._keys.is_under_password else EXPLANATION
        dialog = RecoveryCodeDialog(
            self._view.look, self._view.window, opened.recovery_code, words, is_practice=self._view.is_practice
        )
        dialog.kept.connect(lambda: self.opened.emit(opened.key))
        dialog.open()

    # dialog and worker

    def _ask(
        self, request: SecretRequest, open_with: Callable[[str], OpenedKey], other: Callable[[], None] | None = None
    ) -> None:
        self._view.page.rest()
        dialog = SecretDialog(self._view.look, self._view.window, request, is_practice=self._view.is_practice)

        def opened(key: OpenedKey) -> None:
            dialog.dismiss()
            self._take(key)

        def failed(error: YuyueError) -> None:
            if error.blame is Blame.USER:
                dialog.say_wrong(str(error_words(error)))
            else:
                dialog.dismiss()
                self.refused.emit(error)

        dialog.entered.connect(
            lambda secret: self._view.bridge.when_done(in_worker(partial(open_with, secret)), opened, failed)
        )
        dialog.cancelled.connect(self.left)
        if other is not None:
            dialog.other_wanted.connect(other)
        dialog.open()

    def _wait(self, opening: Callable[[], OpenedKey], words: str, failed: Callable[[YuyueError], object]) -> None:
        self._view.page.wait(words)
        self._view.bridge.when_done(in_worker(opening), self._take, failed)
