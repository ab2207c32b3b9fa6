"""The PDF process: real ones, hung ones, killed ones, none at all."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from tests.documents.pdfs import make_pdf
from yuyue_desktop.documents.check import check_pdf
from yuyue_desktop.documents.checker import PdfChecker
from yuyue_desktop.documents.protocol import encode_check, encode_report, read_report, read_request
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.limits import AttachmentLimits

LIMITS = AttachmentLimits()
WAIT_S = 30.0


@pytest.fixture
def checker() -> Iterator[PdfChecker]:
    """A checker with the real process."""
    checker = PdfChecker()
    yield checker
    checker.close()


def stubborn(started: Path) -> tuple[str, ...]:
    """A process that hangs at each file, after it has said so."""
    hang = f"import sys, pathlib, threading\nsys.stdin.readline()\npathlib.Path({str(started)!r}).touch()\n"
    return (sys.executable, "-c", hang + "threading.Event().wait()")


def process_id(checker: PdfChecker) -> int:
    """The process that runs now."""
    assert checker.calls._child is not None
    return checker.calls._child.pid


def test_the_process_reports_what_the_function_does(checker: PdfChecker) -> None:
    files = [make_pdf([1000, 300_000]), make_pdf(), b"no pdf", make_pdf(version="1.3")]
    reports = [checker.check(f"{n}.pdf", content, LIMITS) for n, content in enumerate(files)]
    expected = [check_pdf(f"{n}.pdf", content, LIMITS) for n, content in enumerate(files)]
    assert [report.result(WAIT_S) for report in reports] == expected


def test_lines_carry_everything() -> None:
    limits = AttachmentLimits(page_bytes=1)
    asked = read_request(io.BytesIO(encode_check("合同\n.pdf", b"\x00\n\xff", limits)))
    assert asked == {"act": "check", "name": "合同\n.pdf", "content": b"\x00\n\xff", "limits": limits}
    report = check_pdf("合同.pdf", make_pdf(), limits)
    assert report.problems
    assert read_report(io.BytesIO(encode_report(report))) == report


def test_a_file_that_hangs_is_reported_and_its_process_gone(tmp_path: Path) -> None:
    checker = PdfChecker(stubborn(tmp_path / "started"), time_limit_s=0.5)
    report = checker.check("x.pdf", b"%PDF-", LIMITS).result(WAIT_S)
    assert [problem.code for problem in report.problems] == [Code.PDF_TOO_COMPLEX]
    assert report.attachment.size == 5
    assert checker.calls._child is None
    checker.close()


def test_a_crash_between_files_is_mended(checker: PdfChecker) -> None:
    checker.check("x.pdf", make_pdf(), LIMITS).result(WAIT_S)
    first = process_id(checker)
    os.kill(first, signal.SIGKILL)
    assert checker.check("y.pdf", make_pdf(), LIMITS).result(WAIT_S).problems == ()
    assert process_id(checker) != first


def test_cancelling_kills_the_process_at_its_file(tmp_path: Path) -> None:
    checker = PdfChecker(stubborn(tmp_path / "started"))
    report = checker.check("x.pdf", b"%PDF-", LIMITS)
    while not (tmp_path / "started").exists():
        assert not report.done()
    assert report.cancel()
    with pytest.raises(CancelledError):
        report.result(WAIT_S)
    checker.close()
    assert checker.calls._child is None


def test_closing_ends_what_runs_and_what_waits(tmp_path: Path) -> None:
    checker = PdfChecker(stubborn(tmp_path / "started"))
    reports = [checker.check(f"{n}.pdf", b"%PDF-", LIMITS) for n in range(3)]
    while not (tmp_path / "started").exists():
        assert not reports[0].done()
    checker.close()
    assert all(report.cancelled() for report in reports)


def test_without_a_process_nothing_is_checked(tmp_path: Path) -> None:
    checker = PdfChecker((str(tmp_path / "missing"),))
    with pytest.raises(YuyueError) as caught:
        checker.check("x.pdf", make_pdf(), LIMITS).result(WAIT_S)
    assert caught.value.code is Code.PDF_PROCESS_MISSING
    checker.close()
