"""The frozen helper process with PDF files: its libraries are all there."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest

from devtools.windows import wine
from tests.documents.pdfs import painted_pdf
from yuyue_desktop.documents.check import check_pdf
from yuyue_desktop.documents.protocol import (
    encode_check,
    encode_draw,
    encode_open,
    read_image,
    read_opened,
    read_report,
)
from yuyue_desktop.domain.limits import AttachmentLimits

pytestmark = pytest.mark.wine


def test_a_pdf_is_checked_and_drawn(product: Path, wine_environment: dict[str, str]) -> None:
    command = ["wine", wine.windows_path(product / "yuyue-worker.exe"), "pdf"]
    content, limits = painted_pdf(2), AttachmentLimits()
    asked = encode_check("合同.pdf", content, limits) + encode_open(content) + encode_draw(1, 200)
    done = subprocess.run(command, env=wine_environment, capture_output=True, timeout=120, input=asked)
    answers = io.BytesIO(done.stdout)
    assert read_report(answers) == check_pdf("合同.pdf", content, limits)
    read_opened(answers)
    image = read_image(answers)
    assert image is not None
    assert tuple(image.pixels[:3]) == (255, 0, 0)
