"""A practice office in the background and a company's system that calls `yuyue` at it, one of each for a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.company import Company

PIN = "135790"
GOOD: dict[str, Any] = {
    "trader": "3122261548",
    "contact_name": "李想",
    "contact_mobile": "13800000001",
    "declaration_port": "2210",
    "entry_exit_port": "2233",
    "transport_mode": "5",
    "window_start": "2026-10-03T10:00",
    "reason": "鲜活易腐商品",
    "import": True,
    "export": False,
    "goods": [{"hs_code": "06031100", "name": "鲜切玫瑰"}],
    "attachments": [],
}
"""May be declared when the practice clock starts."""


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """A company with a card in the reader; the officer answers by hand."""
    folder = tmp_path_factory.mktemp("company")
    company = Company(folder)
    company.practice("start", "--officer", "hand")
    try:
        company.practice("card", "new", "--pin", PIN)
        secrets = {"pin": PIN, "store": "a password of this machine"}
        for name, secret in secrets.items():
            (folder / name).write_text(f"{secret}\n", encoding="utf-8")
        company.store_password = str(folder / "store")
        company.pin = str(folder / "pin")
        yield company
    finally:
        company.call("practice", "stop")


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A good application file."""
    return write(tmp_path / "申请.json")


def write(path: Path, **changes: object) -> str:
    """Write an application file that differs from the good one and give its path."""
    path.write_text(json.dumps({**GOOD, **changes}, ensure_ascii=False), encoding="utf-8")
    return str(path)
