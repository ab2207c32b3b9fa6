"""/sessions: signing in by card or password, refreshing, signing out (S1, S2, S6)."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, delete, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from yuyue_desktop.wire.messages import CardSignIn, Challenge, Grant, PasswordSignIn, Refresh, company_body
from yuyue_practice import sessions
from yuyue_practice.document import REFUSALS
from yuyue_practice.office import Office
from yuyue_practice.registry.accounts import Person
from yuyue_practice.registry.companies import company
from yuyue_practice.routes.access import SECURITY, token_of
from yuyue_practice.sessions import Tokens
from yuyue_practice.sign_in import CHALLENGE_SPAN_S


class SessionController(Controller):
    """Sessions."""

    path = "/sessions"
    tags = ("sessions",)

    @post("/challenge", status_code=200, sync_to_thread=False, responses=REFUSALS)
    def challenge(self, office: NamedDependency[Office]) -> Challenge:
        """A challenge for a card to sign, once."""
        return Challenge(office.sign_in.challenges.give(), CHALLENGE_SPAN_S)

    @post("/card", status_code=200, sync_to_thread=True, responses=REFUSALS)
    def by_card(self, office: NamedDependency[Office], data: JSONBody[CardSignIn]) -> Grant:
        """Sign in with a signed challenge."""
        with office.database.reading() as session:
            person = office.sign_in.by_card(session, data.jws, office.clock.now())
        return _grant(office, _open(office, person))

    @post("/password", status_code=200, sync_to_thread=True, responses=REFUSALS)
    def by_password(self, office: NamedDependency[Office], data: JSONBody[PasswordSignIn]) -> Grant:
        """Sign in with user name and password."""
        with office.database.reading() as session:
            person = office.sign_in.by_password(session, data.user, data.password)
        return _grant(office, _open(office, person))

    @post("/refresh", status_code=200, sync_to_thread=True, responses=REFUSALS)
    def refresh(self, office: NamedDependency[Office], data: JSONBody[Refresh]) -> Grant:
        """Spend a refresh token for a session that may fetch receipts only."""
        with office.database.writing() as session:
            tokens = sessions.refresh(session, data.refresh_token)
        return _grant(office, tokens)

    @delete("/", sync_to_thread=True, security=SECURITY, responses=REFUSALS)
    def sign_out(self, office: NamedDependency[Office], request: Request[Any, Any, Any]) -> None:
        """Revoke the token, its refresh token and all that came of it."""
        with office.database.writing() as session:
            sessions.close_session(session, token_of(request))


def _open(office: Office, person: Person) -> Tokens:
    with office.database.writing() as session:
        return sessions.open_session(session, person)


def _grant(office: Office, tokens: Tokens) -> Grant:
    office.settle()
    person = tokens.person
    with office.database.reading() as session:
        own = company(session, person.customs_code, office.clock.now().date())
    return Grant(
        tokens.token,
        tokens.refresh_token,
        person.user,
        person.name,
        person.card_number,
        company_body(own),
        tokens.is_receipts_only,
    )
