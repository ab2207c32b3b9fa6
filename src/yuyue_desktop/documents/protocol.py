"""What window and PDF process say to each other, as JSON lines; knows no PDF library.

A request is a line, and so is its answer. A file's bytes and a page's pixels follow their line as they are.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import IO, Any

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.pdf import MOST_IMAGE_PIXELS, PageImage, PageSize, PdfReport
from yuyue_desktop.domain.rules import Problem, Severity

LONGEST_ANSWER = 1024 * 1024
"""Bytes of an answer's line; a process that says more is not believed."""

_BYTES_PER_PIXEL = 3


def encode_check(name: str, content: bytes, limits: AttachmentLimits) -> bytes:
    """The request to check a file."""
    return _line({"act": "check", "name": name, "content": len(content), "limits": asdict(limits)}) + content


def encode_open(content: bytes) -> bytes:
    """The request to open a file to look at, instead of the one before."""
    return _line({"act": "open", "content": len(content)}) + content


def encode_sizes_wanted() -> bytes:
    """The request for the sizes of the open file's pages."""
    return _line({"act": "sizes"})


def encode_draw(page: int, width: int) -> bytes:
    """The request to draw a page of the open file."""
    return _line({"act": "draw", "page": page, "width": width})


def read_request(requests: IO[bytes]) -> dict[str, Any] | None:
    """A request with its `act`, and `content` and `limits` as what they are; None once there are no more."""
    line = requests.readline()
    if not line:
        return None
    asked: dict[str, Any] = json.loads(line)
    if "content" in asked:
        asked["content"] = requests.read(asked["content"])
    if "limits" in asked:
        least_version = tuple(asked["limits"].pop("least_version"))
        asked["limits"] = AttachmentLimits(**asked["limits"], least_version=least_version)
    return asked


def encode_report(report: PdfReport) -> bytes:
    """A report as a line."""
    return _line(asdict(report))


def read_report(answers: IO[bytes]) -> PdfReport:
    """A report from the pipe. Raises ValueError, KeyError or TypeError where it is none."""
    content = _read_line(answers)
    measured = content["attachment"]
    attachment = Attachment(**{**measured, "pages": tuple(measured["pages"])})
    return PdfReport(attachment, tuple(_problem(problem) for problem in content["problems"]))


def encode_opened() -> bytes:
    """That a file was opened, or could not be, as a line: what follows shows it."""
    return _line({})


def read_opened(answers: IO[bytes]) -> None:
    """The answer to `encode_open` from the pipe. Raises ValueError or TypeError where it is none."""
    _read_line(answers)


def encode_sizes(sizes: tuple[PageSize, ...]) -> bytes:
    """The sizes of the open file's pages as a line; none where it can't be shown."""
    return _line({"sizes": [(size.width, size.height) for size in sizes]})


def read_sizes(answers: IO[bytes]) -> tuple[PageSize, ...]:
    """Sizes from the pipe. Raises ValueError, KeyError or TypeError where they are none."""
    return tuple(PageSize(float(width), float(height)) for width, height in _read_line(answers)["sizes"])


def encode_image(image: PageImage | None) -> bytes:
    """A page's line and its pixels; None where it can't be drawn."""
    if image is None:
        return _line({"width": 0, "height": 0})
    return _line({"width": image.width, "height": image.height}) + image.pixels


def read_image(answers: IO[bytes]) -> PageImage | None:
    """A page from the pipe. Raises ValueError, KeyError or TypeError where it is none, or too large a one."""
    head = _read_line(answers)
    width, height = int(head["width"]), int(head["height"])
    if (width, height) == (0, 0):
        return None
    if width < 1 or height < 1 or width * height > MOST_IMAGE_PIXELS:
        raise ValueError("no page image is so large")
    pixels = answers.read(width * height * _BYTES_PER_PIXEL)
    if len(pixels) != width * height * _BYTES_PER_PIXEL:
        raise ValueError("the page image ends early")
    return PageImage(width, height, pixels)


def _problem(content: dict[str, Any]) -> Problem:
    return Problem(**{**content, "code": Code(content["code"]), "severity": Severity(content["severity"])})


def _read_line(answers: IO[bytes]) -> dict[str, Any]:
    content = json.loads(answers.readline(LONGEST_ANSWER))
    if not isinstance(content, dict):
        raise TypeError("an answer is an object")
    return content


def _line(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=True).encode("ascii") + b"\n"
