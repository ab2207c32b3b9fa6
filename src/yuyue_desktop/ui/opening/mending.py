"""What is offered where the store is damaged (B2): its last good snapshot, or an empty start; knows no file."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from yuyue_desktop.domain.errors import YuyueError
from yuyue_desktop.domain.snapshot import SnapshotOffer
from yuyue_desktop.ui.dialogs.confirm_dialog import ConfirmDialog, Question
from yuyue_desktop.ui.opening.view import OpeningView
from yuyue_desktop.ui.worker import in_worker

LOOKING = "本机数据文件已损坏，正在找最近的备份…"
RESTORING = "正在用备份恢复…"
_UNREADABLE = "备份之后输入的内容不在里面"


class Mendable(Protocol):
    """A damaged store; every method blocks. Errors: YuyueError(STORE_*)."""

    def look(self) -> SnapshotOffer | None: ...
    def restore(self) -> None: ...
    def start_anew(self) -> None: ...


class Mending(QObject):
    """`mended`: the store can be opened again; `refused` carries a YuyueError; `left`: the clerk gave up."""

    mended = Signal()
    refused = Signal(object)
    left = Signal()

    def __init__(self, view: OpeningView, store: Mendable) -> None:
        super().__init__(view.window)
        self._view = view
        self._store = store

    def start(self) -> None:
        """Look for the last good snapshot, and ask."""
        self._view.page.wait(LOOKING)
        self._view.bridge.when_done(in_worker(self._store.look), self._ask, self.refused.emit)

    def _ask(self, offer: SnapshotOffer | None) -> None:
        self._view.page.rest()
        question = ANEW if offer is None else restore_question(offer)
        dialog = ConfirmDialog(self._view.look, self._view.window, question, is_practice=self._view.is_practice)

        def answered(is_wanted: bool) -> None:
            if not is_wanted:
                self.left.emit()
                return
            self._view.page.wait(RESTORING)
            act = self._store.start_anew if offer is None else self._store.restore
            self._view.bridge.when_done(in_worker(act), lambda _none: self.mended.emit(), self._refuse, whose=self)

        dialog.answered.connect(answered)
        dialog.open()

    def _refuse(self, error: YuyueError) -> None:
        self.refused.emit(error)


ANEW = Question(
    "本机数据文件已损坏，没有可用的备份",
    "原文件会改名保留，可请管理员尝试恢复。现在可以用空的数据开始：海关已收到的申请，联网查询后会回来；只在本机的草稿不会。",
    "用空的数据开始",
    "alert",
    keep="退出",
)


def restore_question(offer: SnapshotOffer) -> Question:
    """What the last good snapshot holds and lacks, in plain words."""
    facts = [
        ("备份时间", f"{offer.taken_at:%Y-%m-%d %H:%M}"),
        ("备份里有", f"{offer.drafts} 份草稿，{offer.waiting} 件待发送"),
        ("备份里没有", _lacks(offer)),
    ]
    return Question(
        "本机数据文件已损坏",
        "可以用最近的备份继续。已发给海关的不受影响，回执会重新取回，不会重复申报；原文件改名保留，不会删除。",
        "用备份继续",
        "alert",
        facts,
        keep="退出",
        is_final=False,
    )


def _lacks(offer: SnapshotOffer) -> str:
    if offer.lacks is None:
        return _UNREADABLE
    if not offer.lacks:
        return "没有发现备份之后改动过的申请"
    names = "、".join(name or "未填收发货人的草稿" for name in offer.lacks)
    return f"备份之后改动过的 {names}"
