"""`yuyue deadline`: answers as agreed for good lines, one clear error for any other bytes (B11)."""

from __future__ import annotations

import copy
import io
import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cli.runs import Run, run
from yuyue_desktop.domain.deadline import Verdict

pytestmark = pytest.mark.thorough

CASE: dict[str, Any] = {
    "id": 7,
    "calendar": {
        "from": "2026-09-20",
        "to": "2026-10-20",
        "days": {
            "2026-09-29": [["08:30", "12:00"], ["13:00", "17:30"]],
            "2026-09-30": [["08:30", "12:00"], ["13:00", "17:30"]],
            "2026-10-01": [],
            "2026-10-08": [["00:00", "24:00"]],
        },
    },
    "start": "2026-10-03T10:00",
    "same_port": True,
    "grade": "senior",
    "now": "2026-09-30T09:00",
}


def ask(*cases: object) -> Run:
    """Ask with a JSON line for each case."""
    return run("deadline", stdin="".join(json.dumps(case) + "\n" for case in cases).encode())


def changed(**changes: object) -> dict[str, Any]:
    """Give a case that differs; `calendar__days` changes what lies within `calendar`."""
    case = copy.deepcopy(CASE)
    for name, value in changes.items():
        outer, _, inner = name.partition("__")
        if inner:
            case[outer][inner] = value
        else:
            case[outer] = value
    return case


@pytest.mark.parametrize(
    ("changes", "window_end", "latest", "verdict"),
    [
        ({}, "2026-10-03T12:00", "2026-09-30T13:30", "in_time"),
        ({"now": "2026-09-30T13:30"}, "2026-10-03T12:00", "2026-09-30T13:30", "in_time"),
        ({"now": "2026-09-30T13:31"}, "2026-10-03T12:00", "2026-09-30T13:30", "too_late"),
        ({"same_port": False, "grade": "general"}, "2026-10-03T12:00", "2026-09-29T17:30", "too_late"),
        ({"start": "2026-09-30T11:00"}, "2026-09-30T13:00", "2026-09-29T13:30", "working_time"),
        ({"start": "2026-10-20T22:00"}, "2026-10-21T00:00", "2026-10-08T20:00", "in_time"),
        ({"start": "2026-10-20T22:01"}, "2026-10-21T00:01", None, "calendar_unknown"),
        ({"start": "2026-09-20T10:00"}, "2026-09-20T12:00", None, "calendar_unknown"),
        ({"start": "2026-10-09T00:00"}, "2026-10-09T02:00", "2026-10-08T20:00", "in_time"),
    ],
)
def test_answers(changes: dict[str, Any], window_end: str, latest: str | None, verdict: str) -> None:
    done = ask(changed(**changes))
    expected = {"id": 7, "window_end": window_end, "latest": latest, "verdict": verdict}
    assert (done.code, done.answers, done.stderr) == (0, [expected], "")
    assert list(done.answers[0]) == ["id", "window_end", "latest", "verdict"]


@pytest.mark.parametrize(
    "id_", [None, True, 0, -1.5, 12345678901234567890, "单号", "", [], {"a": [1, {"b": None}]}, "\ud800", "\u2028\x85"]
)
def test_any_json_value_is_an_id_and_comes_back(id_: object) -> None:
    assert ask(changed(id=id_)).answers[0]["id"] == id_


