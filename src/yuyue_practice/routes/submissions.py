"""/submissions and /attachments: what is signed and what travels with it. Open to all: the signature speaks (S4)."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter, RawBody

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.wire.messages import AnswerBody, AttachmentParts
from yuyue_practice.document import REFUSALS, SealedOperation
from yuyue_practice.office import Office
from yuyue_practice.records import attachments

Count = Annotated[int, QueryParameter(ge=0, le=1000)]


class SubmissionController(Controller):
    """Signed submissions and their attachments."""

    tags = ("submissions",)

    @put("/submissions/{submission_id:str}", sync_to_thread=True, operation_class=SealedOperation, responses=REFUSALS)
    def submit(self, office: NamedDependency[Office], submission_id: FromPath[str], body: RawBody) -> AnswerBody:
        """Hand in a submission; 200 whether it is accepted or refused at the door."""
        return office.intake.take(submission_id, body)

    @get("/submissions/{submission_id:str}", sync_to_thread=True, responses=REFUSALS)
    def answer(self, office: NamedDependency[Office], submission_id: FromPath[str]) -> AnswerBody:
        """The answer a submission had; 404 where it never arrived."""
        answer = office.intake.answer(submission_id)
        if answer is None:
            raise user_error(Code.APPLICATION_UNKNOWN)
        return answer

    @get("/attachments/{sha256:str}", sync_to_thread=True, responses=REFUSALS)
    def parts(self, office: NamedDependency[Office], sha256: FromPath[str]) -> AttachmentParts:
        """Which parts of a file have arrived."""
        with office.database.reading() as session:
            return attachments.parts(session, sha256)

    @put(
        "/attachments/{sha256:str}/parts/{number:int}",
        sync_to_thread=True,
        operation_class=SealedOperation,
        responses=REFUSALS,
    )
    def take_part(
        self, office: NamedDependency[Office], sha256: FromPath[str], number: FromPath[int], of: Count, body: RawBody
    ) -> AttachmentParts:
        """Bring one part of `of`; 422 and all parts forgotten where the whole has another digest."""
        content = office.intake.unseal(body)
        with office.database.writing() as session:
            parts = attachments.take_part(session, sha256, content, number=number, of=of, now=office.clock.now())
        if number not in parts.arrived:
            raise user_error(Code.DIGEST_MISMATCH)
        return parts
