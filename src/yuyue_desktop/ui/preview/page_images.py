"""Pages as they were drawn, as many as memory allows, and how one is painted; asks for none itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from yuyue_desktop.domain.pdf import PageImage
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.painting import panel

_MOST_KEPT_BYTES = 96 * 1024 * 1024
_MARGIN = 24


class PageImages:
    """By page: what was drawn of it, or why it can't be, and for which width."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._images: dict[int, QImage] = {}
        self._failures: dict[int, str] = {}
        self._widths: dict[int, int] = {}

    @property
    def drawn(self) -> frozenset[int]:
        """The pages that are drawn."""
        return frozenset(self._images)

    def width(self, page: int) -> int | None:
        """The width that a page was last asked for with, None where it has to be asked for."""
        return self._widths.get(page)

    def put(self, page: int, width: int, image: PageImage, current: int) -> None:
        """Keep a page; those farthest from `current` are forgotten where there are too many."""
        rows = QImage(image.pixels, image.width, image.height, 3 * image.width, QImage.Format.Format_RGB888)
        self._images[page] = rows.copy()  # the bytes are not Qt's to keep
        self._widths[page] = width
        kept = sum(image.sizeInBytes() for image in self._images.values())
        for far in sorted(self._images, key=lambda page: -abs(page - current)):
            if kept <= _MOST_KEPT_BYTES:
                return
            kept -= self._images.pop(far).sizeInBytes()
            del self._widths[far]

    def fail(self, page: int, width: int, words: str) -> None:
        """A page can't be drawn."""
        self._failures[page] = words
        self._widths[page] = width

    def paint(self, painter: QPainter, page: int, rect: QRectF, view: QRectF) -> None:
        """The page, or in its place which one it is, or why it is not there; the words where they can be seen."""
        look = self._look
        panel(painter, rect.adjusted(-1, -1, 1, 1), 2, look.colour("surface"), look.colour("line_strong"))
        image = self._images.get(page)
        if image is not None:
            painter.drawImage(rect, image)
            return
        failure = self._failures.get(page, "")
        words = failure or f"第 {page + 1} 页"
        paint_words(painter, look, rect.intersected(view), words, "red" if failure else "ink3")


def paint_words(painter: QPainter, look: Look, place: QRectF, words: str, colour: str) -> None:
    """Words in the middle of a place."""
    painter.setFont(look.font(Role.BODY))
    painter.setPen(look.colour(colour))
    inside = place.adjusted(_MARGIN, 0, -_MARGIN, 0)
    painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
