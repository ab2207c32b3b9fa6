"""What is wrong with an application, and what is missing before it may be declared (S12-S26, N1-N7); pure functions.

Window, command line and gateway all ask here. Tables and companies come in as plain data: a code that a table lacks
only warns (N7), what is unknown offline is said as unknown, never guessed.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from yuyue_desktop.domain import limits, numbers
from yuyue_desktop.domain.application import Application, Attachment
from yuyue_desktop.domain.calendar import Period, WorkingCalendar
from yuyue_desktop.domain.company import Company, Grade, lower_grade
from yuyue_desktop.domain.deadline import Judgement, Verdict, deciding_closing, judge, window_end
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.typed_text import is_unseen, named_sign, uncertain_signs


class Severity(StrEnum):
    """An error stops declaring, a gap is something required that is still empty, a warning stops nothing."""

    ERROR = "error"
    GAP = "gap"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing the rules say about one field: `rule` as in the requirements, `params` fill the text of `code`."""

    rule: str
    field: str
    code: Code
    severity: Severity = Severity.ERROR
    params: dict[str, str | int] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around an application; None is unknown here and now.

    `ports` and `transport_modes` are the codes of the tables; empty ones warn of nothing. `calendar` is the declaration
    port's; `is_calendar_answered` says that it was asked for as far as judging the window takes, so that what it lacks
    is not published (S26).
    """

    now: datetime
    declarant: Company | None = None
    trader: Company | None = None
    is_trader_unknown: bool = False
    ports: Collection[str] = ()
    transport_modes: Collection[str] = ()
    calendar: WorkingCalendar | None = None
    is_calendar_answered: bool = False


REQUIRED_TEXTS = (
    ("trader", "S12"),
    ("contact_name", "S13"),
    ("contact_mobile", "S13"),
    ("declaration_port", "S14"),
    ("entry_exit_port", "S14"),
    ("transport_mode", "S15"),
    ("window_start", "S16"),
)


def check(application: Application, around: Surroundings) -> tuple[Problem, ...]:
    """Everything the rules say, in the order of the form; nothing but warnings means it may be declared."""
    problems = [*malformed(application, around), *missing(application), *time_problems(application, around)]
    problems += company_problems(around)
    order = {name: place for place, name in enumerate(FORM_ORDER)}
    return tuple(sorted(problems, key=lambda problem: order.get(problem.field, len(order))))


FORM_ORDER = (
    "declarant", *(name for name, _ in REQUIRED_TEXTS), "reason", "is_import", "attachments", "goods"
)  # fmt: skip


def ill_formed(application: Application, around: Surroundings) -> tuple[Problem, ...]:
    """What not even a draft may be (S21); that its window has gone by meanwhile is no fault of what is entered."""
    found = malformed(application, around)
    return tuple(p for p in found if p.severity is Severity.ERROR and p.code is not Code.WINDOW_PAST)


def stops_declaring(problems: Collection[Problem]) -> bool:
    """Whether any problem is more than a warning (S22)."""
    return any(problem.severity is not Severity.WARNING for problem in problems)


def missing(application: Application) -> Iterator[Problem]:
    """What is required and still empty; a draft may leave it so (S21)."""
    for name, rule in REQUIRED_TEXTS:
        if not getattr(application, name).strip():
            yield Problem(rule, name, Code.REQUIRED, Severity.GAP)
    if not (application.is_import or application.is_export):
        yield Problem("S18", "is_import", Code.FLAG_MISSING, Severity.GAP)
    if not application.goods:
        yield Problem("S20", "goods", Code.GOODS_MISSING, Severity.GAP)


def malformed(application: Application, around: Surroundings) -> Iterator[Problem]:
    """What is entered but not well-formed, which not even a draft at the gateway may be (S21)."""
    yield from _trader_problems(application, around)
    yield from _contact_problems(application)
    for name in ("declaration_port", "entry_exit_port"):
        yield from _port_problems(name, getattr(application, name), around.ports)
    yield from _transport_problems(application.transport_mode, around.transport_modes)
    yield from _window_problems(application, around.now)
    yield from _text_problems(application)
    yield from _attachment_problems(application.attachments, around.now)
    yield from _goods_problems(application)


def _trader_problems(application: Application, around: Surroundings) -> Iterator[Problem]:
    if not application.trader:
        return
    if not numbers.is_customs_code(application.trader):
        yield Problem("N1", "trader", Code.TRADER_CODE_MALFORMED, params={"count": len(application.trader)})
    elif around.is_trader_unknown:
        yield Problem("S12", "trader", Code.COMPANY_UNKNOWN, params={"customs_code": application.trader})
    elif around.trader is None:
        yield Problem("S12", "trader", Code.TRADER_NOT_CHECKED, Severity.WARNING)
    elif not numbers.has_credit_check(around.trader.credit_code):
        yield Problem("N2", "trader", Code.CREDIT_CODE_CHECK, Severity.WARNING, {"code": around.trader.credit_code})


def _contact_problems(application: Application) -> Iterator[Problem]:
    if len(application.contact_name) > limits.CONTACT_NAME_CHARACTERS:
        yield Problem(
            "S13", "contact_name", Code.TOO_LONG,
            params={"count": len(application.contact_name), "limit": limits.CONTACT_NAME_CHARACTERS},
        )  # fmt: skip
    mobile = application.contact_mobile
    if mobile and not numbers.is_telephone(mobile):
        yield Problem("S13", "contact_mobile", _telephone_code(mobile), params={"count": len(mobile)})


def _telephone_code(text: str) -> Code:
    if not (text.isascii() and text.isdigit() and text.startswith("1")):
        return Code.MOBILE_MALFORMED
    if len(text) < numbers.MOBILE_LENGTH:
        return Code.MOBILE_TOO_SHORT
    return Code.MOBILE_TOO_LONG if len(text) > numbers.MOBILE_LENGTH else Code.MOBILE_MALFORMED


def _port_problems(name: str, text: str, known: Collection[str]) -> Iterator[Problem]:
    if not text:
        return
    if not numbers.PORT_CODE.fullmatch(text):
        yield Problem("S14", name, Code.PORT_MALFORMED)
    elif text in numbers.NOT_PORTS:
        yield Problem("N7", name, Code.PORT_NOT_A_PORT, params={"code": text})
    elif numbers.DISTRICT_CODE.fullmatch(text):
        yield Problem("N7", name, Code.PORT_OF_DISTRICT, Severity.WARNING, {"code": text})
    elif known and text not in known:
        yield Problem("N7", name, Code.PORT_UNKNOWN, Severity.WARNING, {"code": text})


def _transport_problems(text: str, known: Collection[str]) -> Iterator[Problem]:
    if not text:
        return
    if not numbers.TRANSPORT_CODE.fullmatch(text):
        yield Problem("S15", "transport_mode", Code.TRANSPORT_MALFORMED)
    elif known and text not in known:
        yield Problem("N7", "transport_mode", Code.TRANSPORT_UNKNOWN, Severity.WARNING, {"code": text})


def _window_problems(application: Application, now: datetime) -> Iterator[Problem]:
    start = application.window_moment()
    if application.window_start and start is None:
        yield Problem("S16", "window_start", Code.WINDOW_MALFORMED)
    elif start is not None and start <= now:
        yield Problem("S16", "window_start", Code.WINDOW_PAST)


def _text_problems(application: Application) -> Iterator[Problem]:
    length = limits.text_bytes(application.reason)
    if length > limits.REASON_BYTES:
        yield Problem("S17", "reason", Code.REASON_TOO_LONG, params={"count": length, "limit": limits.REASON_BYTES})
    for name, is_one_line in (("contact_name", True), ("reason", False)):
        if has_control_character(getattr(application, name), is_one_line=is_one_line):
            yield Problem("S10", name, Code.CONTROL_CHARACTER)
        yield from _uncertain_signs(name, getattr(application, name))


def _uncertain_signs(name: str, text: str) -> Iterator[Problem]:
    """Customs takes any text; what its clerks may see of it is said here (S10)."""
    signs = uncertain_signs(text)
    if signs:
        more = " 等" if len(signs) > _SIGNS_NAMED else ""
        named = "、".join(map(named_sign, signs[:_SIGNS_NAMED])) + more
        yield Problem("S10", name, Code.UNCERTAIN_CHARACTER, Severity.WARNING, {"signs": named})


def has_control_character(text: str, *, is_one_line: bool = False) -> bool:
    """Whether a text holds a character that no form can show: controls, marks of direction, lone surrogates.

    A new line is one of them where a text `is_one_line`.
    """
    return (is_one_line and "\n" in text) or any(map(is_unseen, set(text)))


_SIGNS_NAMED = 2
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"  # parts of ordinary writing, and of emoji


def has_unshown_character(name: str) -> bool:
    """Whether a file's name holds what nobody sees, or what makes it read otherwise than it is."""
    return any(unicodedata.category(char) in _UNSHOWN and char not in _JOINERS for char in name)


