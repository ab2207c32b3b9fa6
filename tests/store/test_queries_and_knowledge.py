"""The query (S33) and what is remembered of companies, calendars, files and choices (S12, S26, B1)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.store.parts import (
    COMPANY,
    LIMIT_S,
    TRADER,
    OpenStore,
    code_of,
    make_application,
    make_record,
)
from yuyue_desktop.domain.application import Application, ApplicationRecord, Status
from yuyue_desktop.domain.calendar import Period, WorkingCalendar
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.queries import ApplicationQuery, CompanyClass

MONDAY = date(2026, 9, 28)
DAY = timedelta(days=1)
MORNING, AFTERNOON = Period(510, 690), Period(780, 1050)


def _kept(store: OpenStore, application: Application, status: Status, applied: str, number: str) -> ApplicationRecord:
    at = datetime.fromisoformat(applied)
    record = make_record(application, status, saved_at=at, pre_entry_number=number)
    if status is not Status.DRAFT:
        record = replace(record, saved_at=at - DAY, declared_at=at)
    store.writer.merge_records([record]).result(LIMIT_S)
    return record


@pytest.fixture
def found(store: OpenStore) -> dict[str, ApplicationRecord]:
    """Applications of three days, one of another declarant, one whose window is no moment."""
    unclear = make_application(window_start="周五", trader="")
    alien = make_application(declarant=TRADER, trader=COMPANY)
    october = make_application(window_start="2026-10-20T00:00")
    return {
        "draft": _kept(store, unclear, Status.DRAFT, "2026-09-20T00:00", "YTG202600000000001"),
        "declared": _kept(store, make_application(), Status.DECLARED, "2026-09-21T23:59:59", "YTG202600000000002"),
        "alien": _kept(store, alien, Status.DECLARED, "2026-09-21T12:00", "YTG202600000000003"),
        "october": _kept(store, october, Status.APPROVED, "2026-09-22T00:00", "YTG202600000000004"),
    }


@pytest.mark.parametrize(
    ("query", "names"),
    [
        (ApplicationQuery(), ["october", "declared", "draft"]),
        (ApplicationQuery(status=Status.DRAFT), ["draft"]),
        (ApplicationQuery(trader=TRADER), ["october", "declared"]),
        (ApplicationQuery(applied_from=date(2026, 9, 20), applied_to=date(2026, 9, 21)), ["declared", "draft"]),
        (ApplicationQuery(applied_from=date(2026, 9, 22), applied_to=date(2026, 9, 30)), ["october"]),
        (ApplicationQuery(window_from=date(2026, 10, 20), window_to=date(2026, 10, 20)), ["october"]),
        (ApplicationQuery(window_from=date(2026, 10, 1), window_to=date(2026, 10, 3)), ["declared"]),
        (ApplicationQuery(pre_entry_number="YTG202600000000002"), ["declared"]),
        (ApplicationQuery(CompanyClass.TRADER, TRADER), ["october", "declared"]),
        (ApplicationQuery(CompanyClass.TRADER, COMPANY), ["alien"]),
    ],
)
def test_a_query_finds_what_it_asks_for_newest_first(
    store: OpenStore, found: dict[str, ApplicationRecord], query: ApplicationQuery, names: list[str]
) -> None:
    assert store.reader.records(COMPANY, query) == tuple(found[name] for name in names)


def test_another_companys_query_by_trader_shows_nothing_of_ours(
    store: OpenStore, found: dict[str, ApplicationRecord]
) -> None:
    assert found
    assert store.reader.records("9999900000", ApplicationQuery(CompanyClass.TRADER, TRADER)) == ()


def test_a_company_is_kept_as_last_heard_and_names_its_applications(store: OpenStore) -> None:
    company = Company(TRADER, "91310115MA00000022", "3100600022", "澄江", Grade.GENERAL)
    renamed = replace(company, name="澄江国际", grade=Grade.DISHONEST, is_registered=False, owes_feedback=True)
    for heard in (company, renamed):
        store.writer.remember_company(heard).result(LIMIT_S)
    assert store.reader.company(TRADER) == renamed
    assert store.reader.company(COMPANY) is None
    store.writer.remember_company(replace(company, customs_code=COMPANY)).result(LIMIT_S)
    assert [known.customs_code for known in store.reader.companies()] == [COMPANY, TRADER]
    assert store.save(make_application()).trader_name == "澄江国际"


def test_a_traders_name_goes_with_its_code(store: OpenStore) -> None:
    application = make_application()
    store.writer.merge_records([make_record(application, trader_name="澄江")])
    assert store.save(application).trader_name == "澄江"
    assert store.save(replace(application, trader="9999900000")).trader_name == ""


@pytest.mark.parametrize("gap", [-9, -1, 0, 1])
def test_calendars_that_touch_are_merged_and_newer_days_win(store: OpenStore, gap: int) -> None:
    older = WorkingCalendar(MONDAY, MONDAY + 9 * DAY, {MONDAY + n * DAY: (MORNING,) for n in range(10)})
    first = older.published_to + gap * DAY
    newer = WorkingCalendar(first, first + 4 * DAY, {first: (MORNING, AFTERNOON)})
    for heard in (older, newer):
        store.writer.remember_calendar("2210", heard).result(LIMIT_S)
    merged = store.reader.calendar("2210")
    assert merged is not None
    assert (merged.published_from, merged.published_to) == (MONDAY, max(older.published_to, newer.published_to))
    for day in (MONDAY + n * DAY for n in range(15)):
        source = newer if newer.is_known(day) else older
        assert merged.periods(day) == source.periods(day)


def test_unknown_days_between_two_spans_are_not_called_known(store: OpenStore) -> None:
    newer = WorkingCalendar(MONDAY + 20 * DAY, MONDAY + 25 * DAY, {MONDAY + 21 * DAY: (MORNING,)})
    for heard in (WorkingCalendar(MONDAY, MONDAY + 9 * DAY, {MONDAY: (MORNING,)}), newer):
        store.writer.remember_calendar("2210", heard).result(LIMIT_S)
    assert store.reader.calendar("2210") == newer
    assert store.reader.calendar("3108") is None
    assert store.reader.calendars() == {"2210": newer}


def test_files_are_kept_by_what_they_are(store: OpenStore) -> None:
    content = bytes(range(256)) * 4096
    digest = hashlib.sha256(content).hexdigest()
    for _ in range(2):
        store.writer.put_attachment(digest, content).result(LIMIT_S)
    store.reopen()
    assert store.reader.attachment(digest) == store.sync.attachment(digest) == content
    assert store.reader.attachment("ab" * 32) is None
    assert code_of(store.writer.put_attachment("ab" * 32, content)) is Code.DIGEST_MISMATCH


def test_the_last_choice_counts(store: OpenStore) -> None:
    assert store.reader.setting("columns") is None
    for value in ("一", "二"):
        store.writer.remember_setting("columns", value).result(LIMIT_S)
    assert store.reader.setting("columns") == "二"
