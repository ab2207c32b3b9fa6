"""The tour on a virtual display: the main job reaches 预约成功, whatever the machine's own clock says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devtools.display import virtual_display

ROOT = Path(__file__).parents[2]
TOUR_S = 240


def take_tour(out: Path, environment: dict[str, str] | None = None, card: str = "fitting") -> dict[str, object]:
    """Run the tour in a process of its own, with a kind of card; answers its result.json."""
    with virtual_display() as display:
        tour = subprocess.run(
            [sys.executable, "-m", "tests.e2e.tour", "--out", str(out), "--card", card],
            env={**os.environ, **display, **(environment or {})},
            cwd=ROOT,
            timeout=TOUR_S,
            capture_output=True,
            text=True,
        )
    assert tour.returncode == 0, tour.stderr
    result: dict[str, object] = json.loads((out / "result.json").read_text(encoding="utf-8"))
    return result


def assert_approved(result: dict[str, object]) -> None:
    receipts = result["receipts"]
    assert isinstance(receipts, list)
    assert result["status"] == "预约成功"
    assert str(result["pre_entry_number"]).startswith("YTG2026")
    assert result["application_number"]
    assert [receipt["status"] for receipt in receipts] == ["申报", "已受理", "预约成功"]
    assert all(str(receipt["time"]).startswith("2026-09-28 09:0") for receipt in receipts)


def test_the_main_job_reaches_an_appointment(tmp_path: Path) -> None:
    assert_approved(take_tour(tmp_path))
    assert len(list(tmp_path.glob("*.png"))) >= 9


def test_an_sm2_card_behind_the_client_control_does_the_main_job_too(tmp_path: Path) -> None:
    assert_approved(take_tour(tmp_path, card="control"))
    assert len(list(tmp_path.glob("*-pin-for-the-signature.png"))) == 1


@pytest.mark.parametrize("year", [2027, 2030])
def test_the_machines_clock_does_not_matter(year: int, tmp_path: Path) -> None:
    library = tmp_path / "shifted_clock.so"
    source = Path(__file__).with_name("shifted_clock.c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", str(library), str(source)], check=True)
    shift_s = int((datetime(year, 1, 15, tzinfo=UTC) - datetime.now(UTC)).total_seconds())
    out = tmp_path / "tour"
    assert_approved(take_tour(out, {"LD_PRELOAD": str(library), "CLOCK_SHIFT_S": str(shift_s)}))
