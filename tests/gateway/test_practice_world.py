"""The practice world itself: control API, officer's page, command line, restart, schema (B10)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import requests
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from tests.gateway.clerk import Clerk, new_application, read, refused
from tests.gateway.conftest import RunningOffice, StartOffice
from yuyue_desktop.domain.application import Application, Status
from yuyue_desktop.wire import messages
from yuyue_desktop.wire.messages import AnswerBody, CompanyBody, ReceiptBody
from yuyue_practice.clock import START
from yuyue_practice.control.messages import CardBody, DeclarationBody, OfficeStatus
from yuyue_practice.models import Row
from yuyue_practice.office import DATABASE_FILE, Office, OfficePlan
from yuyue_practice.seed import TRADER

pytestmark = pytest.mark.thorough

STARTS_WITHIN_S = 60


class Control:
    """A practising person with the control token."""

    def __init__(self, running: RunningOffice) -> None:
        self.token = running.office.control_token
        self.clerk = running.clerk()

    def __call__(self, method: str, path: str, body: object = None) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        data = None if body is None else json.dumps(body)
        return self.clerk.session.request(method, self.clerk.address + path, headers=headers, data=data, timeout=60)


@pytest.fixture
def control(by_hand: RunningOffice) -> Control:
    """Control of the running office."""
    return Control(by_hand)


@pytest.fixture
def declared(clerk: Clerk) -> Application:
    """An application that customs has."""
    application = new_application()
    assert clerk.declare(application).is_accepted
    return application


def body(answer: requests.Response, kind: type[messages.Message]) -> messages.Message:
    assert answer.status_code in (200, 201), answer.text
    return messages.decode(answer.content, kind)


@pytest.mark.parametrize("token", ["", "wrong", "ключ"])
def test_control_needs_its_own_token(control: Control, clerk: Clerk, token: str) -> None:
    assert clerk.grant is not None
    for wrong in (token, clerk.grant.token):
        control.token = wrong.encode().decode("latin-1")
        assert refused(control("GET", "/practice/status"), 401) == "sign_in_needed"


def test_officer_and_clock_by_control(control: Control, clerk: Clerk, declared: Application) -> None:
    assert body(control("GET", "/practice/status"), OfficeStatus).desk == 2
    number = clerk.record(declared.id).pre_entry_number
    receipt = body(control("POST", "/practice/answers", {"number": number, "step": "accept"}), ReceiptBody)
    assert receipt.status is Status.ACCEPTED
    control("POST", "/practice/answers", {"number": number, "step": "approve", "text": "请准时"})
    assert clerk.receipts().receipts[-1].text == "请准时"
    for body_ in ({"number": number, "step": "approve"}, {"number": number, "step": "return"}):
        assert control("POST", "/practice/answers", body_).status_code in (400, 409)
    assert refused(control("POST", "/practice/answers", {"number": number, "step": "save"}), 400) == "call_unusable"

    control("PUT", "/practice/clock", {"now": "2026-10-03T09:00:00"})
    assert clerk.now() >= datetime(2026, 10, 3, 9, 0)
    control("PUT", "/practice/clock", {"forward_s": 3600})
    assert clerk.now() >= datetime(2026, 10, 3, 10, 0)
    for wrong in ({}, {"now": "2055-01-01T00:00:00"}, {"now": "2026-10-03T09:00:00+08:00"}, {"forward_s": 1e300}):
        assert refused(control("PUT", "/practice/clock", wrong), 400) == "call_unusable"


def test_declarations_by_control(control: Control, declared: Application) -> None:
    made = body(control("POST", "/practice/declarations/fitting", {"fit": declared.id}), DeclarationBody)
    assert (made.trader, made.declaration_port) == (TRADER, "2210")
    again = json.loads(messages.encode(made))
    assert refused(control("POST", "/practice/declarations", again), 400) == "call_unusable"
    assert control("POST", "/practice/declarations", {**again, "number": "221020261000009999"}).status_code == 201
    assert len(control("GET", "/practice/declarations").json()) == 2
    for wrong in ({"number": "1"}, {"trader": "x"}, {"declared_at": "soon"}):
        assert 400 <= control("POST", "/practice/declarations", {**again, **wrong}).status_code < 500


def test_register_by_control(control: Control, clerk: Clerk) -> None:
    changed = body(control("PUT", f"/practice/companies/{TRADER}", {"level": "严重失信"}), CompanyBody)
    assert changed.grade == "dishonest"
    answer = clerk.declare(new_application())
    assert [finding.code for finding in answer.findings] == ["company_dishonest"]
    assert refused(control("PUT", f"/practice/companies/{TRADER}", {"level": "金牌"}), 400) == "call_unusable"
    body(control("PUT", f"/practice/companies/{TRADER}", {"level": "常规", "is_registered": False}), CompanyBody)
    assert [finding.code for finding in clerk.declare(new_application()).findings] == ["company_not_registered"]

    day = {"day": "2026-10-03", "hours": "09:00-11:00"}
    assert control("PUT", "/practice/ports/2210/days", day).status_code == 200
    codes = [finding.code for finding in clerk.declare(new_application()).findings]
    assert "window_in_working_time" in codes
    for hours in ("9-11", "11:00-09:00", "09:00-12:00,11:00-13:00"):
        wrong = control("PUT", "/practice/ports/2210/days", {**day, "hours": hours})
        assert refused(wrong, 400) == "call_unusable"


def test_cards_by_control(control: Control, by_hand: RunningOffice) -> None:
    card = body(control("POST", "/practice/cards", {}), CardBody)
    assert card.number == "8600000000001"
    status = body(control("GET", "/practice/status"), OfficeStatus)
    assert (status.cards, status.card_in_reader) == ([card.number], card.number)
    configuration = Path(by_hand.office.reader.environment["SOFTHSM2_CONF"])
    assert configuration.read_text() == Path(card.environment["SOFTHSM2_CONF"]).read_text()
    control("PUT", "/practice/reader", {"number": None})
    assert body(control("GET", "/practice/status"), OfficeStatus).card_in_reader == ""
    assert card.number not in configuration.read_text()
    assert refused(control("PUT", "/practice/reader", {"number": "none"}), 403) == "card_unknown"
    other = body(control("POST", "/practice/cards", {"company": "3122260013"}), CardBody)
    assert other.number != card.number
    assert refused(control("POST", "/practice/cards", {"user": "nobody"}), 400) == "call_unusable"
    bound = control("PUT", "/practice/accounts/yunling/card", {"number": None})
    assert bound.status_code == 200
    assert refused(control("PUT", "/practice/accounts/yunling/card", {"number": other.number}), 403) == "card_unknown"


def test_only_whoever_opened_it_stops_an_office_without_a_stop(control: Control) -> None:
    assert refused(control("POST", "/practice/stop"), 400) == "call_unusable"


def test_the_officers_page(by_hand: RunningOffice, clerk: Clerk) -> None:
    application = new_application(reason="<script>alert(1)</script>")
    clerk.declare(application)
    browser = by_hand.clerk().session
    address = by_hand.office.address
    assert browser.get(f"{address}/officer").status_code == 401
    assert browser.get(f"{address}/officer?key=wrong").status_code == 401

    page = browser.get(f"{address}/officer?key={by_hand.office.control_token}")
    assert page.url == f"{address}/officer"
    assert "练习模式" in page.text
    assert "&lt;script&gt;" in page.text
    assert "<script>" not in page.text
    assert "2210 浦东海关" in page.text
    number = clerk.record(application.id).pre_entry_number
    assert number in page.text

    form = {"number": number, "step": "accept", "text": ""}
    assert "审批通过" in browser.post(f"{address}/officer/answers", data=form).text
    assert clerk.record(application.id).status is Status.ACCEPTED
    told = browser.post(f"{address}/officer/answers", data=form)
    assert "“已受理”状态的申请不能受理" in told.text
    told = browser.post(f"{address}/officer/answers", data={**form, "step": "return"})
    assert "退单要写明原因" in told.text
    browser.post(f"{address}/officer/clock", data={"now": "2026-10-01T08:00"})
    assert clerk.now() >= datetime(2026, 10, 1, 8, 0)
    browser.post(f"{address}/officer/mode", data={"mode": "auto"})
    assert by_hand.office.officer.mode == "auto"


def test_the_officers_page_takes_nothing_from_a_stranger(by_hand: RunningOffice, declared: Application) -> None:
    stranger = by_hand.clerk().session
    form = {"number": declared.id, "step": "accept"}
    answer = stranger.post(f"{by_hand.office.address}/officer/answers", data=form)
    assert refused(answer, 401) == "sign_in_needed"


def test_an_open_long_poll_does_not_hold_up_the_end(start_office: StartOffice) -> None:
    running = start_office()
    clerk = running.clerk("yunling")
    clerk.sign_in_with_card()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(clerk.receipts, 0, 20)
        assert clerk.now() < START + timedelta(minutes=5)
        begun = time.monotonic()
        running.stop()
        assert waiting.result(timeout=20).receipts == []
    assert time.monotonic() - begun < 10


def test_the_same_submission_many_times_at_once_is_taken_once(clerk: Clerk, by_hand: RunningOffice) -> None:
    assert clerk.card is not None
    application = new_application()
    submission = clerk.submission(application)
    jws = clerk.card.submission(submission)
    clerks = [by_hand.clerk() for _ in range(8)]
    gate = threading.Barrier(len(clerks))

    def send(other: Clerk) -> AnswerBody:
        gate.wait()
        return read(other.send_jws(submission.id, jws), AnswerBody)

    with ThreadPoolExecutor(len(clerks)) as pool:
        answers = list(pool.map(send, clerks))
    assert answers == [answers[0]] * len(clerks)
    assert answers[0].is_accepted
    assert len(clerk.receipts().receipts) == 1


def test_an_office_opened_again_knows_everything(start_office: StartOffice, tmp_path: Path) -> None:
    first = start_office()
    clerk = first.clerk("yunling")
    clerk.sign_in_with_card()
    application = new_application()
    submission = clerk.submission(application)
    answer = clerk.answer(submission)
    first.office.clock.move_to(datetime(2027, 3, 1, 9, 0))
    first.office.database.close()
    again = Office(OfficePlan(tmp_path, first.office.address))
    assert again.intake.answer(submission.id) == answer
    assert again.clock.now() >= datetime(2027, 3, 1, 9, 0)
    assert again.seal_keys == first.office.seal_keys
    again.database.close()


def test_the_schema_is_what_the_models_say(tmp_path: Path) -> None:
    Office(OfficePlan(tmp_path, "https://127.0.0.1:1")).database.close()
    engine = create_engine(f"sqlite:///{tmp_path / DATABASE_FILE}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Row.metadata) == []
    engine.dispose()


@contextmanager
def program(folder: Path, *arguments: str, is_asked: bool = False) -> Iterator[dict[str, str]]:
    """yuyue-practice start in a process of its own; yields its ready file's content.

    It is ended by a signal, or is asked to end by whoever uses it (`is_asked`).
    """
    ready = folder / "told.json"
    command = [sys.executable, "-m", "yuyue_practice", "start", "--folder", str(folder), "--ready-file", str(ready)]
    process = subprocess.Popen([*command, *arguments], env={**os.environ, "PYTHONPATH": "src"}, stderr=subprocess.PIPE)
    try:
        waiting = threading.Event()
        for _ in range(STARTS_WITHIN_S * 20):
            if ready.exists() or process.poll() is not None or waiting.wait(0.05):
                break
        yield json.loads(ready.read_text())
    except BaseException:
        process.kill()
        raise
    finally:
        if not is_asked:
            process.terminate()
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert not ready.exists()


def command(folder: Path, *arguments: str) -> tuple[int, list[dict[str, object]]]:
    ran = subprocess.run(
        [sys.executable, "-m", "yuyue_practice", *arguments, "--folder", str(folder)],
        env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True,
        timeout=60,
    )
    assert b"Traceback" not in ran.stderr
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()]


def test_the_installed_command_reads_its_own_arguments(tmp_path: Path) -> None:
    installed = shutil.which("yuyue-practice", path=str(Path(sys.executable).parent))
    assert installed
    ran = subprocess.run([installed, "status", "--folder", str(tmp_path)], capture_output=True, timeout=60)
    assert (ran.returncode, b"Traceback" in ran.stderr) == (3, False), ran.stderr


def test_the_program_starts_is_spoken_to_and_stops(tmp_path: Path) -> None:
    assert command(tmp_path, "status")[0] == 3
    with program(tmp_path, "--officer", "hand", is_asked=True) as ready:
        assert set(ready) >= {"address", "ca_file", "pid", "officer_url", "control_token"}
        told = requests.get(ready["address"] + "/time", verify=ready["ca_file"], timeout=30)
        assert datetime.fromisoformat(told.json()["now"]) >= START
        code, lines = command(tmp_path, "status")
        assert (code, lines[0]["officer"], lines[0]["address"]) == (0, "hand", ready["address"])
        assert command(tmp_path, "clock", "2026-10-01T09:00")[0] == 0
        assert command(tmp_path, "approve", "YTG202699999999999") == (1, [{"error": "application_unknown"}])
        assert command(tmp_path, "declaration", "add", "--fit", "YTG202600000000001")[0] == 0
        assert command(tmp_path, "stop")[0] == 0
    with program(tmp_path) as again:
        assert again["address"] == ready["address"]
