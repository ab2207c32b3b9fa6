"""Draws the pages of a PDF as pixels (S19, preview); knows no process, no limit and no screen."""

from __future__ import annotations

from math import isfinite, sqrt

import pypdfium2

from yuyue_desktop.domain.pdf import MOST_IMAGE_PIXELS, PageImage, PageSize

MOST_PAGES = 5000
"""Of a longer file only these can be looked at; it is far beyond any limit of the form."""

_LONGEST_SIDE = 16_000
_BYTES_PER_PIXEL = 3


def open_drawing(content: bytes) -> Drawing | None:
    """A PDF opened to be drawn, None where the library can't make sense of it."""
    try:
        document = pypdfium2.PdfDocument(content)
        document.init_forms()
        return Drawing(document, min(len(document), MOST_PAGES))
    except Exception:  # noqa: BLE001 - a hostile file makes the library raise anything
        return None


class Drawing:
    """An open PDF. What a library might do with hostile bytes beyond raising is why it has a process of its own."""

    def __init__(self, document: pypdfium2.PdfDocument, count: int) -> None:
        self._document = document
        self._count = count

    def sizes(self) -> tuple[PageSize, ...]:
        """The size of each page; one that can't be read counts as hardly there."""
        return tuple(self._size(page) for page in range(self._count))

    def draw(self, number: int, width: int) -> PageImage | None:
        """A page, about `width` pixels wide and never more than MOST_IMAGE_PIXELS; None where it can't be drawn."""
        if not 0 <= number < self._count:
            return None
        try:
            page = self._document[number]
            try:
                bitmap = page.render(scale=_scale(_sane(*page.get_size()), width), rev_byteorder=True)
                return PageImage(bitmap.width, bitmap.height, _rows(bitmap))
            finally:
                page.close()
        except Exception:  # noqa: BLE001 - as above
            return None

    def _size(self, number: int) -> PageSize:
        try:
            return _sane(*self._document.get_page_size(number))
        except Exception:  # noqa: BLE001 - as above
            return PageSize(1.0, 1.0)


def _scale(size: PageSize, width: int) -> float:
    """Pixels per point; each side is rounded up to whole pixels afterwards."""
    rounding = 2 * _LONGEST_SIDE + 1
    most = sqrt((MOST_IMAGE_PIXELS - rounding) / (size.width * size.height))
    longest = (_LONGEST_SIDE - 1) / max(size.width, size.height)
    return min(max(width, 1) / size.width, most, longest)


def _sane(*sides: float) -> PageSize:
    """A page without extent counts as one that is hardly there."""
    return PageSize(*(side if isfinite(side) and side >= 1 else 1.0 for side in sides))


def _rows(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """The pixels without what pads the rows."""
    row = bitmap.width * _BYTES_PER_PIXEL
    content = bytes(bitmap.buffer)
    if bitmap.stride == row:
        return content[: row * bitmap.height]
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    return b"".join(content[start : start + row] for start in starts)
