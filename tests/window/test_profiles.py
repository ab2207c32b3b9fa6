"""A profile's file: what it says of the card's way is taken only where it can't lead a PIN astray."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from yuyue_desktop.bootstrap import way_in_use
from yuyue_desktop.domain.card import CONTROL_ADDRESS, CardRoute
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.profiles import Profile, load_profile
from yuyue_desktop.services.card_way import WayChoice


def profile(folder: Path, **content: str) -> Profile:
    file = folder / "profile.json"
    basis = {"name": "x", "gateway_address": "https://localhost:1", "gateway_ca_file": "ca.pem"}
    file.write_text(json.dumps(basis | content), encoding="utf-8")
    return load_profile(file)


def test_without_a_word_the_way_that_fits_is_taken(tmp_path: Path) -> None:
    made = profile(tmp_path)
    assert (made.card_route, made.card_module, made.card_control) == (CardRoute.FITTING, None, CONTROL_ADDRESS)


def test_each_way_can_be_named(tmp_path: Path) -> None:
    assert profile(tmp_path, card_route="driver", card_module="/opt/card.so").card_module == Path("/opt/card.so")
    made = profile(tmp_path, card_route="control", card_control="ws://127.0.0.1:50000")
    assert (made.card_route, made.card_control) == (CardRoute.CONTROL, "ws://127.0.0.1:50000")


@pytest.mark.parametrize(
    "content",
    [
        {"card_module": "driver.so"},
        {"card_module": "../driver.so"},
        {"card_route": "telepathy"},
        {"card_control": "ws://192.168.0.2:61232"},
        {"card_control": "wss://wss.singlewindow.cn:61231"},
        {"card_control": "ws://127.0.0.1.example:61232"},
        {"card_control": "ws://127.0.0.1@example.com:61232"},
        {"card_control": "ws://localhost:61232/../x"},
        {"card_control": ""},
    ],
)
def test_what_could_lead_a_pin_astray_is_refused(content: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(YuyueError) as caught:
        profile(tmp_path, **content)
    assert caught.value.code is Code.CALL_UNUSABLE


def test_what_a_choice_comes_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yuyue_desktop.bootstrap.installed_modules", tuple)
    assert way_in_use(WayChoice(CardRoute.CONTROL, "/opt/card.so")).is_by_control
    assert way_in_use(WayChoice(CardRoute.DRIVER, "/opt/card.so")).driver == "/opt/card.so"
    assert way_in_use(WayChoice(CardRoute.FITTING, "/opt/card.so")).driver == "/opt/card.so"
    assert way_in_use(WayChoice()).driver == ""
    for platform, is_by_control in (("win32", True), ("linux", False)):
        monkeypatch.setattr("sys.platform", platform)
        assert way_in_use(WayChoice()).is_by_control is is_by_control
    assert not way_in_use(WayChoice(CardRoute.DRIVER)).is_by_control
