"""How wide a field must be to show a text whole, in the letters of the look; knows no field's meaning."""

from __future__ import annotations

from math import ceil

from PySide6.QtGui import QFontMetricsF

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.widgets.field_frame import FieldFrame

_TOOL = 26
"""Room for one tool or padlock at the right, with its gaps."""


class FieldWidths:
    """Keeps fields at least as wide as their samples, `is_fixed` exactly, through every change of the look.

    `tools` stand beside the text.
    """

    def __init__(self, look: Look, samples: dict[FieldFrame, str], tools: int = 1, *, is_fixed: bool = False) -> None:
        self._look = look
        self._samples = samples
        self._tools = tools
        self._is_fixed = is_fixed
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetricsF(self._look.font())
        around = 2 * self._look.measures.field_padding + self._tools * _TOOL
        for field, sample in self._samples.items():
            width = ceil(metrics.horizontalAdvance(sample)) + around
            field.setMinimumWidth(width)
            if self._is_fixed:
                field.setMaximumWidth(width)
