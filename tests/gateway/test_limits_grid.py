"""On each side of every limit services, command line and gateway say the same (S12-S20, S25, S30, S31, S33)."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.documents.pdfs import make_pdf
from tests.gateway.clerk import Clerk, attachment, new_application
from tests.gateway.conftest import RunningOffice
from tests.gateway.limit_grid import EDGES, FILES, Edge, Filled
from yuyue_desktop import cli
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.commands import supplies
from yuyue_desktop.documents.check import check_pdf
from yuyue_desktop.documents.checker import PdfChecker
from yuyue_desktop.domain import limits, numbers
from yuyue_desktop.domain.application import Application, Attachment, Step
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.fields import FIELDS, Input
from yuyue_desktop.domain.life_rules import explanation_problems
from yuyue_desktop.domain.queries import ApplicationQuery
from yuyue_desktop.domain.rules import Severity
from yuyue_desktop.services.application_file import ApplicationFile, file_name, judge_application_file
from yuyue_desktop.services.declaring import check_numbers
from yuyue_desktop.services.tracking import check_query
from yuyue_desktop.wire.messages import PART_BYTES, Refusal, decode
from yuyue_practice import law
from yuyue_practice.registry import ports
from yuyue_practice.registry.declarations import fitting_declaration
from yuyue_practice.seed import TRADER

pytestmark = pytest.mark.thorough

FITTING_AT = datetime(2026, 12, 1)
SECOND = timedelta(seconds=1)
SENIOR_TRADER = "4401160042"


def test_the_grid_knows_every_field_that_has_a_length() -> None:
    limited = {spec.name for spec in FIELDS if spec.length and spec.input is not Input.SHOWN}
    of_rows_and_steps = {"goods_code", "feedback", "explanation"}
    assert limited - of_rows_and_steps <= {edge.field for edge in EDGES}


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_a_field_at_its_limit(edge: Edge, clerk: Clerk, by_hand: RunningOffice, tmp_path: Path) -> None:
    for count in edge.counts:
        filled, wanted = edge.fill(count), edge.refusal(count)
        application = new_application(**filled.changes)
        assert by_services(by_hand, application, filled) == ({wanted} if wanted else set()), count
        assert by_command(by_hand, application, filled, tmp_path) == ({edge.field} if wanted else set()), count
        assert by_law(clerk, application, filled) == ({wanted} if wanted else set()), count


def by_services(running: RunningOffice, application: Application, filled: Filled) -> set[Code]:
    """What the services find that stops declaring, by all that the office tells around it."""
    with running.office.database.reading() as session:
        around = law.surroundings(session, application, running.office.clock.minute())
    reports = [check_pdf(name, content, FILES) for name, content in filled.files]
    problems = judge_application_file(ApplicationFile(application, (), ()), around, reports)
    return {problem.code for problem in problems if problem.severity is not Severity.WARNING}


def by_command(running: RunningOffice, application: Application, filled: Filled, folder: Path) -> set[str]:
    """The fields at which `yuyue check` finds what stops declaring."""
    for name, content in filled.files:
        (folder / name).write_bytes(content)
    written = {file_name(name): value for name, value in dataclasses.asdict(application).items() if name != "id"}
    written |= {"attachments": [name for name, _ in filled.files]}
    del written["declarant"]
    file = folder / "申请.json"
    file.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    (answer,) = command(running, ["check", "--offline", str(file)])
    return {found["field"] for found in answer["findings"] if found["severity"] == "error"}


def command(running: RunningOffice, arguments: Sequence[str], stdin: bytes = b"") -> list[dict[str, Any]]:
    """The answers of a command at the office's time."""
    checker, stdout = PdfChecker(), io.StringIO()
    try:
        given = replace(supplies(checker), now=running.office.clock.now)
        cli.main(arguments, given, Streams(io.BytesIO(stdin), stdout, io.StringIO()))
    finally:
        checker.close()
    return [json.loads(line) for line in stdout.getvalue().splitlines()]


