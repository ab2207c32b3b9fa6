"""Bytes as customs counts them, and limits by the day they are in force (S17, S19)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuyue_desktop.domain import limits


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("a", 1), ("预约", 4), ("预约a\n", 6), ("€", 2), ("㐀", 4), ("𠀀", 4), ("\ud800", 1), ("é", 2), ("ü", 2)],
)
def test_bytes_in_gb18030(text: str, count: int) -> None:
    assert limits.text_bytes(text) == count


@given(st.text(), st.text())
def test_bytes_of_two_texts_add_up(first: str, second: str) -> None:
    assert limits.text_bytes(first + second) == limits.text_bytes(first) + limits.text_bytes(second)


def test_attachment_limits_of_the_manual() -> None:
    now = limits.attachment_limits(date(2026, 10, 1))
    assert (now.count, now.file_bytes, now.page_bytes, now.name_bytes) == (5, 4_194_304, 204_800, 64)
    assert now.least_version == (1, 4)
    assert limits.attachment_limits(date(2001, 1, 1)) == limits.ATTACHMENT_LIMITS[0][1]


def test_each_row_holds_until_the_next_ones_day(monkeypatch: pytest.MonkeyPatch) -> None:
    later = limits.AttachmentLimits(page_bytes=400 * 1024)
    rows = (*limits.ATTACHMENT_LIMITS, (date(2027, 1, 1), later))
    monkeypatch.setattr(limits, "ATTACHMENT_LIMITS", rows)
    assert limits.attachment_limits(date(2026, 12, 31)).page_bytes == 204_800
    assert limits.attachment_limits(date(2027, 1, 1)) == later


def test_rows_ascend_by_day() -> None:
    days = [since for since, _ in limits.ATTACHMENT_LIMITS]
    assert days == sorted(set(days))
