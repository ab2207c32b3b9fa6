"""The words of every question that is asked before an act; knows no dialog and no service."""

from __future__ import annotations

from yuyue_desktop.domain.limits import DELETED_DRAFT_KEPT
from yuyue_desktop.ui.dialogs.confirm_dialog import Question
from yuyue_desktop.ui.dialogs.facts_box import Facts

_KEPT_DAYS = DELETED_DRAFT_KEPT.days


def delete_drafts(count: int) -> Question:
    """Before drafts are deleted (S28)."""
    return Question(
        f"删除 {count} 份草稿",
        f"海关端不能恢复；本机留 {_KEPT_DAYS} 天，可据此新建。",
        f"删除 {count} 份",
        "trash",
        keep="不删",
    )


def send_explanation(facts: Facts) -> Question:
    """Before the one explanation is sent (S31)."""
    return Question(
        "发送情况说明",
        "情况说明只能发送一次，发出后不能修改、不能再发。",
        "发送",
        "plane",
        facts,
        keep="再改改",
        note="还没发送的内容已保存",
    )


def cancel_application(facts: Facts) -> Question:
    """Before an application is cancelled (S29)."""
    return Question(
        "取消预约",
        "取消后这份预约不能恢复，仍需通关要重新申请。",
        "取消预约",
        "ban",
        facts,
        keep="不取消",
    )


def close_unsaved() -> Question:
    """Before the window closes although the disk has not taken what was typed (B2)."""
    return Question(
        "还没有存到磁盘",
        "最近输入的内容还没有写进磁盘，程序正在自动再试。现在关闭，这些内容就没有了。",
        "仍然关闭",
        "alert",
        keep="不关",
    )


def leave_with_waiting(count: int) -> Question:
    """Before safe exit while the outbox still holds something (S6)."""
    return Question(
        "安全退出",
        f"发件箱还有 {count} 件没送达。已签名的会继续发送，不用再登录；草稿都已保存。",
        "安全退出",
        "exit",
        is_final=False,
    )