NO_PERIODS: list[object] = [
    None, {}, "08:30", [[]], [["08:30"]], [["08:30", "12:00", "13:00"]], [["8:30", "12:00"]],
    [["08:30", "24:01"]], [["24:00", "24:00"]], [["12:00", "08:30"]], [["08:30", "08:30"]],
    [["08:30", "12:00"], ["11:59", "13:00"]], [["13:00", "17:30"], ["08:30", "12:00"]],
    [[510, 720]], [["08:30:00", "12:00"]], ["08:30", "12:00"], [["08:60", "12:00"]], [["", "12:00"]],
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"calendar": []}, "calendar "),
        ({"calendar__from": "2026-02-30"}, "calendar.from"),
        ({"calendar__from": "20260920"}, "calendar.from"),
        ({"calendar__from": "2026-W38-7"}, "calendar.from"),
        ({"calendar__from": "２０２６-09-20"}, "calendar.from"),
        ({"calendar__from": None}, "calendar.from"),
        ({"calendar__to": "2026-09-19"}, "calendar.to"),
        ({"calendar__days": []}, "calendar.days"),
        ({"calendar__days": {"2026-09-19": []}}, "calendar.days.2026-09-19"),
        ({"calendar__days": {"2026-10-21": []}}, "calendar.days.2026-10-21"),
        ({"calendar__days": {"2026-9-21": []}}, "calendar.days.2026-9-21"),
        *(({"calendar__days": {"2026-09-21": periods}}, "calendar.days.2026-09-21") for periods in NO_PERIODS),
        ({"start": "2026-10-03T10:00:00"}, "start"),
        ({"start": "2026-10-03T10:00+08:00"}, "start"),
        ({"start": "2026-10-03 10:00"}, "start"),
        ({"start": "2026-10-03T24:00"}, "start"),
        ({"start": 20261003}, "start"),
        ({"same_port": 1}, "same_port"),
        ({"same_port": "true"}, "same_port"),
        ({"same_port": None}, "same_port"),
        ({"grade": "dishonest"}, "grade"),
        ({"grade": "高级"}, "grade"),
        ({"grade": ["senior"]}, "grade"),
        ({"now": "now"}, "now"),
        ({"now": None}, "now"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named(changes: dict[str, Any], field: str) -> None:
    done = ask(changed(**changes))
    assert (done.code, done.answers) == (2, [{"line": 1, "error": "input_field_wrong"}])
    assert done.stderr.startswith(f"第 1 行：{field}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", CASE)
def test_a_missing_name_is_named(name: str) -> None:
    case = copy.deepcopy(CASE)
    del case[name]
    done = ask(case)
    assert (done.code, done.answers) == (2, [{"line": 1, "error": "input_field_missing"}])
    assert f"缺少 {name}。" in done.stderr


@pytest.mark.parametrize("name", ["from", "to", "days"])
def test_a_missing_name_in_the_calendar_is_named(name: str) -> None:
    case = copy.deepcopy(CASE)
    del case["calendar"][name]
    done = ask(case)
    assert done.answers == [{"line": 1, "error": "input_field_missing"}]
    assert f"缺少 calendar.{name}。" in done.stderr


@pytest.mark.parametrize(
    ("changes", "name"), [({"grades": 1}, "grades"), ({"calendar__port": "2233"}, "calendar.port")]
)
def test_an_unknown_name_is_named(changes: dict[str, Any], name: str) -> None:
    done = ask(changed(**changes))
    assert (done.code, done.answers) == (2, [{"line": 1, "error": "input_field_unknown"}])
    assert f"没有 {name} 这一项" in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        b"nope", b"{", b"[]", b"3", b"null", b'"text"', b"{}{}", b"\xff\xfe{\x00}\x00", b"\x80", b'{"id": NaN}',
        b'{"id": -Infinity}', b'{"id": 1e999}', b'{"id": ' + b"9" * 5000 + b"}", b'{"a":' * 100_000,
        b"[" * 100_000, b'{"id": 1, "id": 1}', b"\x00", b'{"id": "\x00"}',
    ],
    ids=range(18),
)  # fmt: skip
def test_what_is_no_json_object(line: bytes) -> None:
    done = run("deadline", stdin=line)
    assert (done.code, done.answers) == (2, [{"line": 1, "error": "input_not_json"}])
    assert done.stderr.startswith("第 1 行：不是一个 JSON 对象：")


def test_the_other_lines_are_still_answered_and_blank_ones_are_skipped() -> None:
    good = json.dumps(CASE).encode()
    done = run("deadline", stdin=b"\n".join((b"\xef\xbb\xbf" + good, b"", b" \t\r", b"nope", good + b"\r", good)))
    assert done.code == 1
    assert [answer.get("line", answer.get("verdict")) for answer in done.answers] == [
        "in_time",
        4,
        "in_time",
        "in_time",
    ]


def test_nothing_asked_is_nothing_wrong() -> None:
    assert run("deadline", stdin=b"\n \n").code == 0


def test_dates_at_the_ends_of_time_are_answered_or_refused() -> None:
    wide = changed(calendar__from="0001-01-01", calendar__to="9999-12-31")
    assert ask(wide).answers[0]["verdict"] == "in_time"
    none = changed(calendar__from="0001-01-01", calendar__to="9999-12-31", calendar__days={})
    assert ask(none).answers[0]["verdict"] == "calendar_unknown"
    first = changed(
        calendar__from="0001-01-01", calendar__days={"0001-01-01": [["00:00", "00:01"]]}, start="0002-01-01T00:00"
    )
    assert ask(first).answers == [{"line": 1, "error": "input_field_wrong"}]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.one_of(st.binary(max_size=40), st.just(json.dumps(CASE).encode())), max_size=5))
def test_any_bytes_are_answered_line_by_line(lines: list[bytes]) -> None:
    stdin = b"\n".join(lines)
    done = run("deadline", stdin=stdin)
    asked = [line for line in io.BytesIO(stdin) if line.strip()]
    assert len(done.answers) == len(asked)
    assert done.code in {0, 1, 2}


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just("2026-10-03T10:00"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
PLACES: list[tuple[str, ...]] = [(name,) for name in CASE] + [("calendar", name) for name in CASE["calendar"]]
PLACES += [("calendar", "days", day) for day in ("2026-09-30", "2026-10-02", "x")]


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(PLACES), VALUES)
def test_any_value_anywhere_is_answered(place: tuple[str, ...], value: object) -> None:
    case = copy.deepcopy(CASE)
    inner = case
    for name in place[:-1]:
        inner = inner[name]
    inner[place[-1]] = value
    (answer,) = ask(case).answers
    assert answer.get("verdict") in set(Verdict) or str(answer["error"]).startswith("input_")


DEARER_THAN_JSON = 20
"""At most so many times what plain JSON takes in and out; measured: five times (benchmarks/deadline.py)."""


def test_many_cases_cost_little_more_than_their_json() -> None:
    days = {
        f"2026-{month:02d}-{day:02d}": [["08:30", "12:00"], ["13:00", "17:30"]]
        for month in (9, 10)
        for day in range(1, 29)
    }
    case = changed(calendar={"from": "2026-09-01", "to": "2026-10-31", "days": days}, start="2026-10-31T10:00")
    line = json.dumps(case).encode() + b"\n"
    began = time.process_time()
    for _ in range(4000):
        json.dumps(json.loads(line))
    plain_s = time.process_time() - began
    done = run("deadline", stdin=line * 4000)
    assert len(done.answers) == 4000
    assert time.process_time() - began < (1 + DEARER_THAN_JSON) * plain_s