def shown(name: str) -> str:
    """A name with a mark for each character that can't be shown."""
    return "".join("\N{REPLACEMENT CHARACTER}" if has_unshown_character(char) else char for char in name)


def _attachment_problems(attachments: tuple[Attachment, ...], now: datetime) -> Iterator[Problem]:
    allowed = limits.attachment_limits(now.date())
    if len(attachments) > allowed.count:
        yield Problem(
            "S19", "attachments", Code.ATTACHMENTS_TOO_MANY, params={"count": len(attachments), "limit": allowed.count}
        )
    for attachment in attachments:
        yield from attachment_problems(attachment, allowed)


def attachment_problems(attachment: Attachment, allowed: limits.AttachmentLimits) -> Iterator[Problem]:
    """What the limits say of one measured PDF (S19): name, size, mean page, worst page; of none where none is known."""
    name_bytes = limits.text_bytes(attachment.name)
    worst = max(attachment.pages, default=0)
    mean = -(-attachment.size // max(len(attachment.pages), 1))
    page_kb = allowed.page_bytes // 1024

    def wrong(code: Code, **params: str | int) -> Problem:
        return Problem("S19", "attachments", code, params={"name": attachment.name, **params})

    if has_unshown_character(attachment.name):
        yield wrong(Code.ATTACHMENT_NAME_CHARACTERS, name=shown(attachment.name))
    if name_bytes > allowed.name_bytes:
        yield wrong(Code.ATTACHMENT_NAME_TOO_LONG, count=name_bytes, limit=allowed.name_bytes)
    if attachment.size > allowed.file_bytes:
        limit_mb = allowed.file_bytes // 1024 // 1024
        yield wrong(Code.ATTACHMENT_TOO_LARGE, size=kilobytes(attachment.size), limit=limit_mb)
    if worst > allowed.page_bytes:
        page = attachment.pages.index(worst) + 1
        yield wrong(Code.ATTACHMENT_PAGE_TOO_LARGE, page=page, size=kilobytes(worst), limit=page_kb)
    elif attachment.pages and mean > allowed.page_bytes:
        yield wrong(Code.ATTACHMENT_MEAN_TOO_LARGE, size=kilobytes(mean), limit=page_kb)


def kilobytes(size: int) -> int:
    """Bytes as whole KB, rounded up, so that what is over a limit never reads as the limit."""
    return -(-size // 1024)


def _goods_problems(application: Application) -> Iterator[Problem]:
    for place, row in enumerate(application.goods, 1):
        if not numbers.HS_CODE.fullmatch(row.hs_code):
            yield Problem("N4", "goods", Code.GOODS_CODE_MALFORMED, params={"row": place})
        if not row.name.strip():
            yield Problem("S20", "goods", Code.GOODS_NAME_MISSING, params={"row": place})
        elif has_control_character(row.name, is_one_line=True):
            yield Problem("S10", "goods", Code.CONTROL_CHARACTER)
    yield from _uncertain_signs("goods", "".join(row.name for row in application.goods))
    total = sum(len(row.name) for row in application.goods)
    if total > limits.GOODS_NAMES_CHARACTERS:
        yield Problem(
            "S20", "goods", Code.GOODS_NAMES_TOO_LONG, params={"count": total, "limit": limits.GOODS_NAMES_CHARACTERS}
        )


def company_problems(around: Surroundings) -> Iterator[Problem]:
    """S5, S23: a company that is dishonest, not registered or owes a feedback may not apply."""
    for name, company in (("declarant", around.declarant), ("trader", around.trader)):
        if company is None:
            continue
        if company.grade is Grade.DISHONEST:
            yield Problem("S5", name, Code.COMPANY_DISHONEST)
        if not company.is_registered:
            yield Problem("S23", name, Code.COMPANY_NOT_REGISTERED, params={"name": company.name})
        if company.owes_feedback:
            yield Problem("S23", name, Code.COMPANY_OWES_FEEDBACK, params={"name": company.name})


def grade_used(around: Surroundings) -> Grade | None:
    """The lower of both companies' grades (S22), None while either is unknown or dishonest."""
    if around.declarant is None or around.trader is None:
        return None
    grade = lower_grade(around.declarant.grade, around.trader.grade)
    return None if grade is Grade.DISHONEST else grade


def judgement(application: Application, around: Surroundings) -> Judgement | None:
    """What the time rules say of the window, None while ports, companies, window or calendar are not known (B3)."""
    start, grade = application.window_moment(), grade_used(around)
    # A port that is half typed is not another port than the first one.
    are_ports = all(map(numbers.PORT_CODE.fullmatch, (application.declaration_port, application.entry_exit_port)))
    if start is None or grade is None or around.calendar is None or not are_ports:
        return None
    if lacks_calendar(application, around) and not around.is_calendar_answered:
        return None
    return judge(around.calendar, start, application.is_same_port, grade, around.now)


def lacks_calendar(application: Application, around: Surroundings) -> bool:
    """Whether what is known of the port's calendar ends before all that judging the window takes (S26)."""
    start = application.window_moment()
    return around.calendar is None or (start is not None and deciding_closing(around.calendar, start) is None)


def time_problems(application: Application, around: Surroundings) -> Iterator[Problem]:
    """What the time rules say against the window (S24-S26); all but S25 is told before the companies are known."""
    has_port = numbers.PORT_CODE.fullmatch(application.declaration_port) is not None
    found = judgement(application, around)
    overlap = _overlap(application, around) if has_port else None
    if has_port and around.is_calendar_answered and lacks_calendar(application, around):
        yield Problem("S26", "window_start", Code.CALENDAR_UNKNOWN, params={"port": application.declaration_port})
    elif overlap is not None:
        day, period = overlap
        params: dict[str, str | int] = {
            "port": application.declaration_port, "day": f"{day:%m-%d}", "hours": str(period)
        }  # fmt: skip
        yield Problem("S24", "window_start", Code.WINDOW_IN_WORKING_TIME, params=params)
    elif found is not None and found.verdict is Verdict.TOO_LATE:
        yield _too_late(application, found)


def _overlap(application: Application, around: Surroundings) -> tuple[date, Period] | None:
    start = application.window_moment()
    if start is None or around.calendar is None:
        return None
    return around.calendar.first_overlap(start, window_end(start))


def _too_late(application: Application, found: Judgement) -> Problem:
    """S25 in full: until when, of which port, by which closing time and how many hours before it."""
    params: dict[str, str | int] = {"port": application.declaration_port}
    if found.latest is not None and found.closing is not None:
        params["latest"] = f"{found.latest:%Y-%m-%d %H:%M}"
        params["closing"] = f"{found.closing:%m-%d %H:%M}"
        params["hours"] = (found.closing - found.latest) // timedelta(hours=1)
    return Problem("S25", "window_start", Code.WINDOW_TOO_LATE, params=params)
