"""Whatever the control answers, the adapter ends the use in time, takes no answer that is not its own, and goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from tests.card.control.conftest import SHORT, Practice
from tests.contracts.card import CARD_A, CARD_B, RIGHT_PIN
from yuyue_desktop.card.control.driver import ControlDriver
from yuyue_desktop.card.control.link import ControlLink
from yuyue_desktop.domain.card import PinState
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.wire import signatures
from yuyue_practice.eport.faults import Fault
from yuyue_practice.server import bound_socket

pytestmark = pytest.mark.thorough

CARD_ID, SIGN, OPEN = "cus-sec_SpcGetCardID", "cus-sec_SpcSignDataAsPEM", "cus-sec_SpcInitEnvEx"
BAD_ANSWERS = {
    Fault.NO_ANSWER: Code.CARD_CONTROL_SILENT,
    Fault.OTHER_ID: Code.CARD_CONTROL_SILENT,
    Fault.OTHER_METHOD: Code.CARD_CONTROL_SILENT,
    Fault.NOT_JSON: Code.CARD_CONTROL_GARBLED,
    Fault.HALF_JSON: Code.CARD_CONTROL_GARBLED,
    Fault.NO_RESULT: Code.CARD_CONTROL_GARBLED,
    Fault.DEEP: Code.CARD_CONTROL_GARBLED,
    Fault.HUGE: Code.CARD_CONTROL_GARBLED,
    Fault.CLOSED: Code.CARD_CONTROL_SILENT,
    Fault.CUT: Code.CARD_CONTROL_SILENT,
    Fault.READER_TAKEN: Code.CARD_READER_FAILED,
    Fault.CARD_REFUSED: Code.CARD_NOT_ACCEPTED,
}
SLACK_S = 10.0
"""A machine with much to do may take longer, but not for ever."""


def code_of_read(driver: ControlDriver) -> Code:
    with pytest.raises(YuyueError) as caught:
        driver.read()
    return caught.value.code


@pytest.mark.parametrize("fault", BAD_ANSWERS)
@pytest.mark.parametrize("method", [OPEN, CARD_ID])
def test_a_bad_answer_ends_the_reading_and_the_next_one_is_well(
    driver: ControlDriver, practice: Practice, fault: Fault, method: str
) -> None:
    practice.control.faults.order(fault, method)
    began = time.monotonic()
    assert code_of_read(driver) is BAD_ANSWERS[fault]
    assert time.monotonic() - began < SHORT.read_s + SLACK_S
    assert driver.read().serial == CARD_A


@pytest.mark.parametrize("fault", BAD_ANSWERS)
def test_a_bad_answer_to_a_signature_is_no_signature(driver: ControlDriver, practice: Practice, fault: Fault) -> None:
    token = driver.read()
    driver.log_in(RIGHT_PIN)
    practice.control.faults.order(fault, SIGN)
    with pytest.raises(YuyueError) as caught:
        driver.sign(token.algorithms[0], b"content")
    assert caught.value.code is BAD_ANSWERS[fault]
    with pytest.raises(YuyueError) as caught:
        driver.sign(token.algorithms[0], b"content")
    assert caught.value.code is Code.CARD_NOT_LOGGED_IN, "the PIN is not sent a second time by itself"
    driver.log_in(RIGHT_PIN)
    signature = driver.sign(token.algorithms[0], b"content")
    assert signatures.is_signed_by(token.certificate, token.algorithms[0], signature, b"content")


def test_a_late_answer_never_meets_a_later_call(driver: ControlDriver, practice: Practice) -> None:
    practice.control._late_s = SHORT.read_s + 0.5
    practice.control.faults.order(Fault.LATE, CARD_ID)
    assert code_of_read(driver) is Code.CARD_CONTROL_SILENT
    practice.reader.insert(CARD_B)
    for _ in range(3):
        assert driver.read().serial == CARD_B


def test_an_answer_that_is_late_but_in_time_is_taken(driver: ControlDriver, practice: Practice) -> None:
    practice.control._late_s = 0.1
    practice.control.faults.order(Fault.LATE, CARD_ID)
    assert driver.read().serial == CARD_A


def test_a_control_that_takes_connections_and_never_speaks() -> None:
    listening = bound_socket(0)
    listening.listen()
    link = ControlLink(f"ws://127.0.0.1:{listening.getsockname()[1]}")
    try:
        assert code_of_read(ControlDriver(link, SHORT)) is Code.CARD_CONTROL_SILENT
    finally:
        link.close()
        listening.close()


def test_a_control_that_is_not_there() -> None:
    free = bound_socket(0)
    driver = ControlDriver(ControlLink(f"ws://127.0.0.1:{free.getsockname()[1]}"), SHORT)
    assert code_of_read(driver) is Code.CARD_CONTROL_MISSING
    assert driver.tokens() == ()
    free.close()


def test_another_program_at_the_controls_place() -> None:
    listening = bound_socket(0)
    listening.listen()
    link = ControlLink(f"ws://127.0.0.1:{listening.getsockname()[1]}")
    driver = ControlDriver(link, SHORT)

    def answer_as_a_web_server() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    server = threading.Thread(target=answer_as_a_web_server)
    server.start()
    assert code_of_read(driver) is Code.CARD_CONTROL_GARBLED
    server.join()
    listening.close()


def test_a_busy_control_pulls_no_card(driver: ControlDriver, practice: Practice) -> None:
    seen = driver.tokens()
    practice.control.faults.order(Fault.NO_ANSWER, CARD_ID)
    assert driver.tokens() == seen
    practice.reader.pull()
    assert driver.tokens() == ()


def test_names_in_gbk_are_read(driver: ControlDriver, practice: Practice) -> None:
    practice.control.faults.order(Fault.GBK, times=20)
    driver.read()
    with pytest.raises(YuyueError) as caught:
        driver.log_in("00000000")
    assert caught.value.code is Code.PIN_WRONG
    assert caught.value.params == {"tries_left": 2}


def test_the_tries_that_the_card_tells_are_told(driver: ControlDriver) -> None:
    driver.read()
    found = []
    for pin in ("00000001", "00000002", "00000003", RIGHT_PIN):
        with pytest.raises(YuyueError) as caught:
            driver.log_in(pin)
        found.append((caught.value.code, dict(caught.value.params), driver.pin_state()))
    assert found == [
        (Code.PIN_WRONG, {"tries_left": 2}, PinState.LOW),
        (Code.PIN_WRONG, {"tries_left": 1}, PinState.LAST_TRY),
        (Code.PIN_LOCKED, {}, PinState.LOCKED),
        (Code.PIN_LOCKED, {}, PinState.LOCKED),
    ]


def test_a_locked_card_is_shown_no_further_pin(driver: ControlDriver, practice: Practice) -> None:
    driver.read()
    for pin in ("00000001", "00000002", "00000003"):
        with pytest.raises(YuyueError):
            driver.log_in(pin)
    seen = practice.cards.pins_seen
    with pytest.raises(YuyueError):
        driver.log_in(RIGHT_PIN)
    assert practice.cards.pins_seen == seen


@pytest.fixture
def patient(practice: Practice) -> Iterator[ControlDriver]:
    """With the real limits, for what takes a while on a machine with much to do."""
    link = ControlLink(practice.control.address)
    yield ControlDriver(link)
    link.close()


@pytest.mark.parametrize("size", [1, 120 * 1024, 400 * 1024])
def test_content_of_any_size_is_signed(patient: ControlDriver, size: int) -> None:
    token = patient.read()
    content = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    patient.log_in(RIGHT_PIN)
    signature = patient.sign(token.algorithms[0], content)
    assert signatures.is_signed_by(token.certificate, token.algorithms[0], signature, content)


def test_blocks_that_arrive_badly_are_sent_again_but_not_for_ever(patient: ControlDriver, practice: Practice) -> None:
    token = patient.read()
    content = b"x" * (200 * 1024)
    patient.log_in(RIGHT_PIN)
    practice.control.faults.order(Fault.BAD_BLOCK, "_nextBlock", times=5)
    assert signatures.is_signed_by(
        token.certificate, token.algorithms[0], patient.sign(token.algorithms[0], content), content
    )
    patient.log_in(RIGHT_PIN)
    practice.control.faults.order(Fault.BAD_BLOCK, "_nextBlock", times=1000)
    with pytest.raises(YuyueError) as caught:
        patient.sign(token.algorithms[0], content)
    assert caught.value.code is Code.CARD_CONTROL_GARBLED


def test_a_card_swapped_between_reading_and_pin_sees_no_pin(driver: ControlDriver, practice: Practice) -> None:
    driver.read()
    practice.reader.insert(CARD_B)
    with pytest.raises(YuyueError) as caught:
        driver.log_in(RIGHT_PIN)
    assert caught.value.code is Code.CARD_CHANGED
    assert practice.cards.pins_seen == 0


def test_a_card_swapped_between_pin_and_signature_sees_no_pin(driver: ControlDriver, practice: Practice) -> None:
    token = driver.read()
    driver.log_in(RIGHT_PIN)
    seen = practice.cards.pins_seen
    practice.reader.insert(CARD_B)
    with pytest.raises(YuyueError) as caught:
        driver.sign(token.algorithms[0], b"content")
    assert caught.value.code is Code.CARD_CHANGED
    assert practice.cards.pins_seen == seen
