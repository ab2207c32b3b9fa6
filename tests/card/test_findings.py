"""What is found of each part of the way to the card, on real parts: drivers, cards, a control, a survey (B12)."""

from __future__ import annotations

import socket
import sys
from datetime import datetime
from pathlib import Path

import pytest

from tests.card.check import COMMAND, checked
from tests.card.conftest import Reader, compile_library
from yuyue_desktop.card.routes import ControlRoute, DriverRoute
from yuyue_desktop.card.survey import SurveyProcess
from yuyue_desktop.domain.card import ServiceState
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.services.card_findings import CardPart, Finding, Standing

FINE, WARNING, FAILED, UNKNOWN = Standing


def test_a_card_that_is_read(reader: Reader) -> None:
    with checked(DriverRoute(reader.module), reader.environment) as way:
        found = way.findings()
        assert {finding.standing for finding in found.values()} == {FINE}
        assert found[CardPart.MODULE].said == "驱动 hand_driver.so"
        assert reader.pins_seen() == 0
        reader.pull()
        found = way.findings()
        assert found[CardPart.MODULE].standing is FINE
        assert found[CardPart.CERTIFICATE].standing is UNKNOWN


@pytest.mark.parametrize(
    ("now", "standing", "said"),
    [
        (datetime(2001, 1, 1), FAILED, "还没有生效"),
        (datetime(2200, 1, 1), FAILED, "证书已到期"),
    ],
)
def test_a_certificate_out_of_its_time(reader: Reader, now: datetime, standing: Standing, said: str) -> None:
    with checked(DriverRoute(reader.module), reader.environment, now) as way:
        found = way.findings()
        assert found[CardPart.CARD].standing is FINE
        assert found[CardPart.CERTIFICATE].standing is standing
        assert said in found[CardPart.CERTIFICATE].said
        assert found[CardPart.CERTIFICATE].code is Code.CERTIFICATE_INVALID


def test_a_driver_that_is_not_there(tmp_path: Path) -> None:
    with checked(DriverRoute(tmp_path / "none.so"), {}) as way:
        found = way.findings()[CardPart.MODULE]
        assert (found.standing, found.code) == (FAILED, Code.CARD_DRIVER_MISSING)


def test_a_file_that_is_no_driver(tmp_path: Path) -> None:
    module = tmp_path / "no_driver.so"
    module.write_bytes(b"no library")
    with checked(DriverRoute(module), {"PCSCLITE_CSOCK_NAME": "/nowhere"}) as way:
        found = way.findings()
    assert found[CardPart.SERVICE].code is Code.READER_SERVICE_AWAY
    assert found[CardPart.MODULE].code is Code.CARD_DRIVER_INCOMPLETE
    assert found[CardPart.CARD].standing is UNKNOWN


def test_a_driver_whose_own_parts_are_lacking(reader: Reader, tmp_path: Path) -> None:
    """As a setup leaves it that was cut off, or a hand that copied the one file that it knew of."""
    source = tmp_path / "part.c"
    source.write_text("int part(void) { return 1; }\n", encoding="ascii")
    part, module = tmp_path / "libpart.so", tmp_path / "maker.so"
    compile_library(part, source)
    always_its_own = ("-Wl,--no-as-needed", "-Wl,-rpath,$ORIGIN", str(part), "-ldl")
    compile_library(module, Path(__file__).with_name("hand_driver.c"), *always_its_own)
    whole = part.read_bytes()
    part.unlink()
    with checked(DriverRoute(module), reader.environment) as way:
        assert_told_incomplete(way.findings())
        part.write_bytes(_of_32_bits(whole))
        assert_told_incomplete(way.findings())
        part.write_bytes(whole[:9])
        assert_told_incomplete(way.findings())
        part.write_bytes(whole)
        assert {finding.standing for finding in way.findings().values()} == {FINE}, "installed anew, it works at once"


def assert_told_incomplete(found: dict[CardPart, Finding]) -> None:
    driver = found[CardPart.MODULE]
    assert (driver.standing, driver.code) == (FAILED, Code.CARD_DRIVER_INCOMPLETE)
    assert driver.said.startswith("卡的驱动程序 maker.so 不完整：文件在")
    assert "请重新安装厂家完整的 64 位驱动" in driver.said
    assert found[CardPart.CARD].standing is found[CardPart.CERTIFICATE].standing is UNKNOWN


def _of_32_bits(library: bytes) -> bytes:
    """An ELF library whose header says that it is for 32-bit programs."""
    return library[:4] + b"\x01" + library[5:]


@pytest.mark.thorough
def test_a_driver_that_hangs_hides_no_reader_service(reader: Reader) -> None:
    reader.begin("hang-in-C_GetSlotList")
    with checked(DriverRoute(reader.module), {**reader.environment, "PCSCLITE_CSOCK_NAME": "/nowhere"}) as way:
        found = way.findings()
        reader.end("hang-in-C_GetSlotList")
    assert found[CardPart.SERVICE].code is Code.READER_SERVICE_AWAY


def test_a_control_that_is_not_running() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"ws://127.0.0.1:{taken.getsockname()[1]}"
    with checked(ControlRoute(address), {}) as way:
        found = way.findings()
    assert (found[CardPart.CONTROL].standing, found[CardPart.CONTROL].code) == (FAILED, Code.CARD_CONTROL_MISSING)
    assert "singlewindow://Restart" in found[CardPart.CONTROL].said
    assert found[CardPart.CARD].standing is found[CardPart.CERTIFICATE].standing is UNKNOWN


@pytest.mark.parametrize(
    ("command", "state"),
    [
        ((sys.executable, "-c", "import threading; threading.Event().wait()"), ServiceState.SILENT),
        ((sys.executable, "-c", "raise SystemExit(1)"), ServiceState.SILENT),
        (("/no/such/program",), ServiceState.NOT_ASKED),
    ],
)
def test_a_survey_that_tells_nothing(command: tuple[str, ...], state: ServiceState) -> None:
    assert SurveyProcess(command, patience_s=2.0).survey().service is state


def test_without_a_service_there_is_none() -> None:
    survey = SurveyProcess(COMMAND, {"PCSCLITE_CSOCK_NAME": "/nowhere"}, 60.0).survey()
    assert survey.service is ServiceState.AWAY
    assert not survey.readers
