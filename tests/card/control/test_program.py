"""The practice control as a program: it serves on loopback, obeys lines, and ends with its input."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from yuyue_desktop.card.control.driver import ControlDriver
from yuyue_desktop.card.control.link import ControlLink
from yuyue_desktop.domain.card import SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError

pytestmark = pytest.mark.thorough

LIMIT_S = 60


def test_it_obeys(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "yuyue_practice", "control", "--folder", str(tmp_path), "--key", "rsa"]
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert program.stdin is not None
    assert program.stdout is not None

    def heard() -> Any:
        assert program.stdout is not None
        return json.loads(program.stdout.readline())

    def order(line: str) -> Any:
        assert program.stdin is not None
        program.stdin.write(line + "\n")
        program.stdin.flush()
        return heard()

    try:
        begun = heard()
        first, second = begun["cards"]
        assert begun["address"].startswith("ws://127.0.0.1:")
        link = ControlLink(begun["address"])
        driver = ControlDriver(link)
        token = driver.read()
        assert (token.serial, token.algorithms) == (first["number"], (SignatureAlgorithm.RS256,))
        assert order(json.dumps({"card": second["number"]})) == {"card": second["number"]}
        assert driver.read().serial == second["number"]
        assert order('{"fault": "not-json", "method": "cus-sec_SpcGetCardID"}') == {"card": second["number"]}
        with pytest.raises(YuyueError) as caught:
            driver.read()
        assert caught.value.code is Code.CARD_CONTROL_GARBLED
        assert order('{"restart": true}') == {"card": second["number"]}
        assert driver.read().serial == second["number"]
        assert order('{"card": null}') == {"card": ""}
        for nonsense in ("", "[]", "{}", '{"card": "none"}', '{"fault": "tea"}'):
            assert "error" in order(nonsense)
        link.close()
        program.stdin.close()
        assert program.wait(LIMIT_S) == 0
    finally:
        program.kill()
        program.wait()
        program.stdout.close()
