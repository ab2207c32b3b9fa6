"""`--control`: the command line signs over the client control's own protocol, with a practice control behind it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.company import Company
from tests.cli.conftest import write
from yuyue_desktop.profiles import PROFILE_FILE

pytestmark = pytest.mark.thorough

OPENING_S = 60


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """A company whose profile knows a driver that is not there, and the address of a control that is."""
    company = Company(tmp_path_factory.mktemp("company"))
    folder = company.profile_folder
    command = [sys.executable, "-m", "yuyue_practice.opening", "--no-window", "--folder", str(folder)]
    pipe = subprocess.PIPE
    office = subprocess.Popen([*command, "--officer", "hand", "--card", "control"], stdin=pipe, stdout=pipe, text=True)
    assert office.stdin is not None
    assert office.stdout is not None
    try:
        assert all(office.stdout.readline() for _ in range(2)), "the practice office did not open"
        pin = change_profile(folder, card_route="driver", card_module=str(folder / "none.so"))["practice_pin"]
        for name, secret in (("pin", pin), ("store", "a password of this machine")):
            (company.data / name).write_text(f"{secret}\n", encoding="utf-8")
        company.pin, company.store_password = str(company.data / "pin"), str(company.data / "store")
        yield company
    finally:
        office.stdin.close()
        office.stdout.close()
        office.wait(OPENING_S)


def change_profile(folder: Path, **changes: object) -> dict[str, Any]:
    """Write the profile anew with changes, and answer what it says."""
    file = folder / PROFILE_FILE
    profile: dict[str, Any] = {**json.loads(file.read_text(encoding="utf-8")), **changes}
    file.write_text(json.dumps(profile), encoding="utf-8")
    return profile


def test_from_signing_in_to_the_gateway(company: Company, tmp_path: Path) -> None:
    """Two in one call: the control wants the PIN for each signature, the first one's is the sign-in."""
    files = [write(tmp_path / name, contact_name=name) for name in ("李.json", "王.json")]
    done = company.work("declare", *files, "--control")
    assert done.code == 0, (done.answers, done.stderr)
    assert [answer["status"] for answer in done.answers] == ["declared", "declared"]
    numbers = {answer["pre_entry_number"] for answer in done.answers}
    company.practice("accept", min(numbers))
    cancelled = company.work("cancel", min(numbers), "--control")
    assert (cancelled.code, cancelled.answers[0]["status"]) == (0, "cancelled")
    known = company.work("list", "--from", "2026-09-28", "--to", "2026-10-04", "--control").answers
    assert {row["pre_entry_number"] for row in known} == numbers


def test_without_it_the_profiles_own_driver_is_meant(company: Company, tmp_path: Path) -> None:
    done = company.work("declare", write(tmp_path / "申请.json"))
    assert (done.code, done.answers) == (3, [{"error": "card_driver_missing"}])


def test_doctor_speaks_of_the_control(company: Company) -> None:
    done = company.call("doctor", *company.at_desk, "--control")
    assert done.code == 0, (done.answers, done.stderr)
    found = {line["check"]: line["ok"] for line in done.answers}
    assert found["control"] is found["card"] is found["certificate"] is True
    assert "module" not in found


def test_a_wrong_pin_costs_one_try_and_is_not_sent_again(company: Company, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("00000000\n", encoding="utf-8")
    arguments = ("list", "--status", "declared", "--control", *company.at_desk, "--pin-file", str(wrong))
    first, second = (company.call(*arguments).answers for _ in range(2))
    assert (first[0]["error"], second) == ("pin_wrong", [{"error": "pin_failed_before"}])
    assert company.work("list", "--status", "declared", "--control").code == 0


def test_a_control_that_is_not_running_is_said(company: Company, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"ws://127.0.0.1:{taken.getsockname()[1]}"
    control = change_profile(company.profile_folder)["card_control"]
    change_profile(company.profile_folder, card_control=nobody)
    try:
        done = company.work("declare", write(tmp_path / "申请.json"), "--control")
        assert (done.code, done.answers) == (3, [{"error": "card_control_missing"}])
        assert "singlewindow://Restart" in done.stderr
        doctor = company.call("doctor", *company.at_desk, "--control")
        assert doctor.code == 1
        assert [line["check"] for line in doctor.answers if line["ok"] is False] == ["control"]
    finally:
        change_profile(company.profile_folder, card_control=control)


def test_one_way_to_the_card_at_a_time(company: Company, tmp_path: Path) -> None:
    done = company.work("list", "--control", "--module", str(tmp_path / "none.so"))
    assert done.code == 2
    assert "只能用一个" in done.stderr
