"""The real adapter over SoftHSM2 does what every CardPort does, and outlives a driver that hangs or crashes."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from tests.card.conftest import COMMAND, Reader
from tests.contracts.card import CARD_A, RIGHT_PIN, WAIT_S, CardContract, Desk, code_of, signing_input
from yuyue_desktop.card.client import CardClient, TimeLimits
from yuyue_desktop.card.presence import ATTEMPTS
from yuyue_desktop.card.protocol import Operation, Request, encode_request
from yuyue_desktop.card.routes import DriverRoute
from yuyue_desktop.domain.card import CardFacts, CardState, SignatureAlgorithm
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.events import Event
from yuyue_desktop.wire.envelope import JwsCodec
from yuyue_practice.authority import KeyType


class TestPkcs11Card(CardContract):
    """The fixture `desk` comes from conftest.py."""

    @pytest.fixture(params=list(KeyType))
    def key_type(self, request: pytest.FixtureRequest) -> KeyType:
        return KeyType(request.param)


def process_id(desk: Desk) -> int:
    assert isinstance(desk.port, CardClient)
    found = desk.port.process_id
    assert found is not None
    return found


def sign(desk: Desk, facts: CardFacts) -> bytes:
    algorithm = facts.algorithms[0]
    return desk.port.sign(facts.generation, algorithm, [signing_input(facts, algorithm)])[0].result(WAIT_S)


def sign_code(desk: Desk, facts: CardFacts) -> Code:
    algorithm = facts.algorithms[0]
    return code_of(desk.port.sign(facts.generation, algorithm, [signing_input(facts, algorithm)])[0])


def begin_to_sign(desk: Desk, facts: CardFacts, number: int, at_once: int = 1) -> list[Future[bytes]]:
    """Signatures that are asked for without waiting for any of them."""
    algorithm = facts.algorithms[0]
    contents = [signing_input(facts, algorithm)] * at_once
    asked = [desk.port.sign(facts.generation, algorithm, contents) for _ in range(number // at_once)]
    return [signature for some in asked for signature in some]


def assert_asks_again(desk: Desk, reader: Reader, facts: CardFacts, pins_before: int) -> None:
    """The old login is gone, no PIN was replayed, and reading and logging in again works."""
    assert sign_code(desk, facts) is Code.CARD_CHANGED
    again = desk.read()
    assert again.generation > facts.generation
    assert sign_code(desk, again) is Code.CARD_NOT_LOGGED_IN
    assert reader.pins_seen() == pins_before
    desk.port.log_in(again.generation, RIGHT_PIN).result(WAIT_S)
    assert sign(desk, again)


def test_a_killed_process_is_begun_anew_without_its_login(desk: Desk, reader: Reader) -> None:
    facts = desk.signed_in()
    killed = process_id(desk)
    os.kill(killed, signal.SIGKILL)
    desk.wait_for(CardState.ABSENT)
    desk.wait_for(CardState.PRESENT)
    assert process_id(desk) != killed
    assert_asks_again(desk, reader, facts, pins_before=1)


def test_a_crash_in_the_driver_ends_the_call_and_the_login_only(desk: Desk, reader: Reader) -> None:
    facts = desk.signed_in()
    reader.begin("crash-in-C_Sign")
    assert sign_code(desk, facts) is Code.CARD_DRIVER_FAILED
    reader.end("crash-in-C_Sign")
    assert_asks_again(desk, reader, facts, pins_before=1)


def test_a_driver_that_is_in_use_for_a_moment_is_no_card_that_was_pulled(desk: Desk, reader: Reader) -> None:
    """Several programs at one card, such as the command line beside the window."""
    facts = desk.signed_in()
    for _ in range(3):
        reader.silence(ATTEMPTS - 1)
        while reader.is_silent():
            assert sign(desk, facts)
    assert desk.read().generation == facts.generation
    assert reader.pins_seen() == 1


def test_a_driver_that_overlooked_the_card_when_it_began_is_begun_anew(desk: Desk, reader: Reader) -> None:
    reader.begin("blind")
    facts = desk.read()
    reader.begin("blind")
    desk.port.log_in(facts.generation, RIGHT_PIN).result(WAIT_S)
    assert sign(desk, facts)


def test_a_driver_that_says_nothing_for_long_has_no_card(desk: Desk, reader: Reader) -> None:
    facts = desk.signed_in()
    reader.silence(10_000)
    desk.wait_for(CardState.ABSENT)
    reader.silence(0)
    desk.wait_for(CardState.PRESENT)
    assert_asks_again(desk, reader, facts, pins_before=1)


def test_a_crash_while_the_pin_is_checked_does_not_send_it_again(desk: Desk, reader: Reader) -> None:
    facts = desk.read()
    reader.begin("crash-in-C_Login")
    assert code_of(desk.port.log_in(facts.generation, RIGHT_PIN)) is Code.CARD_DRIVER_FAILED
    reader.end("crash-in-C_Login")
    desk.wait_for(CardState.ABSENT)
    desk.wait_for(CardState.PRESENT)
    assert reader.pins_seen() == 1
    assert_asks_again(desk, reader, facts, pins_before=1)


@pytest.fixture
def hasty(reader: Reader) -> Iterator[Desk]:
    """A desk whose watchdog waits a second."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client = CardClient(
        command=COMMAND,
        route=DriverRoute(reader.module),
        publish=events.put,
        environment=reader.environment,
        limits=TimeLimits(read_s=5.0, log_in_s=5.0, sign_s=1.0),
    )
    yield Desk(client, reader.insert, reader.pull, reader.pins_seen, events)
    client.close()


