"""`yuyue lookup`: the window's search on the command line (B6, B11)."""

from __future__ import annotations

import pytest

from tests.cli.runs import run


def test_ports_best_first() -> None:
    done = run("lookup", "port", "pdjc")
    assert (done.code, done.stderr) == (0, "")
    assert done.answers[0] == {
        "code": "2233", "name": "浦东机场", "full_name": "浦东机场", "path": "", "why": "拼音 pdjc"
    }  # fmt: skip


def test_goods_with_their_path() -> None:
    (first, *_) = run("lookup", "hs", "010121").answers
    assert (first["code"], first["path"], first["full_name"]) == ("01012100", "马、驴、骡 › 马", "改良种用（马）")


@pytest.mark.parametrize(("limit", "count"), [("3", 3), ("1", 1), ("0", 0), ("-1", 0)])
def test_limit(limit: str, count: int) -> None:
    assert len(run("lookup", "hs", "其他", "--limit", limit).answers) == count


def test_without_a_limit_there_are_twenty() -> None:
    assert len(run("lookup", "hs", "其他").answers) == 20


def test_no_match_is_an_answer_too() -> None:
    done = run("lookup", "port", "没有这个口岸")
    assert (done.code, done.answers) == (0, [])
    assert done.stderr.startswith("没有找到")


ANY_TEXT = ["", " ", "\ud800", "\x00", "(", "[a-z]*", "\\", "é", "1" * 500]


@pytest.mark.parametrize("text", ANY_TEXT)
def test_any_text_is_answered(text: str) -> None:
    assert run("lookup", "hs", text).code == 0


def test_companies_are_looked_up_in_a_profile_that_is_named() -> None:
    done = run("lookup", "company", "云岭")
    assert (done.code, done.answers) == (2, [{"error": "call_unusable"}])
    assert "请用 --profile 给出配置名" in done.stderr
