"""`yuyue pdf check`: each file measured as customs measures it, whatever the file is (S19, B11)."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.runs import run
from tests.gateway.clerk import pdf

pytestmark = pytest.mark.thorough

PDF = pdf(100)


def test_a_file_that_fits(tmp_path: Path) -> None:
    file = tmp_path / "箱单.pdf"
    file.write_bytes(pdf(1000, 5000))
    done = run("pdf", "check", str(file))
    assert (done.code, done.stderr) == (0, "")
    (answer,) = done.answers
    assert (answer["file"], answer["bytes"], answer["findings"]) == (str(file), file.stat().st_size, [])
    assert [1000 < size < 2500 for size in answer["pages"]] == [True, False]


def test_what_breaks_a_limit_is_named_and_the_others_are_answered(tmp_path: Path) -> None:
    large, text, none = tmp_path / "large.pdf", tmp_path / "text.pdf", tmp_path / "none.pdf"
    large.write_bytes(pdf(100, 250 * 1024))
    text.write_text("not a PDF")
    done = run("pdf", "check", str(large), str(none), str(text))
    assert done.code == 1
    assert [answer.get("error") for answer in done.answers] == [None, "file_missing", None]
    (page,) = done.answers[0]["findings"]
    assert (page["rule"], page["field"], page["severity"]) == ("S19", "attachments", "error")
    assert page["message"].startswith("large.pdf 第 2 页")
    assert done.answers[2]["pages"] == []
    assert done.answers[2]["findings"][0]["message"].startswith("text.pdf 不是 PDF 文件")
    assert done.stderr.count("\n") == 1
    assert run("pdf", "check", str(none), str(tmp_path)).code == 2


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=80), st.integers(0, len(PDF)).map(lambda end: PDF[:end])))
def test_any_bytes_are_answered(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "any.pdf"
    file.write_bytes(content)
    (answer,) = run("pdf", "check", str(file)).answers
    assert answer.get("bytes", 0) == len(content)
    assert answer.get("error", "file_empty") == "file_empty"
