"""Each thing that can be tampered with in a submission is refused for itself; id and status stay as they were."""

from __future__ import annotations

import json
import uuid
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from datetime import timedelta

import pytest

from tests.gateway.clerk import Clerk, attachment, new_application, read, refused
from tests.gateway.conftest import RunningOffice
from tests.gateway.practice_card import new_card
from yuyue_desktop.domain.application import Application, Status
from yuyue_desktop.domain.outbox import ItemId
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.wire.messages import AnswerBody
from yuyue_practice.seed import DECLARANT, TRADER

pytestmark = pytest.mark.thorough


@pytest.fixture
def application(clerk: Clerk) -> Application:
    """A draft that the gateway has."""
    application = new_application()
    clerk.save(application)
    return application


@pytest.fixture
def submission(clerk: Clerk, application: Application) -> Submission:
    """Its declaration, not signed yet."""
    return clerk.submission(application)


def assert_untouched(clerk: Clerk, submission: Submission) -> None:
    """Nothing became of the forgery: the honest submission with the same id is still taken."""
    assert clerk.call("GET", f"/submissions/{submission.id}").status_code == 404
    assert clerk.record(submission.application_id).status is Status.DRAFT
    assert clerk.receipts().receipts == []
    assert clerk.answer(submission).is_accepted


def signed(clerk: Clerk, submission: Submission) -> list[str]:
    assert clerk.card is not None
    return clerk.card.submission(submission).split(".")


def decoded(part: str) -> bytes:
    return urlsafe_b64decode(part + "=" * (-len(part) % 4))


def encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def flipped(part: str) -> str:
    content = bytearray(decoded(part))
    content[len(content) // 2] ^= 1
    return encoded(bytes(content))


def test_signature_changed(clerk: Clerk, submission: Submission) -> None:
    header, payload, signature = signed(clerk, submission)
    answer = clerk.send_jws(submission.id, ".".join((header, payload, flipped(signature))))
    assert refused(answer, 403) == "signature_invalid"
    assert_untouched(clerk, submission)


def test_signature_of_another_submission(clerk: Clerk, application: Application, submission: Submission) -> None:
    header, payload, _ = signed(clerk, submission)
    other = signed(clerk, clerk.submission(application))[2]
    assert refused(clerk.send_jws(submission.id, f"{header}.{payload}.{other}"), 403) == "signature_invalid"
    assert_untouched(clerk, submission)


def test_content_changed(clerk: Clerk, submission: Submission) -> None:
    header, payload, signature = signed(clerk, submission)
    changed = decoded(payload).replace(b"2026-10-03T10:00", b"2026-10-04T10:00")
    assert changed != decoded(payload)
    answer = clerk.send_jws(submission.id, ".".join((header, encoded(changed), signature)))
    assert refused(answer, 403) == "signature_invalid"
    assert_untouched(clerk, submission)


def test_algorithm_none(clerk: Clerk, submission: Submission) -> None:
    header, payload, _ = signed(clerk, submission)
    changed = json.dumps({**json.loads(decoded(header)), "alg": "none"}).encode()
    answer = clerk.send_jws(submission.id, f"{encoded(changed)}.{payload}.")
    assert refused(answer, 400) == "submission_malformed"
    assert_untouched(clerk, submission)


def test_certificate_of_another_card_put_in(clerk: Clerk, by_hand: RunningOffice, submission: Submission) -> None:
    header, payload, signature = signed(clerk, submission)
    other = by_hand.card("8600000000002", DECLARANT, "周宁")
    changed = decoded(header).replace(json.loads(decoded(header))["x5c"][0].encode(), b64encode(other.certificate))
    answer = clerk.send_jws(submission.id, ".".join((encoded(changed), payload, signature)))
    assert refused(answer, 403) == "signature_invalid"
    assert_untouched(clerk, submission)


def test_certificate_of_a_foreign_authority(clerk: Clerk, by_hand: RunningOffice, submission: Submission) -> None:
    forged = new_card(by_hand.office.authorities.gateway, "8600000000001", "练习 · 云岭花卉进出口公司", "李想")
    answer = clerk.send_jws(submission.id, forged.submission(submission))
    assert refused(answer, 403) == "certificate_invalid"
    assert_untouched(clerk, submission)


def test_certificate_not_known_to_customs(clerk: Clerk, by_hand: RunningOffice, submission: Submission) -> None:
    stray = new_card(by_hand.office.authorities.cards, "8600000000099", "练习 · 云岭花卉进出口公司", "李想")
    assert refused(clerk.send_jws(submission.id, stray.submission(submission)), 403) == "card_unknown"
    assert_untouched(clerk, submission)


def test_company_of_another_card(clerk: Clerk, by_hand: RunningOffice, submission: Submission) -> None:
    traders = by_hand.card("8600000000003", TRADER, "王澄")
    assert refused(clerk.send_jws(submission.id, traders.submission(submission)), 403) == "company_mismatch"
    assert_untouched(clerk, submission)


def test_company_in_letter_and_in_application_differ(
    clerk: Clerk, by_hand: RunningOffice, application: Application, submission: Submission
) -> None:
    traders = by_hand.clerk("chengjiang")
    foreign = traders.submission(new_application(id=application.id, declarant=TRADER))
    assert refused(traders.send(foreign), 404) == "application_unknown"
    assert_untouched(clerk, submission)


def test_gateway_of_another_address(clerk: Clerk, application: Application, submission: Submission) -> None:
    elsewhere = clerk.submission(application, id=submission.id, gateway="https://127.0.0.1:1")
    assert refused(clerk.send(elsewhere), 422) == "wrong_gateway"
    assert_untouched(clerk, submission)


@pytest.mark.parametrize("signed_ago", [timedelta(minutes=-6), timedelta(days=31)])
def test_time_too_far_from_the_gateways(clerk: Clerk, submission: Submission, signed_ago: timedelta) -> None:
    at = submission.signed_at - signed_ago
    stale = Submission(**{**{n: getattr(submission, n) for n in submission.__dataclass_fields__}, "signed_at": at})
    assert refused(clerk.send(stale), 422) == "submission_stale"
    assert_untouched(clerk, submission)


def test_id_in_letter_and_in_address_differ(clerk: Clerk, submission: Submission) -> None:
    assert clerk.card is not None
    answer = clerk.send_jws(str(uuid.uuid4()), clerk.card.submission(submission))
    assert refused(answer, 400) == "submission_malformed"
    assert_untouched(clerk, submission)


def test_seal_changed(clerk: Clerk, submission: Submission) -> None:
    answer = clerk.call("PUT", f"/submissions/{submission.id}", data=b"a.b.c.d.e")
    assert refused(answer, 400) == "seal_broken"
    assert_untouched(clerk, submission)


def test_jws_for_a_challenge_is_no_submission(clerk: Clerk, submission: Submission) -> None:
    assert clerk.card is not None
    challenge = clerk.card.challenge(clerk.address, "text", clerk.now())
    assert refused(clerk.send_jws(submission.id, challenge), 400) == "submission_malformed"
    assert_untouched(clerk, submission)


def test_attachment_with_another_digest_is_dropped(clerk: Clerk) -> None:
    content = b"%PDF-1.7 the real file"
    file = attachment(content)
    answer = clerk.put_sealed(f"/attachments/{file.sha256}/parts/0?of=1", b"%PDF-1.7 another one!!")
    assert refused(answer, 422) == "digest_mismatch"
    assert clerk.call("GET", f"/attachments/{file.sha256}").json() == {"arrived": [], "is_complete": False}
    assert clerk.upload(content).json() == {"arrived": [0], "is_complete": True}


def test_attachment_with_another_size_than_signed(clerk: Clerk) -> None:
    content = b"%PDF-1.7 the real file"
    assert clerk.upload(content).status_code == 200
    submission = clerk.submission(new_application(attachments=(attachment(content, size=5),)))
    assert refused(clerk.send(submission), 422) == "digest_mismatch"


def test_an_accepted_submission_replayed_under_another_id(clerk: Clerk, submission: Submission) -> None:
    assert clerk.card is not None
    jws = clerk.card.submission(submission)
    assert read(clerk.send_jws(submission.id, jws), AnswerBody).is_accepted
    assert refused(clerk.send_jws(ItemId(str(uuid.uuid4())), jws), 400) == "submission_malformed"
