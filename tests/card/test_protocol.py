"""Messages between window and card process mean the same on both sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuyue_desktop.card import protocol
from yuyue_desktop.card.protocol import Notice, Operation, Reply, Request
from yuyue_desktop.domain.card import CardFacts, PinState, SignatureAlgorithm
from yuyue_desktop.domain.errors import Blame, Code, YuyueError

texts = st.text(max_size=20)
numbers = st.integers(0, 10**6)
contents = st.lists(st.binary(max_size=50), max_size=3).map(tuple)
algorithms = st.sampled_from(SignatureAlgorithm)
requests = st.builds(Request, numbers, st.sampled_from(Operation), numbers, texts, algorithms, contents)
facts = st.builds(
    CardFacts,
    numbers,
    texts,
    st.binary(max_size=50),
    st.lists(algorithms, max_size=3).map(tuple),
    st.sampled_from(PinState),
    st.none() | numbers,
    numbers,
    numbers,
)


@given(requests)
def test_a_request_is_read_as_written(request_: Request) -> None:
    line = protocol.encode_request(request_)
    assert line.count(b"\n") == 1
    assert protocol.decode_request(line) == request_


@given(st.builds(Reply, numbers, st.none() | facts, contents) | st.builds(Notice, numbers, st.booleans()))
def test_an_answer_is_read_as_written(answer: Reply | Notice) -> None:
    assert protocol.decode_answer(protocol.encode_answer(answer)) == answer


def test_an_error_is_an_answer() -> None:
    error = YuyueError(Code.PIN_WRONG, {"tries_left": 2}, Blame.USER)
    answer = protocol.decode_answer(protocol.encode_answer(Reply(7, error=error)))
    assert isinstance(answer, Reply)
    assert answer.error is not None
    assert (answer.error.code, dict(answer.error.params), answer.error.blame) == (
        Code.PIN_WRONG,
        {"tries_left": 2},
        Blame.USER,
    )


@pytest.mark.parametrize(
    "line", [b"", b"{", b"[]", b"{}", b'{"id":1,"login_span":"x"}', b'{"id":"x","signatures":["!"]}', b"\xff"]
)
def test_what_is_no_message_is_refused(line: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        protocol.decode_request(line)
    with pytest.raises(ValueError, match=r".*"):
        protocol.decode_answer(line)


def test_a_refused_line_does_not_show_its_pin() -> None:
    line = protocol.encode_request(Request(1, Operation.LOG_IN, 1, "12345678")).replace(b'"id":1,', b"")
    with pytest.raises(ValueError, match="not a request") as caught:
        protocol.decode_request(line)
    assert "12345678" not in f"{caught.value!r} {caught.value.__cause__!r}"
