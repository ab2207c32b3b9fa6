"""Hostile files in the real PDF process: it may die of them, whoever asked is answered and goes on."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import IO, TypeVar

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.documents.pdfs import bomb_pdf, make_pdf, painted_pdf
from yuyue_desktop.documents.calls import COMMAND, Ask, PdfCalls
from yuyue_desktop.documents.checker import PdfChecker
from yuyue_desktop.documents.protocol import (
    encode_draw,
    encode_open,
    encode_sizes_wanted,
    read_image,
    read_opened,
    read_sizes,
)
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.pdf import MOST_IMAGE_PIXELS

Answer = TypeVar("Answer")
LIMITS = AttachmentLimits()
WAIT_S = 120.0
MB = 1024 * 1024
SEEDS = (painted_pdf(2), make_pdf([200, 30]), make_pdf(encryption=pikepdf.Encryption(owner="owner", user="")))
FUZZ = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
WITH_LITTLE_MEMORY = """
import sys
from yuyue_desktop.documents import process
real = process.limit_memory
process.limit_memory = lambda: real({most})
sys.exit(process.main())
"""


@pytest.fixture(scope="module")
def checker() -> Iterator[PdfChecker]:
    opened = PdfChecker()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def calls() -> Iterator[PdfCalls]:
    """The process that draws, kept from file to file."""
    opened = PdfCalls(COMMAND, time_limit_s=WAIT_S, unstartable=AssertionError)
    yield opened
    opened.close()
    opened.join()


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A real file with bytes changed, cut out, doubled, or pieces of another one in it."""
    content = bytearray(draw(st.sampled_from(SEEDS)))
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - repeatable, not secret
    for _ in range(draw(st.integers(1, 12))):
        start = chance.randrange(max(len(content), 1))
        end = min(start + chance.randrange(1, 60), len(content))
        kind = chance.randrange(4)
        if kind == 0:
            content[start:end] = chance.randbytes(end - start)
        elif kind == 1:
            del content[start:end]
        elif kind == 2:
            content[start:start] = content[start:end] * chance.randrange(1, 40)
        else:
            other = chance.choice(SEEDS)
            place = chance.randrange(len(other))
            content[start:end] = other[place : place + 60]
    return bytes(content)


@FUZZ
@given(mutated())
def test_every_mutated_file_is_judged(checker: PdfChecker, content: bytes) -> None:
    report = checker.check("a.pdf", content, LIMITS).result(WAIT_S)
    assert report.problems or report.attachment.pages
    assert report.attachment.size == len(content)


@FUZZ
@given(mutated())
def test_every_mutated_file_is_drawn_or_not(calls: PdfCalls, content: bytes) -> None:
    def answer(line: bytes, read: Callable[[IO[bytes]], Answer]) -> Answer | None:
        ask: Ask[Answer | None] = Ask(lambda: line, read, lambda _is_hung: None)
        return calls.ask(ask).result(WAIT_S)

    answer(encode_open(content), read_opened)
    answer(encode_sizes_wanted(), read_sizes)
    image = answer(encode_draw(0, 200), read_image)
    assert image is None or len(image.pixels) <= 3 * MOST_IMAGE_PIXELS


def test_a_file_that_unpacks_to_more_than_there_is_memory_is_refused() -> None:
    """And the process or its successor goes on."""
    content = bomb_pdf(700)
    assert len(content) < 100_000
    checker = PdfChecker((sys.executable, "-c", WITH_LITTLE_MEMORY.format(most=500 * MB)), time_limit_s=WAIT_S)
    bomb = checker.check("bomb.pdf", content, LIMITS)
    good = checker.check("good.pdf", make_pdf(), LIMITS)
    found = [problem.code for problem in bomb.result(2 * WAIT_S).problems]
    assert found in ([Code.PDF_TOO_COMPLEX], [Code.PDF_DAMAGED])
    assert good.result(WAIT_S).problems == ()
    checker.close()


def test_a_small_file_of_that_kind_is_no_bomb() -> None:
    """The recipe itself is sound: what refuses the large one is its size."""
    checker = PdfChecker()
    assert checker.check("a.pdf", bomb_pdf(1), LIMITS).result(WAIT_S).attachment.pages
    checker.close()


def test_memory_beyond_the_limit_is_not_given() -> None:
    """In a process of its own, as the limit can't be taken back."""
    code = f"""
from yuyue_desktop.documents.memory_limit import limit_memory
limit_memory({400 * MB})
bytearray({100 * MB})
try:
    bytearray({500 * MB})
except MemoryError:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=WAIT_S)
    assert done.stdout == "refused\n"
