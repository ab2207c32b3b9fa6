"""The program `yuyue` itself: UTF-8 whatever the system says, calls that can't be used, readers that go away."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.cli.test_deadline_command import CASE
from yuyue_desktop.cli.arguments import in_chinese

PROGRAM = (sys.executable, "-W", "error", "-m", "yuyue_desktop.commands")
LEGACY = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
LINE = json.dumps({**CASE, "id": "单号 1"}, ensure_ascii=False).encode() + b"\n"


def call(*arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run the program to its end."""
    return subprocess.run([*PROGRAM, *arguments], input=stdin, capture_output=True, env=env, timeout=60)


@pytest.mark.parametrize("env", [None, LEGACY], ids=["as it is", "ascii"])
def test_in_and_out_are_utf_8(env: dict[str, str] | None) -> None:
    done = call("deadline", stdin=LINE + b"x\n", env=env)
    assert done.returncode == 1
    first, second = done.stdout.decode("utf-8").splitlines()
    assert json.loads(first)["id"] == "单号 1"
    assert json.loads(second) == {"line": 2, "error": "input_not_json"}
    assert done.stderr.decode("utf-8").startswith("第 2 行：不是一个 JSON 对象")
    assert b"\r" not in done.stdout


def test_each_line_is_answered_before_the_next_is_written() -> None:
    with subprocess.Popen([*PROGRAM, "deadline"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(3):
            process.stdin.write(LINE)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["verdict"] == "in_time"
        process.stdin.close()
        assert process.wait(30) == 0


def test_a_reader_that_goes_away_is_no_trouble() -> None:
    with subprocess.Popen(
        [*PROGRAM, "deadline"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(LINE)
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(LINE)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "缺少 命令"),
        (["nonsense"], "没有 'nonsense'，可选 "),
        (["deadline", "more"], "不认识 more"),
        (["check", "--offline"], "缺少 文件"),
        (["check", "--off", "a.json"], "不认识 --off"),
        (["pdf", "fit", "a.pdf"], "没有 'fit'，可选 "),
        (["save"], "缺少 文件"),
        (["lookup", "ship", "x"], "没有 'ship'，可选 "),
        (["lookup", "hs", "x", "--limit", "many"], "--limit 不能是 'many'"),
        (["lookup", "hs", "x", "--limit"], "--limit 后面缺少内容"),
    ],
)
def test_a_call_that_can_not_be_used(arguments: list[str], said: str) -> None:
    done = call(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    message = done.stderr.decode("utf-8")
    assert message.startswith("用法：yuyue")
    assert said in message
    assert "Traceback" not in message


@pytest.mark.parametrize("arguments", [["-h"], ["deadline", "-h"], ["check", "--help"], ["lookup", "-h"]])
def test_help_is_chinese_on_any_system(arguments: list[str]) -> None:
    done = call(*arguments, env=LEGACY)
    text = done.stdout.decode("utf-8")
    assert done.returncode == 0
    assert text.startswith("用法：yuyue")
    assert "显示这份说明" in text
    assert not any(word in text for word in ("usage", "options", "positional", "show this"))


def test_a_complaint_that_is_not_known_stays_as_it_is() -> None:
    assert in_chinese("something new") == "something new"


def test_no_command_opens_more_than_it_needs() -> None:
    names = ("PySide6", "requests", "cryptography", "pikepdf", "apsw", "keyring", "pypinyin")
    probe = "import sys, yuyue_desktop.commands; print([name for name in %r if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe % (names,)], capture_output=True, timeout=60)
    assert done.stdout.strip() == b"[]"
