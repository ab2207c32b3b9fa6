"""The thin line under the tabs while something takes its time; nothing is shown for what is quick."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from yuyue_desktop.ui.look.look import Look

PATIENCE_MS = 300
"""What ends sooner shows nothing."""

HEIGHT = 2
_ROUND_MS = 1200
_SHARE = 0.25


class ProgressLine(QWidget):
    """Lies over the top edge of what it belongs to."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFixedHeight(HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("正在进行")
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._appear)
        self._motion = QVariantAnimation(self)
        self._motion.setStartValue(-_SHARE)
        self._motion.setEndValue(1.0)
        self._motion.setLoopCount(-1)
        self._motion.valueChanged.connect(self.update)
        self.hide()

    def show_busy(self, *, is_busy: bool) -> None:
        """Whether something is under way now; may be said again and again."""
        if not is_busy:
            self._patience.stop()
            self._motion.stop()
            self.hide()
        elif not self._patience.isActive() and self.isHidden():
            self._patience.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("accent_soft"))
        place = self._motion.currentValue() if self._motion.state() is self._motion.State.Running else 0.0
        bar = QRectF(float(place) * self.width(), 0, _SHARE * self.width(), HEIGHT)
        painter.fillRect(bar, self._look.colour("accent"))

    def _appear(self) -> None:
        self.show()
        self.raise_()
        duration_ms = self._look.motion_ms(_ROUND_MS)
        if duration_ms:
            self._motion.setDuration(duration_ms)
            self._motion.start()
