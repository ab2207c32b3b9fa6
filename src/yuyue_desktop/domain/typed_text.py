"""What may stand in a field of what was typed or pasted: signs that nobody sees go, full-width ones narrow (S10).

Pure functions; knows no field and no rule of the form.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from yuyue_desktop.domain.numbers import half_width

_GAPS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile(r"\s")
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Unicode's controls, invisible formats (joiners, marks of writing direction) and lone surrogates."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What stands in a field: `unseen` signs were left out, `cut` ones are over the field's length."""

    text: str
    unseen: int = 0
    cut: int = 0


def is_unseen(sign: str) -> bool:
    """Whether a sign shows nothing and only leads astray; a new line is none of these."""
    return sign != "\n" and unicodedata.category(sign) in _UNSEEN


_EMOJI_FROM = "\u2000"
"""Signs below, such as the degree or the copyright sign, stand in every font."""


def uncertain_signs(text: str) -> tuple[str, ...]:
    """The signs of a text that another machine may show otherwise or not at all, each once.

    These are emoji and other symbols that no Chinese character set before Unicode has, marks that combine with the sign
    before them, and code points that are private or unassigned.
    """
    return tuple(filter(_is_uncertain, dict.fromkeys(text)))


def _is_uncertain(sign: str) -> bool:
    category = unicodedata.category(sign)
    is_symbol = category in ("So", "Sk") and sign >= _EMOJI_FROM
    return category[0] == "M" or category in ("Cn", "Co") or (is_symbol and not _is_in_gbk(sign))


def _is_in_gbk(sign: str) -> bool:
    try:
        sign.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def named_sign(sign: str) -> str:
    """A sign as the clerk finds it: itself with its number, the number alone where it can't stand by itself."""
    number = f"U+{ord(sign):04X}"
    return f"{sign}（{number}）" if unicodedata.category(sign) in ("So", "Sk") else number


def settle_line(typed: str, *, is_narrow: bool = False, length: int = 0) -> Settled:
    """A text for a field of one line: breaks and tabs as one blank, none at the ends; `length` 0 is no limit."""
    text = _GAPS.sub(" ", typed.strip("\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"))
    seen = _seen(text)
    whole = narrowed_signs(seen) if is_narrow else seen
    return _cut(whole, len(text) - len(seen), length)


def settle_lines(typed: str, *, length: int = 0) -> Settled:
    """A text for a field of several lines: every break a new line, every tab a blank."""
    text = _LINE_ENDS.sub("\n", typed).replace("\t", " ")
    seen = _seen(text)
    return _cut(seen, len(text) - len(seen), length)


def narrowed_signs(text: str) -> str:
    """Full-width signs as half-width, sign by sign, so that a caret keeps its place; blanks stay."""
    return _BLANK.sub(" ", half_width(text))


def settled_words(settled: Settled, length: int) -> tuple[str, str]:
    """What the clerk is told, title and advice; empty where she sees all of it herself."""
    undo = "Ctrl+Z 恢复"
    if settled.cut:
        return f"太长：最多 {length} 个字符", f"多出的 {settled.cut} 个没有填进去。{undo}"
    if settled.unseen:
        return f"去掉了 {settled.unseen} 个看不见的字符", f"它们常随复制粘贴进来。{undo}"
    return "", ""


def _seen(text: str) -> str:
    """A text without the signs that nobody sees; each sign is looked up once, however long what was pasted is."""
    return text.translate({ord(sign): None for sign in filter(is_unseen, set(text))})


def _cut(text: str, unseen: int, length: int) -> Settled:
    """Blanks at the ends go before anything is cut: a number copied with one keeps its last digit."""
    if not length or len(text) <= length:
        return Settled(text, unseen)
    bare = text.strip()
    return Settled(bare[:length], unseen, max(0, len(bare) - length))
