"""The week view's arithmetic: what each stretch of a day is good for, until when, where drafts lie (S34, B3)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from yuyue_desktop.domain.application import Application, ApplicationId, ApplicationRecord, Status
from yuyue_desktop.domain.calendar import DAY_MINUTES, Period, WorkingCalendar, moment
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.deadline import Verdict
from yuyue_desktop.services.calendars import CalendarAnswer, CalendarQuestion
from yuyue_desktop.services.tracking import TrackedApplication
from yuyue_desktop.ui.pages.contents import BlockKind, CalendarDay
from yuyue_desktop.ui.presenters.calendar_content import (
    calendar_content,
    chosen_window,
    conditions,
    own_drafts,
)
from yuyue_desktop.ui.presenters.calendar_day import OwnDraft, calendar_day
from yuyue_desktop.ui.presenters.day_stretches import Stretch, Terms, day_stretches
from yuyue_desktop.ui.tables.rows import Urgency

NOW = datetime(2026, 9, 23, 14, 36)
HOURS = (Period(510, 720), Period(780, 1050))
DAY = timedelta(days=1)
K = BlockKind


def week(last: int = 28, **own: tuple[Period, ...]) -> WorkingCalendar:
    """September 2026 as far as `last`: Monday to Friday but the 25th (Mid-Autumn); `d24=()` gives a day hours."""
    days: dict[date, tuple[Period, ...]] = {
        date(2026, 9, number): HOURS
        for number in range(1, last + 1)
        if date(2026, 9, number).weekday() < 5 and number != 25
    }
    days |= {date(2026, 9, int(name[1:])): periods for name, periods in own.items()}
    return WorkingCalendar(date(2026, 9, 1), date(2026, 9, last), {day: p for day, p in days.items() if p})


def terms(now: datetime = NOW, *, is_same_port: bool = False, grade: Grade = Grade.GENERAL) -> Terms:
    return Terms(is_same_port, grade, now)


def day(
    number: int, calendar: WorkingCalendar | None = None, *drafts: OwnDraft, by: Terms | None = None
) -> CalendarDay:
    return calendar_day(calendar or week(), date(2026, 9, number), drafts, by or terms())


def kinds(found: CalendarDay) -> list[tuple[BlockKind, int, int]]:
    return [(block.kind, block.opens, block.closes) for block in found.blocks]


def texts(found: CalendarDay) -> list[str]:
    return [block.text for block in found.blocks]


def draft(number: int, hour: int, name: str = "草稿 0274") -> OwnDraft:
    return OwnDraft(ApplicationId(name), datetime(2026, 9, number, hour), name, is_open=True)


def test_today_is_past_working_and_too_late() -> None:
    today = day(23)
    assert kinds(today) == [
        (K.PAST, 0, 510),
        (K.WORKING, 510, 720),
        (K.PAST, 720, 780),
        (K.WORKING, 780, 1050),
        (K.TOO_LATE, 1050, 1440),
    ]
    assert (today.title, today.note, today.is_today) == ("周三 9/23", "今天", True)
    assert (today.latest, today.detail, today.urgency) == ("9/22 周二 17:30", "过了 21 小时 6 分", Urgency.LATE)


def test_a_day_whose_parts_differ_says_from_when_on() -> None:
    thursday = day(24)
    assert kinds(thursday) == [
        (K.TOO_LATE, 0, 510),
        (K.WORKING, 510, 720),
        (K.GAP, 720, 780),
        (K.WORKING, 780, 1050),
        (K.BOOKABLE, 1050, 1440),
    ]
    assert texts(thursday) == ["已来不及", "工作 08:30–12:00", "", "工作 13:00–17:30", "可约 17:30–24:00"]
    assert (thursday.latest, thursday.detail, thursday.urgency) == (
        "17:30 起：9/23 17:30", "还剩 2 小时 54 分", Urgency.SOON,
    )  # fmt: skip


def test_both_parts_of_a_day_may_be_bookable_until_different_moments() -> None:
    monday = day(28, week(29))
    assert [block.kind for block in monday.blocks] == [K.BOOKABLE, K.WORKING, K.GAP, K.WORKING, K.BOOKABLE]
    assert (monday.latest, monday.detail) == ("00:00 起：9/23 17:30", "17:30 起：9/27 17:30")
    assert monday.urgency is Urgency.SOON


@pytest.mark.parametrize("number", [25, 26, 27])
def test_a_holiday_and_a_weekend_are_bookable_all_day(number: int) -> None:
    found = day(number)
    assert kinds(found) == [(K.BOOKABLE, 0, 1440)]
    assert texts(found) == ["全天可约"]
    assert (found.note, found.latest) == ("休", "9/23 周三 17:30")


def test_an_unpublished_day_is_unknown_and_says_whom_to_ask() -> None:
    for found in (day(29), calendar_day(None, date(2026, 9, 29), (), terms())):
        assert kinds(found) == [(K.UNKNOWN, 0, 1440)]
        assert texts(found) == ["没有这一天的工作日历 · 请联系口岸或海关更新工作日历"]
        assert (found.note, found.latest, found.detail) == ("日历未公布", "算不出", "缺 9/29 前后的工作日历")


def test_before_a_known_holiday_an_unknown_day_leaves_the_deadline_open() -> None:
    calendar = WorkingCalendar(date(2026, 9, 26), date(2026, 9, 28), {date(2026, 9, 28): HOURS})
    assert texts(day(26, calendar)) == ["还算不出"]
    assert day(26, calendar).latest == "算不出"
    assert kinds(day(28, calendar))[0] == (K.UNKNOWN, 0, 510)


def test_time_before_an_unknown_day_is_bookable_as_far_as_a_window_fits() -> None:
    assert kinds(day(28))[-1] == (K.BOOKABLE, 1050, 1440)
    late = week(28, d28=(Period(510, 1350),))
    assert kinds(day(28, late))[-1] == (K.UNKNOWN, 1350, 1440)


def test_work_until_midnight_closes_at_the_next_days_beginning() -> None:
    calendar = week(d24=(Period(960, DAY_MINUTES),))
    assert kinds(day(24, calendar))[-1] == (K.WORKING, 960, 1440)
    friday = day(25, calendar, by=terms(datetime(2026, 9, 23, 23, 0)))
    assert kinds(friday) == [(K.BOOKABLE, 0, 1440)]
    assert (friday.latest, friday.detail) == ("9/24 周四 00:00", "还剩 1 小时")


def test_a_short_rest_of_a_day_joins_the_next_mornings_free_time() -> None:
    calendar = week(d24=(Period(510, 1380),), d25=(Period(60, 600),))
    thursday, friday = day(24, calendar), day(25, calendar)
    # 23:00-24:00 and 00:00-01:00 together hold exactly one window.
    assert kinds(thursday)[-1] == (K.BOOKABLE, 1380, 1440)
    assert kinds(friday)[0] == (K.BOOKABLE, 0, 60)
    assert friday.latest.startswith("00:00 起：9/23 23:00")
    narrower = week(d24=(Period(510, 1380),), d25=(Period(59, 600),))
    assert kinds(day(24, narrower))[-1] == (K.GAP, 1380, 1440)
    assert kinds(day(25, narrower))[0] == (K.GAP, 0, 59)


@pytest.mark.parametrize(("opens", "kind"), [(840, K.TOO_LATE), (839, K.GAP)])
def test_a_gap_holds_a_window_from_two_hours_on(opens: int, kind: BlockKind) -> None:
    calendar = week(d24=(Period(510, 720), Period(opens, 1050)))
    assert kinds(day(24, calendar))[2] == (kind, 720, opens)


def test_what_is_left_of_a_gap_after_now_may_be_too_short() -> None:
    calendar = week(d23=(Period(510, 720), Period(900, 1050)))
    for minute, expected in ((780, K.TOO_LATE), (781, K.GAP)):
        now = moment(date(2026, 9, 23), minute)
        assert kinds(day(23, calendar, by=terms(now)))[2:4] == [(K.PAST, 720, minute), (expected, minute, 900)]


def test_a_day_gone_by_is_past_and_its_work_still_shown() -> None:
    tuesday = day(22)
    assert [block.kind for block in tuesday.blocks] == [K.PAST, K.WORKING, K.PAST, K.WORKING, K.PAST]
    assert (tuesday.latest, tuesday.detail) == ("没有能约的时段", "已经过去")


def test_work_round_the_clock_leaves_nothing() -> None:
    calendar = week(d24=(Period(0, DAY_MINUTES),))
    assert kinds(day(24, calendar)) == [(K.WORKING, 0, 1440)]
    assert (day(24, calendar).latest, day(24, calendar).detail) == ("没有能约的时段", "")


@pytest.mark.parametrize(
    ("is_same_port", "grade", "latest"),
    [
        (False, Grade.GENERAL, "9/23 周三 17:30"),
        (False, Grade.SENIOR, "9/24 周四 09:30"),
        (True, Grade.GENERAL, "9/24 周四 09:30"),
        (True, Grade.SENIOR, "9/24 周四 13:30"),
    ],
)
def test_ports_and_grade_move_the_latest_moment(is_same_port: bool, grade: Grade, latest: str) -> None:
    assert day(26, by=terms(is_same_port=is_same_port, grade=grade)).latest == latest


def test_every_window_of_a_stretch_is_judged_as_the_stretch_is() -> None:
    """Against the law itself, minute by minute, over a calendar with every oddity."""
    split = (Period(0, 90), Period(200, 330), Period(1395, 1440))
    odd = week(30, d24=split, d25=(Period(0, 30),), d28=(Period(59, 60),))
    for number in range(23, 30):
        for stretch in day_stretches(odd, date(2026, 9, number), terms()):
            assert judged_in(odd, date(2026, 9, number), stretch) <= expected_of(stretch)


def judged_in(calendar: WorkingCalendar, on: date, stretch: Stretch) -> set[tuple[Verdict, datetime | None]]:
    """What the law says of all windows that begin in a stretch and are not work."""
    starts = (moment(on, minute) for minute in range(stretch.opens, stretch.closes))
    found = (terms().judge(calendar, start) for start in starts if start > NOW)
    return {(one.verdict, one.latest) for one in found if one.verdict is not Verdict.WORKING_TIME}


def expected_of(stretch: Stretch) -> set[tuple[Verdict, datetime | None]]:
    verdicts = {K.BOOKABLE: Verdict.IN_TIME, K.TOO_LATE: Verdict.TOO_LATE}
    return {(verdicts[stretch.kind], stretch.latest)} if stretch.kind in verdicts else set()


def test_a_draft_stands_in_a_block_of_its_own() -> None:
    saturday = day(26, None, draft(26, 9))
    assert kinds(saturday) == [(K.BOOKABLE, 0, 540), (K.BOOKABLE, 660, 1440), (K.DRAFT, 540, 660)]
    assert texts(saturday) == ["可约", "可约", "09:00\n草稿 0274"]


def test_a_draft_goes_over_midnight_without_its_words() -> None:
    late = draft(26, 23)
    assert kinds(day(26, None, late))[-1] == (K.DRAFT, 1380, 1440)
    sunday = day(27, None, late)
    assert kinds(sunday) == [(K.BOOKABLE, 60, 1440), (K.DRAFT, 0, 60)]
    assert texts(sunday)[-1] == ""
    assert kinds(day(28, None, late)) == kinds(day(28))


def test_drafts_that_overlap_are_counted() -> None:
    saturday = day(26, None, draft(26, 9), draft(26, 10, "未编号草稿"), draft(26, 12))
    assert [text for text in texts(saturday) if text != "可约"] == ["09:00\n2 份草稿", "12:00\n草稿 0274"]


def tracked(number: int, port: str, start: str, pre_entry_number: str = "") -> TrackedApplication:
    application = Application(ApplicationId(f"id-{number}"), "1101919107", declaration_port=port, window_start=start)
    record = ApplicationRecord(application, 1, Status.DRAFT, "zhou", NOW, pre_entry_number)
    return TrackedApplication(record, (), None)


def test_drafts_of_the_port_that_say_when_are_the_companys_own() -> None:
    rows = [
        tracked(1, "2210", "2026-09-26T09:00", "YTG202600000000274"),
        tracked(2, "2210", "2026-09-27T09:00"),
        tracked(3, "2233", "2026-09-26T09:00"),
        tracked(4, "2210", "周六"),
    ]
    found = own_drafts(rows, "2210")
    assert [(one.id, one.name, one.is_open) for one in found] == [
        ("id-1", "草稿 0274", True), ("id-2", "未编号草稿", True),
    ]  # fmt: skip


def name_of(port: str) -> str:
    return {"2210": "浦东海关"}.get(port, "")


def test_the_list_has_working_periods_only_of_every_port_that_answered() -> None:
    question = CalendarQuestion(date(2026, 9, 24), date(2026, 9, 26))
    answer = CalendarAnswer(question, {"2233": week(d24=(Period(0, 60),)), "2210": week()})
    content = calendar_content(answer, (), terms(), name_of)
    assert content.days == ()
    assert [tuple(row.cell(key).text for key in ("day", "port", "period")) for row in content.periods] == [
        ("2026-09-24 周四", "2210 浦东海关", "08:30–12:00"),
        ("2026-09-24 周四", "2210 浦东海关", "13:00–17:30"),
        ("2026-09-24 周四", "2233", "00:00–01:00"),
    ]
    assert len({row.id for row in content.periods}) == 3


def test_one_port_gives_a_row_for_each_day_asked() -> None:
    question = CalendarQuestion(date(2026, 9, 23), date(2026, 9, 29), "2210")
    content = calendar_content(CalendarAnswer(question, {"2210": week()}), (), terms(), name_of)
    assert [found.day.day for found in content.days] == list(range(23, 30))
    assert content.now == NOW
    nothing = calendar_content(CalendarAnswer(question, {}), (), terms(), name_of)
    assert nothing.periods == ()
    assert {found.note for found in nothing.days[1:]} == {"日历未公布"}


def test_conditions_name_the_hours_of_the_law() -> None:
    shown = conditions(terms(is_same_port=True, grade=Grade.SENIOR))
    assert (shown.relation, shown.grade, shown.rule) == ("same", "senior", "下班前 4 小时")
    assert [choice.title for choice in (*shown.relations, *shown.grades)] == [
        "口岸不同", "口岸相同", "一般企业", "高级企业",
    ]  # fmt: skip


def test_a_window_that_can_be_had_is_offered_to_a_draft() -> None:
    chosen = chosen_window(week(), datetime(2026, 9, 26, 14), terms(), draft(26, 9))
    assert chosen.window == "选中 9月26日 周六 14:00–16:00"
    assert chosen.sentence == "须在今天 17:30 前提交，还剩 2 小时 54 分"
    assert (chosen.act, chosen.urgency) == ("把草稿 0274 改到这里", Urgency.SOON)


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (datetime(2026, 9, 23, 14, 0), "预约时间已经过去"),
        (datetime(2026, 9, 24, 11, 0), "与口岸工作时间重叠，不能预约"),
        (datetime(2026, 9, 24, 6, 0), "已来不及：最迟 昨天 17:30 前提交"),
        (datetime(2026, 9, 28, 23, 0), "请联系口岸或海关更新工作日历"),
        (datetime(2026, 9, 30, 9, 0), "请联系口岸或海关更新工作日历"),
    ],
)
def test_a_window_that_can_not_be_had_says_why_and_is_not_offered(start: datetime, sentence: str) -> None:
    chosen = chosen_window(week(), start, terms(), draft(26, 9))
    assert (chosen.sentence, chosen.act) == (sentence, "")


def test_a_draft_is_not_offered_its_own_window_and_none_nothing() -> None:
    start = datetime(2026, 9, 26, 22)
    assert chosen_window(week(), start, terms(), draft(26, 22)).act == ""
    alone = chosen_window(week(), start, terms(), None)
    assert (alone.window, alone.act) == ("选中 9月26日 周六 22:00–24:00", "")
