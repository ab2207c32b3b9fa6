"""Every rule of the form finds what breaks it and nothing else (S12-S26, N1-N7)."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from dataclasses import dataclass
from datetime import date, datetime
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuyue_desktop.domain import feedback_rules, limits, rules
from yuyue_desktop.domain.application import Application, ApplicationId, Attachment, GoodsItem
from yuyue_desktop.domain.calendar import Period, WorkingCalendar
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.rules import Problem, Severity, Surroundings
from yuyue_desktop.domain.texts import TEXTS, words

OFFICE = (Period(510, 720), Period(780, 1050))
CALENDAR = WorkingCalendar(
    date(2026, 9, 20), date(2026, 10, 20), {date(2026, 9, 29): OFFICE, date(2026, 9, 30): OFFICE}
)
NOT_ASKED = {"calendar": None, "is_calendar_answered": False}
EARLY = {"now": datetime(2026, 9, 21)}
DECLARANT = Company("1101919107", "91350100M000100Y43", "1100612896", "中国山货花卉进出口公司", Grade.SENIOR)
TRADER = Company("3122261001", "91350100M000100Y43", "1100612897", "示例商贸公司", Grade.SENIOR)
GOOD = Application(
    ApplicationId("a"),
    DECLARANT.customs_code,
    trader=TRADER.customs_code,
    contact_name="张三",
    contact_mobile="13800138000",
    declaration_port="2233",
    entry_exit_port="2233",
    transport_mode="5",
    window_start="2026-10-03T10:00",
    is_import=True,
    goods=(GoodsItem("0101", "马"),),
)
AROUND = Surroundings(
    datetime(2026, 9, 30, 13, 30),
    DECLARANT,
    TRADER,
    ports=("2233", "2248"),
    transport_modes=("2", "5"),
    calendar=CALENDAR,
    is_calendar_answered=True,
)
PAGE = 200 * 1024


def pdf(name: str = "箱单.pdf", size: int = PAGE, pages: tuple[int, ...] = (PAGE,)) -> Attachment:
    """Give an attachment."""
    return Attachment(name, "0" * 64, size, pages)


@dataclass(frozen=True)
class Case:
    """What is changed of the good application and its surroundings, and the one problem that makes."""

    rule: str
    field: str
    code: Code
    change: dict[str, Any] = dataclasses.field(default_factory=dict)
    around: dict[str, Any] = dataclasses.field(default_factory=dict)
    severity: Severity = Severity.ERROR

    def problems(self) -> tuple[Problem, ...]:
        """Give what the rules say."""
        application = dataclasses.replace(GOOD, **self.change)
        return rules.check(application, dataclasses.replace(AROUND, **self.around))


def changed(company: Company, **changes: Any) -> Company:
    """Give a company that differs."""
    return dataclasses.replace(company, **changes)


GAP, WARNING = Severity.GAP, Severity.WARNING
NO_TRADER = {"trader": None}

CASES = [
    Case("S12", "trader", Code.REQUIRED, {"trader": ""}, NO_TRADER, GAP),
    Case("S13", "contact_name", Code.REQUIRED, {"contact_name": ""}, severity=GAP),
    Case("S13", "contact_name", Code.REQUIRED, {"contact_name": " 　"}, severity=GAP),
    Case("S13", "contact_mobile", Code.REQUIRED, {"contact_mobile": ""}, severity=GAP),
    Case("S14", "declaration_port", Code.REQUIRED, {"declaration_port": ""}, {"calendar": None}, GAP),
    Case("S14", "entry_exit_port", Code.REQUIRED, {"entry_exit_port": ""}, severity=GAP),
    Case("S15", "transport_mode", Code.REQUIRED, {"transport_mode": ""}, severity=GAP),
    Case("S16", "window_start", Code.REQUIRED, {"window_start": ""}, severity=GAP),
    Case("S18", "is_import", Code.FLAG_MISSING, {"is_import": False}, severity=GAP),
    Case("S20", "goods", Code.GOODS_MISSING, {"goods": ()}, severity=GAP),
    Case("N1", "trader", Code.TRADER_CODE_MALFORMED, {"trader": "312226100"}, NO_TRADER),
    Case("S12", "trader", Code.COMPANY_UNKNOWN, {}, {"trader": None, "is_trader_unknown": True}),
    Case("S12", "trader", Code.TRADER_NOT_CHECKED, {}, NO_TRADER, WARNING),
    Case(
        "N2", "trader", Code.CREDIT_CODE_CHECK, {},
        {"trader": changed(TRADER, credit_code="110152361011152450")}, WARNING,
    ),
    Case("S13", "contact_name", Code.TOO_LONG, {"contact_name": "张" * 31}),
    Case("S13", "contact_mobile", Code.MOBILE_MALFORMED, {"contact_mobile": "010 65194114"}),
    Case("S13", "contact_mobile", Code.MOBILE_MALFORMED, {"contact_mobile": "12800138000"}),
    Case("S13", "contact_mobile", Code.MOBILE_TOO_SHORT, {"contact_mobile": "1380013800"}),
    Case("S13", "contact_mobile", Code.MOBILE_TOO_LONG, {"contact_mobile": "138001380000"}),
    Case("S14", "declaration_port", Code.PORT_MALFORMED, {"declaration_port": "浦东"}, {"calendar": None}),
    Case("S14", "entry_exit_port", Code.PORT_MALFORMED, {"entry_exit_port": "223"}),
    Case("N7", "entry_exit_port", Code.PORT_NOT_A_PORT, {"entry_exit_port": "5000"}, EARLY),
    Case("N7", "entry_exit_port", Code.PORT_UNKNOWN, {"entry_exit_port": "9999"}, EARLY, WARNING),
    Case("N7", "entry_exit_port", Code.PORT_OF_DISTRICT, {"entry_exit_port": "2200"}, EARLY, WARNING),
    Case("S15", "transport_mode", Code.TRANSPORT_MALFORMED, {"transport_mode": "航空"}),
    Case("N7", "transport_mode", Code.TRANSPORT_UNKNOWN, {"transport_mode": "Q"}, severity=WARNING),
    Case("S16", "window_start", Code.WINDOW_MALFORMED, {"window_start": "10月3日"}),
    Case("S16", "window_start", Code.WINDOW_PAST, {"window_start": "2026-09-30T13:30"}, NOT_ASKED),
    Case("S24", "window_start", Code.WINDOW_IN_WORKING_TIME, {"window_start": "2026-09-30T15:00"}, EARLY),
    Case("S25", "window_start", Code.WINDOW_TOO_LATE, {}, {"now": datetime(2026, 9, 30, 13, 31)}),
    Case("S25", "window_start", Code.WINDOW_TOO_LATE, {"entry_exit_port": "2248"}),
    Case("S25", "window_start", Code.WINDOW_TOO_LATE, {}, {"trader": changed(TRADER, grade=Grade.GENERAL)}),
    Case("S26", "window_start", Code.CALENDAR_UNKNOWN, {"window_start": "2026-10-21T10:00"}),
    Case("S26", "window_start", Code.CALENDAR_UNKNOWN, {}, {"calendar": None}),
    Case("S17", "reason", Code.REASON_TOO_LONG, {"reason": "鲜" * 128}),
    Case("S10", "reason", Code.CONTROL_CHARACTER, {"reason": "鲜活\x00"}),
    Case("S10", "contact_name", Code.CONTROL_CHARACTER, {"contact_name": "张\t三"}),
    Case("S10", "goods", Code.CONTROL_CHARACTER, {"goods": (GoodsItem("0101", "马\ud800"),)}),
    Case("S10", "contact_name", Code.UNCERTAIN_CHARACTER, {"contact_name": "张三😀"}, severity=WARNING),
    Case("S10", "reason", Code.UNCERTAIN_CHARACTER, {"reason": "鲜活e\u0301\ue000\u0378"}, severity=WARNING),
    Case("S10", "goods", Code.UNCERTAIN_CHARACTER, {"goods": (GoodsItem("0101", "马🐎"),)}, severity=WARNING),
    Case("N4", "goods", Code.GOODS_CODE_MALFORMED, {"goods": (GoodsItem("0101", "马"), GoodsItem("010", "驴"))}),
    Case("S20", "goods", Code.GOODS_NAME_MISSING, {"goods": (GoodsItem("0101", " "),)}),
    Case(
        "S20", "goods", Code.GOODS_NAMES_TOO_LONG,
        {"goods": (GoodsItem("0101", "马" * 3999), GoodsItem("0102", "牛牛"))},
    ),
    Case("S19", "attachments", Code.ATTACHMENTS_TOO_MANY, {"attachments": (pdf(),) * 6}),
    Case("S19", "attachments", Code.ATTACHMENT_NAME_CHARACTERS, {"attachments": (pdf("合同\u202e.pdf"),)}),
    Case("S19", "attachments", Code.ATTACHMENT_NAME_TOO_LONG, {"attachments": (pdf("单" * 31 + ".pdf"),)}),
    Case(
        "S19", "attachments", Code.ATTACHMENT_TOO_LARGE,
        {"attachments": (pdf(size=4 * 1024**2 + 1, pages=(1,) * 21),)},
    ),
    Case("S19", "attachments", Code.ATTACHMENT_PAGE_TOO_LARGE, {"attachments": (pdf(pages=(1, PAGE + 1)),)}),
    Case(
        "S19", "attachments", Code.ATTACHMENT_MEAN_TOO_LARGE,
        {"attachments": (pdf(size=2 * PAGE + 1, pages=(1, 1)),)},
    ),
    Case("S5", "declarant", Code.COMPANY_DISHONEST, {}, {"declarant": changed(DECLARANT, grade=Grade.DISHONEST)}),
    Case("S5", "trader", Code.COMPANY_DISHONEST, {}, {"trader": changed(TRADER, grade=Grade.DISHONEST)}),
    Case("S23", "trader", Code.COMPANY_NOT_REGISTERED, {}, {"trader": changed(TRADER, is_registered=False)}),
    Case("S23", "declarant", Code.COMPANY_OWES_FEEDBACK, {}, {"declarant": changed(DECLARANT, owes_feedback=True)}),
]  # fmt: skip


def test_a_good_application_has_no_problem() -> None:
    assert rules.check(GOOD, AROUND) == ()
    assert not rules.stops_declaring(())


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.field}")
def test_each_break_makes_its_one_problem(case: Case) -> None:
    problems = case.problems()
    assert [(p.rule, p.field, p.code, p.severity) for p in problems] == [
        (case.rule, case.field, case.code, case.severity)
    ]
    assert rules.stops_declaring(problems) == (case.severity is not Severity.WARNING)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.field}")
def test_params_fill_the_words(case: Case) -> None:
    (problem,) = case.problems()
    title, advice = TEXTS[problem.code]
    wanted = {name for _, name, _, _ in Formatter().parse(title + advice) if name}
    assert wanted <= set(problem.params)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.field}")
def test_a_bubble_holds_the_words(case: Case) -> None:
    (problem,) = case.problems()
    said = words(problem.code, {**problem.params, **({"name": ""} if "name" in problem.params else {})})
    columns = sum(1 if char.isascii() else 2 for char in said.title + said.advice)
    assert columns <= 80


def test_a_window_in_working_time_is_told_with_port_day_and_hours() -> None:
    wish = dataclasses.replace(GOOD, window_start="2026-09-30T11:00")
    early = dataclasses.replace(AROUND, now=datetime(2026, 9, 21))
    for around in (early, dataclasses.replace(early, trader=None), dataclasses.replace(early, declarant=None)):
        said = [words(p.code, p.params).title for p in rules.time_problems(wish, around)]
        assert said == ["与口岸 2233 09-30 08:30–12:00 的工作时间重叠"]


@pytest.mark.parametrize(
    ("change", "grade", "latest", "hours"),
    [
        ({}, Grade.SENIOR, "2026-09-30 13:30", 4),
        ({}, Grade.GENERAL, "2026-09-30 09:30", 8),
        ({"entry_exit_port": "2248"}, Grade.SENIOR, "2026-09-30 09:30", 8),
        ({"entry_exit_port": "2248"}, Grade.GENERAL, "2026-09-29 17:30", 24),
    ],
)
def test_what_is_too_late_is_told_with_moment_port_closing_and_hours(
    change: dict[str, Any], grade: Grade, latest: str, hours: int
) -> None:
    late = dataclasses.replace(AROUND, now=datetime(2026, 10, 1), trader=changed(TRADER, grade=grade))
    (problem,) = rules.time_problems(dataclasses.replace(GOOD, **change), late)
    assert str(words(problem.code, problem.params)) == (
        f"已过最迟申报时间 {latest}。口岸 2233 09-30 17:30 下班前 {hours} 小时，请改约"
    )


def test_every_code_the_rules_can_give_has_its_case() -> None:
    tree = ast.parse(inspect.getsource(rules))
    named = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Code"
    }
    assert named == {case.code.name for case in CASES}


@pytest.mark.parametrize(
    "change",
    [
        {"contact_name": "张" * 30},
        {"contact_mobile": "010-65194114"},
        {"reason": "鲜" * 127 + "a"},
        {"reason": "一\n二"},
        {"is_import": False, "is_export": True},
        {"is_export": True},
        {"goods": (GoodsItem("0101", "马" * 4000),)},
        {"goods": (GoodsItem("0101210010", "马"), GoodsItem("0101", "马"))},
        {"attachments": (pdf(size=5 * PAGE, pages=(PAGE,) * 5),) * 5},
        {"attachments": (pdf("单" * 30 + ".pdf", size=4 * 1024 * 1024, pages=(1,) * 30),)},
    ],
)
def test_exactly_at_a_limit_is_allowed(change: dict[str, Any]) -> None:
    assert rules.check(dataclasses.replace(GOOD, **change), AROUND) == ()


def test_an_empty_draft_lacks_what_is_required_and_nothing_is_malformed() -> None:
    empty = Application(ApplicationId("a"), DECLARANT.customs_code)
    problems = rules.check(empty, Surroundings(datetime(2026, 9, 30)))
    assert {p.severity for p in problems} == {Severity.GAP}
    assert [p.field for p in problems] == [name for name, _ in rules.REQUIRED_TEXTS] + ["is_import", "goods"]
    assert list(rules.malformed(empty, Surroundings(datetime(2026, 9, 30)))) == []


def test_problems_come_in_the_order_of_the_form() -> None:
    worst = dataclasses.replace(
        GOOD, trader="x", contact_name="", contact_mobile="1", reason="鲜" * 128, is_import=False, goods=(),
        attachments=(pdf(),) * 6, window_start="x",
    )  # fmt: skip
    fields = [p.field for p in rules.check(worst, dataclasses.replace(AROUND, trader=None))]
    assert fields == sorted(fields, key=rules.FORM_ORDER.index)
    assert len(fields) == 8


def test_tables_that_are_not_there_warn_of_nothing() -> None:
    odd = dataclasses.replace(GOOD, entry_exit_port="2234", declaration_port="2234", transport_mode="Q")
    assert rules.check(odd, dataclasses.replace(AROUND, ports=(), transport_modes=())) == ()


def test_a_calendar_that_was_not_asked_for_yet_is_no_problem() -> None:
    offline = dataclasses.replace(AROUND, calendar=None, is_calendar_answered=False)
    assert rules.check(GOOD, offline) == ()
    assert rules.judgement(GOOD, offline) is None


def test_what_a_calendar_does_not_tell_is_unpublished_only_once_it_was_asked_for() -> None:
    beyond = dataclasses.replace(GOOD, window_start="2026-10-21T10:00")
    not_asked = dataclasses.replace(AROUND, is_calendar_answered=False)
    assert rules.check(beyond, not_asked) == ()
    assert rules.judgement(beyond, not_asked) is None
    assert rules.lacks_calendar(beyond, not_asked)
    assert not rules.lacks_calendar(GOOD, not_asked)


@pytest.mark.parametrize("half_typed", ["", "2", "223", "浦东"])
def test_a_half_typed_port_is_no_other_port(half_typed: str) -> None:
    assert rules.judgement(dataclasses.replace(GOOD, entry_exit_port=half_typed), AROUND) is None


def test_both_readings_of_a_page_are_held() -> None:
    allowed = limits.AttachmentLimits()
    heavy_file = pdf(size=3 * PAGE + 1, pages=(PAGE, PAGE, PAGE))
    (problem,) = rules.attachment_problems(heavy_file, allowed)
    assert (problem.code, problem.params["size"]) == (Code.ATTACHMENT_MEAN_TOO_LARGE, 201)
    heavy_page = pdf(size=10, pages=(1, 2, PAGE + 1024, PAGE + 1024))
    (problem,) = rules.attachment_problems(heavy_page, allowed)
    assert (problem.params["page"], problem.params["size"], problem.params["limit"]) == (3, 201, 200)


def test_a_file_whose_pages_are_unknown_has_no_mean_page() -> None:
    assert list(rules.attachment_problems(pdf(size=3 * PAGE, pages=()), limits.AttachmentLimits())) == []


@given(st.integers(0, 10**7))
def test_what_is_over_a_limit_never_reads_as_the_limit(size: int) -> None:
    assert (rules.kilobytes(size) > 200) == (size > 200 * 1024)


@pytest.mark.parametrize(
    ("declarant", "trader", "used"),
    [
        (Grade.SENIOR, Grade.SENIOR, Grade.SENIOR),
        (Grade.SENIOR, Grade.GENERAL, Grade.GENERAL),
        (Grade.GENERAL, Grade.SENIOR, Grade.GENERAL),
        (Grade.DISHONEST, Grade.SENIOR, None),
        (Grade.SENIOR, Grade.DISHONEST, None),
        (Grade.SENIOR, None, None),
        (None, Grade.SENIOR, None),
    ],
)
def test_the_lower_grade_is_used(declarant: Grade | None, trader: Grade | None, used: Grade | None) -> None:
    def company(grade: Grade | None) -> Company | None:
        return changed(TRADER, grade=grade) if grade else None

    around = dataclasses.replace(AROUND, declarant=company(declarant), trader=company(trader))
    assert rules.grade_used(around) is used


# Without the sign that stands for a parameter nobody gave: messages quote what was typed.
TEXT = st.text(st.characters(exclude_characters="…", exclude_categories=()), max_size=30)
APPLICATIONS = st.builds(
    Application,
    st.just(ApplicationId("a")),
    TEXT,
    **{name: TEXT for name, _ in rules.REQUIRED_TEXTS},
    reason=TEXT,
    is_import=st.booleans(),
    is_export=st.booleans(),
    goods=st.lists(st.builds(GoodsItem, TEXT, TEXT), max_size=3).map(tuple),
    attachments=st.lists(
        st.builds(
            Attachment, TEXT, TEXT, st.integers(0, 10**8), st.lists(st.integers(0, 10**7), max_size=4).map(tuple)
        ),
        max_size=7,
    ).map(tuple),
)


@given(APPLICATIONS)
def test_anything_typed_is_judged(application: Application) -> None:
    problems = rules.check(application, AROUND)
    assert all("…" not in str(words(problem.code, problem.params)) for problem in problems)
    assert {problem.field for problem in problems} <= set(rules.FORM_ORDER)


@pytest.mark.parametrize(
    ("number", "written", "code"),
    [
        ("2233202610000001", (), Code.DECLARATION_NUMBER_LENGTH),
        ("22332026100000012X", (), Code.DECLARATION_NUMBER_DIGITS),
        ("223320262000000123", (), Code.DECLARATION_NUMBER_DIGITS),
        ("223320260000000123", (), Code.DECLARATION_NUMBER_FLAG),
        ("224820261000000123", (), Code.DECLARATION_NUMBER_PORT),
        ("223320261000000123", ("223320261000000123",), Code.DECLARATION_NUMBER_REPEATED),
        ("223320261000000123", tuple(map(str, range(50))), Code.DECLARATION_NUMBERS_TOO_MANY),
        ("223320261000000123", tuple(map(str, range(49))), None),
    ],
)
def test_what_the_digits_of_a_declaration_number_show(number: str, written: tuple[str, ...], code: Code | None) -> None:
    problem = feedback_rules.number_problem(GOOD, number, written)
    assert (problem and problem.code) == code
    if problem:
        said = words(problem.code, problem.params)
        assert "…" not in str(said)


def test_with_both_flags_ticked_either_number_fits() -> None:
    both = dataclasses.replace(GOOD, is_export=True)
    assert feedback_rules.number_problem(both, "223320260000000123") is None
    assert feedback_rules.number_problem(both, "223320261000000123") is None


def test_of_a_pasted_list_what_fits_is_taken_and_nothing_is_lost() -> None:
    numbers = [f"2233202610000{place:05d}" for place in range(51)]
    text = "报关单号\r\n" + "\r\n".join(numbers) + "\t" + numbers[0]
    taken = feedback_rules.take_numbers(GOOD, text, ())
    assert taken.added == tuple(numbers[:50])
    assert taken.left == ("报关单号", numbers[50], numbers[0])
    assert taken.problem is not None
    assert taken.problem.code is Code.DECLARATION_NUMBER_LENGTH
    over = feedback_rules.take_numbers(GOOD, numbers[50], taken.added)
    assert over.problem is not None
    assert over.problem.code is Code.DECLARATION_NUMBERS_TOO_MANY


@pytest.mark.parametrize("sign", ["\0", "\u202e", "\u200b", "\ufeff", "\x7f", "\n"])
def test_a_name_holds_nothing_that_no_form_can_show(sign: str) -> None:
    named = dataclasses.replace(GOOD, contact_name=f"周{sign}敏")
    around = Surroundings(datetime(2026, 9, 21), trader=TRADER)
    assert [p.code for p in rules.malformed(named, around) if p.field == "contact_name"] == [Code.CONTROL_CHARACTER]
