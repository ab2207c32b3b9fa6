"""The life of an application as the manual tells it, written down a second time for tests; imports no rule of it."""

from __future__ import annotations

from yuyue_desktop.domain.application import Status, Step

LIFE: dict[str, dict[str, str]] = {
    "暂存": {"save": "暂存", "delete": "", "declare": "申报"},
    "申报": {"accept": "已受理", "return": "退单"},
    "已受理": {"approve": "预约成功", "return": "退单", "cancel": "已取消"},
    "预约成功": {
        "cancel": "已取消",
        "feedback": "通关完成",
        "explain": "预约成功",
        "lapse": "I-通关完成未反馈",
    },
    "I-通关完成未反馈": {"explain": "I-通关完成未反馈", "close_case": "通关完成"},
    "通关完成": {},
    "退单": {},
    "已取消": {},
}
"""Status by status, the legal steps and where they lead; every step that is not here is illegal."""

COMPANY_STEPS = (Step.SAVE, Step.DELETE, Step.DECLARE, Step.CANCEL, Step.FEED_BACK, Step.EXPLAIN)
OFFICER_STEPS = (Step.ACCEPT, Step.APPROVE, Step.RETURN, Step.CLOSE_CASE)

REFUSED = {
    "save": "“{}”状态的申请不能修改。只有“暂存”的可以修改；“退单”的可以复制为新草稿",
    "delete": "“{}”状态的申请不能删除。只有“暂存”的可以删除",
    "declare": "“{}”状态的申请不能申报。只有“暂存”的可以申报；“退单”的可以复制为新草稿",
    "cancel": "“{}”状态的申请不可取消。“已受理”“预约成功”的，在预约时间开始前可以取消",
    "feedback": "“{}”状态的申请不能反馈报关单号。海关审批通过、“预约成功”之后才能反馈",
    "explain": "“{}”状态的申请不能发送情况说明。海关审批通过之后才能发送",
    "accept": "“{}”状态的申请不能受理。只有“申报”的可以受理",
    "approve": "“{}”状态的申请不能审批通过。只有“已受理”的可以审批",
    "return": "“{}”状态的申请不能退单。“申报”“已受理”的可以退单",
    "close_case": "“{}”状态的申请不能结案。只有“I-通关完成未反馈”的可以结案",
}
LAPSED = "反馈期限 {} 已过。请在情况说明里向海关说明"


def legal(status: Status) -> dict[str, str]:
    """The legal steps from a status."""
    return LIFE[status.word]


def illegal(steps: tuple[Step, ...]) -> list[tuple[Status, Step]]:
    """Every pair of a status and one of these steps that the life does not allow."""
    return [(status, step) for status in Status for step in steps if step.value not in legal(status)]


def refusal(status: Status, step: Step, due: str = "") -> str:
    """What the clerk or the officer reads where a step is refused; `due` is until when feedback was taken (S27)."""
    if (status, step) == (Status.FEEDBACK_OVERDUE, Step.FEED_BACK):
        return LAPSED.format(due)
    return REFUSED[step.value].format(status.word)
