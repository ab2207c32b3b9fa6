"""Ends the card's login while nobody is at this machine, and says so when somebody is back; knows no card's driver."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from yuyue_desktop.domain.limits import CARD_IDLE_MINUTES
from yuyue_desktop.services.away import Absence, AwayWatch
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.ui.presenters.remembering import Remembered
from yuyue_desktop.ui.system_absence import watch_system

IDLE_MINUTES = "card_idle_minutes"
"""Setting: one of CARD_IDLE_MINUTES, the second where none was chosen."""

TICK_MS = 5000
_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Away(QObject):
    """Watches one window; `told` hears why a login was ended, in words ready for the screen, at the first act after."""

    def __init__(
        self,
        window: QWidget,
        card: CardSession,
        remembered: Remembered,
        told: Callable[[str], object],
        wall_s: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(window)
        self.card = card
        self._remembered = remembered
        self._told = told
        self._untold = ""
        self._watch = AwayWatch(card, wall_s, self._tell)
        chosen = remembered.text(IDLE_MINUTES)
        if chosen in {str(minutes) for minutes in CARD_IDLE_MINUTES}:
            self._watch.set_minutes(int(chosen))
        self._system = watch_system(window, self._watch.left)
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._watch.tick)
        self._timer.start()
        window.winId()  # there is a native window from here on
        window.windowHandle().installEventFilter(self)

    @property
    def minutes(self) -> int:
        """Minutes without an act after which the card's login ends."""
        return self._watch.minutes

    def choose_minutes(self, minutes: int) -> None:
        """Take another span, and keep it for the next start."""
        self._remembered.keep(IDLE_MINUTES, str(minutes))
        self._watch.set_minutes(minutes)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTS:
            self._watch.acted()
            words, self._untold = self._untold, ""
            if words:
                self._told(words)
        return super().eventFilter(watched, event)

    def _tell(self, absence: Absence) -> None:
        reasons = {
            Absence.IDLE: f"{self._watch.minutes} 分钟没有操作",
            Absence.SCREEN_LOCKED: "屏幕锁定过",
            Absence.SLEPT: "电脑休眠过",
        }
        self._untold = f"{reasons[absence]}。下次签名时再输卡密码，草稿都在。"
