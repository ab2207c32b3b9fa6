"""Whatever the served document lets anybody send, no call of the gateway ends in a fault of its own (schemathesis)."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.gateway.clerk import Clerk, new_application, read
from tests.gateway.conftest import RunningOffice
from yuyue_desktop.wire import messages
from yuyue_desktop.wire.messages import DraftBody, Keys
from yuyue_desktop.wire.sealing import seal

pytestmark = pytest.mark.thorough

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 8
BOUNDED = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
LONG = settings(BOUNDED, max_examples=400, derandomize=False)
SEALED = "application/jose"


@schemathesis.serializer(SEALED)
def as_sent(_context: object, value: object) -> bytes:
    """A compact JWE goes out as it is, and so does what is none."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


class Caller:
    """Sends generated calls as somebody who is signed in, or to /practice as who has its token."""

    def __init__(self, running: RunningOffice) -> None:
        self._running = running
        self._clerk = running.clerk("yunling")
        self._leaving = running.clerk("yunling2")
        keys = read(self._clerk.call("GET", "/keys"), Keys)
        self._seal_certificate = b64decode(keys.keys[0].certificates[0])

    def send(self, operation: Any, case: Any, content: bytes | None, *, is_signed_in: bool) -> None:
        """One call; what comes back must be as the document says, and no fault of the gateway."""
        if "wait" in (case.query or {}):
            case.query["wait"] = 0  # nobody waits half a minute for a receipt here
        if content is not None and case.media_type == SEALED:
            case.body = seal(content, self._seal_certificate)
        token = self._token(operation) if is_signed_in else ""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        answer = case.call(
            base_url=self._running.office.address,
            session=self._clerk.session,
            headers=headers,
            verify=str(self._running.ca_file),
            timeout=self._clerk.timeout_s,
        )
        case.validate_response(answer, checks=CHECKS)

    def _token(self, operation: Any) -> str:
        if operation.path.startswith("/practice"):
            return self._running.office.control_token
        if operation.path.rstrip("/") == "/sessions":
            return self._leaving.sign_in_with_card().token  # each of these calls spends it
        if self._clerk.grant is None:
            self._clerk.sign_in_with_card()
        assert self._clerk.grant is not None
        return self._clerk.grant.token


def try_all(running: RunningOffice, how: settings) -> int:
    """Every operation of the document with generated data, good and bad; answers how many there are."""
    caller = Caller(running)
    document = running.clerk().call("GET", "/openapi/openapi.json").json()
    schema = schemathesis.openapi.from_dict(document)
    operations = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    for operation in operations:
        try_one(caller, operation, how)
    return len(operations)


def try_one(caller: Caller, operation: Any, how: settings) -> None:
    """One operation."""
    cases = st.one_of([operation.as_strategy(generation_mode=mode) for mode in GenerationMode])
    contents = st.one_of(st.none(), st.binary(max_size=64), st.just(_draft()))

    @how
    @given(case=cases, content=contents, is_signed_in=st.sampled_from([True, True, True, False]))
    def call(case: Any, content: bytes | None, is_signed_in: bool) -> None:
        caller.send(operation, case, content, is_signed_in=is_signed_in)

    call()


def _draft() -> bytes:
    return messages.encode(DraftBody(messages.application_body(new_application()), 1))


def test_no_call_ends_in_a_fault_of_the_gateway(by_hand: RunningOffice) -> None:
    clerk: Clerk = by_hand.clerk()
    paths = clerk.call("GET", "/openapi/openapi.json").json()["paths"]
    assert try_all(by_hand, BOUNDED) == sum(len(methods) for methods in paths.values())
    assert clerk.call("GET", "/time").status_code == 200


@pytest.mark.long
def test_no_call_of_very_many_ends_in_a_fault_of_the_gateway(by_hand: RunningOffice) -> None:
    assert try_all(by_hand, LONG)
