"""A note that comes by itself and goes by itself: a receipt that arrived, a step that can be undone; never an error."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius, Role, Space
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.bubble import Uncovered
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.painting import panel, soft_shadow, start
from yuyue_desktop.ui.widgets.sight import rect_in
from yuyue_desktop.ui.widgets.signs import IconView
from yuyue_desktop.ui.widgets.text import Text

SHOWN_MS = 6000
_SHADOW = 12


class Toast(Uncovered):
    """One at a time, bottom right of `window`, `bottom` pixels above its edge; stays while the pointer is on it."""

    acted = Signal()

    def __init__(self, look: Look, window: QWidget, bottom: int, shown_ms: int = SHOWN_MS) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._bottom = bottom
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(shown_ms)
        self._timer.timeout.connect(self.hide)
        self._icon = IconView(look, "info", "accent", 18)
        self._title = Text(look, "", Role.LABEL, is_bold=True, is_wrapped=True)
        self._detail = Text(look, "", Role.CAPTION, "ink2", is_wrapped=True)
        self._button = Button(look, "", ButtonKind.LINK, is_small=True)
        self._button.clicked.connect(self._act)
        self._lay_out()
        window.installEventFilter(self)
        self.hide()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._detail)
        words.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(_SHADOW + 14, _SHADOW + 10, _SHADOW + 10, _SHADOW + 10)
        row.setSpacing(Space.M)
        row.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def tell(self, title: str, detail: str = "", *, icon: str = "inbox", act: str = "") -> None:
        """Shows a note in place of the one before; `act` is a button's word, e.g. 撤销."""
        self._icon.show_icon(icon, "accent")
        self._title.setText(title)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._button.setText(act)
        self._button.setVisible(bool(act))
        self._button.updateGeometry()
        self._place()
        self.show()
        self.raise_()
        self.clear_way()
        self._timer.start()
        announce(self, "。".join(part for part in (title, detail) if part))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        soft_shadow(painter, self._look, rect, Radius.CARD, reach=_SHADOW)
        panel(painter, rect, Radius.CARD, self._look.colour("raised"), self._look.colour("line_strong"))

    def _act(self) -> None:
        self.hide()
        self.acted.emit()

    def _place(self) -> None:
        # Within the form's rail, whatever the size of the words.
        width = self._look.measures.rail_width - Space.L - Space.XS + 2 * _SHADOW
        self.setFixedWidth(width)
        # The size hint measures the wrapped words at a width that they will not have.
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        right = self._window.width() - width - Space.L + _SHADOW
        place = QRect(right, self._window.height() - self._bottom - height + _SHADOW - Space.S, width, height)
        self.setGeometry(self._off_what_is_filled_in(place))

    def _off_what_is_filled_in(self, place: QRect) -> QRect:
        """A small window has no rail: what covers the field that is being filled in goes above it."""
        field = QApplication.focusWidget()
        if field is None or not self._window.isAncestorOf(field):
            return place
        filled_in = rect_in(field, self._window)
        if not place.intersects(filled_in):
            return place
        above = QRect(place)
        above.moveBottom(filled_in.top() - Space.S + _SHADOW)
        return above if above.top() >= 0 else place
