"""Tokens are renewed once for all threads and die with safe exit; seals follow the gateway's keys."""

from __future__ import annotations

import threading
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from tests.gateway_client.conftest import Authority
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.gateway.attachments import parts_of, upload
from yuyue_desktop.gateway.clock import GatewayClock
from yuyue_desktop.gateway.keys import SealingKeys
from yuyue_desktop.gateway.tokens import TokenPair, Tokens, sign_in_needed
from yuyue_desktop.wire.certificates import fingerprint
from yuyue_desktop.wire.messages import PART_BYTES, AttachmentParts, KeyBody, Keys

FIRST = TokenPair("t1", "r1")
SECOND = TokenPair("t2", "r2")
ADDRESS = "https://gateway.example"


def test_many_threads_renew_once() -> None:
    tokens = Tokens()
    tokens.put(FIRST)
    together = threading.Barrier(6)
    asked: list[str] = []

    def refresh(token: str) -> TokenPair:
        asked.append(token)
        return SECOND

    def renew(_: int) -> TokenPair:
        together.wait(5)
        return tokens.renew(FIRST, refresh)

    with ThreadPoolExecutor(6) as workers:
        assert set(workers.map(renew, range(6))) == {SECOND}
    assert asked == ["r1"]


def test_a_renewal_under_way_does_not_outlive_safe_exit() -> None:
    tokens = Tokens()
    tokens.put(FIRST)

    def refresh(_: str) -> TokenPair:
        tokens.take()
        return SECOND

    tokens.renew(FIRST, refresh)
    assert tokens.pair is None


def test_a_refused_refresh_token_is_forgotten_but_not_one_that_could_not_be_asked() -> None:
    kept: list[str] = []
    tokens = Tokens(kept.append)
    tokens.put(FIRST)

    def pair_after(error: YuyueError) -> TokenPair | None:
        def refresh(_: str) -> TokenPair:
            raise error

        with pytest.raises(YuyueError):
            tokens.renew(FIRST, refresh)
        return tokens.pair

    assert pair_after(YuyueError(Code.GATEWAY_UNREACHABLE)) == FIRST
    assert pair_after(sign_in_needed()) is None
    assert kept == ["r1", ""]


def test_tokens_do_not_show_in_logs() -> None:
    assert "t1" not in repr(FIRST)
    assert "r1" not in repr(FIRST)


NOW = datetime(2026, 9, 28, 9, 0)
HOUR = timedelta(hours=1)


class KeyRig:
    """Sealing keys over a settable clock and a scripted gateway."""

    def __init__(self, authority: Authority) -> None:
        self.steady = 0.0
        self.clock = GatewayClock(lambda _: None, lambda: datetime(2026, 11, 24), lambda: self.steady)
        self.keys = SealingKeys(ADDRESS, [authority.der], self.clock)
        self.offered: list[KeyBody] = []
        self.address = ADDRESS
        self.asked = 0

    def fetch(self) -> Keys:
        """Answer of GET /keys."""
        self.asked += 1
        return Keys(self.address, self.offered)

    def offer(self, certificate: bytes, since: timedelta = -HOUR, until: timedelta = HOUR) -> None:
        """Put a key in front."""
        chain = [b64encode(certificate).decode()]
        now = self.clock.now()
        self.offered.insert(0, KeyBody(fingerprint(certificate), chain, now + since, now + until))

    def error(self) -> YuyueError:
        """What sealing raises."""
        with pytest.raises(YuyueError) as caught:
            self.keys.seal(b"x", self.fetch)
        return caught.value


def test_keys_are_asked_for_once_and_again_when_they_end(authority: Authority) -> None:
    rig = KeyRig(authority)
    rig.offer(authority.sealing_key()[0])
    assert rig.keys.seal(b"x", rig.fetch).count(".") == 4
    rig.keys.seal(b"y", rig.fetch)
    assert rig.asked == 1
    rig.clock.hear(rig.clock.now() + 2 * HOUR, 0, 0)
    rig.offer(authority.sealing_key()[0])
    rig.keys.seal(b"z", rig.fetch)
    assert rig.asked == 2


def test_a_key_of_another_authority_is_not_sealed_for(authority: Authority) -> None:
    rig = KeyRig(authority)
    rig.offer(Authority("pinned").sealing_key()[0])
    assert rig.error().code is Code.GATEWAY_UNTRUSTED


def test_another_gateway_s_keys_are_not_sealed_for(authority: Authority) -> None:
    rig = KeyRig(authority)
    rig.offer(authority.sealing_key()[0])
    rig.address = "https://other.example"
    assert rig.error().code is Code.GATEWAY_UNTRUSTED


@pytest.mark.parametrize("since", [2 * HOUR, -3 * HOUR])
def test_a_key_is_used_in_its_time_only(since: timedelta, authority: Authority) -> None:
    rig = KeyRig(authority)
    rig.offer(authority.sealing_key()[0], since, since + HOUR)
    assert rig.error().code is Code.GATEWAY_ANSWER_INVALID


def test_a_key_without_certificate_is_no_answer(authority: Authority) -> None:
    rig = KeyRig(authority)
    now = rig.clock.now()
    for chain in ([], ["not base64"]):
        rig.offered = [KeyBody("id", chain, now - HOUR, now + HOUR)]
        assert rig.error().code is Code.GATEWAY_ANSWER_INVALID


@pytest.mark.parametrize("size", [1, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 3 * PART_BYTES])
def test_parts_put_together_are_the_file(size: int) -> None:
    content = bytes(size)
    parts = parts_of(content)
    assert b"".join(parts) == content
    assert {len(part) for part in parts[:-1]} <= {PART_BYTES}
    assert 0 < len(parts[-1]) <= PART_BYTES


@pytest.mark.parametrize("arrived", [[], [0], [1], [0, 2], [2, 1]])
def test_an_upload_sends_what_is_missing(arrived: list[int]) -> None:
    there = set(arrived)
    sent: list[int] = []

    def send_part(number: int, total: int, _: bytes) -> AttachmentParts:
        sent.append(number)
        there.add(number)
        return AttachmentParts(sorted(there), len(there) == total)

    upload(bytes(3 * PART_BYTES), lambda: AttachmentParts(arrived, is_complete=False), send_part)
    assert sent == [number for number in range(3) if number not in arrived]


def test_an_upload_that_stays_incomplete_fails() -> None:
    nothing = AttachmentParts([], is_complete=False)
    with pytest.raises(YuyueError) as caught:
        upload(b"x", lambda: nothing, lambda *_: nothing)
    assert caught.value.code is Code.GATEWAY_ANSWER_INVALID
