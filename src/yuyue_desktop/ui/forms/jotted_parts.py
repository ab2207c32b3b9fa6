"""The parts of a form whose text no step has taken yet, read and shown as one Jotting; keeps nothing itself (B2)."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from yuyue_desktop.domain.jotting import Jotting
from yuyue_desktop.ui.forms.explanation_panel import ExplanationPanel
from yuyue_desktop.ui.forms.feedback_panel import FeedbackPanel
from yuyue_desktop.ui.forms.goods_panel import GoodsPanel


class JottedParts(QObject):
    """`changed` comes with each change that the clerk makes in one of them."""

    changed = Signal()

    def __init__(self, goods: GoodsPanel, feedback: FeedbackPanel, explanation: ExplanationPanel) -> None:
        super().__init__(goods)
        self._goods = goods
        self._feedback = feedback
        self._explanation = explanation
        for panel in (goods, feedback, explanation):
            panel.jotted.connect(self.changed)

    @property
    def jotting(self) -> Jotting:
        """What is written in them now."""
        code, name, place = self._goods.entry
        return Jotting(
            numbers=self._feedback.numbers,
            number=self._feedback.typed,
            explanation=self._explanation.text,
            explanation_files=self._explanation.attachments,
            goods_code=code,
            goods_name=name,
            goods_place=place,
        )

    def show(self, jotting: Jotting) -> None:
        """Put back what was written; the form shows its application already."""
        self._goods.show_entry(jotting.goods_code, jotting.goods_name, jotting.goods_place)
        self._feedback.show_written(jotting.numbers, jotting.number)
        self._explanation.show_written(jotting.explanation, jotting.explanation_files)
