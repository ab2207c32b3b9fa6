"""The journal: who did what to which application, and when (B17); knows nothing of where it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from yuyue_desktop.domain.application import ApplicationId


class Deed(StrEnum):
    """What the journal tells of."""

    SAVED = "saved"
    SAVE_REQUESTED = "save_requested"
    DELETED = "deleted"
    ENQUEUED = "enqueued"
    WITHDRAWN = "withdrawn"
    SENT = "sent"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SET_ASIDE = "set_aside"
    EXPORTED = "exported"
    IMPORTED = "imported"

    @property
    def word(self) -> str:
        """The word for the clerk."""
        return _WORDS[self]


_WORDS = {
    Deed.SAVED: "保存草稿",
    Deed.SAVE_REQUESTED: "暂存到海关",
    Deed.DELETED: "删除草稿",
    Deed.ENQUEUED: "签名提交",
    Deed.WITHDRAWN: "撤回",
    Deed.SENT: "发送",
    Deed.ACCEPTED: "海关收下",
    Deed.REFUSED: "海关拒收",
    Deed.SET_ASIDE: "另存被覆盖的修改",
    Deed.EXPORTED: "导出全部数据",
    Deed.IMPORTED: "导入全部数据",
}


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One deed; `detail` names the step, the item's state or the revision, never what was typed.

    Saves of one person in a row are one entry: `at` and `detail` are the last one's.
    """

    number: int
    at: datetime
    person: str
    deed: Deed
    application_id: ApplicationId
    detail: str
