"""S19 over bytes: limits to the byte, structure, and no harm from hostile files."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents.pdfs import bare_pdf, make_pdf
from yuyue_desktop.documents import check
from yuyue_desktop.documents.check import check_pdf, page_alone
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.pdf import PdfReport

LIMITS = AttachmentLimits()
KB = 1024


def report_of(content: bytes, name: str = "合同.pdf", limits: AttachmentLimits = LIMITS) -> PdfReport:
    """The report on a file."""
    return check_pdf(name, content, limits)


def codes(content: bytes, name: str = "合同.pdf", limits: AttachmentLimits = LIMITS) -> list[Code]:
    """The codes of what is wrong with a file."""
    return [problem.code for problem in report_of(content, name, limits).problems]


def test_a_good_file_is_measured_page_by_page() -> None:
    content = make_pdf([1000, 50_000, 2000])
    report = report_of(content)
    assert report.problems == ()
    assert report.attachment.size == len(content)
    small, large, middle = report.attachment.pages
    assert 1000 < small < middle < 10_000
    assert 50_000 < large < 55_000


def titled(content: bytes, title: str) -> bytes:
    """The same document with another title."""
    with pikepdf.open(io.BytesIO(content)) as document:
        document.docinfo["/Title"] = title
        written = io.BytesIO()
        document.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return written.getvalue()


def test_measuring_is_repeatable_and_knows_no_metadata() -> None:
    content = make_pdf([1000, 2000])
    short, long = titled(content, "short"), titled(content, "long" * 1000)
    assert len(long) > len(short) + 1000
    assert report_of(short).attachment.pages == report_of(short).attachment.pages
    assert report_of(short).attachment.pages == report_of(long).attachment.pages


def test_a_page_alone_carries_what_it_shares_and_nothing_else() -> None:
    content = make_pdf([1000] * 3, shared_bytes=30_000)
    pages = report_of(content).attachment.pages
    assert all(31_000 < size < 35_000 for size in pages)
    with (
        pikepdf.open(io.BytesIO(content)) as document,
        pikepdf.open(io.BytesIO(page_alone(document.pages[1]))) as alone,
    ):
        assert len(alone.pages) == 1
        assert "/Metadata" not in alone.Root


def test_the_page_limit_holds_to_the_byte() -> None:
    worst = max(report_of(make_pdf([1000, 30_000])).attachment.pages)
    at, below = AttachmentLimits(page_bytes=worst), AttachmentLimits(page_bytes=worst - 1)
    assert codes(make_pdf([1000, 30_000]), limits=at) == []
    report = report_of(make_pdf([1000, 30_000]), limits=below)
    assert [problem.code for problem in report.problems] == [Code.ATTACHMENT_PAGE_TOO_LARGE]
    assert report.problems[0].params["page"] == 2


def test_the_mean_counts_where_no_page_does() -> None:
    with pikepdf.open(io.BytesIO(make_pdf([1000, 1000]))) as document:
        document.Root.Ballast = document.make_stream(bytes(range(256)) * 2000)
        written = io.BytesIO()
        document.save(written, compress_streams=False)
    assert codes(written.getvalue()) == [Code.ATTACHMENT_MEAN_TOO_LARGE]


def test_the_file_limit_holds_to_the_byte() -> None:
    content = make_pdf([1000])
    assert codes(content, limits=AttachmentLimits(file_bytes=len(content))) == []
    assert codes(content, limits=AttachmentLimits(file_bytes=len(content) - 1)) == [Code.ATTACHMENT_TOO_LARGE]


def test_the_name_limit_counts_gb18030_bytes() -> None:
    assert codes(make_pdf(), "合" * 30 + ".pdf") == []
    assert codes(make_pdf(), "合" * 31 + ".pdf") == [Code.ATTACHMENT_NAME_TOO_LONG]


@pytest.mark.parametrize(("version", "expected"), [("1.3", [Code.PDF_TOO_OLD]), ("1.4", []), ("1.7", []), ("2.0", [])])
def test_the_version_must_be_1_4_or_later(version: str, expected: list[Code]) -> None:
    assert codes(make_pdf(version=version)) == expected


def test_a_later_version_in_the_catalogue_counts() -> None:
    with pikepdf.open(io.BytesIO(make_pdf(version="1.3"))) as document:
        document.Root.Version = pikepdf.Name("/1.6")
        written = io.BytesIO()
        document.save(written, force_version="1.3")
    assert codes(written.getvalue()) == []


@pytest.mark.parametrize("user", ["", "secret"])
def test_an_encrypted_file_is_refused(user: str) -> None:
    report = report_of(make_pdf(encryption=pikepdf.Encryption(owner="owner", user=user)))
    assert [problem.code for problem in report.problems] == [Code.PDF_ENCRYPTED]
    assert report.attachment.pages == ()


def test_a_file_without_pages_is_refused() -> None:
    assert codes(make_pdf([])) == [Code.PDF_NO_PAGES]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", b"x" * 1024 + b"%PDF-1.4", "合同".encode()])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    assert codes(content) == [Code.PDF_NOT_A_PDF]


def test_readers_that_disagree_are_a_finding() -> None:
    """What stands before the header is skipped by the one reader and taken for the header by the other."""
    assert codes(b"junk\n" + make_pdf()) == [Code.PDF_READERS_DISAGREE]


def test_a_file_beyond_all_limits_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "MOST_BYTES", 100)
    content = make_pdf()
    report = report_of(content, limits=AttachmentLimits(file_bytes=100))
    assert [problem.code for problem in report.problems] == [Code.ATTACHMENT_TOO_LARGE]
    assert report.attachment.pages == ()


def test_measuring_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "LONGEST_S", -1.0)
    assert codes(make_pdf()) == [Code.PDF_TOO_COMPLEX]


def test_too_many_pages_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "MOST_PAGES", 2)
    assert codes(make_pdf([10] * 2)) == []
    assert codes(make_pdf([10] * 3)) == [Code.PDF_TOO_MANY_PAGES]


def test_ten_thousand_pages_are_too_many() -> None:
    report = report_of(bare_pdf(10_000))
    assert [problem.code for problem in report.problems] == [Code.PDF_TOO_MANY_PAGES]
    assert report.problems[0].params == {"name": "合同.pdf", "count": 10_000, "limit": check.MOST_PAGES}


def test_sixty_pages_are_measured_each() -> None:
    content = make_pdf([60_000] * 60)
    report = report_of(content)
    assert report.problems == ()
    assert (len(report.attachment.pages), len(content) > 3_500_000) == (60, True)


SMALL = make_pdf([20, 20])


@pytest.mark.parametrize("cut", range(0, len(SMALL), 7))
def test_a_truncated_file_never_harms(cut: int) -> None:
    report = report_of(SMALL[:cut])
    assert report.problems or report.attachment.pages


HOSTILE = settings(max_examples=300, deadline=5000, suppress_health_check=[HealthCheck.too_slow])


@HOSTILE
@given(st.binary(max_size=2000), st.sampled_from([b"", b"%PDF-1.4\n", b"%PDF-", SMALL]))
def test_random_bytes_never_harm(content: bytes, start: bytes) -> None:
    report = report_of(start + content)
    assert report.attachment.size == len(start + content)
    assert report.problems or report.attachment.pages


@HOSTILE
@given(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8))
def test_overwritten_bytes_never_harm(changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(SMALL)
    for place, new in changes:
        content[place : place + len(new)] = new
    report = report_of(bytes(content))
    assert report.problems or report.attachment.pages


LOOP = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>> endobj
trailer <</Root 1 0 R/Size 3>>
"""


@pytest.mark.parametrize(
    "content",
    [
        LOOP,
        LOOP.replace(b"2 0 R 2 0 R", b"1 0 R"),
        LOOP.replace(b"/Count 2", b"/Count 2000000000"),
        LOOP.replace(b"/Pages 2 0 R", b"/Pages 1 0 R"),
        b"%PDF-1.4\n" + b"[" * 100_000,
        b"%PDF-1.4\n" + b"<<" * 100_000,
        b"%PDF-1.4\ntrailer <</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF",
    ],
)
def test_traps_never_harm(content: bytes) -> None:
    assert codes(content)
