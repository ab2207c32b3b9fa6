"""Every limit of the form as an edge with both of its sides, made from the limits' own home; asks nobody."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pikepdf

from tests.documents.pdfs import make_pdf
from yuyue_desktop.documents.check import check_pdf
from yuyue_desktop.domain import limits, numbers
from yuyue_desktop.domain.application import GoodsItem
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.fields import field as spec
from yuyue_practice.seed import TRADER

FILES = limits.attachment_limits(date(2026, 9, 28))
SMALL_PAGE = 1000


@dataclass(frozen=True)
class Filled:
    """What is changed of a good application, and the PDFs by their names that go with it."""

    changes: Mapping[str, object] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True)
class Edge:
    """A field that takes `low` to `high` of something, None is no bound; `below` and `above` is what is said beyond."""

    field: str
    high: int | None
    above: Code
    fill: Callable[[int], Filled]
    low: int | None = None
    below: Code = Code.REQUIRED
    what: str = ""

    def __str__(self) -> str:
        return f"{self.field}{self.what and '-'}{self.what}"

    @property
    def counts(self) -> list[int]:
        """Each bound, one less and one more."""
        bounds = {bound for bound in (self.low, self.high) if bound is not None}
        return sorted({bound + step for bound in bounds for step in (-1, 0, 1) if bound + step >= 0})

    def refusal(self, count: int) -> Code | None:
        """What must be said of so many, None where they are allowed."""
        if self.low is not None and count < self.low:
            return self.below
        return self.above if self.high is not None and count > self.high else None


def text(name: str, made: Callable[[int], object]) -> Callable[[int], Filled]:
    """Fills one field."""
    return lambda count: Filled({name: made(count)})


def pdf_named(count: int) -> Filled:
    """A PDF whose name has so many bytes."""
    stem = count - len(".pdf")
    return Filled(files=(("单" * (stem // 2) + "a" * (stem % 2) + ".pdf", make_pdf([SMALL_PAGE])),))


def pdf_with_page(size: int) -> Filled:
    """A PDF whose first page, written alone, weighs exactly so many bytes."""

    def weigh(content: bytes) -> int:
        return check_pdf("页.pdf", content, limits.AttachmentLimits(page_bytes=2 * size)).attachment.pages[0]

    return Filled(files=(("页.pdf", _exact(size, lambda own: make_pdf([own, SMALL_PAGE]), weigh)),))


def pdf_of(size: int, pages: int) -> Filled:
    """A PDF of light pages that weighs exactly so many bytes."""
    return Filled(files=(("全.pdf", _exact(size, lambda ballast: _ballasted(pages, ballast), len)),))


def _ballasted(pages: int, ballast: int) -> bytes:
    with pikepdf.open(io.BytesIO(make_pdf([SMALL_PAGE] * pages))) as document:
        document.Root.Ballast = document.make_stream(bytes(ballast))
        written = io.BytesIO()
        document.save(written, compress_streams=False)
    return written.getvalue()


def _exact(wanted: int, made: Callable[[int], bytes], weigh: Callable[[bytes], int]) -> bytes:
    """What weighs `wanted`: a byte more put in is a byte more that it weighs."""
    put_in = wanted // 2
    for _ in range(5):
        content = made(put_in)
        put_in += wanted - weigh(content)
        if weigh(content) == wanted:
            return content
    raise AssertionError(wanted)


PAGES_OF_LARGEST = -(-FILES.file_bytes // FILES.page_bytes) + 1
"""So many pages that the mean page is no matter."""
LEAST_VERSION = FILES.least_version[0] * 10 + FILES.least_version[1]

EDGES = (
    Edge("trader", spec("trader").length, Code.TRADER_CODE_MALFORMED, text("trader", lambda n: f"{TRADER}0"[:n]),
         spec("trader").length, Code.TRADER_CODE_MALFORMED),
    Edge("contact_name", limits.CONTACT_NAME_CHARACTERS, Code.TOO_LONG, text("contact_name", lambda n: "张" * n), 1),
    Edge("contact_mobile", numbers.MOBILE_LENGTH, Code.MOBILE_TOO_LONG,
         text("contact_mobile", lambda n: "138000000012"[:n]), numbers.MOBILE_LENGTH, Code.MOBILE_TOO_SHORT),
    Edge("reason", limits.REASON_BYTES, Code.REASON_TOO_LONG,
         text("reason", lambda n: "a" * (n % 2) + "鲜" * (n // 2))),
    Edge("goods", limits.GOODS_NAMES_CHARACTERS, Code.GOODS_NAMES_TOO_LONG,
         text("goods", lambda n: (GoodsItem("0603", "花" * n),)), 1, Code.GOODS_NAME_MISSING, "names"),
    Edge("goods", limits.GOODS_NAMES_CHARACTERS, Code.GOODS_NAMES_TOO_LONG,
         text("goods", lambda n: (GoodsItem("0603", "花" * (n - 1)), GoodsItem("0604", "叶"))), what="names-together"),
    Edge("goods", spec("goods_code").length, Code.GOODS_CODE_MALFORMED,
         text("goods", lambda n: (GoodsItem("06031100001"[:n], "花"),)), limits.GOODS_LOOKUP_DIGITS,
         Code.GOODS_CODE_MALFORMED, "code"),
    Edge("attachments", FILES.count, Code.ATTACHMENTS_TOO_MANY,
         lambda n: Filled(files=tuple((f"{place}.pdf", make_pdf([SMALL_PAGE + place])) for place in range(n)))),
    Edge("attachments", FILES.name_bytes, Code.ATTACHMENT_NAME_TOO_LONG, pdf_named, what="name"),
    Edge("attachments", FILES.page_bytes, Code.ATTACHMENT_PAGE_TOO_LARGE, pdf_with_page, what="page"),
    Edge("attachments", 2 * FILES.page_bytes, Code.ATTACHMENT_MEAN_TOO_LARGE, lambda n: pdf_of(n, 2), what="mean"),
    Edge("attachments", FILES.file_bytes, Code.ATTACHMENT_TOO_LARGE, lambda n: pdf_of(n, PAGES_OF_LARGEST),
         what="file"),
    Edge("attachments", None, Code.PDF_TOO_OLD,
         lambda n: Filled(files=(("旧.pdf", make_pdf([SMALL_PAGE], f"{n // 10}.{n % 10}")),)), LEAST_VERSION,
         Code.PDF_TOO_OLD, "version"),
)  # fmt: skip
