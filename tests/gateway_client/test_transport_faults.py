"""Whatever goes wrong on the way to the gateway becomes one of few errors, and never an answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.gateway_client.conftest import Authority, Connect, StartServer
from tests.gateway_client.fault_server import (
    TIME,
    Serve,
    answer,
    hangs_up,
    refusal,
    says,
    stalls_in_answer,
    stalls_in_handshake,
)
from yuyue_desktop.domain.errors import Blame, Code, YuyueError
from yuyue_desktop.gateway import connections, transport
from yuyue_desktop.gateway.connections import WatchedAdapter, pinned_trust
from yuyue_desktop.gateway.transport import Call, Transport

ASK = Call("GET", "/time")


def error_of(run: Callable[[], object]) -> YuyueError:
    """The error that a call raises."""
    with pytest.raises(YuyueError) as caught:
        run()
    return caught.value


@pytest.mark.parametrize(
    ("serve", "code"),
    [
        (hangs_up, Code.GATEWAY_UNREACHABLE),
        (says(b""), Code.GATEWAY_UNREACHABLE),
        (says(b"HTTP/1.1 2"), Code.GATEWAY_UNREACHABLE),
        (says(b"HTTP/1.1 200 OK\r\nContent-Type: appl"), Code.GATEWAY_UNREACHABLE),
        (says(answer(b'{"now":', length=100)), Code.GATEWAY_UNREACHABLE),
        (says(b"no http at all\r\n\r\n"), Code.GATEWAY_UNREACHABLE),
        (says(answer(b"<html>", kind="text/html")), Code.GATEWAY_ANSWER_INVALID),
        (says(answer(b"", "302 Found", more="Location: https://127.0.0.1:1/\r\n")), Code.GATEWAY_ANSWER_INVALID),
        (says(answer(b"<html>", "500 Oops", "text/html")), Code.GATEWAY_ANSWER_INVALID),
        (says(answer(b"<html>", "404 Not Found", "text/html")), Code.GATEWAY_ANSWER_INVALID),
        (says(answer(b"<html>", "502 Bad Gateway", "text/html")), Code.GATEWAY_BUSY),
        (says(answer(b"<html>", "503 Unavailable", "text/html")), Code.GATEWAY_BUSY),
        (says(refusal("code_of_a_newer_gateway")), Code.GATEWAY_ANSWER_INVALID),
        (says(b"HTTP/1.1 200 OK\r\nGateway-Time: 2026-09-28T09:00:00\r\nContent-L"), Code.GATEWAY_UNREACHABLE),
        (says(answer(more="")), Code.GATEWAY_ANSWER_INVALID),
        (says(answer(more="Gateway-Time: yesterday\r\n")), Code.GATEWAY_ANSWER_INVALID),
        (says(answer(more="Gateway-Time: 2026-09-28T09:00:00+08:00\r\n")), Code.GATEWAY_ANSWER_INVALID),
    ],
)
def test_a_fault_becomes_an_error_that_is_retried(
    serve: Serve, code: Code, start_server: StartServer, connect: Connect
) -> None:
    error = error_of(lambda: connect(start_server(serve).address).exchange(ASK))
    assert (error.code, error.blame, error.is_retried) == (code, Blame.ENVIRONMENT, True)


def test_only_a_connection_that_never_stood_is_certainly_unsent(start_server: StartServer, connect: Connect) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    nobody = error_of(lambda: connect(f"https://127.0.0.1:{port}").exchange(ASK))
    before_tls = error_of(lambda: connect(start_server(hangs_up).address).exchange(ASK))
    after_request = error_of(lambda: connect(start_server(says(b"")).address).exchange(ASK))
    assert nobody.params["is_sent"] == 0
    assert after_request.params["is_sent"] == 1
    assert before_tls.code is Code.GATEWAY_UNREACHABLE


def test_a_refusal_carries_the_named_code(start_server: StartServer, connect: Connect) -> None:
    error = error_of(
        lambda: connect(start_server(says(refusal("revision_stale", "409 Conflict"))).address).exchange(ASK)
    )
    assert (error.code, error.params["text"], error.is_retried) == (Code.REVISION_STALE, "说明", False)


@pytest.mark.parametrize("wait", ["7", "  7 "])
def test_retry_after_is_carried(wait: str, start_server: StartServer, connect: Connect) -> None:
    busy = says(refusal("gateway_busy", "429 Too Many", f"Retry-After: {wait}\r\n"))
    error = error_of(lambda: connect(start_server(busy).address).exchange(ASK))
    assert (error.code, error.params["retry_after_s"], error.is_retried) == (Code.GATEWAY_BUSY, 7, True)


@pytest.mark.parametrize("wait", ["-1", "soon", "Wed, 21 Oct 2026 07:28:00 GMT", "", "９"])
def test_a_senseless_retry_after_is_left_out(wait: str, start_server: StartServer, connect: Connect) -> None:
    busy = answer(b"", "503 Busy").replace(b"\r\n\r\n", b"\r\nRetry-After: " + wait.encode() + b"\r\n\r\n")
    error = error_of(lambda: connect(start_server(says(busy)).address).exchange(ASK))
    assert error.code is Code.GATEWAY_BUSY
    assert "retry_after_s" not in error.params


def test_another_authority_is_not_trusted(start_server: StartServer, connect: Connect) -> None:
    server = start_server(says(answer()))
    error = error_of(lambda: connect(server.address, Authority("other").der).exchange(ASK))
    assert error.code is Code.GATEWAY_UNTRUSTED
    assert server.requests == []


def test_pinned_trust_stays_as_it_is(
    start_server: StartServer, authority: Authority, monkeypatch: pytest.MonkeyPatch, connect: Connect
) -> None:
    pinned = pinned_trust([authority.der])
    monkeypatch.setattr("tests.gateway_client.conftest.pinned_trust", lambda _: pinned)
    connect(start_server(says(answer())).address).exchange(ASK)
    assert pinned.get_ca_certs(binary_form=True) == [authority.der]


def test_a_proxy_gets_the_same_trust(authority: Authority) -> None:
    pinned = pinned_trust([authority.der])
    manager = WatchedAdapter(pinned, connections.OpenSockets()).proxy_manager_for("http://127.0.0.1:1")
    assert manager.connection_pool_kw["ssl_context"] is pinned


def test_a_redirect_is_not_followed(start_server: StartServer, connect: Connect) -> None:
    other = start_server(says(answer()))
    server = start_server(says(answer(b"", "307 Temporary", more=f"Location: {other.address}/time\r\n")))
    error_of(lambda: connect(server.address).exchange(Call("PUT", "/submissions/1", content=b"secret")))
    assert other.requests == []


def test_a_cookie_is_not_kept(start_server: StartServer, connect: Connect) -> None:
    server = start_server(says(answer(more=TIME + "Set-Cookie: track=1\r\n"), answer()))
    client = connect(server.address)
    client.exchange(ASK)
    client.exchange(ASK)
    assert b"cookie" not in server.requests[1].lower()


def test_an_endless_answer_is_broken_off(
    start_server: StartServer, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "LONGEST_ANSWER_BYTES", 1000)
    error = error_of(lambda: connect(start_server(says(answer(b" " * 100_000))).address).exchange(ASK))
    assert error.code is Code.GATEWAY_ANSWER_INVALID


def test_a_slow_answer_ends_at_the_time_limit(start_server: StartServer, connect: Connect) -> None:
    server = start_server(stalls_in_answer)
    error = error_of(lambda: connect(server.address).exchange(Call("GET", "/time", read_timeout_s=0.05)))
    assert (error.code, error.params["is_sent"]) == (Code.GATEWAY_UNREACHABLE, 1)


@pytest.mark.parametrize("serve", [stalls_in_answer, stalls_in_handshake])
def test_a_call_under_way_is_broken_off_at_once(serve: Serve, start_server: StartServer, connect: Connect) -> None:
    server = start_server(serve)
    client = connect(server.address)
    with ThreadPoolExecutor(1) as worker:
        call = worker.submit(client.exchange, ASK)
        assert server.reached.wait(5)
        client.interrupt()
        error = error_of(lambda: call.result(1))
    assert error.code is Code.GATEWAY_UNREACHABLE


def test_calls_after_an_interruption_go_through(start_server: StartServer, connect: Connect) -> None:
    client = connect(start_server(says(answer(), answer())).address)
    client.exchange(ASK)
    client.interrupt()
    assert client.exchange(ASK) == b"{}"


def test_a_connection_is_used_again_while_fresh(
    start_server: StartServer, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start_server(says(answer(), answer(), answer()))
    client = connect(server.address)
    client.exchange(ASK)
    client.exchange(ASK)
    assert server.connections == 1
    monkeypatch.setattr(connections, "IDLE_S", 0.0)
    client.exchange(ASK)
    assert server.connections == 2


def test_many_threads_may_ask_at_once(start_server: StartServer, connect: Connect) -> None:
    client = connect(start_server(says(*[answer()] * 40)).address)
    together = threading.Barrier(8)

    def ask(_: int) -> bytes:
        together.wait(5)
        return client.exchange(ASK)

    with ThreadPoolExecutor(8) as workers:
        assert list(workers.map(ask, range(8))) == [b"{}"] * 8


def test_plain_http_is_refused(clock: object, authority: Authority) -> None:
    with pytest.raises(ValueError, match="https"):
        Transport("http://127.0.0.1:1", pinned_trust([authority.der]), clock)  # type: ignore[arg-type]
