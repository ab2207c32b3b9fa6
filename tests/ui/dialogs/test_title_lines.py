"""A title longer than a line fills its dialog and breaks behind a pause if it has one (look.md, Dialogs)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextLayout

from yuyue_desktop.domain.texts import TEXTS
from yuyue_desktop.ui.dialogs.title_lines import title_width
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.text import Text

ROOM = 380
LONG = [title for title, _advice in TEXTS.values() if len(title) > 24]


def title_of(look: Look, text: str, width: int) -> Text:
    title = Text(look, text, Role.FORM_TITLE, is_bold=True, is_wrapped=True)
    title.setFixedWidth(width)
    return title


def lines_of(title: Text, width: int) -> list[str]:
    layout = QTextLayout(title.text(), title.font())
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(title.text()[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return lines


def broken(look: Look, text: str, room: int = ROOM) -> list[str]:
    title = title_of(look, text, room)
    return lines_of(title, title_width(text, title.font(), room))


@pytest.mark.parametrize("text", LONG)
@pytest.mark.parametrize("room", [ROOM, 306])
def test_every_long_title_takes_no_more_lines_than_the_room_and_no_stub(look: Look, text: str, room: int) -> None:
    title = title_of(look, text, room)
    in_room = lines_of(title, room)
    if len(in_room) == 1:
        return
    width = title_width(text, title.font(), room)
    assert width <= room
    assert title.heightForWidth(width) == title.heightForWidth(room)
    lines = lines_of(title, width)
    assert len(lines) == len(in_room)
    assert len(lines[-1]) >= 4 or lines[-2][-1] in "，、：；"


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("报关单 221020261000000001 与申请不一致：收发货人、进出口岸", "："),
        ("卡的驱动程序 WDPKCS3003.dll 不完整：文件在，但有部分缺失、损坏或不配套", "："),
    ],
)
def test_it_breaks_behind_a_pause(look: Look, text: str, ends: str) -> None:
    assert broken(look, text)[0].endswith(ends)


def test_without_a_pause_the_first_line_takes_what_goes(look: Look) -> None:
    text = "预约通关申请单里的商品名称和编码都要按报关单上的写法逐项填写清楚"
    first, last = broken(look, text)
    assert len(first) > len(text) / 2 + 2
    assert len(last) >= 4


def test_a_lone_sign_gets_company(look: Look) -> None:
    text = "预约通关申请单里的商品名称和编码都要按报关单上的写法逐项填"
    title = title_of(look, text, ROOM)
    room = title.fontMetrics().horizontalAdvance(text[:-1]) + 1
    assert [len(line) for line in lines_of(title, room)][-1] == 1
    assert len(broken(look, text, room)[-1]) >= 4
