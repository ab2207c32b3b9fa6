"""Where a drawer lies: at the right over tabs and page, not modal, gliding in; knows nothing of what is in it."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, Qt, QVariantAnimation, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.shell.regions import first_focusable

GLIDE_MS = 160


class DrawerHost(QObject):
    """Keeps one drawer at the right edge of `area`; the focus goes back to where it was when it closes."""

    closed = Signal()

    def __init__(self, look: Look, area: QWidget) -> None:
        super().__init__(area)
        self._look = look
        self._area = area
        self._drawer: QWidget | None = None
        self._opener: QWidget | None = None
        self._glide = QVariantAnimation(self)
        self._glide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._glide.valueChanged.connect(self._place)
        area.installEventFilter(self)

    @property
    def drawer(self) -> QWidget | None:
        """The drawer that is open."""
        return self._drawer

    def open(self, drawer: QWidget) -> None:
        """Show a drawer as wide as its size hint; one that is open is closed first."""
        if drawer is self._drawer:
            return
        self.close()
        self._opener = QApplication.focusWidget()
        self._drawer = drawer
        drawer.setParent(self._area)
        self._place(1.0)
        drawer.show()
        drawer.raise_()
        self._start()
        target = first_focusable(drawer)
        if target is not None:
            target.setFocus(Qt.FocusReason.PopupFocusReason)

    def close(self) -> None:
        """Hide the drawer; it is not deleted."""
        drawer, self._drawer = self._drawer, None
        if drawer is None:
            return
        self._glide.stop()
        focused = QApplication.focusWidget()
        had_focus = focused is None or drawer.isAncestorOf(focused)
        drawer.hide()
        drawer.setParent(None)
        if had_focus and self._opener is not None and isValid(self._opener) and self._opener.isVisible():
            self._opener.setFocus(Qt.FocusReason.PopupFocusReason)
        self._opener = None
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._glide.stop()
            self._place(0.0)
        return super().eventFilter(watched, event)

    def _start(self) -> None:
        duration_ms = self._look.motion_ms(GLIDE_MS)
        if not duration_ms:
            self._place(0.0)
            return
        self._glide.setDuration(duration_ms)
        self._glide.setStartValue(1.0)
        self._glide.setEndValue(0.0)
        self._glide.start()

    def _place(self, hidden_share: float) -> None:
        if self._drawer is None:
            return
        width = min(self._drawer.sizeHint().width(), self._area.width())
        left = self._area.width() - round(width * (1 - hidden_share))
        self._drawer.setGeometry(left, 0, width, self._area.height())
