"""The way to the gateway through a real CONNECT proxy: by hand, with a password, by the system, changed at work."""

from __future__ import annotations

import json
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.gateway_client.conftest import Authority, StartServer
from tests.gateway_client.fault_server import answer, says
from tests.gateway_client.intercepting_proxy import InterceptingProxy
from tests.sync.cutting_proxy import CuttingProxy
from yuyue_desktop.domain.errors import LINK_CODES, Code, YuyueError
from yuyue_desktop.domain.proxy import ProxySettings, ProxyWay, is_server
from yuyue_desktop.gateway.clock import GatewayClock
from yuyue_desktop.gateway.connections import pinned_trust, system_trust
from yuyue_desktop.gateway.proxies import Proxies
from yuyue_desktop.gateway.transport import Call, Transport

SIGN_IN = "云岭:p@ss:w/rd"
ASK = Call("GET", "/time")
PORTAL = answer(b"<html>please sign in</html>", kind="text/html", more="")


@pytest.fixture
def proxies() -> Proxies:
    return Proxies(ProxySettings(ProxyWay.NONE))


@pytest.fixture
def transport(
    start_server: StartServer, authority: Authority, clock: GatewayClock, proxies: Proxies
) -> Iterator[Transport]:
    server = start_server(*[says(answer())] * 4)
    transport = Transport(server.address, pinned_trust([authority.der]), clock, proxies)
    yield transport
    transport.close()


def by_hand(proxy: CuttingProxy, sign_in: str = "") -> ProxySettings:
    user, _, password = sign_in.partition(":")
    return ProxySettings(ProxyWay.MANUAL, urlsplit(proxy.url).netloc, user, password)


def refusal(transport: Transport) -> YuyueError:
    with pytest.raises(YuyueError) as caught:
        transport.exchange(ASK)
    return caught.value


def test_a_proxy_chosen_at_work_carries_the_next_request(transport: Transport, proxies: Proxies) -> None:
    with CuttingProxy() as proxy:
        transport.exchange(ASK)
        assert proxy.carried == 0
        proxies.choose(by_hand(proxy))
        transport.exchange(ASK)
        carried = proxy.carried
        assert carried > 0
        proxies.choose(ProxySettings(ProxyWay.NONE))
        transport.exchange(ASK)
        assert proxy.carried == carried


def test_a_proxy_gets_its_password_whatever_signs_are_in_it(transport: Transport, proxies: Proxies) -> None:
    with CuttingProxy(SIGN_IN) as proxy:
        proxies.choose(by_hand(proxy, SIGN_IN))
        assert json.loads(transport.exchange(ASK)) == {}
        assert proxy.carried > 0


@pytest.mark.parametrize("typed", ["", "云岭:wrong"])
def test_a_proxy_that_wants_another_password_is_told_and_nothing_was_sent(
    typed: str, transport: Transport, proxies: Proxies
) -> None:
    with CuttingProxy(SIGN_IN) as proxy:
        proxies.choose(by_hand(proxy, typed))
        error = refusal(transport)
    assert error.code is Code.PROXY_SIGN_IN
    assert error.code in LINK_CODES
    assert error.is_retried
    assert error.params["is_sent"] == 0


def test_a_proxy_that_is_not_there_leaves_the_request_unsent(transport: Transport, proxies: Proxies) -> None:
    with CuttingProxy() as gone:
        settings = by_hand(gone)
    proxies.choose(settings)
    error = refusal(transport)
    assert (error.code, error.params["is_sent"]) == (Code.GATEWAY_UNREACHABLE, 0)


def test_the_systems_proxy_is_used_but_never_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    proxies = Proxies(ProxySettings())
    monkeypatch.setenv("https_proxy", "http://proxy.company:8080")
    monkeypatch.setenv("no_proxy", "intern.customs")
    assert proxies("https://gateway.customs:443") == {"https": "http://proxy.company:8080"}
    for direct in ("https://intern.customs", "https://127.0.0.1:9", "https://localhost:9", "https://[::1]:9"):
        assert proxies(direct) == {}
    monkeypatch.delenv("https_proxy")
    assert proxies("https://gateway.customs:443") == {}


def test_a_captive_portals_page_is_no_answer(
    start_server: StartServer, authority: Authority, clock: GatewayClock, proxies: Proxies
) -> None:
    server = start_server(says(PORTAL))
    transport = Transport(server.address, pinned_trust([authority.der]), clock, proxies)
    error = refusal(transport)
    transport.close()
    assert (error.code, error.is_retried) == (Code.GATEWAY_ANSWER_INVALID, True)
    assert not clock.is_known


@pytest.fixture(scope="module")
def company() -> Authority:
    """Signs for every server that the company's proxy pretends to be."""
    return Authority("company")


def through_the_company(
    trust: ssl.SSLContext, start_server: StartServer, authority: Authority, own: ssl.SSLContext
) -> tuple[bytes, YuyueError | None]:
    """What the company's proxy could read of one call, and how the call failed."""
    server = start_server(says(answer()))
    proxies = Proxies(ProxySettings(ProxyWay.NONE))
    transport = Transport(server.address, trust, GatewayClock(lambda _: None), proxies)
    with InterceptingProxy(own, pinned_trust([authority.der])) as proxy:
        proxies.choose(ProxySettings(ProxyWay.MANUAL, proxy.netloc))
        try:
            transport.exchange(ASK)
        except YuyueError as error:
            return bytes(proxy.read), error
        finally:
            transport.close()
    return bytes(proxy.read), None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows' own certificates are not a test's to change")
def test_a_proxy_that_opens_tls_is_believed_where_the_system_trusts_its_company(
    start_server: StartServer,
    authority: Authority,
    company: Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = company.server_context(tmp_path)
    trusted = tmp_path / "trusted.pem"
    trusted.write_text(ssl.DER_cert_to_PEM_cert(company.der), encoding="ascii")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    read, error = through_the_company(system_trust(), start_server, authority, own)
    assert error is None
    assert read.startswith(b"GET /time")
    trusted.write_text(ssl.DER_cert_to_PEM_cert(Authority("another").der), encoding="ascii")
    read, error = through_the_company(system_trust(), start_server, authority, own)
    assert error is not None
    assert (error.code, read) == (Code.GATEWAY_UNTRUSTED, b"")


def test_a_proxy_that_opens_tls_is_never_believed_where_the_gateway_is_pinned(
    start_server: StartServer, authority: Authority, company: Authority, tmp_path: Path
) -> None:
    own, trust = company.server_context(tmp_path), pinned_trust([authority.der])
    read, error = through_the_company(trust, start_server, authority, own)
    assert error is not None
    assert (error.code, read) == (Code.GATEWAY_UNTRUSTED, b"")


def test_a_password_does_not_show_in_logs() -> None:
    assert "secret" not in repr(ProxySettings(ProxyWay.MANUAL, "10.1.2.3:8080", "user", "secret"))


@pytest.mark.parametrize("text", ["10.1.2.3:8080", "proxy.company.cn:1", "[fe80::1]:3128"])
def test_what_is_a_server(text: str) -> None:
    assert is_server(text)


@pytest.mark.parametrize("text", ["", "proxy", "proxy:", "proxy:0", "proxy:65536", "http://proxy:80", "u@p:80"])
def test_what_is_no_server(text: str) -> None:
    assert not is_server(text)
