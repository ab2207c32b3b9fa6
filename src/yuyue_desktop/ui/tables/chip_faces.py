"""Which chip a word of the trade is shown as, so that rows need carry the word alone; knows no row."""

from __future__ import annotations

from yuyue_desktop.domain.receipts import REFUSAL_TITLE
from yuyue_desktop.ui.widgets.chip import MARK_FACES, RED, STATUS_FACES, ChipFace

_REFUSAL = ChipFace(REFUSAL_TITLE, "cross", RED)
_BY_WORD = {face.word: face for face in (*STATUS_FACES.values(), *MARK_FACES.values(), _REFUSAL)}


def face_of(word: str) -> ChipFace:
    """The chip of a status, a mark, 拒收 or of two as in 暂存·待发送, where the mark decides sign and tone."""
    own = _BY_WORD.get(word)
    if own is not None:
        return own
    mark = _BY_WORD.get(word.rpartition("·")[2])
    return ChipFace(word, mark.icon, mark.tone, mark.is_dashed) if mark else ChipFace(word, "")
