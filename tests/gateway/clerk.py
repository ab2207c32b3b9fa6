"""A clerk's side of the wire for tests: signs in, saves, signs and sends over real HTTPS; hides no answer."""

from __future__ import annotations

import hashlib
import io
import secrets
import uuid
from base64 import b64decode
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

import msgspec
import pikepdf
import requests

from tests.gateway.practice_card import MemoryCard
from yuyue_desktop.domain.application import Application, ApplicationId, Attachment, GoodsItem, Step
from yuyue_desktop.domain.outbox import ItemId
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.wire import messages
from yuyue_desktop.wire.messages import AnswerBody, Grant, Keys, Now, Receipts, RecordBody, Refusal
from yuyue_desktop.wire.sealing import seal
from yuyue_practice.seed import DECLARANT, TRADER

Message = TypeVar("Message", bound=msgspec.Struct)


@dataclass
class Clerk:
    """One person at one machine; `session` trusts the gateway's authority alone."""

    address: str
    session: requests.Session
    card: MemoryCard | None = None
    grant: Grant | None = None
    company: str = DECLARANT
    timeout_s: float = 30.0
    _seal_certificate: bytes = field(default=b"", repr=False)

    def call(self, method: str, path: str, **options: object) -> requests.Response:
        """One call, with the token if there is one."""
        headers = {"Authorization": f"Bearer {self.grant.token}"} if self.grant else {}
        return self.session.request(method, self.address + path, headers=headers, timeout=self.timeout_s, **options)  # type: ignore[arg-type]

    def now(self) -> datetime:
        """The gateway's time."""
        return read(self.call("GET", "/time"), Now).now

    def sign_in_with_card(self) -> Grant:
        """Sign in with the card."""
        self.grant = read(self.try_card(), Grant)
        return self.grant

    def try_card(self, gateway: str = "") -> requests.Response:
        """Try to sign in with the card."""
        assert self.card is not None
        challenge = read(self.call("POST", "/sessions/challenge"), messages.Challenge).challenge
        jws = self.card.challenge(gateway or self.address, challenge, self.now())
        return self.call("POST", "/sessions/card", data=messages.encode(messages.CardSignIn(jws)))

    def sign_in_with_password(self, user: str, password: str) -> Grant:
        """Sign in with user name and password."""
        self.grant = read(self.try_password(user, password), Grant)
        return self.grant

    def try_password(self, user: str, password: str) -> requests.Response:
        """Try to sign in with user name and password."""
        return self.call("POST", "/sessions/password", data=messages.encode(messages.PasswordSignIn(user, password)))

    def put_sealed(self, path: str, content: bytes) -> requests.Response:
        """PUT content sealed for the gateway's current key."""
        if not self._seal_certificate:
            keys = read(self.call("GET", "/keys"), Keys)
            self._seal_certificate = b64decode(keys.keys[0].certificates[0])
        return self.call("PUT", path, data=seal(content, self._seal_certificate))

    def try_save(self, application: Application, revision: int = 1) -> requests.Response:
        """Save a revision of a draft."""
        body = messages.DraftBody(messages.application_body(application), revision)
        return self.put_sealed(f"/applications/{application.id}/draft", messages.encode(body))

    def save(self, application: Application, revision: int = 1) -> RecordBody:
        """Save a revision of a draft, which succeeds."""
        return read(self.try_save(application, revision), RecordBody)

    def submission(self, application: Application, step: Step = Step.DECLARE, **parts: object) -> Submission:
        """A submission about an application, for this gateway and now."""
        is_declare = step is Step.DECLARE
        made = Submission(
            ItemId(str(uuid.uuid4())),
            self.address,
            step,
            application.id,
            1,
            self.now().replace(microsecond=0),
            self.company,
            application if is_declare else None,
            attachments=application.attachments if is_declare else (),
        )
        return replace(made, **parts)  # type: ignore[arg-type]

    def send(self, submission: Submission) -> requests.Response:
        """Sign and send a submission."""
        assert self.card is not None
        return self.send_jws(submission.id, self.card.submission(submission))

    def send_jws(self, submission_id: str, jws: str) -> requests.Response:
        """Send a finished JWS."""
        return self.put_sealed(f"/submissions/{submission_id}", jws.encode("ascii"))

    def answer(self, submission: Submission) -> AnswerBody:
        """Sign and send a submission, which the gateway answers."""
        return read(self.send(submission), AnswerBody)

    def declare(self, application: Application, revision: int = 1) -> AnswerBody:
        """Declare an application, which the gateway answers."""
        return self.answer(self.submission(application, revision=revision))

    def receipts(self, after: int = 0, wait_s: float = 0.0) -> Receipts:
        """Receipts after a cursor."""
        return read(self.call("GET", "/receipts", params={"after": after, "wait": wait_s}), Receipts)

    def record(self, application_id: str) -> RecordBody:
        """One application as the gateway has it."""
        return read(self.call("GET", f"/applications/{application_id}"), RecordBody)

    def upload(self, content: bytes) -> requests.Response:
        """Bring a file of one part."""
        digest = hashlib.sha256(content).hexdigest()
        return self.put_sealed(f"/attachments/{digest}/parts/0?of=1", content)


def read(answer: requests.Response, kind: type[Message]) -> Message:
    """The message of an answer that succeeded."""
    assert answer.status_code == 200, (answer.status_code, answer.text)
    return messages.decode(answer.content, kind)


def refused(answer: requests.Response, status: int) -> str:
    """The code of an answer that failed with a status, in Chinese words."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    refusal = messages.decode(answer.content, Refusal)
    assert any("\u4e00" <= char <= "\u9fff" for char in refusal.text)
    return refusal.code


def new_application(**parts: object) -> Application:
    """A complete application that may be declared when the practice clock starts."""
    made = Application(
        ApplicationId(str(uuid.uuid4())),
        DECLARANT,
        trader=TRADER,
        contact_name="李想",
        contact_mobile="13800000001",
        declaration_port="2210",
        entry_exit_port="2233",
        transport_mode="5",
        window_start="2026-10-03T10:00",
        reason="鲜活易腐商品",
        is_import=True,
        goods=(GoodsItem("06031100", "鲜切玫瑰"),),
    )
    return replace(made, **parts)  # type: ignore[arg-type]


def pdf(*page_bytes: int) -> bytes:
    """A real PDF whose pages hold so many bytes that can't be compressed."""
    written = io.BytesIO()
    with pikepdf.new() as document:
        for size in page_bytes:
            page = document.add_blank_page()
            page.obj.Noise = pikepdf.Stream(document, secrets.token_bytes(size))
        document.save(written, min_version="1.7")
    return written.getvalue()


PDF = pdf(100)
FILES = tuple(pdf(100) for _ in range(6))


def attachment(content: bytes, name: str = "合同.pdf", **parts: object) -> Attachment:
    """A file as its sender measured it: one page."""
    made = Attachment(name, hashlib.sha256(content).hexdigest(), len(content), (len(content),))
    return replace(made, **parts)  # type: ignore[arg-type]
