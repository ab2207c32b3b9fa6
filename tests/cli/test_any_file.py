"""Whatever stands in a file for `check`, `save` and `declare`: an answer, its exit code, and words that name it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.company import Company
from tests.cli.conftest import GOOD
from tests.cli.runs import Run, run
from yuyue_desktop.domain.errors import Code

pytestmark = pytest.mark.thorough

SETTINGS = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)  # fmt: skip
MEGABYTE = 1024 * 1024
LONGEST_MESSAGE = 400
HAN = range(0x4E00, 0xA000)
FIELDS = {*GOOD, "window_start"}

TEXTS = st.one_of(
    st.text(max_size=8),
    st.text(st.characters(codec=None), max_size=8),  # half of a surrogate pair too
    st.sampled_from(
        ["", " ", "\x00", "\ud800", "\u202e", "０１２３", "👩‍👩‍👧", "e\u0301", "\n", "10" * 400, "字" * 5000]
    ),
)
NUMBERS = st.one_of(st.integers(), st.floats(), st.sampled_from([0, -0.0, 10**400, -(10**4000), 1e308]))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS | st.sampled_from(["hs_code", "name"]), inner),
    max_leaves=8,
)


def as_json(value: object) -> bytes:
    """JSON as other systems write it, what is no JSON (NaN) included."""
    return json.dumps(value).encode()


def _changed(changes: dict[str, Any]) -> bytes:
    return as_json({**GOOD, **changes})


NEARLY_GOOD = st.dictionaries(st.sampled_from(sorted(FIELDS)) | TEXTS, VALUES, min_size=1, max_size=3).map(_changed)
ODD_FILES: dict[str, bytes] = {
    "blank": b" \n\t",
    "nested lists": b"[" * 100_000,
    "nested objects": b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    "nested in a field": b'{"reason":' + b"[" * 5000 + b"]" * 5000 + b"}",
    "digits": b'{"reason": ' + b"9" * 10_000 + b"}",
    "large exponent": b'{"reason": 1e999999}',
    "utf-8 with its mark": b"\xef\xbb\xbf" + as_json(GOOD),
    "utf-16": json.dumps(GOOD).encode("utf-16"),
    "utf-16 without its mark": json.dumps(GOOD, ensure_ascii=False).encode("utf-16-le"),
    "utf-32": json.dumps(GOOD).encode("utf-32"),
    "gb18030": json.dumps(GOOD, ensure_ascii=False).encode("gb18030"),
    "half a pair": _changed({"contact_name": "\ud800"}),
    "half a pair in utf-8": json.dumps({**GOOD, "reason": "\ud800"}, ensure_ascii=False).encode(errors="surrogatepass"),
    "NUL": _changed({"contact_name": "李\x00想"}),
    "bare NUL": as_json(GOOD) + b"\x00",
    "a name twice": b'{"trader": "3122261548", "trader": "1101919107"}',
    "a megabyte": _changed({"reason": "字" * (MEGABYTE // 2)}),
    "a megabyte as a name": _changed({"字" * (MEGABYTE // 2): ""}),
    "a name of lines": _changed({"a\nb\u2028\x1b[31mc": ""}),
    "many goods": _changed({"goods": [{"hs_code": "06031100", "name": "鲜切玫瑰"}] * 5000}),
    "many attachments": _changed({"attachments": ["none.pdf"] * 200}),
    "odd attachments": _changed(
        {"attachments": ["", ".", "..", "/", "\x00", "\ud800", "a" * 5000, os.devnull, "x\ny"]}
    ),
    "two objects": as_json(GOOD) * 2,
    "a PDF": b"%PDF-1.7\n",
}
FILES = st.binary(max_size=40) | VALUES.map(as_json) | NEARLY_GOOD


def written(folder: Path, contents: Iterable[bytes]) -> list[str]:
    """Files of these contents."""
    paths = [folder / f"{place}.json" for place, _ in enumerate(contents)]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    return [str(path) for path in paths]


def require_answers(done: Run, files: list[str]) -> None:
    """Every file has its line; the exit code is what the lines say; what is wrong is said in Chinese and named."""
    assert [answer["file"] for answer in done.answers] == files
    bad = [answer for answer in done.answers if "error" in answer]
    found = [answer for answer in done.answers if answer.get("findings")]
    queued = [answer for answer in done.answers if answer.get("queued")]
    assert done.code == (3 if queued else 2 if len(bad) == len(files) else 1 if bad or found else 0)
    assert all(answer["error"] in set(Code) for answer in bad)
    for finding in (finding for answer in found for finding in answer["findings"]):
        assert finding["rule"]
        assert finding["field"]
        assert _is_chinese(finding["message"])
    lines = done.stderr.splitlines()
    for answer in bad:
        assert any(line.startswith(f"{answer['file']}：") and _is_chinese(line) for line in lines), answer
    assert "Traceback" not in done.stderr


def _is_chinese(text: str) -> bool:
    return any(ord(sign) in HAN for sign in text)


def odd_files(folder: Path) -> list[str]:
    """Every odd file, one that is empty, one that is none, and one that is a folder."""
    (folder / "none").mkdir(exist_ok=True)
    return [*written(folder, [*ODD_FILES.values(), b""]), str(folder / "none" / "a.json"), str(folder / "none")]


@SETTINGS
@given(content=FILES)
def test_check_answers_any_file(tmp_path: Path, content: bytes) -> None:
    files = written(tmp_path, [content])
    require_answers(run("check", "--offline", *files), files)


def test_check_answers_odd_files_each_in_one_short_line(tmp_path: Path) -> None:
    files = odd_files(tmp_path)
    done = run("check", "--offline", *files)
    require_answers(done, files)
    assert len(done.stderr.splitlines()) == sum("error" in answer for answer in done.answers)
    messages = [finding["message"] for answer in done.answers for finding in answer.get("findings", ())]
    assert all(len(message) < LONGEST_MESSAGE and message.isprintable() for message in messages)


WAYS: dict[str, Callable[[Company, list[str]], Run]] = {
    "save": lambda company, files: company.work("save", "--wait", "0", *files),
    "declare": lambda company, files: company.work("declare", "--wait", "0", *files),
}


@pytest.mark.parametrize("way", sorted(WAYS))
def test_odd_files_are_answered(company: Company, tmp_path: Path, way: str) -> None:
    files = odd_files(tmp_path)
    require_answers(WAYS[way](company, files), files)


@pytest.mark.parametrize("way", sorted(WAYS))
@settings(SETTINGS, max_examples=3)
@given(contents=st.lists(FILES, min_size=30, max_size=60))
def test_any_files_are_answered(company: Company, tmp_path: Path, way: str, contents: list[bytes]) -> None:
    files = written(tmp_path, contents)
    require_answers(WAYS[way](company, files), files)
