"""The frozen helper process, as the window starts it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from devtools.windows import wine

pytestmark = pytest.mark.wine


@pytest.mark.parametrize("arguments", [(), ("nonsense",)])
def test_a_wrong_call_is_refused(product: Path, wine_environment: dict[str, str], arguments: tuple[str, ...]) -> None:
    command = ["wine", wine.windows_path(product / "yuyue-worker.exe"), *arguments]
    answer = subprocess.run(command, env=wine_environment, capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
    assert answer.returncode == 2


def test_without_a_driver_there_is_no_card_and_it_ends_with_its_input(
    product: Path, wine_environment: dict[str, str]
) -> None:
    command = ["wine", wine.windows_path(product / "yuyue-worker.exe"), "card", "--module", "C:\\no-such-driver.dll"]
    answer = subprocess.run(command, env=wine_environment, capture_output=True, timeout=60, input=b"")
    assert json.loads(answer.stdout.splitlines()[0]) == {"generation": 1, "is_present": False}
    assert answer.returncode == 0
