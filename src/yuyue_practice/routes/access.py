"""Who calls: the bearer token's person, and what they may do at all (S2, S6); knows no resource."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.di import NamedDependency, Provide

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_practice.office import Office
from yuyue_practice.registry.accounts import Person
from yuyue_practice.sessions import Caller, caller

SECURITY: list[dict[str, list[str]]] = [{"bearer": []}]
"""For the served document: what a call needs that is not open."""


def token_of(request: Request[Any, Any, Any]) -> str:
    """The bearer token. Raises YuyueError(SIGN_IN_NEEDED) where there is none."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise user_error(Code.SIGN_IN_NEEDED)
    return token


def _caller(request: Request[Any, Any, Any], office: Office) -> Caller:
    with office.database.reading() as session:
        return caller(session, token_of(request))


def signed_in(request: Request[Any, Any, Any], office: NamedDependency[Office]) -> Person:
    """A person with a full session, who may look things up.

    Raises:
        YuyueError: SIGN_IN_NEEDED.
    """
    found = _caller(request, office)
    if found.is_receipts_only:
        raise user_error(Code.SIGN_IN_NEEDED)
    return found.person


def acting(request: Request[Any, Any, Any], office: NamedDependency[Office]) -> Person:
    """A person with a full session and a bound card, who may act on data (S2).

    Raises:
        YuyueError: SIGN_IN_NEEDED, CARD_NOT_BOUND.
    """
    return _bound(signed_in(request, office))


def receiving(request: Request[Any, Any, Any], office: NamedDependency[Office]) -> Person:
    """A person who may fetch receipts: any session, also after a refresh, with a bound card.

    Raises:
        YuyueError: SIGN_IN_NEEDED, CARD_NOT_BOUND.
    """
    return _bound(_caller(request, office).person)


def _bound(person: Person) -> Person:
    if not person.card_number:
        raise user_error(Code.CARD_NOT_BOUND)
    return person


SIGNED_IN = {"person": Provide(signed_in, sync_to_thread=True)}
ACTING = {"person": Provide(acting, sync_to_thread=True)}
RECEIVING = {"person": Provide(receiving, sync_to_thread=True)}