def by_law(clerk: Clerk, application: Application, filled: Filled) -> set[str]:
    """What the gateway finds: at its door for files, else in its answer."""
    files = tuple(check_pdf(name, content, FILES).attachment for name, content in filled.files)
    for file, (_, content) in zip(files, filled.files, strict=True):
        refused = upload(clerk, file, content)
        if refused:
            return {refused}
    answer = clerk.declare(replace(application, attachments=files))
    assert answer.is_accepted == (not answer.findings)
    return {finding.code for finding in answer.findings}


def upload(clerk: Clerk, file: Attachment, content: bytes) -> str:
    """Bring a file part by part; answers the code that it is turned away with."""
    parts = [content[start : start + PART_BYTES] for start in range(0, len(content), PART_BYTES)]
    for number, part in enumerate(parts):
        answer = clerk.put_sealed(f"/attachments/{file.sha256}/parts/{number}?of={len(parts)}", part)
        if answer.status_code != 200:
            return decode(answer.content, Refusal).code
    return ""


@pytest.mark.parametrize(
    ("exit_port", "trader", "latest"),
    [
        ("2233", TRADER, datetime(2026, 10, 9, 17, 30)),
        ("2210", TRADER, datetime(2026, 10, 10, 9, 30)),
        ("2233", SENIOR_TRADER, datetime(2026, 10, 10, 9, 30)),
        ("2210", SENIOR_TRADER, datetime(2026, 10, 10, 13, 30)),
    ],
)
def test_the_latest_moment_to_declare(
    exit_port: str, trader: str, latest: datetime, clerk: Clerk, by_hand: RunningOffice
) -> None:
    """S25: the whole minute is in time, the next one is not."""
    clock = by_hand.office.clock
    for past, wanted in [(-SECOND, set()), (0 * SECOND, set()), (SECOND, set()), (60 * SECOND, {Code.WINDOW_TOO_LATE})]:
        wish = new_application(entry_exit_port=exit_port, trader=trader, window_start="2026-10-11T10:00")
        moment = latest + past
        clock.move_to(moment)
        grade = Grade.SENIOR if trader == SENIOR_TRADER else Grade.GENERAL
        assert by_services(by_hand, wish, Filled()) == wanted
        verdict = "too_late" if wanted else "in_time"
        assert by_deadline_command(by_hand, wish, grade, moment) == (f"{latest:%Y-%m-%dT%H:%M}", verdict)
        assert by_law(clerk, wish, Filled()) == wanted


def by_deadline_command(running: RunningOffice, wish: Application, grade: Grade, now: datetime) -> tuple[str, str]:
    """What `yuyue deadline` says, by the calendar that the office has published."""
    first, last = date(2026, 9, 1), date(2026, 10, 20)
    with running.office.database.reading() as session:
        calendar = ports.calendar(session, wish.declaration_port, first, last)
    assert calendar is not None
    days = {f"{day}": [str(period).split("–") for period in periods] for day, periods in calendar.days.items()}
    case = {
        "id": 1,
        "calendar": {"from": f"{calendar.published_from}", "to": f"{calendar.published_to}", "days": days},
        "start": wish.window_start,
        "same_port": wish.is_same_port,
        "grade": grade.value,
        "now": f"{now:%Y-%m-%dT%H:%M}",
    }
    (answer,) = command(running, ["deadline"], json.dumps(case).encode())
    return answer["latest"], answer["verdict"]


@dataclasses.dataclass(frozen=True)
class Told:
    """A step's content of so many of something, and what must be said of it."""

    parts: dict[str, Any]
    refusal: Code | None


def of_numbers(numbers_given: Sequence[str], count: int) -> Told:
    high = limits.DECLARATION_NUMBERS
    none, over = Code.DECLARATION_NUMBERS_MISSING, Code.DECLARATION_NUMBERS_TOO_MANY
    refusal = none if count == 0 else over if count > high else None
    return Told({"declaration_numbers": tuple(numbers_given[:count])}, refusal)


