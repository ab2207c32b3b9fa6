"""Who is signed in at the gateway: tokens given, used, refreshed and revoked (S1, S2, S6)."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_practice.clock import machine_time
from yuyue_practice.models import SessionRow
from yuyue_practice.registry.accounts import Person

# By the machine's clock: moving the practice clock by days must not sign anybody out.
TOKEN_SPAN = timedelta(hours=12)
REFRESH_SPAN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a sign-in or a refresh gives."""

    token: str
    refresh_token: str
    person: Person
    is_receipts_only: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a token belongs to."""

    person: Person
    is_receipts_only: bool


def open_session(session: Session, person: Person) -> Tokens:
    """Tokens for a person who has just signed in."""
    _forget_ended(session)
    return _give(session, person, str(uuid.uuid4()), is_receipts_only=False)


def refresh(session: Session, refresh_token: str) -> Tokens:
    """Spend a refresh token for new tokens, which may fetch receipts only.

    Raises:
        YuyueError: SIGN_IN_NEEDED, it is unknown, spent, revoked or too old.
    """
    query = select(SessionRow).where(SessionRow.refresh_digest == _digest(refresh_token))
    row = session.scalars(query).one_or_none()
    if row is None or row.ends_at - TOKEN_SPAN + REFRESH_SPAN < machine_time():
        raise user_error(Code.SIGN_IN_NEEDED)
    row.refresh_digest = None
    session.flush()
    return _give(session, _person(row), row.sign_in, is_receipts_only=True)


def caller(session: Session, token: str) -> Caller:
    """Who a token belongs to.

    Raises:
        YuyueError: SIGN_IN_NEEDED, it is unknown, revoked or too old.
    """
    row = session.get(SessionRow, _digest(token))
    if row is None or row.ends_at < machine_time():
        raise user_error(Code.SIGN_IN_NEEDED)
    return Caller(_person(row), row.is_receipts_only)


def close_session(session: Session, token: str) -> None:
    """Revoke a token, its refresh token and all that it gave (S6); an unknown one is revoked already."""
    row = session.get(SessionRow, _digest(token))
    if row is not None:
        session.execute(delete(SessionRow).where(SessionRow.sign_in == row.sign_in))


def _give(session: Session, person: Person, sign_in: str, is_receipts_only: bool) -> Tokens:
    tokens = Tokens(secrets.token_urlsafe(32), secrets.token_urlsafe(32), person, is_receipts_only)
    session.add(
        SessionRow(
            token_digest=_digest(tokens.token),
            refresh_digest=_digest(tokens.refresh_token),
            sign_in=sign_in,
            person=person.user,
            person_name=person.name,
            customs_code=person.customs_code,
            card_number=person.card_number,
            is_receipts_only=is_receipts_only,
            ends_at=machine_time() + TOKEN_SPAN,
        )
    )
    return tokens


def _forget_ended(session: Session) -> None:
    session.execute(delete(SessionRow).where(SessionRow.ends_at < machine_time() - REFRESH_SPAN))


def _person(row: SessionRow) -> Person:
    return Person(row.person, row.person_name, row.customs_code, row.card_number)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
