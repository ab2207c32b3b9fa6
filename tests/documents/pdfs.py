"""PDF files made to order for tests."""

from __future__ import annotations

import io
import random
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
    with pikepdf.new() as document:
        for number in range(pages):
            document.add_blank_page(page_size=(595, 842))
            paint = f"1 0 0 rg 0 421 297 421 re f 0 0 0 rg 20 {20 + number % 380} 40 1 re f"
            document.pages[-1].Contents = document.make_stream(paint.encode("ascii"))
        written = io.BytesIO()
        document.save(written, force_version="1.5")
    return written.getvalue()


def _picture(document: pikepdf.Pdf, content: bytes) -> pikepdf.Stream:
    return pikepdf.Stream(document, content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1])
