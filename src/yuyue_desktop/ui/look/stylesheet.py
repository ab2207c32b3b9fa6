"""The stylesheet of what Qt paints by itself: `resources/stylesheet.qss` filled from the tokens; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from yuyue_desktop.resources import resource


def stylesheet(colours: Mapping[str, str], label_px: int) -> str:
    """The stylesheet in `colours`; `label_px` is the letter size of tool tips in pixels."""
    template = Template(resource("stylesheet.qss").read_text(encoding="utf-8"))
    return template.substitute(colours, label_px=label_px)
