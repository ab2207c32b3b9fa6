"""Submissions and sign-in challenges as deterministic JSON bytes and back; knows nothing of signatures.

The keys are the domain's field names, sorted; a test holds the exact bytes, so that no renaming changes them unseen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import msgspec

from yuyue_desktop.domain.application import SIGNED_STEPS, Step
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.submission import Submission

_T = TypeVar("_T")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class SignInChallenge:
    """A gateway's challenge as a card signed it (S1): whose, what, and when (China Standard Time)."""

    gateway: str
    challenge: str
    signed_at: datetime


def encode(submission: Submission) -> bytes:
    """The one byte form of a submission: sorted keys, UTF-8, no blanks.

    Raises:
        YuyueError: SUBMISSION_MALFORMED where its parts do not fit its step, or a text has no UTF-8 form.
    """
    _require_sense(submission)
    return _encode(submission)


def decode(content: bytes) -> Submission:
    """The submission that bytes mean; only the very bytes that `encode` makes are taken.

    Raises:
        YuyueError: SUBMISSION_MALFORMED for anything else.
    """
    submission = _decode(content, Submission)
    _require_sense(submission)
    return submission


def encode_challenge(challenge: SignInChallenge) -> bytes:
    """The one byte form of a signed challenge. Raises YuyueError(SUBMISSION_MALFORMED) for text without UTF-8."""
    return _encode(challenge)


def decode_challenge(content: bytes) -> SignInChallenge:
    """The challenge that bytes mean. Raises YuyueError(SUBMISSION_MALFORMED)."""
    challenge = _decode(content, SignInChallenge)
    _require(challenge.signed_at.tzinfo is None, "signed_at")
    return challenge


def _encode(value: Submission | SignInChallenge) -> bytes:
    try:
        return msgspec.json.encode(value, order="sorted")
    except (UnicodeEncodeError, OverflowError) as error:
        raise _malformed("text") from error


def _decode(content: bytes, kind: type[_T]) -> _T:
    """Every unknown, missing, repeated or reordered key shows as a difference from the canonical form."""
    try:
        value = msgspec.json.decode(content, type=kind)
        is_canonical = msgspec.json.encode(value, order="sorted") == content
    except (msgspec.DecodeError, UnicodeError, OverflowError, RecursionError) as error:
        raise _malformed("structure") from error
    _require(is_canonical, "form")
    return value


def _require_sense(submission: Submission) -> None:
    step, application = submission.step, submission.application
    _require(step in SIGNED_STEPS, "step")
    _require(bool(_UUID.fullmatch(submission.id)), "id")
    _require(bool(_UUID.fullmatch(submission.application_id)), "application_id")
    _require(submission.signed_at.tzinfo is None, "signed_at")
    _require((application is not None) == (step is Step.DECLARE), "application")
    if application is not None:
        _require(application.id == submission.application_id, "application")
        _require(application.declarant == submission.declarant, "declarant")
        _require(application.attachments == submission.attachments, "attachments")
    _require(step is Step.FEED_BACK or not submission.declaration_numbers, "declaration_numbers")
    _require(step is Step.EXPLAIN or not submission.explanation, "explanation")
    _require(step in (Step.DECLARE, Step.EXPLAIN) or not submission.attachments, "attachments")
    _require(all(_SHA256.fullmatch(file.sha256) for file in submission.attachments), "attachments")


def _require(is_so: bool, part: str) -> None:
    if not is_so:
        raise _malformed(part)


def _malformed(part: str) -> YuyueError:
    return YuyueError(Code.SUBMISSION_MALFORMED, {"part": part})
