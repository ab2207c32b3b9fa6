"""What a PDF check found (S19), and what a PDF looks like; knows no PDF library."""

from __future__ import annotations

from dataclasses import dataclass

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.rules import Problem


@dataclass(frozen=True, slots=True)
class PdfReport:
    """`attachment` is the file as measured, without pages where they could not be; `problems` all that breaks S19."""

    attachment: Attachment
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class PageSize:
    """How large a page is, in points (1/72 inch)."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page drawn: rows from top to bottom without gaps, three bytes (red, green, blue) for each pixel."""

    width: int
    height: int
    pixels: bytes


MOST_IMAGE_PIXELS = 8_000_000
"""A page image is never larger: a page that asks for more is drawn coarser."""
