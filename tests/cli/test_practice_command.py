"""`yuyue practice …`: the practice office in the background, spoken to by the real program (B10, B11)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.company import Company
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.practice_office import PracticeOffice

pytestmark = pytest.mark.thorough


def test_the_office_is_opened_used_and_closed(tmp_path: Path) -> None:
    company = Company(tmp_path)
    assert company.call("practice", "status").code == 3
    opened = company.practice("start", "--officer", "hand")
    try:
        assert (opened["officer"], opened["cards"]) == ("hand", [])
        assert company.practice("start")["address"] == opened["address"]
        card = company.practice("card", "new", "--pin", "246810")
        assert company.practice("status")["card_in_reader"] == card["number"]
        assert company.practice("card", "out") == {"number": None}
        assert company.practice("card", "in") == {"number": card["number"]}
        assert company.practice("clock", "2026-09-29T10:00")["now"].startswith("2026-09-29T10:00")
        assert company.practice("officer", "auto") == {"mode": "auto"}
        assert company.practice("officer", "hand") == {"mode": "hand"}
        refused = company.call("practice", "accept", "YTG202699999999999")
        assert (refused.code, refused.answers) == (1, [{"error": "application_unknown"}])
        assert refused.stderr.startswith("找不到这份申请")
        fitting = company.practice("declaration", "add", "--fit", "YTG202600000000001")
        assert fitting["declaration_port"] == "0202"
        profile = json.loads((company.profile_folder / "profile.json").read_text(encoding="utf-8"))
        assert profile["gateway_address"] == opened["address"]
        assert (profile["practice_pin"], profile["card_module"]) == ("246810", card["module"])
        assert company.call("practice", "--profile", "another", "status").code == 3
    finally:
        assert company.practice("stop") == {"stopped": True}
    assert company.call("practice", "stop").code == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["practice"], "缺少 命令"),
        (["practice", "return", "YTG202699999999999"], "缺少 --reason"),
        (["practice", "clock", "tomorrow"], "时间 不能是 'tomorrow'"),
        (["practice", "start", "--port", "x"], "--port 不能是 'x'"),
        (["practice", "start", "--officer", "x"], "--officer 不能是 'x'"),
        (["practice", "declaration", "add", "--flag", "x"], "--flag 不能是 'x'"),
        (["practice", "card", "swap"], "没有 'swap'"),
        (["--profile", "../x", "practice", "status"], "配置名 ../x"),
    ],
)
def test_a_call_that_can_not_be_used(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = Company(tmp_path).call(*arguments)
    assert done.code == 2
    assert said in done.stderr
    assert done.stderr.isascii() is False


def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    first, second = Company(tmp_path / "first"), Company(tmp_path / "second")
    port = first.practice("start")["address"].rpartition(":")[2]
    try:
        done = second.call("practice", "start", "--port", port)
        assert (done.code, done.answers) == (2, [{"error": "call_unusable"}])
        assert "练习网关没有启动" in done.stderr
    finally:
        first.practice("stop")


@pytest.mark.parametrize(
    ("fall", "said"),
    [
        ("import yuyue_never", "练习程序 yuyue-practice 没有装全"),
        ("raise LookupError('an odd thing')", "练习程序 yuyue-practice 出了错：LookupError: an odd thing"),
    ],
)
def test_why_the_practice_program_fell_is_told(fall: str, said: str, tmp_path: Path) -> None:
    office = PracticeOffice([sys.executable, "-c", fall], tmp_path, tmp_path / "profile.json")
    with pytest.raises(YuyueError) as caught:
        office.ask(["status"])
    assert (caught.value.code, caught.value.params) == (Code.CALL_UNUSABLE, {"reason": said})
