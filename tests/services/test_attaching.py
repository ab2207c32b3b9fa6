"""Taking PDF files in: checked by the real PDF process, in the store before the form shows them (S19)."""

from __future__ import annotations

import hashlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from tests.documents.pdfs import make_pdf
from tests.services.desk import code, failure
from tests.store.parts import LIMIT_S, OpenStore
from yuyue_desktop.documents.checker import PdfChecker
from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.services.attaching import Attaching

KB = 1024
OTHERS = tuple(Attachment(f"{n}.pdf", str(n) * 64, 10, (10,)) for n in range(5))


@pytest.fixture(scope="module")
def checker() -> Iterator[PdfChecker]:
    opened = PdfChecker()
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OpenStore]:
    opened = OpenStore(tmp_path / "profile")
    yield opened
    opened.close()


@pytest.fixture
def attaching(checker: PdfChecker, store: OpenStore) -> Attaching:
    return Attaching(pdf=checker, writer=store.writer, clock=store.clock)


def written(folder: Path, content: bytes, name: str = "合同.pdf") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def test_a_file_is_measured_and_kept(attaching: Attaching, store: OpenStore, tmp_path: Path) -> None:
    content = make_pdf((3 * KB, 5 * KB))
    taken = attaching.add((), written(tmp_path, content)).result(LIMIT_S)
    assert (taken.name, taken.size, len(taken.pages)) == ("合同.pdf", len(content), 2)
    assert taken.sha256 == hashlib.sha256(content).hexdigest()
    assert store.reader.attachment(taken.sha256) == content


def test_the_original_may_go_away_afterwards(attaching: Attaching, store: OpenStore, tmp_path: Path) -> None:
    file = written(tmp_path, make_pdf())
    taken = attaching.add((), file).result(LIMIT_S)
    file.unlink()
    assert store.reader.attachment(taken.sha256) is not None


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", Code.FILE_EMPTY),
        (b"PK\x03\x04 a picture perhaps", Code.PDF_NOT_A_PDF),
        (b"%PDF-1.5\nand nothing else", Code.PDF_DAMAGED),
        (make_pdf(version="1.3"), Code.PDF_TOO_OLD),
        (make_pdf(encryption=pikepdf.Encryption(owner="o", user="u")), Code.PDF_ENCRYPTED),
    ],
    ids=["empty", "other", "damaged", "old", "encrypted"],
)
def test_what_can_not_be_taken(
    attaching: Attaching, store: OpenStore, tmp_path: Path, content: bytes, refused: Code
) -> None:
    assert code(lambda: attaching.add((), written(tmp_path, content))) is refused
    assert store.reader.attachment(hashlib.sha256(content).hexdigest()) is None


def test_what_only_breaks_a_limit_is_taken_for_the_form_to_say(attaching: Attaching, tmp_path: Path) -> None:
    taken = attaching.add((), written(tmp_path, make_pdf((300 * KB,)))).result(LIMIT_S)
    assert taken.pages[0] > 200 * KB


@pytest.mark.parametrize(("present", "most", "limit"), [(OTHERS, None, 5), (OTHERS[:1], 1, 1)])
def test_no_more_than_may_be_there(
    attaching: Attaching, tmp_path: Path, present: tuple[Attachment, ...], most: int | None, limit: int
) -> None:
    failed = failure(lambda: attaching.add(present, written(tmp_path, make_pdf()), most))
    assert (failed.code, dict(failed.params)) == (Code.ATTACHMENTS_TOO_MANY, {"count": limit + 1, "limit": limit})


def test_the_last_free_place_is_taken(attaching: Attaching, tmp_path: Path) -> None:
    assert attaching.add(OTHERS[:4], written(tmp_path, make_pdf())).result(LIMIT_S).name == "合同.pdf"


def test_the_same_content_is_not_taken_twice(attaching: Attaching, tmp_path: Path) -> None:
    content = make_pdf()
    first = attaching.add((), written(tmp_path, content)).result(LIMIT_S)
    failed = failure(lambda: attaching.add((first,), written(tmp_path, content, "again.pdf")))
    assert (failed.code, dict(failed.params)) == (Code.ATTACHMENT_REPEATED, {"name": "again.pdf", "other": "合同.pdf"})


@pytest.mark.parametrize("name", ["合\u202e同.pdf", "a\nb.pdf", "\udcff.pdf"])
def test_a_name_with_characters_that_nobody_sees_is_refused(attaching: Attaching, tmp_path: Path, name: str) -> None:
    failed = failure(lambda: attaching.add((), written(tmp_path, make_pdf(), name)))
    assert failed.code is Code.ATTACHMENT_NAME_CHARACTERS
    assert "\N{REPLACEMENT CHARACTER}" in str(failed.params["name"])


def test_an_emoji_name_is_a_name(attaching: Attaching, tmp_path: Path) -> None:
    name = "发票\U0001f469\u200d\U0001f4bb.pdf"
    assert attaching.add((), written(tmp_path, make_pdf(), name)).result(LIMIT_S).name == name


def test_what_hangs_can_be_left_and_holds_up_nothing(store: OpenStore, checker: PdfChecker, tmp_path: Path) -> None:
    """A network folder that does not answer."""
    answers = threading.Event()

    def read(path: Path, _allowed: AttachmentLimits) -> bytes:
        if path.name == "hangs.pdf":
            answers.wait()
        return path.read_bytes()

    attaching = Attaching(pdf=checker, writer=store.writer, clock=store.clock, read=read)
    hung = attaching.add((), tmp_path / "hangs.pdf")
    assert attaching.add((), written(tmp_path, make_pdf())).result(LIMIT_S).name == "合同.pdf"
    assert hung.cancel()
    answers.set()


def test_leaving_a_file_that_is_checked_stops_the_check(store: OpenStore, tmp_path: Path) -> None:
    started = tmp_path / "started"
    hang = f"import sys, pathlib, threading\nsys.stdin.readline()\npathlib.Path({str(started)!r}).touch()\n"
    checker = PdfChecker((sys.executable, "-c", hang + "threading.Event().wait()"), time_limit_s=LIMIT_S)
    attaching = Attaching(pdf=checker, writer=store.writer, clock=store.clock)
    taking = attaching.add((), written(tmp_path, make_pdf()))
    while not started.exists():
        assert not taking.done()
    process = checker.calls._child
    assert process is not None
    assert taking.cancel()
    process._process.wait(LIMIT_S)
    checker.close()
