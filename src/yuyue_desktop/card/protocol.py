"""The messages between window and card process: one JSON object a line, the same for both sides; does no I/O."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from yuyue_desktop.domain.card import (
    CardFacts,
    LoginSpan,
    PinState,
    ReaderSurvey,
    ServiceState,
    SignatureAlgorithm,
)
from yuyue_desktop.domain.errors import Blame, Code, YuyueError


class Operation(StrEnum):
    """What the card process can be asked to do."""

    READ = "read"
    LOG_IN = "log_in"
    SIGN = "sign"
    CHANGE_PIN = "change_pin"
    LOG_OUT = "log_out"


@dataclass(frozen=True, slots=True)
class Request:
    """One call. `generation` is the card it is meant for; PINs show in no representation of it.

    Several signatures may be asked for at once: the way to the card and back is gone once for all of them.
    """

    id: int
    operation: Operation
    generation: int = 0
    pin: str = field(default="", repr=False)
    algorithm: SignatureAlgorithm = SignatureAlgorithm.RS256
    signing_inputs: tuple[bytes, ...] = ()
    new_pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """The one answer to the request of the same id: what it asked for, or the error; of signatures those before it."""

    id: int
    facts: CardFacts | None = None
    signatures: tuple[bytes, ...] = ()
    error: YuyueError | None = None
    login_span: LoginSpan = LoginSpan.UNTIL_REMOVAL


@dataclass(frozen=True, slots=True)
class Notice:
    """Unasked: whether a card is in the reader, sent at the start and at each change."""

    generation: int
    is_present: bool


def encode_request(request: Request) -> bytes:
    """A request as one line, without what it does not use."""
    content: dict[str, Any] = {
        "id": request.id,
        "operation": request.operation,
        "generation": request.generation,
        "algorithm": request.algorithm,
    }
    if request.signing_inputs:
        # Nearly always the ASCII text of a JWS, which goes as it is; any other byte goes as the sign of its number.
        content["signing_inputs"] = [one.decode("latin-1") for one in request.signing_inputs]
    if request.pin:
        content["pin"] = request.pin
    if request.new_pin:
        content["new_pin"] = request.new_pin
    return _line(content)


def decode_request(line: bytes) -> Request:
    """The request that a line means. Raises ValueError where it means none."""
    content = _content(line)
    try:
        return Request(
            id=int(content["id"]),
            operation=Operation(content["operation"]),
            generation=int(content["generation"]),
            pin=str(content.get("pin", "")),
            algorithm=SignatureAlgorithm(content["algorithm"]),
            signing_inputs=tuple(str(one).encode("latin-1") for one in content.get("signing_inputs", ())),
            new_pin=str(content.get("new_pin", "")),
        )
    except (KeyError, TypeError) as error:
        # Not chained: the cause would show the line, and the line may hold a PIN.
        raise ValueError(f"not a request: {type(error).__name__}") from None


def encode_answer(answer: Reply | Notice) -> bytes:
    """A reply or a notice as one line, without what it does not tell."""
    if isinstance(answer, Notice):
        return _line({"generation": answer.generation, "is_present": answer.is_present})
    content: dict[str, Any] = {"id": answer.id}
    if answer.signatures:
        content["signatures"] = [_text(one) for one in answer.signatures]
    if answer.login_span is not LoginSpan.UNTIL_REMOVAL:
        content["login_span"] = answer.login_span
    if answer.facts is not None:
        content["facts"] = _facts_to_json(answer.facts)
    if answer.error is not None:
        error = answer.error
        content["error"] = {"code": error.code, "params": dict(error.params), "blame": error.blame.value}
    return _line(content)


def decode_answer(line: bytes) -> Reply | Notice:
    """The reply or notice that a line means. Raises ValueError where it means none."""
    content = _content(line)
    try:
        if "id" not in content:
            return Notice(int(content["generation"]), bool(content["is_present"]))
        facts, error = content.get("facts"), content.get("error")
        return Reply(
            id=int(content["id"]),
            facts=_facts_from_json(facts) if facts else None,
            signatures=tuple(_bytes(one) for one in content.get("signatures", ())),
            error=YuyueError(Code(error["code"]), error["params"], Blame(error["blame"])) if error else None,
            login_span=LoginSpan(content.get("login_span", LoginSpan.UNTIL_REMOVAL)),
        )
    except (KeyError, TypeError) as problem:
        raise ValueError("not an answer") from problem


def encode_survey(survey: ReaderSurvey) -> bytes:
    """What the reader service says, as one line."""
    return _line({"service": survey.service, "readers": survey.readers, "with_card": survey.with_card})


def decode_survey(line: bytes) -> ReaderSurvey:
    """What a line says of the reader service. Raises ValueError where it says nothing."""
    content = _content(line)
    try:
        readers, with_card = (tuple(map(str, content[name])) for name in ("readers", "with_card"))
        return ReaderSurvey(ServiceState(content["service"]), readers, with_card)
    except (KeyError, TypeError) as problem:
        raise ValueError("not a survey") from problem


def _facts_to_json(facts: CardFacts) -> dict[str, Any]:
    return {
        "generation": facts.generation,
        "token_serial": facts.token_serial,
        "certificate": _text(facts.certificate),
        "algorithms": list(facts.algorithms),
        "pin_state": facts.pin_state,
        "tries_left": facts.tries_left,
        "least_pin_length": facts.least_pin_length,
        "most_pin_length": facts.most_pin_length,
    }


def _facts_from_json(content: dict[str, Any]) -> CardFacts:
    return CardFacts(
        generation=content["generation"],
        token_serial=content["token_serial"],
        certificate=_bytes(content["certificate"]),
        algorithms=tuple(SignatureAlgorithm(name) for name in content["algorithms"]),
        pin_state=PinState(content["pin_state"]),
        tries_left=content["tries_left"],
        least_pin_length=content["least_pin_length"],
        most_pin_length=content["most_pin_length"],
    )


_ENCODER = json.JSONEncoder(separators=(",", ":"))
"""Made once: `json.dumps` would make one for each line."""


def _line(content: dict[str, Any]) -> bytes:
    return _ENCODER.encode(content).encode("ascii") + b"\n"


def _content(line: bytes) -> dict[str, Any]:
    try:
        content = json.loads(line)
    except ValueError:
        raise ValueError("not a line of JSON") from None
    if isinstance(content, dict):
        return content
    raise ValueError("not a JSON object")


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
