"""What a call does by itself when a token or a key has had its day, over real connections."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Protocol

import pytest

from tests.gateway_client.conftest import DAY, Authority, StartServer
from tests.gateway_client.fault_server import FaultServer, answer, refusal, says
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.gateway.clock import GatewayClock, machine_now
from yuyue_desktop.gateway.http_gateway import GatewayPlace, HttpGateway
from yuyue_desktop.gateway.tokens import TokenPair, Tokens
from yuyue_desktop.wire.certificates import fingerprint
from yuyue_desktop.wire.messages import (
    AttachmentParts,
    CompanyBody,
    Grant,
    KeyBody,
    Keys,
    Receipts,
    Struct,
    encode,
)

COMPANY = CompanyBody("1101919107", "", "", "云岭", Grade.SENIOR, is_registered=True, owes_feedback=False)
SIGN_IN = refusal("sign_in_needed", "401 Unauthorized")


def told(message: Struct) -> bytes:
    """A message as an answer."""
    return answer(encode(message))


class Caller:
    """A client before a scripted server."""

    def __init__(self, server: FaultServer, authority: Authority) -> None:
        self.server = server
        self.tokens = Tokens()
        clock = GatewayClock(lambda _: None)
        self.gateway = HttpGateway(GatewayPlace(server.address, (authority.der,)), clock, self.tokens)

    def asked(self) -> list[str]:
        """Request lines, with the bearer token where one was sent."""
        lines = []
        for request in self.server.requests:
            head = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")
            token = [line.rpartition(" ")[2] for line in head if line.startswith("Authorization")]
            lines.append(" ".join([*head[0].split()[:2], *token]))
        return lines


@pytest.fixture
def callers() -> Iterator[list[Caller]]:
    """Callers of one test, closed at its end."""
    made: list[Caller] = []
    yield made
    for caller in made:
        caller.gateway.close()


class MakeCaller(Protocol):
    """Makes callers."""

    def __call__(self, *answers: bytes) -> Caller:
        """A caller before a server that gives these answers."""
        ...


@pytest.fixture
def make_caller(start_server: StartServer, authority: Authority, callers: list[Caller]) -> MakeCaller:
    """Makes a caller before a server that gives these answers."""

    def make(*answers: bytes) -> Caller:
        callers.append(Caller(start_server(says(*answers)), authority))
        return callers[-1]

    return make


def grant(token: str, refresh_token: str) -> bytes:
    """A session as an answer."""
    return told(Grant(token, refresh_token, "yunling", "李想", "860", COMPANY, is_receipts_only=True))


def error_of(caller: Caller) -> Code:
    """The error of a call for receipts."""
    with pytest.raises(YuyueError) as caught:
        caller.gateway.receipts(0, 0)
    return caught.value.code


def test_a_spent_token_is_renewed_once_and_the_call_repeated(make_caller: MakeCaller) -> None:
    caller = make_caller(SIGN_IN, grant("t2", "r2"), told(Receipts([], [], 7)), told(Receipts([], [], 7)))
    caller.tokens.put(TokenPair("t1", "r1"))
    assert caller.gateway.receipts(7, 0).cursor == 7
    assert caller.gateway.receipts(7, 0).cursor == 7
    ask = "GET /receipts?after=7&wait=0"
    assert caller.asked() == [f"{ask} t1", "POST /sessions/refresh", f"{ask} t2", f"{ask} t2"]


def test_a_renewed_token_that_is_not_enough_ends_in_a_sign_in(make_caller: MakeCaller) -> None:
    caller = make_caller(SIGN_IN, grant("t2", "r2"), SIGN_IN)
    caller.tokens.put(TokenPair("t1", "r1"))
    assert error_of(caller) is Code.SIGN_IN_NEEDED
    assert caller.tokens.pair == TokenPair("t2", "r2")


def test_a_refused_refresh_token_ends_in_a_sign_in(make_caller: MakeCaller) -> None:
    caller = make_caller(SIGN_IN, SIGN_IN)
    caller.tokens.put(TokenPair("", "r1"))
    assert error_of(caller) is Code.SIGN_IN_NEEDED
    assert caller.asked() == ["GET /receipts?after=0&wait=0", "POST /sessions/refresh"]
    assert caller.tokens.pair is None


def test_safe_exit_forgets_the_tokens_even_when_nobody_answers(make_caller: MakeCaller) -> None:
    caller = make_caller(b"")
    caller.tokens.put(TokenPair("t1", "r1"))
    with pytest.raises(YuyueError):
        caller.gateway.sign_out()
    assert caller.tokens.pair is None


@pytest.mark.parametrize(("after", "page"), [(5, Receipts([], [], 4)), (0, Receipts([], [], -1))])
def test_a_cursor_that_goes_back_is_no_answer(after: int, page: Receipts, make_caller: MakeCaller) -> None:
    caller = make_caller(told(page))
    with pytest.raises(YuyueError) as caught:
        caller.gateway.receipts(after, 0)
    assert caught.value.code is Code.GATEWAY_ANSWER_INVALID


def test_a_seal_that_the_gateway_can_not_open_is_made_anew_for_its_new_key(
    make_caller: MakeCaller, authority: Authority
) -> None:
    caller = make_caller()

    def keys() -> bytes:
        certificate, _ = authority.sealing_key()
        now = machine_now()
        body = KeyBody(fingerprint(certificate), [b64encode(certificate).decode()], now - DAY, now + DAY)
        return answer(encode(Keys(caller.server.address, [body])), more=f"Gateway-Time: {now.isoformat()}\r\n")

    told_now = f"Gateway-Time: {machine_now().isoformat()}\r\n"
    nothing, whole = AttachmentParts([], is_complete=False), AttachmentParts([0], is_complete=True)
    first, last = answer(encode(nothing), more=told_now), answer(encode(whole), more=told_now)
    answers = (first, keys(), refusal("seal_broken"), keys(), last)
    caller.server.script[:] = [says(*answers)]
    caller.gateway.send_attachment("ab", b"content")
    assert [line.split()[1] for line in caller.asked()] == [
        "/attachments/ab",
        "/keys",
        "/attachments/ab/parts/0?of=1",
        "/keys",
        "/attachments/ab/parts/0?of=1",
    ]
    sealed = [request.rpartition(b"\r\n\r\n")[2] for request in caller.server.requests if request.startswith(b"PUT")]
    assert len(set(sealed)) == 2
    assert all(b"content" not in one for one in sealed)
