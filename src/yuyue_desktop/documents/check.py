"""Checks and measures a PDF (S19), the same on both sides of the wire; knows no process, no file and no screen."""

from __future__ import annotations

import hashlib
import io
import re
import time
from dataclasses import dataclass

import pikepdf
import pypdf

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem, attachment_problems

MOST_BYTES = 64 * 1024 * 1024
"""A larger file is not opened at all; it is far beyond any limit."""
MOST_PAGES = 5000
LONGEST_S = 20.0
"""How long measuring may take; no honest file of these sizes comes near."""

_MARK = b"%PDF-"
_MARK_WITHIN = 1024
_VERSION = re.compile(r"(\d{1,2})\.(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader makes of a file; the two must agree."""

    pages: int
    version: tuple[int, int]
    is_encrypted: bool


class UnreadableError(Exception):
    """A reader can't make sense of the file, or not in time."""

    def __init__(self, code: Code = Code.PDF_DAMAGED, **params: int) -> None:
        super().__init__()
        self.code = code
        self.params = params


def check_pdf(name: str, content: bytes, limits: AttachmentLimits) -> PdfReport:
    """Measure a file and find all that breaks S19: structure, both readings of the page size, whole size, name.

    Never raises for anything in the bytes. What a library might do with hostile ones beyond raising (hang, crash) is
    why the window calls it in a process of its own.
    """
    pages: tuple[int, ...] = ()
    flaws: list[Problem] = []
    if len(content) <= MOST_BYTES:
        try:
            flaws, pages = _examine(name, content, limits)
        except UnreadableError as error:
            flaws = [_problem(error.code, name, **error.params)]
    attachment = Attachment(name, hashlib.sha256(content).hexdigest(), len(content), pages)
    judged = [problem for problem in attachment_problems(attachment, limits) if pages or _is_without_pages(problem)]
    return PdfReport(attachment, (*flaws, *judged))


def _is_without_pages(problem: Problem) -> bool:
    """Whether a limit's judgement holds where no page could be measured."""
    return problem.code is not Code.ATTACHMENT_MEAN_TOO_LARGE


def _examine(name: str, content: bytes, limits: AttachmentLimits) -> tuple[list[Problem], tuple[int, ...]]:
    """What is wrong with a file's structure, and the bytes of each page; raises UnreadableError."""
    if _MARK not in content[:_MARK_WITHIN]:
        return [_problem(Code.PDF_NOT_A_PDF, name)], ()
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            first = _first_reading(document)
            return _flaws(name, content, first, limits), () if first.is_encrypted else _page_bytes(document)
    except pikepdf.PasswordError:
        return [_problem(Code.PDF_ENCRYPTED, name)], ()
    except UnreadableError:
        raise
    except MemoryError as error:
        raise UnreadableError(Code.PDF_TOO_COMPLEX) from error
    except Exception as error:  # a hostile file makes the library raise anything
        raise UnreadableError from error


def _flaws(name: str, content: bytes, first: Reading, limits: AttachmentLimits) -> list[Problem]:
    if first.is_encrypted:
        return [_problem(Code.PDF_ENCRYPTED, name)]
    if first.pages == 0:
        return [_problem(Code.PDF_NO_PAGES, name)]
    flaws = []
    if first.version < limits.least_version:
        flaws.append(_problem(Code.PDF_TOO_OLD, name, version=".".join(map(str, first.version))))
    second = _second_reading(content)
    if second != first:
        flaws.append(_problem(Code.PDF_DAMAGED if second is None else Code.PDF_READERS_DISAGREE, name))
    return flaws


def _first_reading(document: pikepdf.Pdf) -> Reading:
    pages = len(document.pages)
    if pages > MOST_PAGES:
        raise UnreadableError(Code.PDF_TOO_MANY_PAGES, count=pages, limit=MOST_PAGES)
    return Reading(pages, _version(document.pdf_version, document.Root.get("/Version")), document.is_encrypted)


def _second_reading(content: bytes) -> Reading | None:
    """The same by another library; None where it can't make sense of the file."""
    try:
        document = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if document.is_encrypted:
            return Reading(0, (0, 0), is_encrypted=True)
        version = _version(document.pdf_header, document.root_object.get("/Version"))
        return Reading(len(document.pages), version, is_encrypted=False)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a hostile file makes the library raise anything
        return None


def _version(header: object, catalogue: object) -> tuple[int, int]:
    """The version that counts: the header's, or a later one in the catalogue."""
    found = [_VERSION.search(str(text)) for text in (header, catalogue)]
    return max(((int(match[1]), int(match[2])) for match in found if match), default=(0, 0))


def _page_bytes(document: pikepdf.Pdf) -> tuple[int, ...]:
    """Bytes of each page written alone; raises UnreadableError where that takes too long."""
    deadline = time.monotonic() + LONGEST_S
    sizes = []
    for page in document.pages:
        if time.monotonic() > deadline:
            raise UnreadableError(Code.PDF_TOO_COMPLEX)
        sizes.append(len(page_alone(page)))
    return tuple(sizes)


def page_alone(page: pikepdf.Page) -> bytes:
    """One page as a file of its own, by the one writer that both sides measure with (S19)."""
    written = io.BytesIO()
    with pikepdf.new() as alone:
        alone.pages.append(page)
        alone.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            fix_metadata_version=False,
            static_id=True,
        )
    return written.getvalue()


def _problem(code: Code, name: str, **params: str | int) -> Problem:
    return Problem("S19", "attachments", code, params={"name": name, **params})
