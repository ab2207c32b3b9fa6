"""The frozen helper process, as the window starts it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.contracts.card import CARD_A, RIGHT_PIN
from tests.packaged.programs import run_program
from yuyue_desktop.card import protocol
from yuyue_desktop.card.protocol import Operation, Reply, Request
from yuyue_desktop.domain.card import SignatureAlgorithm
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.wire import signatures
from yuyue_practice.authority import PracticeAuthorities
from yuyue_practice.eport.cards import EportCards
from yuyue_practice.eport.server import EportControl
from yuyue_practice.reader import Reader

pytestmark = pytest.mark.wine


@pytest.mark.parametrize("arguments", [(), ("nonsense",)])
def test_a_wrong_call_is_refused(product: Path, wine_environment: dict[str, str], arguments: tuple[str, ...]) -> None:
    answer = run_program(product / "yuyue-worker.exe", arguments, wine_environment)
    assert answer.returncode == 2


def test_without_a_driver_there_is_no_card_and_it_ends_with_its_input(
    product: Path, wine_environment: dict[str, str]
) -> None:
    answer = run_program(product / "yuyue-worker.exe", ("card", "--module", "C:\\no-such-driver.dll"), wine_environment)
    assert json.loads(answer.stdout.splitlines()[0]) == {"generation": 1, "is_present": False}
    assert answer.returncode == 0


def test_an_sm2_card_behind_the_client_control_signs(
    product: Path, wine_environment: dict[str, str], tmp_path: Path
) -> None:
    cards = EportCards(tmp_path / "cards", PracticeAuthorities(tmp_path / "ca").cards)
    cards.new_card(CARD_A, "北京练习进出口有限公司", "王芳", RIGHT_PIN)
    reader = Reader(tmp_path / "reader")
    reader.put_in(cards, CARD_A)
    control = EportControl(reader, cards)
    sm2 = SignatureAlgorithm.SM2_SM3
    requests = [
        Request(1, Operation.READ),
        Request(2, Operation.LOG_IN, 1, RIGHT_PIN),
        Request(3, Operation.SIGN, 1, algorithm=sm2, signing_inputs=(b"content", b"more")),
    ]
    told = b"".join(map(protocol.encode_request, requests))
    try:
        answer = run_program(
            product / "yuyue-worker.exe", ("card", "--control", control.address), wine_environment, told
        )
    finally:
        control.stop()
    replies = [reply for reply in map(protocol.decode_answer, answer.stdout.splitlines()) if isinstance(reply, Reply)]
    assert [reply.error and reply.error.code for reply in replies] == [None, None, Code.CARD_NOT_LOGGED_IN]
    facts = replies[0].facts
    assert facts is not None
    assert signatures.is_signed_by(facts.certificate, sm2, replies[2].signatures[0], b"content")
    assert len(replies[2].signatures) == 1, "the control wants the PIN for each signature"
