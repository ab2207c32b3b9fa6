"""What the control says when it refuses, as the error it means; its own words are never handed on: they may hold a PIN.

Codes and sentences: eport-card, Errors known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from yuyue_desktop.domain.errors import Code, YuyueError, user_error

PIN_REFUSED = "51571"
_NUMBER = re.compile(r"(?<!\d)[1-9]\d{4}(?!\d)")
_TRIES_LEFT = re.compile(r"(\d{1,2})\s*次")
_BY_NUMBER = {
    "50070": Code.CARD_RESET_FAILED,
    "50200": Code.CARD_READER_FAILED,
    "60408": Code.CARD_CONTROL_MISSING,
}
_BY_SENTENCE = {
    "非白名单用户": Code.CARD_NOT_ACCEPTED,
    "等待响应超时": Code.CARD_CONTROL_SILENT,
    "等待握手超时": Code.CARD_CONTROL_SILENT,
}


def refusal(said: Sequence[object]) -> YuyueError:
    """The error that a reply's `Error` means: a sentence, and mostly a code after it.

    PIN_WRONG has `tries_left` (-1 where the sentence has no number); all others have the control's own `number`.
    """
    # The code has its own place, but some controls put it into the sentence alone.
    text = " ".join(str(part) for part in reversed(said))
    found = _NUMBER.search(text)
    number = found[0] if found else "?"
    if number == PIN_REFUSED:
        left = _TRIES_LEFT.search(text)
        return user_error(Code.PIN_WRONG, tries_left=int(left[1]) if left else -1)
    for sentence, code in _BY_SENTENCE.items():
        if sentence in text:
            return YuyueError(code, {"number": number})
    return YuyueError(_BY_NUMBER.get(number, Code.CARD_REFUSED), {"number": number})
