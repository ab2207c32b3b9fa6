"""What is said of each thing that work needs: reader, card, gateway, clock, store, tables (B12); plain functions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from yuyue_desktop.domain.card import CardHolder
from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.card_findings import PART_TITLES, CardPart, Finding, certificate_finding, way_words
from yuyue_desktop.services.card_way import WayInUse
from yuyue_desktop.services.diagnostics import TableEdition
from yuyue_desktop.services.readiness import GatewayReadiness
from yuyue_desktop.ui.pages.contents import Readiness, ReadinessLine
from yuyue_desktop.ui.time_words import span_words

CLOCK_TOLERANCE_S = 60.0


class Part(StrEnum):
    """What is tested, in the order in which it is shown."""

    SERVICE = CardPart.SERVICE
    READER = CardPart.READER
    MODULE = CardPart.MODULE
    CONTROL = CardPart.CONTROL
    CARD = CardPart.CARD
    CERTIFICATE = CardPart.CERTIFICATE
    GATEWAY = "gateway"
    CLOCK = "clock"
    STORE = "store"
    TABLES = "tables"
    PROGRAM = "program"


PARTS_OF_CARD = frozenset(Part(part) for part in CardPart)
"""What a look at the card says something of."""

_TITLES = {
    **{Part(part): title for part, title in PART_TITLES.items()},
    Part.GATEWAY: "海关网关",
    Part.CLOCK: "时间",
    Part.STORE: "本机数据",
    Part.TABLES: "代码表",
    Part.PROGRAM: "程序",
}


def line(part: Part, detail: str, readiness: Readiness = Readiness.FINE) -> ReadinessLine:
    """A line of a part."""
    return ReadinessLine(part, _TITLES[part], detail, readiness)


def checking(part: Part) -> ReadinessLine:
    """The part is being tested."""
    return line(part, "正在连接…" if part is Part.GATEWAY else "正在检查…", Readiness.CHECKING)


def failed(part: Part, error: YuyueError, readiness: Readiness = Readiness.FAILED) -> ReadinessLine:
    """What stands in the way of a part, and what to do."""
    return line(part, str(error_words(error)), readiness)


def reader_line(way: WayInUse | None = None) -> ReadinessLine:
    """A card was read, and by which way."""
    by = "" if way is None else f"{way_words(way)} · "
    return line(Part.READER, f"已连接 · {by}插着 1 张卡")


def certificate_line(holder: CardHolder, today: date) -> ReadinessLine:
    """How long the card's certificate holds."""
    return finding_line(certificate_finding(holder, today))


def finding_line(finding: Finding) -> ReadinessLine:
    """What a part of the way to the card was found to be like."""
    return line(Part(finding.part), finding.said, Readiness(finding.standing))


def gateway_line(found: GatewayReadiness) -> ReadinessLine:
    """The gateway answered."""
    return line(Part.GATEWAY, f"已连接 · 往返 {found.round_trip_ms} 毫秒")


def no_gateway_line(error: YuyueError) -> ReadinessLine:
    """The gateway is out of reach, which stops no work on drafts (B1)."""
    return failed(Part.GATEWAY, error, Readiness.WARNING)


def clock_line(found: GatewayReadiness, now: datetime, *, is_practice: bool) -> ReadinessLine:
    """Whose time counts, and how far this machine's is from it; `now` is the gateway's."""
    if is_practice:
        return line(Part.CLOCK, f"练习时间 {now:%Y-%m-%d %H:%M}，与本机时间无关")
    if abs(found.offset_s) > CLOCK_TOLERANCE_S:
        return line(Part.CLOCK, f"{clock_off(found.offset_s)}，按网关时间计", Readiness.WARNING)
    return line(Part.CLOCK, "与网关一致，按网关时间计")


def clock_off(offset_s: float) -> str:
    """How far this machine's clock is off; `offset_s`: the gateway's time ahead of it."""
    return f"本机时间{'慢' if offset_s > 0 else '快'} {span_words(timedelta(seconds=abs(offset_s)))}"


def unknown_clock_line() -> ReadinessLine:
    """Without the gateway nobody knows how far this machine's clock is from it."""
    return line(Part.CLOCK, "连上网关后核对；在此之前按本机推算", Readiness.WARNING)


def store_line() -> ReadinessLine:
    """The store is whole."""
    return line(Part.STORE, "已加密，逐页检查完好")


def tables_line(editions: Sequence[TableEdition]) -> ReadinessLine:
    """Which editions of the code tables are in use."""
    return line(Part.TABLES, "；".join(f"{one.title} {one.rows} 条（{one.edition}）" for one in editions))


def program_line(version: str) -> ReadinessLine:
    """Which program this is."""
    return line(Part.PROGRAM, f"版本 {version}")
