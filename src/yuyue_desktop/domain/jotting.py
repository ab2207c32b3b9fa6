"""What a clerk wrote at an application that no step has taken yet; knows not where it is kept or shown."""

from __future__ import annotations

from dataclasses import dataclass

from yuyue_desktop.domain.application import Attachment


@dataclass(frozen=True, slots=True)
class Jotting:
    """Of one person at one application, kept like a draft (B2).

    `numbers` are written into 预约通关报关单号反馈 and not submitted, `number` stands in its entry line (S30).
    `explanation` and `explanation_files` are 情况说明 before it is sent (S31). `goods_code` and `goods_name` stand in
    the entry line of the goods, `goods_place` says which row they are to replace (S20), None for a new one.
    """

    numbers: tuple[str, ...] = ()
    number: str = ""
    explanation: str = ""
    explanation_files: tuple[Attachment, ...] = ()
    goods_code: str = ""
    goods_name: str = ""
    goods_place: int | None = None


NOTHING_JOTTED = Jotting()
