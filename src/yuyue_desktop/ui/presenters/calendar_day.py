"""One day of the week view in words (B3): its blocks, the company's drafts on them, until when one may declare.

Plain functions of a calendar, drafts and the clock; knows no widget and no service.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.calendar import DAY_MINUTES, WorkingCalendar, clock_text, moment
from yuyue_desktop.domain.deadline import window_end
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.texts import words
from yuyue_desktop.ui.pages.contents import Block, BlockKind, CalendarDay
from yuyue_desktop.ui.presenters.day_stretches import Stretch, Terms, day_stretches
from yuyue_desktop.ui.tables.rows import Urgency
from yuyue_desktop.ui.time_words import WEEKDAYS, left_words, urgency


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """A draft of the company at a port; `name` is what it is called on the screen. `is_open`: may be changed."""

    id: ApplicationId
    start: datetime
    name: str
    is_open: bool


def calendar_day(calendar: WorkingCalendar | None, day: date, drafts: Sequence[OwnDraft], terms: Terms) -> CalendarDay:
    """One row of the week view."""
    stretches = day_stretches(calendar, day, terms)
    booked = _draft_blocks(drafts, day)
    is_known = calendar is not None and calendar.is_known(day)
    is_today = day == terms.now.date()
    latest, detail, pressing = _latest(stretches, day, terms.now)
    return CalendarDay(
        day,
        f"{WEEKDAYS[day.weekday()]} {_short(day)}",
        _note(stretches, is_known=is_known, is_today=is_today),
        (*(block for stretch in stretches for block in _blocks(stretch, booked, is_known=is_known)), *booked),
        latest,
        detail,
        pressing,
        is_today,
    )


# a day's blocks


def _draft_blocks(drafts: Sequence[OwnDraft], day: date) -> tuple[Block, ...]:
    """Windows of drafts as far as they lie on this day; those that overlap are one block."""
    midnight = moment(day, 0)
    spans = sorted(
        (_minutes(midnight, draft.start), _minutes(midnight, window_end(draft.start)), draft.name) for draft in drafts
    )
    joined: list[tuple[int, int, list[str]]] = []
    for opens, closes, name in spans:
        if joined and opens < joined[-1][1]:
            first, last, names = joined[-1]
            joined[-1] = (first, max(last, closes), [*names, name])
        else:
            joined.append((opens, closes, [name]))
    return tuple(
        Block(max(opens, 0), min(closes, DAY_MINUTES), BlockKind.DRAFT, _draft_text(opens, names))
        for opens, closes, names in joined
        if opens < DAY_MINUTES and closes > 0
    )


def _draft_text(opens: int, names: list[str]) -> str:
    """On the day after only the block is shown: its time would be the other day's."""
    if opens < 0:
        return ""
    return f"{clock_text(opens)}\n{names[0] if len(names) == 1 else f'{len(names)} 份草稿'}"


def _minutes(midnight: datetime, at: datetime) -> int:
    return int((at - midnight).total_seconds()) // 60


def _blocks(stretch: Stretch, booked: Sequence[Block], *, is_known: bool) -> Iterable[Block]:
    """A stretch as blocks around the drafts that lie on it, so that each word stands in a block of its own."""
    is_cut = any(draft.opens < stretch.closes and stretch.opens < draft.closes for draft in booked)
    text = _text(stretch, is_known=is_known, is_cut=is_cut)
    at = stretch.opens
    for draft in (*booked, Block(stretch.closes, stretch.closes, BlockKind.DRAFT)):
        until = min(draft.opens, stretch.closes)
        if at < until:
            yield Block(at, until, stretch.kind, text)
        at = max(at, min(draft.closes, stretch.closes))


def _text(stretch: Stretch, *, is_known: bool, is_cut: bool) -> str:
    """Cut by a draft a block keeps its word only: its ends are not the law's."""
    span = "" if is_cut else f" {clock_text(stretch.opens)}–{clock_text(stretch.closes)}"
    if stretch.kind is BlockKind.BOOKABLE and not is_cut and stretch.closes - stretch.opens == DAY_MINUTES:
        return "全天可约"
    unknown = "还算不出" if is_known else f"没有这一天的工作日历 · {words(Code.CALENDAR_NOT_FOUND).advice}"
    texts = {
        BlockKind.PAST: "已过",
        BlockKind.WORKING: f"工作{span}",
        BlockKind.TOO_LATE: "已来不及",
        BlockKind.BOOKABLE: f"可约{span}",
        BlockKind.UNKNOWN: unknown,
    }
    return texts.get(stretch.kind, "")


def _note(stretches: Sequence[Stretch], *, is_known: bool, is_today: bool) -> str:
    if is_today:
        return "今天"
    if not is_known:
        return "日历未公布"
    return "工作日" if any(stretch.kind is BlockKind.WORKING for stretch in stretches) else "休"


# until when


def _latest(stretches: Sequence[Stretch], day: date, now: datetime) -> tuple[str, str, Urgency]:
    """What the last column says of a day: latest moment, how long is left, how pressing that is."""
    bookable = _parts(stretches, BlockKind.BOOKABLE)
    late = _parts(stretches, BlockKind.TOO_LATE)
    if len(bookable) > 1:
        (opens, first), (reopens, second) = bookable[0], bookable[-1]
        return _from(opens, first), _from(reopens, second), urgency(first - now)
    if bookable:
        opens, latest = bookable[0]
        shown = _from(opens, latest) if late else _moment(latest)
        return shown, left_words(latest, now), urgency(latest - now)
    if late:
        return _moment(late[-1][1]), left_words(late[-1][1], now), Urgency.LATE
    if any(stretch.kind is BlockKind.UNKNOWN for stretch in stretches):
        return "算不出", f"缺 {_short(day)} 前后的工作日历", Urgency.CALM
    return "没有能约的时段", "已经过去" if day < now.date() else "", Urgency.CALM


def _parts(stretches: Sequence[Stretch], kind: BlockKind) -> list[tuple[int, datetime]]:
    """Where each latest moment begins to hold: stretches with the same one are one part."""
    parts: dict[datetime, int] = {}
    for stretch in stretches:
        if stretch.kind is kind and stretch.latest is not None:
            parts.setdefault(stretch.latest, stretch.opens)
    return [(opens, latest) for latest, opens in parts.items()]


def _short(day: date) -> str:
    return f"{day.month}/{day.day}"


def _moment(at: datetime) -> str:
    return f"{_short(at.date())} {WEEKDAYS[at.weekday()]} {at:%H:%M}"


def _from(opens: int, latest: datetime) -> str:
    return f"{clock_text(opens)} 起：{_short(latest.date())} {latest:%H:%M}"
