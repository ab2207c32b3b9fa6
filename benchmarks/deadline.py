"""How many cases `yuyue deadline` answers in a second, beside plain JSON in and out of the same lines, in the same run.

`python -m benchmarks.deadline [CASES]`: the real program in a process of its own, its start included; every answer is
looked over by a second reading of the law (S24-S26) that counts minutes and shares nothing with the product.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

CASES = 20_000
LEAST_A_SECOND = 1000
"""What even a busy machine must answer; one at rest does several times as many."""
SEED = 20260928
PROGRAM = (sys.executable, "-m", "yuyue_desktop.commands", "deadline")

FIRST = date(2026, 9, 1)
SPANS = (1, 7, 16, 31, 61)
"""Days that a case's calendar has; a month is usual."""
HOURS: tuple[list[list[str]], ...] = (
    [["08:30", "12:00"], ["13:00", "17:30"]],
    [["08:30", "17:30"]],
    [["00:00", "24:00"]],
    [["09:00", "11:30"], ["11:30", "12:00"], ["20:00", "24:00"]],
    [],
)
DAY = 24 * 60
LEADS = {(False, "general"): 24, (False, "senior"): 8, (True, "general"): 8, (True, "senior"): 4}
WINDOW = 120


def make_case(dice: random.Random, number: int) -> dict[str, Any]:
    """One question: a calendar of its own, a start in it or near it, a moment of declaring some days before."""
    span = dice.choice(SPANS)
    first = FIRST + timedelta(days=dice.randrange(60))
    days = [first + timedelta(days=step) for step in range(span)]
    published = {str(day): dice.choice(HOURS) for day in days if day.weekday() < 5 or dice.random() < 0.1}  # noqa: PLR2004
    start = datetime.combine(first, datetime.min.time()) + timedelta(minutes=dice.randrange(-DAY, (span + 1) * DAY))
    return {
        "id": number,
        "calendar": {"from": str(days[0]), "to": str(days[-1]), "days": published},
        "start": start.isoformat(timespec="minutes"),
        "same_port": dice.random() < 0.5,  # noqa: PLR2004
        "grade": dice.choice(("senior", "general")),
        "now": (start - timedelta(minutes=dice.randrange(4 * DAY))).isoformat(timespec="minutes"),
    }


def read_by_minutes(case: dict[str, Any]) -> dict[str, Any]:
    """The answer as the law has it: every minute of the calendar is one byte, 1 where the port works."""
    first, last = (date.fromisoformat(case["calendar"][name]) for name in ("from", "to"))
    zero = datetime.combine(first, datetime.min.time())
    minutes = bytearray(((last - first).days + 1) * DAY)
    for day, periods in case["calendar"]["days"].items():
        for opens, closes in (map(_minutes, period) for period in periods):
            begin = (date.fromisoformat(day) - first).days * DAY
            minutes[begin + opens : begin + closes] = b"\x01" * (closes - opens)
    start = (datetime.fromisoformat(case["start"]) - zero) // timedelta(minutes=1)
    now = (datetime.fromisoformat(case["now"]) - zero) // timedelta(minutes=1)
    closing = _closing(minutes, start) if start >= 0 and start + WINDOW <= len(minutes) else None
    answer: dict[str, Any] = {"id": case["id"], "window_end": _text(zero, start + WINDOW), "latest": None}
    if closing is None:
        return {**answer, "verdict": "calendar_unknown"}
    latest = closing - 60 * LEADS[case["same_port"], case["grade"]]
    late = "too_late" if now > latest else "in_time"
    works = any(minutes[start : start + WINDOW])
    return {**answer, "latest": _text(zero, latest), "verdict": "working_time" if works else late}


def _closing(minutes: bytearray, start: int) -> int | None:
    """The minute after the last working one of a day, where that is not after `start`; days are tried backwards."""
    for day in range(start // DAY, -1, -1):
        last = minutes.rfind(1, day * DAY, (day + 1) * DAY)
        if last >= 0 and last + 1 <= start:
            return last + 1
    return None


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _text(zero: datetime, minute: int) -> str:
    return (zero + timedelta(minutes=minute)).isoformat(timespec="minutes")


def ask_program(lines: bytes) -> tuple[list[dict[str, Any]], float]:
    """The program's answers, and the seconds from its start to its end."""
    begin = time.perf_counter()
    done = subprocess.run(PROGRAM, input=lines, capture_output=True, check=True)
    seconds = time.perf_counter() - begin
    return [json.loads(line) for line in done.stdout.splitlines()], seconds


def read_and_write(lines: bytes) -> float:
    """Seconds that plain JSON takes for the same lines, in and out: no program could be quicker."""
    begin = time.perf_counter()
    for line in lines.splitlines():
        json.dumps(json.loads(line), ensure_ascii=False)
    return time.perf_counter() - begin


def main(arguments: Sequence[str]) -> int:
    """Measure; the exit code says whether every answer is right and enough come in a second."""
    count = int(arguments[0]) if arguments else CASES
    dice = random.Random(SEED)  # noqa: S311 - the same cases each time
    cases = [make_case(dice, number) for number in range(count)]
    lines = "".join(json.dumps(case) + "\n" for case in cases).encode()
    answers, seconds = ask_program(lines)
    plain = read_and_write(lines)
    wrong = [case for case, answer in zip(cases, answers, strict=True) if answer != read_by_minutes(case)]
    verdicts = {verdict: sum(answer["verdict"] == verdict for answer in answers) for verdict in
                sorted({answer["verdict"] for answer in answers})}  # fmt: skip
    sys.stdout.write(
        f"{count} cases, {len(lines) / count:.0f} bytes a line; {verdicts}\n"
        f"yuyue deadline    {seconds:7.2f} s  {count / seconds:8.0f} a second, the program's start included\n"
        f"plain JSON alone  {plain:7.2f} s  {count / plain:8.0f} a second\n"
        f"answers that a second reading of the law calls wrong: {len(wrong)}\n"
    )
    for case in wrong[:3]:
        sys.stdout.write(f"  {json.dumps(case)}\n  {json.dumps(read_by_minutes(case))}\n")
    return 1 if wrong or count / seconds < LEAST_A_SECOND else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
