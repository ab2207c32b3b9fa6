"""Hears from the operating system that the screen is locked or the machine sleeps; knows no card.

Windows says so in messages to the window, Linux (logind) over D-Bus. Where neither is there, time that passed unnoticed
is all that tells (services/away.py).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Slot
from PySide6.QtWidgets import QWidget

from yuyue_desktop.services.away import Absence

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

Left = Callable[[Absence], object]

_POWER_MESSAGE, _SUSPENDS = 0x0218, 0x0004
_SESSION_MESSAGE = 0x02B1
_SESSION_LEFT = frozenset({0x2, 0x4, 0x6, 0x7})
"""WM_WTSSESSION_CHANGE: console and remote disconnected, logged off, locked."""

LOGIND = "org.freedesktop.login1"
_SLEEP = ("/org/freedesktop/login1", f"{LOGIND}.Manager", "PrepareForSleep", "b")
_LOCK = ("", f"{LOGIND}.Session", "Lock", "")


def absence_in_message(message: int, argument: int) -> Absence | None:
    """What a message of Windows (its number and wParam) says about the person at the machine."""
    if message == _POWER_MESSAGE and argument == _SUSPENDS:
        return Absence.SLEPT
    if message == _SESSION_MESSAGE and argument in _SESSION_LEFT:
        return Absence.SCREEN_LOCKED
    return None


class BusAbsence(QObject):
    """Hears logind's signals on a D-Bus connection; where there is no logind it hears nothing."""

    def __init__(self, bus: QDBusConnection, left: Left, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = left
        for (path, interface, name, signature), slot in (
            (_SLEEP, SLOT("sleeps(bool)")),
            (_LOCK, SLOT("locks()")),
        ):
            bus.connect("", path, interface, name, signature, self, cast("bytes", slot))

    @Slot(bool)
    def sleeps(self, is_beginning: bool) -> None:
        """logind: the machine is about to sleep, or has woken."""
        if is_beginning:
            self._left(Absence.SLEPT)

    @Slot()
    def locks(self) -> None:
        """logind: the session's screen is to be locked."""
        self._left(Absence.SCREEN_LOCKED)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _WindowMessages(QAbstractNativeEventFilter):
        def __init__(self, left: Left) -> None:
            super().__init__()
            self._left = left

        def nativeEventFilter(self, _kind: QByteArray | bytes, message: int) -> tuple[bool, int]:
            said = wintypes.MSG.from_address(int(message))
            absence = absence_in_message(said.message, said.wParam)
            if absence is not None:
                self._left(absence)
            return False, 0

    def watch_system(window: QWidget, left: Left) -> object:
        """Hear it for as long as what is returned lives."""
        messages = _WindowMessages(left)
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(messages)
        ctypes.windll.wtsapi32.WTSRegisterSessionNotification(wintypes.HWND(window.winId()), 0)
        return messages
else:

    def watch_system(window: QWidget, left: Left) -> object:
        """Hear it for as long as what is returned lives."""
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - not part of the Windows program

        return BusAbsence(QDBusConnection.systemBus(), left, window)