def of_digits(numbers_given: Sequence[str], count: int) -> Told:
    number = f"{numbers_given[0]}0"[:count]
    is_wrong = count != numbers.DECLARATION_NUMBER_LENGTH
    return Told({"declaration_numbers": (number,)}, Code.DECLARATION_NUMBER_LENGTH if is_wrong else None)


def of_characters(_: Sequence[str], count: int) -> Told:
    is_wrong = not 1 <= count <= limits.EXPLANATION_CHARACTERS
    return Told({"explanation": "说" * count}, Code.EXPLANATION_LENGTH if is_wrong else None)


def of_files(_: Sequence[str], count: int) -> Told:
    files = tuple(attachment(make_pdf([900 + place]), f"{place}.pdf") for place in range(count))
    refusal = Code.ATTACHMENTS_TOO_MANY if count > limits.EXPLANATION_ATTACHMENTS else None
    return Told({"explanation": "说明", "attachments": files}, refusal)


@pytest.mark.parametrize(
    ("step", "tell", "count"),
    [
        *((Step.FEED_BACK, of_numbers, limits.DECLARATION_NUMBERS + past) for past in (-1, 0, 1)),
        *((Step.FEED_BACK, of_numbers, count) for count in (0, 1)),
        *((Step.FEED_BACK, of_digits, numbers.DECLARATION_NUMBER_LENGTH + past) for past in (-1, 0, 1)),
        *((Step.EXPLAIN, of_characters, limits.EXPLANATION_CHARACTERS + past) for past in (-1, 0, 1)),
        *((Step.EXPLAIN, of_characters, count) for count in (0, 1)),
        *((Step.EXPLAIN, of_files, limits.EXPLANATION_ATTACHMENTS + past) for past in (-1, 0, 1)),
    ],
)
def test_a_step_at_its_limit(
    step: Step, tell: Callable[[Sequence[str], int], Told], count: int, clerk: Clerk, by_hand: RunningOffice
) -> None:
    """The command line hands the same services what it was given (tests/cli/test_life.py)."""
    application = new_application()
    assert clerk.declare(application).is_accepted
    for answer in (Step.ACCEPT, Step.APPROVE):
        by_hand.office.officer.answer(application.id, answer)
    with by_hand.office.database.writing() as session:
        most = limits.DECLARATION_NUMBERS + 1
        fitting = [fitting_declaration(session, application, FITTING_AT).number for _ in range(most)]
    told = tell(fitting, count)
    for place in range(len(told.parts.get("attachments", ()))):
        clerk.upload(make_pdf([900 + place]))
    wanted = {told.refusal} if told.refusal else set()
    assert step_by_services(step, application, told.parts) == wanted
    answered = clerk.answer(clerk.submission(application, step, **told.parts))
    assert {finding.code for finding in answered.findings} == wanted
    assert answered.is_accepted == (not wanted)


def step_by_services(step: Step, application: Application, parts: dict[str, Any]) -> set[Code]:
    """What the services find that stops a step."""
    if step is Step.FEED_BACK:
        try:
            check_numbers(application, parts["declaration_numbers"])
        except YuyueError as error:
            return {error.code}
        return set()
    files = len(parts.get("attachments", ()))
    return {problem.code for problem in explanation_problems(parts["explanation"], files, is_explained=False)}


@pytest.mark.parametrize("days", [limits.QUERY_SPAN_DAYS + past for past in (-1, 0, 1)])
def test_the_span_of_a_query(days: int, clerk: Clerk) -> None:
    first = date(2026, 9, 1)
    last = first + timedelta(days=days - 1)
    is_allowed = days <= limits.QUERY_SPAN_DAYS
    query = ApplicationQuery(applied_from=first, applied_to=last)
    if is_allowed:
        check_query(query)
    else:
        with pytest.raises(YuyueError) as refused:
            check_query(query)
        assert refused.value.code is Code.QUERY_SPAN_TOO_LONG
    answer = clerk.call("GET", f"/applications?applied_from={first}&applied_to={last}")
    assert (answer.status_code == 200) == is_allowed