def test_a_driver_that_hangs_is_killed_by_the_watchdog(hasty: Desk, reader: Reader) -> None:
    facts = hasty.signed_in()
    reader.begin("hang-in-C_Sign")
    assert sign_code(hasty, facts) is Code.CARD_DRIVER_FAILED
    reader.end("hang-in-C_Sign")
    assert_asks_again(hasty, reader, facts, pins_before=1)


@pytest.mark.parametrize("at_once", [1, 5])
def test_signatures_under_way_when_the_driver_hangs_are_all_told_as_failed(
    hasty: Desk, reader: Reader, at_once: int
) -> None:
    facts = hasty.signed_in()
    reader.begin("hang-in-C_Sign")
    under_way = begin_to_sign(hasty, facts, 5, at_once)
    assert {code_of(signature) for signature in under_way} == {Code.CARD_DRIVER_FAILED}
    reader.end("hang-in-C_Sign")
    assert_asks_again(hasty, reader, facts, pins_before=1)


def test_several_signatures_under_way_are_each_made_over_their_own_content(desk: Desk) -> None:
    facts = desk.signed_in()
    contents = [signing_input(facts, facts.algorithms[0]) + b"%d" % number for number in range(50)]
    under_way = [desk.port.sign(facts.generation, facts.algorithms[0], [content])[0] for content in contents]
    for content, signature in zip(contents, under_way, strict=True):
        assert JwsCodec().finish(content, signature.result(WAIT_S), facts.certificate)


@pytest.mark.parametrize("at_once", [1, 8])
def test_a_card_pulled_among_many_signatures_signs_none_after_that(desk: Desk, reader: Reader, at_once: int) -> None:
    facts = desk.signed_in()
    under_way = begin_to_sign(desk, facts, 3000, at_once)
    assert under_way[0].result(WAIT_S)
    desk.pull()
    refused = [signature.exception(WAIT_S) is not None for signature in under_way]
    assert refused[-1]
    assert refused == sorted(refused), "once refused, nothing was signed any more"
    desk.insert(CARD_A)
    desk.wait_for(CardState.PRESENT)
    assert_asks_again(desk, reader, facts, pins_before=1)


def test_a_stopped_process_is_killed_even_while_much_is_written_to_it(hasty: Desk, reader: Reader) -> None:
    facts = hasty.signed_in()
    os.kill(process_id(hasty), signal.SIGSTOP)
    much = b"x" * (1024 * 1024)
    assert code_of(hasty.port.sign(facts.generation, facts.algorithms[0], [much])[0]) is Code.CARD_DRIVER_FAILED
    assert_asks_again(hasty, reader, facts, pins_before=1)


def test_closing_while_the_process_is_stopped_ends_it(hasty: Desk) -> None:
    hasty.read()
    found = process_id(hasty)
    os.kill(found, signal.SIGSTOP)
    hasty.port.close()
    with pytest.raises(ProcessLookupError):
        os.kill(found, 0)


