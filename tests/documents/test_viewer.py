"""Looking at files through the real PDF process: pages drawn, hung ones left, nothing kept running."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from tests.documents.pdfs import painted_pdf
from yuyue_desktop.documents.child import PdfChild
from yuyue_desktop.documents.drawing import open_drawing
from yuyue_desktop.documents.viewer import View, Viewer
from yuyue_desktop.domain.errors import Code, YuyueError

pytestmark = pytest.mark.thorough

WAIT_S = 60.0
HANGS_AT_PAGE_2 = """
import pathlib, sys, threading
from yuyue_desktop.documents import process
real = process._Desk._draw
def draw(desk, page, width):
    if page == 2:
        pathlib.Path({started!r}).touch()
        threading.Event().wait()
    return real(desk, page, width)
process._Desk._draw = draw
sys.exit(process.main())
"""


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    """A viewer with the real process."""
    viewer = Viewer()
    yield viewer
    viewer.close()


def hanging(started: Path) -> tuple[str, ...]:
    """The real process but for page 2, at which it hangs after it has said so."""
    return (sys.executable, "-c", HANGS_AT_PAGE_2.format(started=str(started)))


def child(view: View) -> PdfChild:
    """The process that runs now."""
    assert view.calls._child is not None
    return view.calls._child


def test_a_file_is_shown_page_by_page(viewer: Viewer) -> None:
    content = painted_pdf(4)
    drawing = open_drawing(content)
    assert drawing is not None
    view = viewer.open("a.pdf", content)
    assert view.sizes().result(WAIT_S) == drawing.sizes()
    drawn = [view.draw(page, 150) for page in (3, 0)]
    assert [image.result(WAIT_S) for image in drawn] == [drawing.draw(3, 150), drawing.draw(0, 150)]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.5\nand nothing else", b"no pdf"])
def test_what_can_not_be_shown_says_so(viewer: Viewer, content: bytes) -> None:
    view = viewer.open("a.pdf", content)
    with pytest.raises(YuyueError) as caught:
        view.sizes().result(WAIT_S)
    assert (caught.value.code, caught.value.params["name"]) == (Code.PDF_NOT_SHOWN, "a.pdf")
    with pytest.raises(YuyueError) as caught:
        view.draw(0, 100).result(WAIT_S)
    assert caught.value.code is Code.PDF_PAGE_NOT_SHOWN


def test_a_page_that_hangs_is_left_and_the_others_are_shown(tmp_path: Path) -> None:
    viewer = Viewer(hanging(tmp_path / "started"), time_limit_s=5)
    view = viewer.open("a.pdf", painted_pdf(4))
    pages = [view.draw(page, 100) for page in (1, 2, 3)]
    with pytest.raises(YuyueError) as caught:
        pages[1].result(WAIT_S)
    assert (caught.value.code, caught.value.params["page"]) == (Code.PDF_PAGE_NOT_SHOWN, 3)
    assert [pages[place].result(WAIT_S).width for place in (0, 2)] == [101, 101]
    viewer.close()


def test_a_page_nobody_waits_for_does_not_hold_up_the_next(tmp_path: Path) -> None:
    started = tmp_path / "started"
    viewer = Viewer(hanging(started), time_limit_s=WAIT_S)
    view = viewer.open("a.pdf", painted_pdf(4))
    hung, wanted = view.draw(2, 100), view.draw(3, 100)
    while not started.exists():
        assert not hung.done()
    assert hung.cancel()
    assert wanted.result(WAIT_S / 2).width == 101
    viewer.close()


def test_closing_ends_the_process_and_what_waits(tmp_path: Path) -> None:
    viewer = Viewer(hanging(tmp_path / "started"), time_limit_s=WAIT_S)
    view = viewer.open("a.pdf", painted_pdf(4))
    pages = [view.draw(page, 100) for page in (2, 3)]
    while not (tmp_path / "started").exists():
        assert not pages[0].done()
    process = child(view)._process
    view.close()
    view.calls.join()
    assert process.poll() is not None
    for page in (*pages, view.draw(0, 100)):
        with pytest.raises(CancelledError):
            page.result(WAIT_S)
    view.close()


def test_without_a_process_nothing_is_shown(tmp_path: Path) -> None:
    viewer = Viewer((str(tmp_path / "missing"),))
    with pytest.raises(YuyueError) as caught:
        viewer.open("a.pdf", painted_pdf(1)).sizes().result(WAIT_S)
    assert caught.value.code is Code.PDF_NOT_SHOWN
    viewer.close()
