"""The practice control: its cards are the practice authority's, lock and stay locked; it answers strangers."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from websockets.sync.client import connect

from tests.card.control.conftest import Practice
from tests.contracts.card import CARD_A, RIGHT_PIN
from yuyue_desktop.wire import certificates, signatures
from yuyue_practice.authority import PracticeAuthorities
from yuyue_practice.eport.cards import EportCards, PinRefused
from yuyue_practice.eport.keys import EportKeyType

FIRST, LAST = datetime(2018, 5, 1), datetime(2049, 12, 31)


@pytest.mark.parametrize("key_type", list(EportKeyType))
def test_a_card_is_taken_by_the_programs_own_checks(
    authorities: PracticeAuthorities, key_type: EportKeyType, tmp_path: Path
) -> None:
    cards = EportCards(tmp_path, authorities.cards, key_type)
    made = cards.new_card(CARD_A, "北京练习进出口有限公司", "王芳", RIGHT_PIN)
    certificate = cards.certificate(CARD_A)
    holder = certificates.holder(certificate)
    assert (holder.card_number, holder.company_name, holder.holder) == (CARD_A, "北京练习进出口有限公司", "王芳")
    for at in (FIRST, LAST):
        certificates.verify_card_certificate(certificate, [authorities.cards.identity.certificate], at)
    algorithm = next(iter(signatures.accepted_algorithms(certificate, FIRST) - {"PS256"}))
    assert signatures.is_signed_by(certificate, algorithm, cards.sign(CARD_A, RIGHT_PIN, b"content"), b"content")
    assert RIGHT_PIN not in repr(made)
    with pytest.raises(FileExistsError):
        cards.new_card(CARD_A, "另一公司", "李雷", RIGHT_PIN)


def test_a_locked_card_stays_locked(authorities: PracticeAuthorities, tmp_path: Path) -> None:
    cards = EportCards(tmp_path, authorities.cards, tries=2)
    cards.new_card(CARD_A, "公司", "王芳", RIGHT_PIN)
    for left in (1, 0):
        with pytest.raises(PinRefused) as caught:
            cards.verify_pin(CARD_A, "00000000")
        assert caught.value.tries_left == left
    with pytest.raises(PinRefused):
        EportCards(tmp_path, authorities.cards).verify_pin(CARD_A, RIGHT_PIN)


def test_it_answers_as_the_real_one_is_known_to(practice: Practice) -> None:
    with connect(practice.control.address, proxy=None) as stranger:

        def ask(call_id: int, method: str, **args: str) -> dict[str, object]:
            stranger.send(json.dumps({"_method": f"cus-sec_{method}", "_id": call_id, "args": args}))
            reply = json.loads(stranger.recv(timeout=20))
            assert (reply["_id"], reply["_method"], reply["_status"]) == (call_id, f"cus-sec_{method}", "00")
            answered: dict[str, object] = reply["_args"]
            return answered

        assert ask(1, "SpcGetCardID")["Error"] == ["没有初始化环境", "Err:Base50000"]
        assert ask(2, "SpcInitEnvEx") == {"Result": True, "Data": [], "Error": []}
        assert ask(3, "SpcGetCardID")["Data"] == [f"03-{CARD_A}"]
        assert ask(4, "SpcGetUName")["Data"] == ["王芳"]
        assert ask(5, "SpcGetEntName")["Data"] == ["北京练习进出口有限公司"]
        assert ask(6, "SpcSignDataAsPEM", inData="x")["Error"] == ["缺少参数 passwd", "Err:Base50000"]
        assert ask(7, "SpcMakeTea")["Error"] == ["没有这个方法", "Err:Base50000"]
        practice.reader.pull()
        assert ask(8, "SpcGetCertNo")["Result"] is False
        assert ask(9, "SpcClearEnv")["Result"] is True


@pytest.mark.parametrize(
    "frame", ["", "x", "[]", "{}", '{"_id":"1","_method":2}', "BLOCKTXT", "BLOCKTXT" + "x" * 200, b"\xff"]
)
def test_it_survives_nonsense(practice: Practice, frame: str | bytes) -> None:
    with connect(practice.control.address, proxy=None) as stranger:
        stranger.send(frame)
    with connect(practice.control.address, proxy=None) as stranger:
        stranger.send('{"_id":1,"_method":"cus-sec_SpcInitEnvEx"}')
        assert json.loads(stranger.recv(timeout=20))["_args"]["Result"] is True
