"""One application in the states of its life, judged by the real rules, and small code tables to search in."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from yuyue_desktop.domain import rules
from yuyue_desktop.domain.application import (
    Application,
    ApplicationId,
    ApplicationRecord,
    Attachment,
    GoodsItem,
    Status,
)  # fmt: skip
from yuyue_desktop.domain.calendar import Period, WorkingCalendar
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.lookup import Match
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.services.drafting import FormState

NOW = datetime(2026, 9, 23, 14, 36)
KB = 1024

DECLARANT = Company("1101919107", "91110000100000123T", "1100612896", "中国山货花卉进出口公司", Grade.SENIOR)
TRADER = Company("3122261548", "91310114586832571R", "3100648215", "上海澄江生鲜贸易有限公司", Grade.GENERAL)

WORKING_DAY = (Period(8 * 60 + 30, 12 * 60), Period(13 * 60, 17 * 60 + 30))
CALENDAR = WorkingCalendar(
    date(2026, 9, 1), date(2026, 9, 30), {date(2026, 9, day): WORKING_DAY for day in (21, 22, 23, 24, 28)}
)

EMPTY = Application(ApplicationId("5f1f9d0e-0b5e-4f5e-9d3e-000000000001"), DECLARANT.customs_code)
FILLED = dataclasses.replace(
    EMPTY,
    trader=TRADER.customs_code,
    contact_name="周敏",
    contact_mobile="13816245301",
    declaration_port="2210",
    entry_exit_port="2233",
    transport_mode="5",
    window_start="2026-09-26T09:00",
    reason="进口鲜切花，需冷链到港即提，属鲜活易腐货物",
    is_import=True,
    goods=(
        GoodsItem("06031100", "鲜的玫瑰（插花及花蕾）"),
        GoodsItem("06031500", "鲜的百合花（百合属）"),
        GoodsItem("08092100", "鲜的欧洲酸樱桃"),
    ),
    attachments=(
        Attachment("鲜切花发票及装箱单.pdf", "a" * 64, 486 * KB, tuple(kb * KB for kb in (96, 142, 128, 120))),
        Attachment("提货单.pdf", "b" * 64, 734 * KB, tuple(kb * KB for kb in (128, 150, 190, 142, 124))),
    ),
)
FAULTY = dataclasses.replace(
    FILLED,
    contact_mobile="1381624530",
    transport_mode="",
    attachments=(
        FILLED.attachments[0],
        Attachment("提货单.pdf", "b" * 64, 734 * KB, tuple(kb * KB for kb in (118, 150, 262, 108, 96))),
    ),
)


def state(
    application: Application = FILLED,
    status: Status = Status.DRAFT,
    mark: ItemState | None = None,
    now: datetime = NOW,
    feedback: tuple[str, ...] = (),
) -> FormState:
    """The form's state of an application, as the drafting service makes it."""
    around = rules.Surroundings(
        now,
        DECLARANT,
        TRADER if application.trader == TRADER.customs_code else None,
        application.trader == "9999999999",
        calendar=CALENDAR if application.declaration_port == "2210" else None,
        is_calendar_answered=application.declaration_port == "2210",
    )
    approved = status in (Status.APPROVED, Status.CLEARED, Status.FEEDBACK_OVERDUE)
    record = ApplicationRecord(
        application, 3, status, "zhoumin", now, "YTG202600000000274", "B2210-26-004127" if approved else "",
        DECLARANT.name, declared_at=None if status is Status.DRAFT else now - timedelta(hours=5), feedback=feedback,
    )  # fmt: skip
    is_draft = status is Status.DRAFT
    problems = rules.check(application, around) if is_draft else ()
    return FormState(
        record, DECLARANT, around.trader, problems, rules.judgement(application, around), now, mark, saved_at=now
    )


class Table:
    """A small code table with plain search: by code, by part of the name, or by the initials given."""

    def __init__(self, rows: Sequence[tuple[str, str, str]]) -> None:
        self._rows = rows

    def find(self, text: str, limit: int = 50) -> Sequence[Match]:
        """Rows whose code begins so, or whose name or initials hold it."""
        found = []
        for code, name, initials in self._rows:
            at = name.find(text)
            if text and (code.startswith(text) or at >= 0):
                found.append(Match(code, name, name, marked=((at, len(text)),) if at >= 0 else ()))
            elif text and text in initials:
                found.append(Match(code, name, name, marked=((initials.index(text), len(text)),), why=f"拼音 {text}"))
            elif not text:
                found.append(Match(code, name, name, why="上次用过" if code == "2210" else ""))
        return found[:limit]

    def pick(self, text: str) -> Match | None:
        """The one row of that code or name."""
        rows = [row for row in self._rows if text in row[:2]]
        return Match(rows[0][0], rows[0][1], rows[0][1]) if len(rows) == 1 else None


PORTS = Table((
    ("2210", "浦东海关", "pdhg"), ("2233", "浦东机场", "pdjc"), ("2216", "上海浦东机场综合保税区", "shpdjczhbsq"),
    ("0101", "首都机场", "sdjc"),
))  # fmt: skip
TRANSPORT_MODES = Table((("2", "水路运输", "slys"), ("4", "公路运输", "glys"), ("5", "航空运输", "hkys")))
GOODS = Table((
    ("06031100", "鲜的玫瑰（插花及花蕾）", "xdmg"), ("06031200", "鲜的康乃馨（插花及花蕾）", "xdknx"),
    ("06031500", "鲜的百合花（百合属）", "xdbhh"),
))  # fmt: skip
REASONS = ("抢险救灾或危险品货物", "鲜活、冷冻或易腐货物", "其他有紧急通关需要并经海关认可")
