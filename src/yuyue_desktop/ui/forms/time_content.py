"""What the rail says of time: how long is left, until when, by which rule (B3, B4); a pure function of a FormState."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from yuyue_desktop.domain.application import Application, Status
from yuyue_desktop.domain.company import lower_grade
from yuyue_desktop.domain.deadline import Judgement, feedback_due
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.numbers import PORT_CODE
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.tables.rows import Urgency
from yuyue_desktop.ui.time_words import SOON, WEEKDAYS, day_words, span_words, urgency
from yuyue_desktop.ui.widgets.time_line import Knot, TimePoint

_COLOURS = {Urgency.CALM: "ink2", Urgency.SOON: "amber", Urgency.LATE: "red"}
_WAITING = {
    Status.DECLARED: ("已申报", "等待受理"),
    Status.ACCEPTED: ("已受理", "等待审批"),
    Status.CLEARED: ("已办结", "通关完成"),
    Status.RETURNED: ("海关退单", "可复制为新草稿"),
    Status.CANCELLED: ("已结束", "已取消"),
    Status.FEEDBACK_OVERDUE: ("反馈已逾期", "待情况说明"),
}


@dataclass(frozen=True, slots=True)
class TimeContent:
    """The rail's head: `caption` over `figure`, `advice` below, then the time line's points."""

    caption: str
    figure: str
    colour: str
    advice: str = ""
    points: tuple[TimePoint, ...] = ()

    @property
    def sentence(self) -> str:
        """The head as it is read aloud."""
        return "，".join(part for part in (self.caption, self.figure, self.advice) if part)


def time_content(state: FormState) -> TimeContent:
    """What the rail shows now."""
    status = state.record.status
    start = state.application.window_moment()
    if status is Status.APPROVED and start is not None:
        return _feedback_time(start, state.now)
    if status is not Status.DRAFT:
        return _waiting(state, start)
    if state.judgement is None or state.judgement.latest is None or start is None:
        return TimeContent("距最迟申报时间", "还算不出", "ink2", _what_is_missing(state))
    return _deadline(state, state.judgement, state.judgement.latest, start)


def _deadline(state: FormState, judgement: Judgement, latest: datetime, start: datetime) -> TimeContent:
    now = state.now
    left = latest - now
    colour = _COLOURS[urgency(left)]
    is_late = left < timedelta(0)
    caption, figure = ("最迟申报时间已过", span_words(-left)) if is_late else ("距最迟申报时间", span_words(left))
    closing = judgement.closing or latest
    moments = [
        (now, TimePoint("现在", f"{WEEKDAYS[now.weekday()]} {now:%H:%M}")),
        (latest, _point("最迟申报", latest, now, _rule(state, closing - latest), knot=Knot.DIAMOND, colour=colour)),
        (closing, _point("口岸末次下班", closing, now)),
    ]
    points = [point for _, point in sorted(moments, key=lambda pair: pair[0])]
    points.append(_point("预约时间", start, now, knot=Knot.SQUARE, colour="accent"))
    return TimeContent(caption, figure, colour, "请改约更晚的时间" if is_late else "", tuple(points))


def _feedback_time(start: datetime, now: datetime) -> TimeContent:
    due = feedback_due(start)
    left = due - now
    colour = _COLOURS[urgency(left, SOON)]
    points = [
        (now, TimePoint("现在", f"{WEEKDAYS[now.weekday()]} {now:%H:%M}")),
        (start, TimePoint("预约时间", _moment(start, now), "", Knot.SQUARE, "accent", is_main=True)),
        (due, TimePoint("反馈截止", _moment(due, now), "预约时间后 5 天", Knot.DIAMOND, colour, is_main=True)),
    ]
    ordered = tuple(point for _, point in sorted(points, key=lambda pair: pair[0]))
    figure = span_words(left) if left >= timedelta(0) else span_words(-left)
    caption = "距反馈截止" if left >= timedelta(0) else "反馈截止时间已过"
    return TimeContent(caption, figure, colour, "", ordered)


def _waiting(state: FormState, start: datetime | None) -> TimeContent:
    caption, figure = _WAITING.get(state.record.status, ("", state.record.status.word))
    now = state.now
    points: list[TimePoint] = []
    if state.record.declared_at is not None:
        points.append(TimePoint("申报", _moment(state.record.declared_at, now)))
    if start is not None:
        points.append(_point("预约时间", start, now, knot=Knot.SQUARE, colour="accent"))
    is_overdue = state.record.status is Status.FEEDBACK_OVERDUE
    return TimeContent(caption, figure, "red" if is_overdue else "ink", "", tuple(points))


def _point(
    label: str, moment: datetime, now: datetime, note: str = "", *, knot: Knot = Knot.RING, colour: str = "ink2"
) -> TimePoint:
    return TimePoint(label, _moment(moment, now), note, knot, colour, is_main=knot is not Knot.RING)


def _moment(moment: datetime, now: datetime) -> str:
    return f"{day_words(moment.date(), now.date())} {moment:%H:%M}"


def _rule(state: FormState, lead: timedelta) -> str:
    ports = "口岸相同" if state.application.is_same_port else "口岸不同"
    grade = ""
    if state.declarant is not None and state.trader is not None:
        grade = f" · {lower_grade(state.declarant.grade, state.trader.grade).word}企业"
    return f"下班前 {int(lead.total_seconds()) // 3600} 小时（{ports}{grade}）"


def _what_is_missing(state: FormState) -> str:
    """Names what has to be filled in first, in the form's order."""
    application: Application = state.application
    missing = []
    said = {problem.code for problem in state.problems}
    if state.trader is None and Code.TRADER_NOT_CHECKED not in said:
        missing.append("收发货人")
    if not PORT_CODE.fullmatch(application.declaration_port):
        missing.append("申报口岸")
    if not PORT_CODE.fullmatch(application.entry_exit_port):
        missing.append("进出口岸")
    if application.window_moment() is None:
        missing.append("预约时间")
    if missing:
        return f"填好{'、'.join(missing)}后，按申报口岸的工作日历计算。"
    port = application.declaration_port
    if Code.CALENDAR_UNKNOWN in said:
        return f"口岸 {port} 还没有公布预约时间前后的工作日历。请联系口岸或海关更新工作日历；可先暂存，公布后自动算出。"
    lacking = f"口岸 {port} 的工作日历" if state.trader is not None else "收发货人的信用等级"
    return f"本机还没有{lacking}。联网后自动取来再算，可先暂存。"
