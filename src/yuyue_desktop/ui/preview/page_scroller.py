"""The pages of a PDF one below the other, drawn as they come into view; draws none itself, knows no file.

Keys: ↑ ↓ a little, PgUp PgDn a screen, ← → a page, Home End the first and last page; Ctrl with the wheel zooms.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from yuyue_desktop.domain.pdf import PageImage, PageSize
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Radius
from yuyue_desktop.ui.preview.page_images import PageImages, paint_words
from yuyue_desktop.ui.preview.page_layout import GAP, PageLayout, lay_out
from yuyue_desktop.ui.widgets.announcing import announce
from yuyue_desktop.ui.widgets.painting import FOCUS_WIDTH, panel, start

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""Shares of the width that fits."""

_SETTLE_MS = 30
_KEY_STEP = 60
_OVERLAP = 40
_CURRENT_AT = 1 / 3  # of the view's height: the page there is the one that is looked at


class PageScroller(QAbstractScrollArea):
    """`wanted` carries the pages that are in view and not drawn yet, each with its width in pixels, nearest first."""

    wanted = Signal(tuple)
    current_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sizes: tuple[PageSize, ...] = ()
        self._layout = PageLayout((), (), 0, 0)
        self._zoom = 1.0
        self._current = 0
        self._images = PageImages(look)
        self._words = ""
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("页面")
        self.verticalScrollBar().setSingleStep(_KEY_STEP)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        look.changed.connect(self.viewport().update)

    @property
    def current(self) -> int:
        """The page that is looked at, the first is 0."""
        return self._current

    @property
    def drawn(self) -> frozenset[int]:
        """The pages that are drawn."""
        return self._images.drawn

    def say(self, words: str) -> None:
        """Words in the place of pages."""
        self._words = words
        self.setAccessibleName(words)
        self.viewport().update()

    def show_pages(self, sizes: Sequence[PageSize]) -> None:
        """Takes the pages; they are drawn as they come into view."""
        self._words = ""
        self._sizes = tuple(sizes)
        self._lay_out()
        self._name_current()

    def show_image(self, page: int, width: int, image: PageImage) -> None:
        """Takes a page as it was asked for with `width`."""
        self._images.put(page, width, image, self._current)
        self.viewport().update()

    def show_failure(self, page: int, width: int, words: str) -> None:
        """A page can't be drawn."""
        self._images.fail(page, width, words)
        self.viewport().update()

    def go_to(self, page: int) -> None:
        """Brings the top of a page into view."""
        page = min(max(page, 0), len(self._sizes) - 1)
        if page < 0:
            return
        self.verticalScrollBar().setValue(self._layout.tops[page] - GAP)
        self._set_current(page)

    def step_zoom(self, step: int) -> None:
        """One step larger or smaller; 0 is back to the width that fits."""
        place = ZOOMS.index(1.0) if step == 0 else ZOOMS.index(self._zoom) + step
        zoom = ZOOMS[min(max(place, 0), len(ZOOMS) - 1)]
        if zoom != self._zoom:
            self._zoom = zoom
            self._lay_out()
            self.zoom_changed.emit(zoom)

    # QAbstractScrollArea

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar, screen = self.verticalScrollBar(), self.viewport().height() - _OVERLAP
        moves = {
            Qt.Key.Key_Down: lambda: bar.setValue(bar.value() + _KEY_STEP),
            Qt.Key.Key_Up: lambda: bar.setValue(bar.value() - _KEY_STEP),
            Qt.Key.Key_PageDown: lambda: bar.setValue(bar.value() + screen),
            Qt.Key.Key_PageUp: lambda: bar.setValue(bar.value() - screen),
            Qt.Key.Key_Space: lambda: bar.setValue(bar.value() + screen),
            Qt.Key.Key_Home: lambda: self.go_to(0),
            Qt.Key.Key_End: lambda: self.go_to(len(self._sizes) - 1),
            Qt.Key.Key_Left: lambda: self._sideways(-1),
            Qt.Key.Key_Right: lambda: self._sideways(1),
        }
        move = moves.get(Qt.Key(event.key()))
        if move is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            move()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole = QRectF(self.viewport().rect())
        painter.fillRect(whole, self._look.colour("chrome"))
        if self._words:
            paint_words(painter, self._look, whole, self._words, "ink2")
        for page in self._pages_in_view():
            self._images.paint(painter, page, QRectF(self._place(page)), whole)
        if self.hasFocus():
            panel(
                painter,
                whole.adjusted(1, 1, -1, -1),
                Radius.FIELD,
                None,
                self._look.colour("accent"),
                width=FOCUS_WIDTH,
            )

    # places

    def _place(self, page: int) -> QRect:
        """Where a page is in the view."""
        return self._layout.rects[page].translated(
            -self.horizontalScrollBar().value(), -self.verticalScrollBar().value()
        )

    def _pages_in_view(self) -> range:
        top = self.verticalScrollBar().value()
        return self._layout.in_view(top, top + self.viewport().height())

    def _lay_out(self) -> None:
        """Lay the pages out anew; what is looked at stays in view."""
        view, bar = self.viewport().size(), self.verticalScrollBar()
        share = bar.value() / self._layout.height if self._layout.height else 0.0
        self._layout = lay_out(self._sizes, view.width(), self._zoom)
        bar.setPageStep(view.height())
        bar.setRange(0, max(self._layout.height - view.height(), 0) if self._sizes else 0)
        side = self.horizontalScrollBar()
        side.setPageStep(view.width())
        side.setRange(0, max(self._layout.width - view.width(), 0))
        side.setValue(side.maximum() // 2)
        bar.setValue(round(share * self._layout.height))
        self._settle.start()
        self.viewport().update()

    def _sideways(self, step: int) -> None:
        """A page on; where the page is wider than the view, along it."""
        side = self.horizontalScrollBar()
        if side.maximum():
            side.setValue(side.value() + step * _KEY_STEP)
        else:
            self.go_to(self._current + step)

    def _scrolled(self) -> None:
        bar = self.verticalScrollBar()
        if self._sizes:
            at_end = bar.maximum() > 0 and bar.value() == bar.maximum()
            middle = bar.value() + round(self.viewport().height() * _CURRENT_AT)
            self._set_current(len(self._sizes) - 1 if at_end else self._layout.page_at(middle))
        self._settle.start()
        self.viewport().update()

    def _set_current(self, page: int) -> None:
        if page != self._current:
            self._current = page
            self._name_current()
            self.current_changed.emit(page)

    def _name_current(self) -> None:
        sentence = f"第 {self._current + 1} 页，共 {len(self._sizes)} 页"
        self.setAccessibleName(sentence)
        announce(self, sentence)

    # drawing

    def _ask(self) -> None:
        """Ask for what is in view, and the pages next to it."""
        if not self._sizes or not self.isVisible():
            return
        view = self._pages_in_view()
        near = range(max(view.start - 1, 0), min(view.stop + 1, len(self._sizes)))
        ratio = self.devicePixelRatioF()
        asked = [(page, round(self._layout.rects[page].width() * ratio)) for page in near]
        asked.sort(key=lambda item: (item[0] not in view, abs(item[0] - self._current)))
        self.wanted.emit(tuple(item for item in asked if self._images.width(item[0]) != item[1]))
