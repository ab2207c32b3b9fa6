"""Pages drawn: right sizes, right pixels, bounded, and no harm from hostile files."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.documents.pdfs import make_pdf, painted_pdf
from yuyue_desktop.documents.drawing import Drawing, open_drawing
from yuyue_desktop.domain.pdf import MOST_IMAGE_PIXELS, PageImage, PageSize

RED, WHITE = (255, 0, 0), (255, 255, 255)


def opened(content: bytes) -> Drawing:
    """A file that can be opened."""
    drawing = open_drawing(content)
    assert drawing is not None
    return drawing


def pixel(image: PageImage, across: float, down: float) -> tuple[int, ...]:
    """The colour at a place, as shares of width and height."""
    start = 3 * (int(down * image.height) * image.width + int(across * image.width))
    return tuple(image.pixels[start : start + 3])


def sized_pdf(*boxes: tuple[float, float, float, float]) -> bytes:
    """A PDF whose pages have these boxes."""
    with pikepdf.new() as document:
        for box in boxes:
            document.add_blank_page()
            document.pages[-1].mediabox = pikepdf.Array(box)
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


@pytest.mark.parametrize("width", [200, 333, 1000])
def test_a_page_is_drawn_as_it_looks(width: int) -> None:
    """Red in its upper left quarter, as painted; every row is there, whatever the width."""
    image = opened(painted_pdf(3)).draw(1, width)
    assert image is not None
    assert abs(image.width - width) <= 1
    assert abs(image.height - width * 297 / 210) <= 2
    assert len(image.pixels) == 3 * image.width * image.height
    assert (pixel(image, 0.25, 0.25), pixel(image, 0.75, 0.25)) == (RED, WHITE)
    assert (pixel(image, 0.25, 0.75), pixel(image, 0.75, 0.75)) == (WHITE, WHITE)


def test_every_page_has_its_own_size() -> None:
    drawing = opened(sized_pdf((0, 0, 595, 842), (10, 10, 852, 605)))
    assert drawing.sizes() == (PageSize(595, 842), PageSize(842, 595))


@pytest.mark.parametrize("box", [(0, 0, 1e6, 1e6), (0, 0, 3, 14400), (0, 0, 1e9, 1), (0, 0, 0, 0), (0, 0, -5, 1e-9)])
def test_no_page_is_drawn_too_large(box: tuple[float, float, float, float]) -> None:
    drawing = opened(sized_pdf(box))
    assert all(size.width >= 1 and size.height >= 1 for size in drawing.sizes())
    image = drawing.draw(0, 4000)
    assert image is None or image.width * image.height <= MOST_IMAGE_PIXELS


def test_a_page_asked_too_large_is_coarser() -> None:
    image = opened(painted_pdf(1)).draw(0, 100_000)
    assert image is not None
    assert MOST_IMAGE_PIXELS * 0.9 < image.width * image.height <= MOST_IMAGE_PIXELS


@pytest.mark.parametrize("page", [-1, 3, 2**40])
def test_a_page_that_is_not_there_is_none(page: int) -> None:
    assert opened(painted_pdf(3)).draw(page, 100) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.5\n", b"no pdf", make_pdf(encryption=pikepdf.Encryption(owner="owner", user="secret"))],
    ids=["empty", "cut", "other", "encrypted"],
)
def test_what_can_not_be_drawn(content: bytes) -> None:
    assert open_drawing(content) is None
