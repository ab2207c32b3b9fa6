"""PDF files made to order for tests."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Sequence

import pikepdf


def make_pdf(
    page_bytes: Sequence[int] = (1000,),
    version: str = "1.5",
    shared_bytes: int = 0,
    encryption: pikepdf.Encryption | None = None,
) -> bytes:
    """A PDF whose pages weigh about that much each: random content, which no writer makes smaller.

    `shared_bytes`: a picture that all pages use.
    """
    draw = random.Random(1)  # noqa: S311 - repeatable, not secret
    with pikepdf.new() as document:
        shared = document.make_indirect(_picture(document, draw.randbytes(shared_bytes)))
        for size in page_bytes:
            document.add_blank_page()
            page = document.pages[-1]
            own = document.make_indirect(_picture(document, draw.randbytes(size)))
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Own=own, Shared=shared))
        written = io.BytesIO()
        if encryption is None:
            document.save(written, force_version=version)
        else:
            document.save(written, encryption=encryption)
    return written.getvalue()


def painted_pdf(pages: int) -> bytes:
    """A PDF of A4 pages whose upper left quarter is red, each with a line for its number."""
    quarter = "1 0 0 rg 0 421 297 421 re f 0 0 0 rg "
    return _pages([f"{quarter}20 {20 + number % 380} 40 1 re f" for number in range(pages)])


def printed_pdf(page_bytes: Sequence[int]) -> bytes:
    """A PDF of A4 pages that look printed, whose pages weigh about that much each."""
    draw = random.Random(1)  # noqa: S311 - repeatable, not secret
    return _pages([_print(draw) for _ in page_bytes], page_bytes)


def _print(draw: random.Random) -> str:
    """Bars where a page has its words."""
    bars = [f"0.15 g 60 770 {draw.randint(160, 260)} 14 re f 0.35 g"]
    for line in range(735, 80, -18):
        left = 60
        while left < 480:
            width = draw.randint(12, 60)
            bars.append(f"{left} {line} {width} 7 re f")
            left += width + 7
    return " ".join(bars)


def _pages(paint: Sequence[str], page_bytes: Sequence[int] = ()) -> bytes:
    """A4 pages so painted; `page_bytes`: about what each weighs beside that."""
    with pikepdf.new() as document:
        for content in paint:
            document.add_blank_page(page_size=(595, 842))
            document.pages[-1].Contents = document.make_stream(content.encode("ascii"))
        for page, size in zip(document.pages, page_bytes, strict=False):
            own = document.make_indirect(_picture(document, random.Random(size).randbytes(size)))  # noqa: S311
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Own=own))
        written = io.BytesIO()
        document.save(written, force_version="1.5")
    return written.getvalue()


def bare_pdf(pages: int) -> bytes:
    """A PDF of that many empty pages, written in a moment."""
    kids = " ".join(f"{number} 0 R" for number in range(3, pages + 3))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {pages}/Kids[{kids}]>>"]
    objects += ["<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * pages
    return _written(objects)


def bomb_pdf(megabytes: int) -> bytes:
    """A small PDF whose catalogue lies in an object stream that unpacks to that much."""
    packer = zlib.compressobj(1)
    filling = (packer.compress(bytes(1024 * 1024)) for _ in range(megabytes))
    packed = packer.compress(b"2 0 <</Type/Catalog/Pages 3 0 R>> ") + b"".join(filling) + packer.flush()
    objects = [
        _stream("/Type/ObjStm/N 1/First 4/Filter[/FlateDecode/FlateDecode]", zlib.compress(packed)),
        b"",  # the catalogue, in the stream
        b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>",
    ]
    content, rows = bytearray(b"%PDF-1.5\n"), [(0, 0, 65535)]
    for number, text in enumerate(objects, 1):
        rows.append((1, len(content), 0) if text else (2, 1, 0))
        content += b"%d 0 obj %b endobj\n" % (number, text) if text else b""
    rows.append((1, len(content), 0))
    table = b"".join(row[0].to_bytes(1, "big") + row[1].to_bytes(4, "big") + row[2].to_bytes(2, "big") for row in rows)
    xref = _stream("/Type/XRef/Size 6/W[1 4 2]/Root 2 0 R", table)
    return bytes(content) + b"5 0 obj %b endobj\nstartxref\n%d\n%%%%EOF" % (xref, len(content))


def _stream(entries: str, content: bytes) -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries.encode("ascii"), len(content), content)


def _written(objects: Sequence[str]) -> bytes:
    """Objects 1, 2, … as a file, the first one its catalogue."""
    content, places = bytearray(b"%PDF-1.5\n"), []
    for number, text in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj {text} endobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer <</Root 1 0 R/Size {len(objects) + 1}>>\n"
    return bytes(content) + f"{end}startxref\n{len(content)}\n%%EOF".encode("ascii")


def _picture(document: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    return pikepdf.Stream(document, content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1])
