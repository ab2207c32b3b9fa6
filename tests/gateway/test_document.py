"""The served OpenAPI document: it names every call of the contract, and what it calls closed is closed."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.gateway.clerk import refused
from tests.gateway.conftest import RunningOffice
from yuyue_practice.gateway import LARGEST_BODY_BYTES

# The table of wire/messages.py.
CONTRACT = {
    ("get", "/time"),
    ("get", "/keys"),
    ("post", "/sessions/challenge"),
    ("post", "/sessions/card"),
    ("post", "/sessions/password"),
    ("post", "/sessions/refresh"),
    ("delete", "/sessions"),
    ("get", "/companies/{customs_code}"),
    ("get", "/ports/{code}/calendar"),
    ("put", "/applications/{application_id}/draft"),
    ("delete", "/applications/{application_id}/draft"),
    ("get", "/applications"),
    ("get", "/applications/{application_id}"),
    ("get", "/attachments/{sha256}"),
    ("put", "/attachments/{sha256}/parts/{number}"),
    ("put", "/submissions/{submission_id}"),
    ("get", "/submissions/{submission_id}"),
    ("get", "/receipts"),
}
OPEN = {
    path for _, path in CONTRACT if path.startswith(("/time", "/keys", "/sessions/", "/attachments", "/submissions"))
}


@pytest.fixture
def paths(by_hand: RunningOffice) -> dict[str, Any]:
    """The paths of the served document."""
    answer = by_hand.clerk().call("GET", "/openapi/openapi.json")
    found: dict[str, Any] = answer.json()["paths"]
    return found


def test_it_names_every_call_of_the_contract(paths: dict[str, Any]) -> None:
    assert {(method, path) for path, methods in paths.items() for method in methods} >= CONTRACT


def test_what_needs_a_token_says_so_and_refuses_without(paths: dict[str, Any], by_hand: RunningOffice) -> None:
    clerk = by_hand.clerk()
    asked = {"from": "2026-10-01", "to": "2026-10-02", "applied_from": "2026-10-01", "applied_to": "2026-10-02"}
    for path, methods in paths.items():
        for method, operation in methods.items():
            is_open = path in OPEN
            is_said_to_be_open = not operation.get("security") and not path.startswith("/practice")
            assert is_said_to_be_open == is_open, path
            if not is_open:
                filled = path.replace("{", "").replace("}", "")
                answer = clerk.call(method.upper(), filled, params=asked, data=b"{}")
                assert answer.status_code == 401, (method, path, answer.text)


def test_a_body_beyond_all_measure_is_refused(by_hand: RunningOffice) -> None:
    answer = by_hand.clerk().call("PUT", f"/submissions/{uuid.uuid4()}", data=b"x" * (LARGEST_BODY_BYTES + 1))
    assert refused(answer, 413) == "call_unusable"
