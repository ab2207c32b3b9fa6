"""Tells of receipts that arrive, in the window or beside the clock, and keeps what is unread (S32, B4)."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from yuyue_desktop.domain.application import ApplicationId
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.domain.events import ApplicationChanged, Event, ReceiptArrived
from yuyue_desktop.services.tracking import Tracking
from yuyue_desktop.services.unread import UnreadReceipts
from yuyue_desktop.ui.presenters.form_page import FormPage
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.tray import Tray
from yuyue_desktop.ui.widgets.toast import Toast

GATHER_MS = 400
"""Receipts that come together are told of together."""


class ReceiptNews(QObject):
    """Of one session; `opened` carries the application that the clerk wants to see, `changed`: unread ones changed."""

    opened = Signal(str)
    changed = Signal()

    def __init__(
        self, frame: ShellFrame, toast: Toast, tray: Tray, *, tracking: Tracking, unread: UnreadReceipts
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._toast = toast
        self._tray = tray
        self._tracking = tracking
        self._unread = unread
        self._arrived: list[ReceiptArrived] = []
        self._told_of = ""
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._tell)
        toast.acted.connect(lambda: self.opened.emit(self._told_of))
        frame.page_chosen.connect(self._note_page)
        cast(QApplication, QApplication.instance()).focusWindowChanged.connect(self._note_window)
        self._count()

    @property
    def cursors(self) -> frozenset[int]:
        """Of receipts that are unread."""
        return frozenset(receipt.cursor for receipt in self._unread.receipts())

    def take(self, event: Event) -> None:
        """A receipt arrived, or something else that may change what is due."""
        if isinstance(event, ReceiptArrived):
            self._arrived.append(event)
            self._gather.start()
        elif isinstance(event, ApplicationChanged):
            self._count()

    def note_read(self) -> None:
        """Unread ones were looked at elsewhere in the window."""
        self._count()
        self.changed.emit()

    def _tell(self) -> None:
        arrived, self._arrived = self._arrived, []
        title, text = self._words(arrived)
        self._told_of = arrived[-1].application_id
        self._toast.tell(title, text, act="查看")
        if not self._frame.isActiveWindow():
            self._tray.tell(title, text)
        self._note_page(self._frame.page)
        self._count()

    def _words(self, arrived: list[ReceiptArrived]) -> tuple[str, str]:
        if len(arrived) > 1:
            return "收到海关回执", f"{len(arrived)} 条，首页可以看到"
        receipts = self._tracking.receipts(arrived[0].application_id)
        receipt = next((each for each in receipts if each.cursor == arrived[0].cursor), None)
        if receipt is None:
            return "收到海关回执", ""
        if receipt.code == Code.GATEWAY_FORGOT:  # no answer of customs' but a remark made here
            return "海关查不到已答复的申请", f"{receipt.pre_entry_number} · 请先向海关核实，没有重新发送".lstrip(" ·")
        return f"海关回执：{receipt.word}", " · ".join(
            part for part in (receipt.pre_entry_number, receipt.text) if part
        )

    def _note_page(self, page: object) -> None:
        """An application that is looked at has no unread receipt."""
        if not isinstance(page, FormPage) or not self._frame.isActiveWindow():
            return
        if self._unread.note_read(ApplicationId(page.application_id)):
            self._count()
            self.changed.emit()

    def _note_window(self) -> None:
        """The clerk comes back to the window."""
        self._note_page(self._frame.page)

    def _count(self) -> None:
        self._tray.show_counts(len(self._tracking.awaiting_feedback()), len(self._unread.receipts()))
