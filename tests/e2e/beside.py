"""Scenario: the company's own system calls `yuyue` on the very profile whose window a clerk has open (B11)."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.cli.company import Company, taken_apart
from tests.cli.conftest import write
from tests.cli.runs import Run
from tests.e2e.at_work import AtWork
from yuyue_desktop.domain.application import Status
from yuyue_desktop.ui.pages.query_page import QueryPage
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_practice.seed import PASSWORD as PRACTICE_PASSWORD

CALL_S = 120
USER = "yunling"
AT_ONCE = 3
"""So many calls run at the same time, beside the window."""
TYPED = ("鲜活易腐", " fresh", " cut", " flowers")
REASON = "".join(TYPED)


class Beside:
    """A company's system beside the window; while its calls run, the window goes on."""

    def __init__(self, at_work: AtWork, folder: Path, store_password: str) -> None:
        self._at_work = at_work
        office = at_work.practice.office
        profiles = folder / "yuyue-desktop" / "profiles"
        profiles.mkdir(parents=True)
        # Where the command line looks for a profile of this name; it is the folder that the window has open.
        (profiles / "practice").symlink_to(office.profile_file.parent, target_is_directory=True)
        for name, secret in {"pin": office.pin, "store": store_password, "password": PRACTICE_PASSWORD}.items():
            (folder / name).write_text(f"{secret}\n", encoding="utf-8")
        self._company = Company(folder, str(folder / "pin"), str(folder / "store"))
        # What needs no card signs in by account, as a company's system does.
        self._ways = {"save": ("--user", USER, "--password-file", str(folder / "password"))}

    def call(self, *arguments: str) -> list[dict[str, Any]]:
        """One command to its end, while the window is at work; answers its lines, and must end well."""
        (done,) = self.call_all([arguments])
        return done.answers

    def call_all(self, calls: Sequence[Sequence[str]], typed: Sequence[str] = ()) -> list[Run]:
        """Several commands at once, while the clerk types; each must end well."""
        company, clerk = self._company, self._at_work.clerk
        by_card = ("--pin-file", company.pin)
        processes = [company.begin(*call, *company.at_desk, *self._ways.get(call[0], by_card)) for call in calls]
        for text in typed:
            clerk.type(text)
        clerk.wait_for("the commands to end", lambda: all(p.poll() is not None for p in processes), CALL_S)
        return [self._ended(process) for process in processes]

    @staticmethod
    def _ended(process: subprocess.Popen[bytes]) -> Run:
        stdout, stderr = process.communicate()
        done = taken_apart(process.returncode, stdout, stderr)
        assert (done.code, done.stderr) == (0, ""), (done.answers, done.stderr)
        return done


def command_line_beside_the_window(at_work: AtWork, store_password: str) -> None:
    """Each sees what the other does, nothing that is typed is lost, nothing goes twice, nobody waits for a lock."""
    with tempfile.TemporaryDirectory(prefix="yuyue-beside-") as folder:
        at_work.sign_in()
        at_work.fill_in()
        beside = Beside(at_work, Path(folder), store_password)
        _the_windows_draft_is_seen(at_work, beside)
        _what_others_save_and_declare_is_seen(at_work, beside, Path(folder))
        _the_windows_declaration_is_followed(at_work, beside)


def _the_windows_draft_is_seen(at_work: AtWork, beside: Beside) -> None:
    draft = at_work.record.id
    at_work.clerk.wait_for("it is on the disk", lambda: at_work.state.saved_at)
    (shown,) = beside.call("show", draft)
    assert (shown["status"], shown["application"]["contact_mobile"]) == ("draft", "13816245307")
    assert draft in [row["uuid"] for row in beside.call("list", "--status", "draft")]


def _what_others_save_and_declare_is_seen(at_work: AtWork, beside: Beside, folder: Path) -> None:
    clerk, page = at_work.clerk, at_work.page
    at_work.focus("预约通关事由")
    at_work.clear_field()
    files = [write(folder / f"{place}.json", contact_name=f"经办 {place}") for place in range(AT_ONCE)]
    commands = ("declare", *["save"] * (AT_ONCE - 1))
    runs = beside.call_all([(command, file) for command, file in zip(commands, files, strict=True)], TYPED)
    answers = [run.answers[0] for run in runs]
    assert [answer["status"] for answer in answers] == ["declared", "draft", "draft"]
    assert len({answer["pre_entry_number"] for answer in answers}) == AT_ONCE

    clerk.wait_for("what was typed meanwhile is on the disk", lambda: _kept_reason(at_work) == REASON)
    at_work.choose_in_menu("预约通关查询")
    query = at_work.shown(QueryPage)
    uuids = [answer["uuid"] for answer in answers]
    clerk.wait_for("their rows", lambda: None not in [query.table.rows.place(uuid) for uuid in uuids])
    at_work.office.call(
        "POST", "/practice/answers", {"number": answers[0]["pre_entry_number"], "step": "return", "text": "事由不足"}
    )
    clerk.wait_for("退单 in the window's list", lambda: _status_in(query, answers[0]["uuid"]) == Status.RETURNED.word)
    clerk.picture("beside-the-command-line")
    at_work.shown(ShellFrame).choose(page)
    clerk.wait_for("the form is in front", lambda: at_work.shown(ShellFrame).page is page)
    assert at_work.state.application.reason == REASON


def _the_windows_declaration_is_followed(at_work: AtWork, beside: Beside) -> None:
    clerk, draft = at_work.clerk, at_work.record.id
    at_work.declare_it()
    (shown,) = beside.call("show", draft)
    assert [receipt["status"] for receipt in shown["receipts"]] == ["declared"]
    assert shown["application"]["reason"] == REASON
    at_work.answer("accept")
    at_work.wait_for_status(Status.ACCEPTED)
    (receipt,) = beside.call("cancel", shown["pre_entry_number"])
    assert receipt["status"] == "cancelled"
    clerk.wait_for("已取消 in the open form", lambda: at_work.record.status is Status.CANCELLED)
    statuses = [receipt.status for receipt in at_work.practice.program.reader.receipts(draft)]
    assert statuses == [Status.DECLARED, Status.ACCEPTED, Status.CANCELLED]


def _kept_reason(at_work: AtWork) -> str:
    kept = at_work.practice.program.reader.record(at_work.record.id)
    return kept.application.reason if kept is not None else ""


def _status_in(query: QueryPage, uuid: str) -> str:
    place = query.table.rows.place(uuid)
    return "" if place is None else query.table.rows.row(place).cell("status").text
