"""Takes an application from one status to the next and gives the receipt (S28-S32); judges the order alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from yuyue_desktop.domain import deadline
from yuyue_desktop.domain.application import NEXT_STATUS, Status, Step
from yuyue_desktop.domain.life_rules import require_step
from yuyue_desktop.domain.receipts import Receipt, ReceiptKind
from yuyue_practice.models import ApplicationRow
from yuyue_practice.records.applications import content
from yuyue_practice.records.receipts import give_receipt
from yuyue_practice.serials import next_application_number

WORDING: dict[Step, str] = {
    Step.DECLARE: "网关已收到，转海关处理",
    Step.CANCEL: "预约已取消",
    Step.FEED_BACK: "报关单号与预约申请一致，通关完成",
    Step.EXPLAIN: "已收到情况说明，等待海关答复",
    Step.ACCEPT: "申请已受理，等待审批",
    Step.APPROVE: "审批通过，请按预约时间办理，并在预约时间后 5 天内反馈报关单号",
    Step.RETURN: "退单",
    Step.LAPSE: "超过反馈期限，没有收到报关单号；请发送情况说明",
    Step.CLOSE_CASE: "海关已结案",
}
"""What customs writes where the officer writes nothing else."""


def take_step(session: Session, row: ApplicationRow, step: Step, at: datetime, text: str = "") -> Receipt:
    """Move an application on and answer the receipt of it.

    Raises:
        YuyueError: STEP_NOT_ALLOWED, the status does not allow the step.
    """
    require_step(Status(row.status), step)
    before, row.status = Status(row.status), NEXT_STATUS[Status(row.status), step].value
    if step is Step.DECLARE:
        row.declared_at = at
    if step is Step.APPROVE:
        row.approved_at = at
        row.application_number = next_application_number(session, content(row).declaration_port, at)
    kind = ReceiptKind.REMARK if row.status == before else ReceiptKind.STATUS
    return give_receipt(session, row, kind, at=at, text=text or WORDING[step])


def lapsed(session: Session, now: datetime) -> tuple[ApplicationRow, ...]:
    """Approved applications whose declaration numbers are overdue (S27); `now` to the minute."""
    is_approved = ApplicationRow.status == Status.APPROVED.value
    is_over = ApplicationRow.window_start < now - deadline.FEEDBACK_SPAN
    return tuple(
        session.scalars(select(ApplicationRow).where(is_approved, is_over).order_by(ApplicationRow.window_start))
    )


def lapse_overdue(session: Session, now: datetime) -> None:
    """Let every application lapse whose declaration numbers are overdue (S27)."""
    for row in lapsed(session, now):
        take_step(session, row, Step.LAPSE, now)
