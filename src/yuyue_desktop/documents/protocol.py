"""What window and PDF process say to each other, as JSON lines; knows no PDF library."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import asdict
from typing import Any

from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.limits import AttachmentLimits
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem, Severity


def encode_request(name: str, content: bytes, limits: AttachmentLimits) -> bytes:
    """A request as a line."""
    return _line({"name": name, "content": b64encode(content).decode("ascii"), "limits": asdict(limits)})


def decode_request(line: bytes) -> tuple[str, bytes, AttachmentLimits]:
    """Name, content and limits from a line."""
    asked = json.loads(line)
    least_version = tuple(asked["limits"].pop("least_version"))
    return asked["name"], b64decode(asked["content"]), AttachmentLimits(**asked["limits"], least_version=least_version)


def encode_report(report: PdfReport) -> bytes:
    """A report as a line."""
    return _line(asdict(report))


def decode_report(line: bytes) -> PdfReport:
    """A report from a line. Raises ValueError, KeyError or TypeError where it is none."""
    content = json.loads(line)
    measured = content["attachment"]
    attachment = Attachment(**{**measured, "pages": tuple(measured["pages"])})
    return PdfReport(attachment, tuple(_problem(problem) for problem in content["problems"]))


def _problem(content: dict[str, Any]) -> Problem:
    return Problem(**{**content, "code": Code(content["code"]), "severity": Severity(content["severity"])})


def _line(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=True).encode("ascii") + b"\n"
