"""Documents of other versions of the program are read as far as both know the same (decision 010)."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.store.parts import make_application, make_attachment
from yuyue_desktop.domain.application import Application, ApplicationId, GoodsItem
from yuyue_desktop.store.content import decode, encode, moment_text, optional_moment, plain

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)


def test_a_document_of_a_newer_program_is_read() -> None:
    application = make_application(attachments=(make_attachment(b"%PDF"),))
    document: dict[str, Any] = json.loads(encode(application)) | {"quarantine": {"is_needed": True}}
    document["goods"][0]["origin"] = "142"
    document["attachments"][0]["pages_of"] = 7
    assert decode(json.dumps(document)) == application


def test_a_document_of_an_older_program_has_defaults() -> None:
    assert decode('{"id": "x", "declarant": "1101919107"}') == Application(ApplicationId("x"), "1101919107")


@given(reason=ANY_TEXT, name=ANY_TEXT, window=ANY_TEXT)
def test_whatever_was_typed_comes_back(reason: str, name: str, window: str) -> None:
    application = make_application(reason=reason, goods=(GoodsItem(name, reason),), window_start=window)
    document = encode(application)
    assert document.isascii()
    assert decode(document) == application
    plain(reason).encode("utf-8")


@given(st.lists(st.datetimes(), min_size=2, max_size=2))
def test_text_order_of_moments_is_their_order(moments: list[Any]) -> None:
    assert (moment_text(moments[0]) < moment_text(moments[1])) is (moments[0] < moments[1])
    assert [optional_moment(moment_text(moment)) for moment in moments] == moments
