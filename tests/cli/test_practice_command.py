"""`yuyue practice …`: the practice office in the background, spoken to by the real program (B10, B11)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.cli.company import Company
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.practice_office import FAULT_FILE, LOG_FILE, PracticeOffice
from yuyue_practice.control.client import READY_FILE, ControlClient, Unreachable

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
        (["practice", "start", "--port", "70000"], "--port 不能是 '70000'"),
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
        assert done.stderr == (
            "yuyue：命令的参数用不了：练习网关没有启动：端口已被别的程序占用，请换一个。请按说明修改后再运行\n"
        )
    finally:
        first.practice("stop")


@pytest.mark.parametrize("left", [b"", b"{", b"\xff\x00", b"[]", b"7", b"{}", b'{"pid":"x"}'])
def test_what_a_power_cut_left_of_the_ready_file_is_no_office(left: bytes, tmp_path: Path) -> None:
    (tmp_path / READY_FILE).write_bytes(left)
    with pytest.raises(Unreachable):
        ControlClient(tmp_path)


def test_an_office_starts_where_a_power_cut_left_half_a_ready_file(tmp_path: Path) -> None:
    company = Company(tmp_path)
    ready = company.profile_folder / "office" / READY_FILE
    ready.parent.mkdir(parents=True)
    ready.write_bytes(b'{"pid":')
    assert company.call("practice", "status").code == 3
    opened = company.practice("start")
    try:
        assert json.loads(ready.read_bytes())["address"] == opened["address"]
    finally:
        company.practice("stop")


def test_what_the_disk_refuses_is_told_in_chinese(tmp_path: Path) -> None:
    company = Company(tmp_path)
    ready = company.profile_folder / "office" / "ready.json"
    ready.mkdir(parents=True)
    done = company.call("practice", "status")
    assert (done.code, done.answers) == (2, [{"error": "practice_failed"}])
    assert done.stderr.startswith(f"yuyue：练习程序没有办成：读写不了 {ready}，请看看是否有权限")


FALLS = [
    ("import yuyue_never", "yuyue-practice 没有装全，缺什么记在", "No module named 'yuyue_never'"),
    ("raise LookupError('an odd thing')", "", "LookupError: an odd thing"),
    ("sys.stderr.write('usage: of another version'); sys.exit(2)", "", "usage: of another version"),
    ("import os; os.kill(os.getpid(), 9)", "", ""),
]
"""How a program ends, what is said of it, and its own last words."""


@pytest.mark.parametrize(("fall", "said", "last_words"), FALLS)
def test_that_the_practice_program_fell_is_told_and_its_own_words_are_kept(
    fall: str, said: str, last_words: str, tmp_path: Path
) -> None:
    program = f"import sys\nif sys.argv[1] == 'status': sys.exit(3)\n{fall}"
    office = PracticeOffice([sys.executable, "-c", program], tmp_path, tmp_path / "profile.json")
    for begin, otherwise, file in (
        (office.ask, "yuyue-practice 意外停止，原因记在", FAULT_FILE),
        (office.start, "练习网关没有启动，原因记在", LOG_FILE),
    ):
        with pytest.raises(YuyueError) as caught:
            begin(["stop"])
        kept = tmp_path / file
        assert caught.value.code is Code.PRACTICE_FAILED
        assert caught.value.params == {"reason": f"{said or otherwise} {kept}"}
        assert last_words in kept.read_text(encoding="utf-8")


def test_a_practice_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    nowhere = tmp_path / "file"
    nowhere.touch()
    for command, folder, said in (
        (["/no/such/program"], tmp_path, "yuyue-practice 没有安装"),
        ([sys.executable, "-c", "raise SystemExit(3)"], nowhere, f"读写不了 {nowhere}"),
    ):
        with pytest.raises(YuyueError) as caught:
            PracticeOffice(command, folder, tmp_path / "profile.json").start([])
        assert caught.value.code is Code.PRACTICE_FAILED
        assert said in str(caught.value.params["reason"])
