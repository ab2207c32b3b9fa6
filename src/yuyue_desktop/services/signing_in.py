"""Signing in by card or by account, and safe exit (S1-S6, B1); knows no driver and no dialog."""

from __future__ import annotations

import json
import secrets
from concurrent.futures import Executor, Future
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from yuyue_desktop.domain import limits
from yuyue_desktop.domain.card import SignatureAlgorithm
from yuyue_desktop.domain.company import Company, Grade
from yuyue_desktop.domain.errors import LINK_CODES, YuyueError
from yuyue_desktop.domain.events import SessionChanged
from yuyue_desktop.domain.ports import Clock, Codec, GatewayPort, Publish, SessionGrant, StoreReader, StoreWriter
from yuyue_desktop.domain.session import Session, Way
from yuyue_desktop.services.card_session import CardOnShow, CardSession, SigningInput

LAST_CARD = "last_card_sign_in"
"""Setting of the encrypted store: the last online sign-in of each card."""


class SigningIn:
    """Who is at work. Calls answer Futures that fail with YuyueError; `session` is what holds now."""

    def __init__(
        self,
        *,
        card: CardSession,
        codec: Codec,
        gateway: GatewayPort,
        reader: StoreReader,
        writer: StoreWriter,
        clock: Clock,
        workers: Executor,
        publish: Publish,
    ) -> None:
        self._card = card
        self._codec = codec
        self._gateway = gateway
        self._reader = reader
        self._writer = writer
        self._clock = clock
        self._workers = workers
        self._publish = publish
        self.session: Session | None = None

    def with_card(self, pin: str, shown: CardOnShow | None = None) -> Future[Session]:
        """Sign in by card and PIN (S1); without a network by a card known here for at most 30 days (B1).

        `shown` is the card the PIN was typed for: no other one gets to see it.
        """
        return self._workers.submit(self._with_card, pin, shown)

    def with_password(self, user: str, password: str) -> Future[Session]:
        """Sign in by user name and password (S2); online only."""
        return self._workers.submit(self._with_password, user, password)

    def sign_out(self) -> Future[None]:
        """Safe exit (S6): card login, session and tokens are gone; drafts and outbox stay."""
        self.session = None
        self._card.end()
        self._publish(SessionChanged())
        return self._workers.submit(self._gateway.sign_out)

    def known_offline_since(self, card_number: str) -> datetime | None:
        """When this card last signed in online here, if that still lets it sign in offline (B1)."""
        session = self._remembered(card_number)
        return session.signed_in_at if session else None

    def _with_card(self, pin: str, shown: CardOnShow | None) -> Session:
        on_show = self._card.unlock(pin, shown)
        try:
            session = self._online(on_show)
        except YuyueError as error:
            if error.code not in LINK_CODES:
                self._card.end()
                raise
            session = self._offline(on_show, error)
        return self._begin(session)

    def _online(self, on_show: CardOnShow) -> Session:
        challenge = self._gateway.challenge()
        jws = self._card.sign(self._challenge(challenge))
        grant = self._gateway.sign_in_with_card(jws)
        self._remember(on_show, grant)
        return grant.session

    def _offline(self, on_show: CardOnShow, error: YuyueError) -> Session:
        """The card checks the PIN and signs a random challenge; its certificate must be the one known here."""
        session = self._remembered(on_show.holder.card_number)
        if session is None or self._known_certificate(on_show.holder.card_number) != on_show.facts.certificate.hex():
            self._card.end()
            raise error
        self._card.sign(self._challenge(secrets.token_urlsafe(32)))
        return replace(session, is_online=False)

    def _challenge(self, challenge: str) -> SigningInput:
        def make_input(certificate: bytes, algorithm: SignatureAlgorithm) -> bytes:
            now = self._clock.now()
            return self._codec.challenge_input(self._gateway.address, challenge, certificate, algorithm, now)

        return make_input

    def _with_password(self, user: str, password: str) -> Session:
        return self._begin(self._gateway.sign_in_with_password(user, password).session)

    def _begin(self, session: Session) -> Session:
        self._writer.remember_company(session.company).result()
        self.session = session
        self._publish(SessionChanged())
        return session

    def _remember(self, on_show: CardOnShow, grant: SessionGrant) -> None:
        text = _as_json(grant.session, on_show.facts.certificate)
        self._writer.remember_setting(f"{LAST_CARD}:{on_show.holder.card_number}", text).result()

    def _remembered(self, card_number: str) -> Session | None:
        text = self._reader.setting(f"{LAST_CARD}:{card_number}")
        if not text:
            return None
        session = _session(json.loads(text)["session"])
        age = self._clock.now() - session.signed_in_at
        return session if age <= limits.OFFLINE_SIGN_IN_SPAN else None

    def _known_certificate(self, card_number: str) -> str:
        text = self._reader.setting(f"{LAST_CARD}:{card_number}")
        return str(json.loads(text)["certificate"]) if text else ""


def _as_json(session: Session, certificate: bytes) -> str:
    content = {**asdict(session), "signed_in_at": session.signed_in_at.isoformat()}
    return json.dumps({"session": content, "certificate": certificate.hex()})


def _session(content: dict[str, Any]) -> Session:
    company = Company(**{**content["company"], "grade": Grade(content["company"]["grade"])})
    signed_in_at = datetime.fromisoformat(content["signed_in_at"])
    return Session(**{**content, "company": company, "way": Way(content["way"]), "signed_in_at": signed_in_at})
