"""The PIN goes to the control and nowhere else: into no log, error, representation, command line or event."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

import pytest

from tests.card.control.conftest import Practice
from tests.card.control.test_faults import BAD_ANSWERS, SIGN
from tests.contracts.card import RIGHT_PIN, WAIT_S, Desk, code_of
from yuyue_desktop.card.client import CardClient
from yuyue_desktop.card.control.driver import ControlDriver
from yuyue_desktop.card.control.refusals import refusal
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_practice.eport.faults import Fault

pytestmark = pytest.mark.thorough

PIN = "73519204"
VERIFY = "cus-sec_SpcVerifyPIN"


def texts_of(error: BaseException) -> str:
    """Everything that a report of an error could show, with the values of its frames."""
    chain = traceback.TracebackException.from_exception(error)
    return "".join(chain.format()) + repr(error) + repr(error.__context__) + repr(error.__cause__)


@pytest.mark.parametrize("fault", [None, *BAD_ANSWERS])
def test_no_log_and_no_error_shows_it(
    driver: ControlDriver, practice: Practice, fault: Fault | None, caplog: pytest.LogCaptureFixture
) -> None:
    for name in ("", "websockets", "websockets.client", "websockets.server", "control"):
        caplog.set_level(logging.DEBUG, logger=name)
    driver.read()
    if fault is not None:
        practice.control.faults.order(fault, VERIFY)
    with pytest.raises(YuyueError) as caught:
        driver.log_in(PIN)
    assert PIN not in caplog.text
    assert PIN not in texts_of(caught.value)
    assert PIN not in repr(driver) + repr(vars(driver))


def test_a_right_one_is_gone_after_its_signature(driver: ControlDriver, practice: Practice) -> None:
    token = driver.read()
    driver.log_in(RIGHT_PIN)
    practice.control.faults.order(Fault.CUT, SIGN)
    with pytest.raises(YuyueError):
        driver.sign(token.algorithms[0], b"content")
    assert not driver.is_logged_in
    driver.log_in(RIGHT_PIN)
    driver.log_out()
    assert not driver.is_logged_in
    driver.log_in(RIGHT_PIN)
    driver.reset()
    assert not driver.is_logged_in


def test_what_the_control_says_is_not_passed_on() -> None:
    said = refusal([f"口令 {PIN} 错误，还可以试 2 次，错误码：51571", "Err:51571"])
    assert (said.code, dict(said.params)) == (Code.PIN_WRONG, {"tries_left": 2})
    for text in (f"参数 {PIN} 不对", f"{PIN}50070", f"Err:{PIN}"):
        error = refusal([text])
        assert PIN not in texts_of(error) + str(error.params)


def test_a_pin_that_failed_is_not_sent_again(desk: Desk, practice: Practice) -> None:
    facts = desk.read()
    assert code_of(desk.port.log_in(facts.generation, PIN)) is Code.PIN_WRONG
    practice.reader.pull()
    practice.reader.insert(facts.token_serial)
    assert desk.log_in_code(PIN) is Code.PIN_FAILED_BEFORE
    assert practice.cards.pins_seen == 1


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_is_in_no_argument_and_no_variable(desk: Desk) -> None:
    facts = desk.read()
    desk.port.log_in(facts.generation, RIGHT_PIN).result(WAIT_S)
    assert isinstance(desk.port, CardClient)
    folder = Path(f"/proc/{desk.port.process_id}")
    for name in ("cmdline", "environ"):
        assert RIGHT_PIN.encode() not in (folder / name).read_bytes()
