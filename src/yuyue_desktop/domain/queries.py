"""The question of 预约通关查询 (S33); knows neither gateway nor store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yuyue_desktop.domain.application import Status


class CompanyClass(StrEnum):
    """A: the own company declared it; B: a given company is its trader."""

    DECLARANT = "A"
    TRADER = "B"

    @property
    def word(self) -> str:
        """The entry of the drop-down list."""
        return {"A": "A-申请单位", "B": "B-收发货人"}[self.value]


@dataclass(frozen=True, slots=True)
class ApplicationQuery:
    """Spans include both days and are at most 15 days; at least one span or a number is given (S33)."""

    company_class: CompanyClass = CompanyClass.DECLARANT
    trader: str = ""
    status: Status | None = None
    applied_from: date | None = None
    applied_to: date | None = None
    window_from: date | None = None
    window_to: date | None = None
    pre_entry_number: str = ""
