"""`yuyue doctor`: each check that readiness and diagnostics know, a line each (B12); mends nothing."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from typing import Any

from yuyue_desktop.cli.arguments import add_command
from yuyue_desktop.cli.desk import Desk, opening_of, take_desk
from yuyue_desktop.cli.exit import Exit
from yuyue_desktop.cli.streams import Streams
from yuyue_desktop.cli.supplies import Supplies
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.services.card_findings import PART_TITLES, Finding, Standing

Facts = dict[str, Any]


def add_to(commands: Any) -> None:
    """Add the command to the program's commands."""
    take_desk(
        add_command(
            commands,
            "doctor",
            run,
            "检查这台机器：数据、代码表、网关、读卡器、驱动或控件、卡、证书，每项一行",
        )
    )


def run(options: argparse.Namespace, supplies: Supplies, streams: Streams) -> Exit:
    """Answer every check; one that fails says what to do."""
    try:
        with supplies.open_desk(opening_of(options, streams)) as desk:
            is_well = [_is_well(name, check, streams) for name, check in _checks(desk)]
            is_well += [_is_found_well(finding, streams) for finding in desk.diagnostics.card().result()]
    except YuyueError as error:
        if error.code is Code.CALL_UNUSABLE:
            raise
        _answer_failure("store", error, streams)
        return Exit.FOUND
    return Exit.FINE if all(is_well) else Exit.FOUND


def _checks(desk: Desk) -> Iterator[tuple[str, Callable[[], Facts]]]:
    yield "store", lambda: _store(desk)
    yield "tables", lambda: _tables(desk)
    yield "gateway", lambda: _gateway(desk)


def _is_well(name: str, check: Callable[[], Facts], streams: Streams) -> bool:
    try:
        facts = check()
    except YuyueError as error:
        _answer_failure(name, error, streams)
        return False
    streams.answer({"check": name, "ok": True, **facts})
    return True


def _answer_failure(name: str, error: YuyueError, streams: Streams) -> None:
    said = str(error_words(error))
    streams.answer({"check": name, "ok": False, "error": str(error.code), "message": said})
    streams.say(f"{name}：{said}")


def _is_found_well(finding: Finding, streams: Streams) -> bool:
    """No number and no name: what is answered here may go into a report."""
    is_failed = finding.standing is Standing.FAILED
    answer: Facts = {
        "check": finding.part,
        "ok": None if finding.standing is Standing.UNKNOWN else not is_failed,
        "standing": finding.standing,
        "message": finding.said,
    }
    if finding.code is not None:
        answer["error"] = finding.code
    streams.answer(answer)
    if finding.standing is not Standing.FINE:
        streams.say(f"{PART_TITLES[finding.part]}：{finding.said}")
    return not is_failed


def _store(desk: Desk) -> Facts:
    desk.diagnostics.store().result()
    return {}


def _tables(desk: Desk) -> Facts:
    editions = desk.diagnostics.tables().result()
    return {
        "tables": [
            {"title": table.title, "edition": table.edition, "dated": table.dated.isoformat(), "rows": table.rows}
            for table in editions
        ]
    }


def _gateway(desk: Desk) -> Facts:
    found = desk.readiness.gateway().result()
    now = desk.clock.now().isoformat(timespec="seconds")
    return {"round_trip_ms": found.round_trip_ms, "now": now, "offset_s": round(found.offset_s, 3)}