def test_a_process_whose_window_is_gone_ends_by_itself_though_its_driver_hangs(reader: Reader) -> None:
    reader.begin("hang-in-C_GetSlotList")
    process = subprocess.Popen(
        [*COMMAND, "--module", str(reader.module)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={**os.environ, **reader.environment},
    )
    process.communicate(timeout=WAIT_S)
    assert process.returncode == 1


def test_a_missing_driver_is_told_and_found_once_it_is_there(reader: Reader, tmp_path: Path) -> None:
    module = tmp_path / "later.so"
    client = CardClient(command=COMMAND, route=DriverRoute(module), publish=print, environment=reader.environment)
    assert code_of(client.read()) is Code.CARD_DRIVER_MISSING
    module.symlink_to(reader.module)
    assert client.read().result(WAIT_S).certificate
    client.close()


def test_a_file_that_is_no_driver_is_told(tmp_path: Path) -> None:
    module = tmp_path / "no_driver.so"
    module.write_bytes(b"not a library")
    client = CardClient(command=COMMAND, route=DriverRoute(module), publish=print)
    assert code_of(client.read()) is Code.CARD_DRIVER_INCOMPLETE
    client.close()


@pytest.mark.thorough
def test_a_start_that_takes_longer_than_any_call_is_waited_for(reader: Reader) -> None:
    slowly = (
        "import sys, threading; threading.Event().wait(2.0); "
        "from yuyue_desktop.card import process; sys.exit(process.main())"
    )
    for start_s, expected in ((0.0, Code.CARD_DRIVER_FAILED), (60.0, None)):
        client = CardClient(
            command=(sys.executable, "-c", slowly),
            route=DriverRoute(reader.module),
            publish=print,
            environment=reader.environment,
            limits=TimeLimits(start_s=start_s, read_s=0.5),
        )
        error = client.read().exception(WAIT_S)
        client.close()
        assert (error.code if isinstance(error, YuyueError) else error) is expected


def test_a_program_that_is_not_there_is_told(reader: Reader) -> None:
    client = CardClient(command=("/no/such/program",), route=DriverRoute(reader.module), publish=print)
    assert code_of(client.read()) is Code.CARD_DRIVER_FAILED
    client.close()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_pin_is_in_no_argument_and_opensc_keeps_none(desk: Desk) -> None:
    desk.signed_in()
    folder = Path(f"/proc/{process_id(desk)}")
    assert RIGHT_PIN.encode() not in (folder / "cmdline").read_bytes()
    environment = dict(line.partition(b"=")[::2] for line in (folder / "environ").read_bytes().split(b"\0"))
    configuration = Path(os.fsdecode(environment[b"OPENSC_CONF"]))
    assert "use_pin_caching = false" in configuration.read_text(encoding="ascii")


def test_a_pin_shows_in_no_error_and_no_representation(desk: Desk) -> None:
    facts = desk.read()
    error = desk.port.log_in(facts.generation, "87654321").exception(WAIT_S)
    assert isinstance(error, YuyueError)
    assert "87654321" not in f"{error!r} {error.__cause__!r} {error.__context__!r}"
    assert "87654321" not in repr(Request(1, Operation.LOG_IN, 1, "87654321"))


def test_a_card_of_another_kind_of_algorithm_does_not_sign(desk: Desk) -> None:
    facts = desk.signed_in()
    content = signing_input(facts, SignatureAlgorithm.SM2_SM3)
    future = desk.port.sign(facts.generation, SignatureAlgorithm.SM2_SM3, [content])[0]
    assert code_of(future) is Code.CARD_DRIVER_FAILED


def test_a_process_that_hears_nonsense_ends(reader: Reader) -> None:
    nonsense = encode_request(Request(1, Operation.READ)).replace(b"read", b"open")
    done = subprocess.run(
        [*COMMAND, "--module", str(reader.module)],
        input=nonsense,
        capture_output=True,
        env={**os.environ, **reader.environment},
        timeout=WAIT_S,
    )
    assert done.stdout.count(b"\n") == 1, "the first notice and nothing else"
    assert CARD_A.encode() not in done.stdout
