"""Where pages lie: any sizes, any room, and what is in view is exactly what can be seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from yuyue_desktop.domain.pdf import PageSize
from yuyue_desktop.ui.preview.page_layout import EDGE, GAP, WIDEST, lay_out

SIDES = st.floats(1, 1e7, allow_nan=False)
SIZES = st.lists(st.builds(PageSize, SIDES, SIDES), max_size=40)


@given(SIZES, st.integers(0, 4000), st.sampled_from([0.5, 1.0, 4.0]))
def test_pages_never_overlap_and_all_fit(sizes: list[PageSize], room: int, zoom: float) -> None:
    layout = lay_out(sizes, room, zoom)
    assert len(layout.rects) == len(sizes)
    for above, below in zip(layout.rects, layout.rects[1:], strict=False):
        assert above.bottom() + 1 + GAP == below.top()
    for rect in layout.rects:
        assert rect.width() >= 1
        assert rect.height() >= 1
        assert rect.left() >= EDGE
        assert rect.right() < layout.width
        assert rect.bottom() < layout.height


@given(SIZES, st.integers(0, 200_000), st.integers(1, 2000))
def test_in_view_is_what_can_be_seen(sizes: list[PageSize], top: int, height: int) -> None:
    layout = lay_out(sizes, 800, 1.0)
    bottom = top + height
    seen = [place for place, rect in enumerate(layout.rects) if rect.bottom() >= top and rect.top() < bottom]
    assert list(layout.in_view(top, bottom)) == seen


def test_at_full_width_a_page_is_as_wide_as_there_is_room() -> None:
    assert lay_out([PageSize(595, 842)], 800, 1.0).rects[0].width() == 800 - 2 * EDGE
    assert lay_out([PageSize(595, 842)], 4000, 1.0).rects[0].width() == WIDEST


def test_the_page_at_a_height() -> None:
    layout = lay_out([PageSize(100, 100)] * 3, 232, 1.0)
    assert [layout.page_at(height) for height in (0, EDGE, EDGE + 200, EDGE + 200 + GAP, 10_000)] == [0, 0, 0, 1, 2]
