"""A submission has one byte form, and only that form is read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.factories import ATTACHMENT, ITEM_ID, NOW, application, submission
from yuyue_desktop.domain.application import SIGNED_STEPS, Application, ApplicationId, Attachment, GoodsItem, Step
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.outbox import ItemId
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.wire import canonical
from yuyue_desktop.wire.canonical import SignInChallenge

GOLDEN_CANCEL = (
    '{"application":null,"application_id":"0d4fe2f1-6a58-4a0f-9a3e-3f3c8f6f2b11","attachments":[],'
    '"declarant":"1101919107","declaration_numbers":[],"explanation":"","gateway":"https://localhost:8443",'
    '"id":"7c9e6679-7425-40de-944b-e07fc1f90ae7","revision":3,"signed_at":"2026-09-28T09:00:00","step":"cancel"}'
)
GOLDEN_APPLICATION = (
    '"application":{"attachments":[{"name":"合同.pdf","pages":[1024,1024],"sha256":"' + "ab" * 32 + '","size":2048}],'
    '"contact_mobile":"13800138000","contact_name":"李雷","declarant":"1101919107","declaration_port":"0101",'
    '"entry_exit_port":"0102","goods":[{"hs_code":"0302110000","name":"鲜或冷鳟鱼"}],'
    '"id":"0d4fe2f1-6a58-4a0f-9a3e-3f3c8f6f2b11","is_export":false,"is_import":true,"reason":"鲜活易腐货物",'
    '"trader":"1101919107","transport_mode":"5","window_start":"2026-10-01T20:00"}'
)

texts = st.text(st.characters(codec="utf-8"), max_size=40)
moments = st.datetimes(datetime(2018, 1, 1), datetime(2049, 12, 31))
counts = st.integers(0, 2**40)
files = st.builds(
    Attachment, texts, st.from_regex("[0-9a-f]{64}", fullmatch=True), counts, st.lists(counts, max_size=5).map(tuple)
)
some_files = st.lists(files, max_size=3).map(tuple)
goods = st.lists(st.builds(GoodsItem, texts, texts), max_size=3).map(tuple)
uuids = st.uuids().map(str)


@st.composite
def submissions(draw: st.DrawFn) -> Submission:
    step = draw(st.sampled_from(SIGNED_STEPS))
    application_id = ApplicationId(draw(uuids))
    declarant = draw(texts)
    attached = draw(some_files) if step in (Step.DECLARE, Step.EXPLAIN) else ()
    form = draw(
        st.builds(
            Application,
            st.just(application_id),
            st.just(declarant),
            *[texts] * 8,
            st.booleans(),
            st.booleans(),
            goods,
            st.just(attached),
        )
    )
    return Submission(
        ItemId(draw(uuids)),
        draw(texts),
        step,
        application_id,
        draw(counts),
        draw(moments),
        declarant,
        form if step is Step.DECLARE else None,
        tuple(draw(st.lists(texts, max_size=3))) if step is Step.FEED_BACK else (),
        draw(texts) if step is Step.EXPLAIN else "",
        attached,
    )


def refused(content: bytes) -> bool:
    with pytest.raises(YuyueError) as caught:
        canonical.decode(content)
    return caught.value.code is Code.SUBMISSION_MALFORMED


@given(submissions())
def test_what_is_written_is_read(made: Submission) -> None:
    assert canonical.decode(canonical.encode(made)) == made


@given(submissions(), submissions())
def test_different_submissions_have_different_bytes(one: Submission, other: Submission) -> None:
    assert (canonical.encode(one) == canonical.encode(other)) == (one == other)


def test_the_bytes_are_these() -> None:
    assert canonical.encode(submission(Step.CANCEL)).decode() == GOLDEN_CANCEL
    assert GOLDEN_APPLICATION in canonical.encode(submission()).decode()


@pytest.mark.parametrize(
    "content",
    [
        GOLDEN_CANCEL.replace('"revision":3', '"revision":3,"more":1'),
        GOLDEN_CANCEL.replace('"revision":3,', ""),
        GOLDEN_CANCEL.replace('"explanation":"",', ""),
        GOLDEN_CANCEL.replace('"revision":3', '"revision":"3"'),
        GOLDEN_CANCEL.replace('"revision":3', '"revision":3.0'),
        GOLDEN_CANCEL.replace('"revision":3', '"revision":3,"revision":3'),
        GOLDEN_CANCEL.replace('"revision":3', '"revision": 3'),
        GOLDEN_CANCEL.replace('"step":"cancel"', '"step":"approve"'),
        GOLDEN_CANCEL.replace('"step":"cancel"', '"step":"save"'),
        GOLDEN_CANCEL.replace('"step":"cancel"', '"step":"declare"'),
        GOLDEN_CANCEL.replace("09:00:00", "09:00:00+08:00"),
        GOLDEN_CANCEL.replace("1101919107", "\\u0031101919107"),
        GOLDEN_CANCEL.replace("7c9e6679", "7C9E6679"),
        GOLDEN_CANCEL + " ",
        json.dumps(json.loads(GOLDEN_CANCEL)),
        "[" * 100_000,
        "",
        "null",
    ],
)
def test_no_other_spelling_is_read(content: str) -> None:
    assert refused(content.encode())


def test_bytes_that_are_no_text_are_refused() -> None:
    assert refused(b'{"application":"\xff"}')


@pytest.mark.parametrize(
    "made",
    [
        submission(Step.CANCEL, id=ItemId("1")),
        submission(Step.CANCEL, application_id=ApplicationId("draft-1")),
        submission(Step.CANCEL, application=application()),
        submission(Step.CANCEL, attachments=(ATTACHMENT,)),
        submission(Step.CANCEL, explanation="x"),
        submission(Step.CANCEL, declaration_numbers=("1",)),
        replace(submission(Step.CANCEL), step=Step.SAVE),
        submission(Step.CANCEL, signed_at=NOW.replace(tzinfo=UTC)),
        submission(Step.EXPLAIN, attachments=(replace(ATTACHMENT, sha256="AB" * 32),)),
        submission(application=None),
        submission(attachments=()),
        submission(declarant="1101919108"),
        submission(application=replace(application(), id=ApplicationId(ITEM_ID))),
        submission(Step.EXPLAIN, explanation="\ud800"),
    ],
)
def test_parts_that_do_not_fit_together_are_not_written(made: Submission) -> None:
    with pytest.raises(YuyueError) as caught:
        canonical.encode(made)
    assert caught.value.code is Code.SUBMISSION_MALFORMED


def test_a_challenge_is_read_as_written() -> None:
    challenge = SignInChallenge("https://localhost", "c" * 43, NOW)
    content = canonical.encode_challenge(challenge)
    assert canonical.decode_challenge(content) == challenge
    with pytest.raises(YuyueError):
        canonical.decode_challenge(content.replace(b"09:00:00", b"09:00:00Z"))
    with pytest.raises(YuyueError):
        canonical.decode_challenge(canonical.encode(submission(Step.CANCEL)))
