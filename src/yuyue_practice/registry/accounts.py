"""Users and cards that customs knows, and which belongs to which (S1-S3); knows no token."""

from __future__ import annotations

from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import select
from sqlalchemy.orm import Session

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_practice.models import AccountRow, CardRow, CompanyRow

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked where the user is unknown, so that the time taken does not tell which users there are.
_NOBODYS_HASH = _hasher.hash("nobody")


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs in: `user` names the person, `card_number` is the bound card or empty (S2)."""

    user: str
    name: str
    customs_code: str
    card_number: str


def hash_password(password: str) -> str:
    """A password as it is kept."""
    return _hasher.hash(password)


def person_by_password(session: Session, user: str, password: str) -> Person:
    """The person whose user name and password these are.

    Raises:
        YuyueError: PASSWORD_WRONG, the same for an unknown user.
    """
    row = session.get(AccountRow, user)
    try:
        _hasher.verify(row.password_hash if row else _NOBODYS_HASH, password)
    except (Argon2Error, InvalidHashError) as error:
        raise user_error(Code.PASSWORD_WRONG) from error
    if row is None:
        raise user_error(Code.PASSWORD_WRONG)
    return _person(row)


def person_by_card(session: Session, number: str) -> Person:
    """The person bound to a card; a card that no account is bound to is its own person.

    Raises:
        YuyueError: CARD_UNKNOWN.
    """
    card = session.get(CardRow, number)
    if card is None:
        raise user_error(Code.CARD_UNKNOWN)
    account = session.scalars(select(AccountRow).where(AccountRow.card_number == number)).one_or_none()
    return _person(account) if account else Person(number, card.holder, card.customs_code, number)


def card_company(session: Session, number: str) -> str:
    """Customs code of the company that a card was issued to.

    Raises:
        YuyueError: CARD_UNKNOWN.
    """
    card = session.get(CardRow, number)
    if card is None:
        raise user_error(Code.CARD_UNKNOWN)
    return card.customs_code


def add_card(session: Session, number: str, customs_code: str, holder: str, certificate: bytes) -> None:
    """Put a card on the register, or renew its certificate (DER).

    Raises:
        YuyueError: COMPANY_UNKNOWN.
    """
    if session.get(CompanyRow, customs_code) is None:
        raise user_error(Code.COMPANY_UNKNOWN, customs_code=customs_code)
    session.merge(CardRow(number=number, customs_code=customs_code, holder=holder, certificate=certificate))


def bind_card(session: Session, user: str, number: str | None) -> None:
    """Bind an account to a card of its company, or to none.

    Raises:
        YuyueError: CALL_UNUSABLE, there is no such account; CARD_UNKNOWN, its company has no such card.
    """
    account = session.get(AccountRow, user)
    if account is None:
        raise user_error(Code.CALL_UNUSABLE, reason=f"没有账号 {user}")
    if number is not None and card_company(session, number) != account.customs_code:
        raise user_error(Code.CARD_UNKNOWN)
    for other in session.scalars(select(AccountRow).where(AccountRow.card_number == number)):
        other.card_number = None
    session.flush()
    account.card_number = number


def _person(row: AccountRow) -> Person:
    return Person(row.user, row.person_name, row.customs_code, row.card_number or "")
