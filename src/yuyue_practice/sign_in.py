"""Checks who signs in: a challenge signed by a card, or user name and password, not too often (S1, S2)."""

from __future__ import annotations

import math
import secrets
import threading
import time
from collections import deque
from datetime import datetime

from sqlalchemy.orm import Session

from yuyue_desktop.domain.errors import Code, YuyueError, user_error
from yuyue_desktop.wire.certificates import holder
from yuyue_desktop.wire.envelope import open_challenge
from yuyue_practice.intake import Trust
from yuyue_practice.registry.accounts import Person, person_by_card, person_by_password

CHALLENGE_SPAN_S = 300
MOST_CHALLENGES = 1000
WRONG_PASSWORDS = 5
WRONG_PASSWORD_SPAN_S = 300.0


class Challenges:
    """Challenges given out and not used yet; safe in any thread. A restart forgets them, and the client asks anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._given: dict[str, float] = {}

    def give(self) -> str:
        """A fresh challenge; the oldest one is forgotten where too many are open."""
        challenge = secrets.token_urlsafe(32)
        with self._lock:
            if len(self._given) >= MOST_CHALLENGES:
                del self._given[next(iter(self._given))]
            self._given[challenge] = time.monotonic() + CHALLENGE_SPAN_S
        return challenge

    def spend(self, challenge: str) -> None:
        """Use a challenge up. Raises YuyueError(SUBMISSION_STALE) where it is unknown, used or too old."""
        with self._lock:
            ends = self._given.pop(challenge, None)
        if ends is None or ends < time.monotonic():
            raise user_error(Code.SUBMISSION_STALE)


class PasswordThrottle:
    """Counts wrong passwords by user name within the last minutes; safe in any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wrong: dict[str, deque[float]] = {}

    def check(self, user: str) -> None:
        """Raises YuyueError(SIGN_IN_TOO_OFTEN) with `minutes` and `retry_after_s` after too many wrong passwords."""
        with self._lock:
            recent = self._recent(user)
        if len(recent) >= WRONG_PASSWORDS:
            left_s = recent[0] + WRONG_PASSWORD_SPAN_S - time.monotonic()
            minutes, seconds = math.ceil(left_s / 60), math.ceil(left_s)
            raise user_error(Code.SIGN_IN_TOO_OFTEN, minutes=minutes, retry_after_s=seconds)

    def note_wrong(self, user: str) -> None:
        """A wrong password was given for a user name."""
        with self._lock:
            self._wrong[user] = deque([*self._recent(user), time.monotonic()], maxlen=WRONG_PASSWORDS)

    def _recent(self, user: str) -> deque[float]:
        since = time.monotonic() - WRONG_PASSWORD_SPAN_S
        self._wrong = {name: times for name, times in self._wrong.items() if times[-1] > since}
        return deque(moment for moment in self._wrong.get(user, ()) if moment > since)


class SignIn:
    """Both ways in."""

    def __init__(self, trust: Trust, address: str) -> None:
        self.challenges = Challenges()
        self._throttle = PasswordThrottle()
        self._trust = trust
        self._address = address

    def by_card(self, session: Session, jws: str, now: datetime) -> Person:
        """Who signed a challenge.

        Raises:
            YuyueError: SUBMISSION_MALFORMED, CERTIFICATE_INVALID, SIGNATURE_INVALID, WRONG_GATEWAY, SUBMISSION_STALE,
                CARD_UNKNOWN.
        """
        signed, certificate = open_challenge(jws, self._trust.card_authorities, now)
        if signed.gateway != self._address:
            raise user_error(Code.WRONG_GATEWAY)
        self.challenges.spend(signed.challenge)
        return person_by_card(session, holder(certificate).card_number)

    def by_password(self, session: Session, user: str, password: str) -> Person:
        """Whose user name and password these are. Raises YuyueError: PASSWORD_WRONG, SIGN_IN_TOO_OFTEN."""
        self._throttle.check(user)
        try:
            return person_by_password(session, user, password)
        except YuyueError:
            self._throttle.note_wrong(user)
            raise
