"""The frozen command line answers, byte for byte, what the same command answers from the tree."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from devtools.windows import wine

pytestmark = pytest.mark.wine

CASE = {
    "id": "国庆",
    "calendar": {
        "from": "2026-09-20",
        "to": "2026-10-20",
        "days": {"2026-09-30": [["08:30", "12:00"], ["13:00", "17:30"]]},
    },
    "start": "2026-10-03T10:00",
    "same_port": True,
    "grade": "senior",
    "now": "2026-09-30T09:00",
}
LIMIT_S = 60


def run(command: list[str], environment: dict[str, str] | None, given: bytes = b"") -> tuple[int, list[object]]:
    """Run a command and give its exit code and the JSON values it answered."""
    answer = subprocess.run(command, env=environment, input=given, capture_output=True, timeout=LIMIT_S)
    return answer.returncode, [json.loads(line) for line in answer.stdout.decode("utf-8").splitlines()]


def from_tree(*arguments: str, given: bytes = b"") -> tuple[int, list[object]]:
    """What the command answers from the tree."""
    return run([sys.executable, "-m", "yuyue_desktop.commands", *arguments], None, given)


def test_deadline(product: Path, wine_environment: dict[str, str]) -> None:
    given = json.dumps(CASE, ensure_ascii=False).encode() + b"\nnot JSON\n"
    frozen = run(["wine", wine.windows_path(product / "yuyue.exe"), "deadline"], wine_environment, given)
    assert frozen == from_tree("deadline", given=given)
    assert frozen[1][0] == {
        "id": "国庆",
        "window_end": "2026-10-03T12:00",
        "latest": "2026-09-30T13:30",
        "verdict": "in_time",
    }


@pytest.mark.parametrize("arguments", [("lookup", "port", "上海"), ("lookup", "hs", "yingtao")])
def test_lookup(product: Path, wine_environment: dict[str, str], arguments: tuple[str, ...]) -> None:
    frozen = run(["wine", wine.windows_path(product / "yuyue.exe"), *arguments], wine_environment)
    assert frozen == from_tree(*arguments)
    assert frozen[0] == 0
    assert len(frozen[1]) > 0


def test_check_asks_the_pdf_helper(product: Path, wine_environment: dict[str, str], tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "材料.pdf", encryption=pikepdf.Encryption(owner="owner", user=""))
    file = tmp_path / "application.json"
    file.write_text(json.dumps({"attachments": ["材料.pdf"]}, ensure_ascii=False), encoding="utf-8")
    program = ["wine", wine.windows_path(product / "yuyue.exe"), "check", "--offline"]
    code, (frozen,) = run([*program, wine.windows_path(file)], wine_environment)
    same_code, (same,) = from_tree("check", "--offline", str(file))
    assert isinstance(frozen, dict)
    assert isinstance(same, dict)
    assert (code, frozen["findings"]) == (same_code, same["findings"])
    assert "S19" in {finding["rule"] for finding in frozen["findings"]}
