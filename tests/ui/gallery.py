"""Paints every widget in every state into pictures to look at: `python -m tests.ui.gallery OUT_DIRECTORY`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPalette, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.company import Grade
from yuyue_desktop.domain.fields import Kind
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.ui.look.look import Look, Theme
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.widgets.banner import Banner, BannerTone
from yuyue_desktop.ui.widgets.box import Box
from yuyue_desktop.ui.widgets.bubble import Bubble
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.check import Check
from yuyue_desktop.ui.widgets.chip import GRADE_FACES, MARK_FACES, STATUS_FACES, Chip, ChipLink, status_face
from yuyue_desktop.ui.widgets.empty_state import EmptyState
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition, FieldFrame
from yuyue_desktop.ui.widgets.field_label import FieldLabel
from yuyue_desktop.ui.widgets.moment_field import MomentField
from yuyue_desktop.ui.widgets.page_bars import PageBars
from yuyue_desktop.ui.widgets.pick_field import PickField
from yuyue_desktop.ui.widgets.pick_list import Match
from yuyue_desktop.ui.widgets.segmented import Segmented
from yuyue_desktop.ui.widgets.signs import KeyCap
from yuyue_desktop.ui.widgets.text import Text
from yuyue_desktop.ui.widgets.text_area import TextArea
from yuyue_desktop.ui.widgets.time_line import Knot, TimeLine, TimePoint
from yuyue_desktop.ui.widgets.toast import Toast
from yuyue_desktop.ui.widgets.tries_dots import TriesDots

NOW = datetime(2026, 9, 23, 14, 36)
KILOBYTE = 1024
PORTS = (
    Match("2210", "浦东海关", ((0, 2),), "上次用过"),
    Match("2233", "浦东机场", ((0, 2),), "上次用过"),
    Match("2216", "上海浦东机场综合保税区", ((2, 2),), "拼音 pd"),
)


def row(*widgets: QWidget) -> QHBoxLayout:
    layout = QHBoxLayout()
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return layout


def buttons(look: Look) -> QVBoxLayout:
    column = QVBoxLayout()
    words = {
        ButtonKind.PRIMARY: ("提交", "plane", "Alt+T"),
        ButtonKind.PLAIN: ("暂存", "", "Alt+S"),
        ButtonKind.GHOST: ("复制", "copy", ""),
        ButtonKind.SOFT: ("继续", "", ""),
        ButtonKind.OUTLINED: ("上传PDF", "upload", ""),
        ButtonKind.DANGER: ("批量删除", "trash", ""),
        ButtonKind.DANGER_FILLED: ("删除 2 份", "", ""),
        ButtonKind.LINK: ("跳到", "", ""),
    }
    for is_small in (False, True):
        column.addLayout(
            row(*(
                Button(look, text, kind, icon=icon, keys=keys, is_small=is_small)
                for kind, (text, icon, keys) in words.items()
            ))
        )  # fmt: skip
    off = [Button(look, text, kind, icon=icon, keys=keys) for kind, (text, icon, keys) in words.items()]
    for button in off:
        button.setEnabled(False)
    column.addLayout(row(*off))
    held = Button(look, "打印", ButtonKind.GHOST, icon="print", held_keys="Alt+P")
    held.show_held_key(is_held=True)
    arrow = Button(look, "显示列", ButtonKind.GHOST, icon="columns", has_arrow=True)
    close = Button(look, "", ButtonKind.GHOST, icon="cross", name="关闭")
    column.addLayout(row(held, arrow, close, KeyCap(look, "F8"), Segmented(look, "登录方式", ("卡介质", "账号"))))
    return column


def chips(look: Look) -> QVBoxLayout:
    column = QVBoxLayout()
    for faces in (STATUS_FACES, MARK_FACES, GRADE_FACES):
        column.addLayout(row(*(Chip(look, face) for face in faces.values())))
    column.addLayout(row(ChipLink(look, status_face(Status.DRAFT, ItemState.WAITING))))
    return column


def fields(look: Look) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(look.measures.field_gap)
    states: Sequence[tuple[str, Callable[[Field], None]]] = (
        ("空", lambda field: field.set_text("")),
        ("填好", lambda field: field.set_text("1381624530")),
        ("错", lambda field: field.set_problem(Condition.WRONG, "少 1 位")),
        ("提醒", lambda field: field.set_problem(Condition.WARNED, "校验位不符")),
        ("整单锁定", lambda field: field.set_locked(is_locked=True)),
    )
    for line, kind in enumerate(Kind):
        for place, (word, change) in enumerate(states):
            field = Field(look, "联系人手机", kind=kind, placeholder="11 位手机号")
            field.set_text("1381624530")
            change(field)
            grid.addWidget(FieldLabel(look, word, field, is_required=kind is Kind.REQUIRED), line, place * 2)
            grid.addWidget(field, line, place * 2 + 1)
    company = Field(look, "申报单位 企业名称", kind=Kind.LOCKED)
    company.set_text("中国山货花卉进出口公司")
    company.set_chip(GRADE_FACES[Grade.SENIOR])
    reason = TextArea(look, "预约通关事由")
    reason.set_text("进口鲜切花，需冷链到港即提，属鲜活易腐货物")
    reason.set_unit("(42字节)")
    reason.add_tool("down", "可选的事由")
    pin = Field(look, "卡密码", kind=Kind.REQUIRED)
    pin.add_icon("key")
    pin.set_secret("显示密码")
    pin.set_text("123456")
    port = PickField(look, "预约申报口岸", lambda _text: PORTS)
    port.show_picked("2210", "浦东海关")
    start = MomentField(look, "预约通关时间 起", lambda: NOW)
    start.set_moment(datetime(2026, 9, 26, 9, 0))
    more: tuple[FieldFrame, ...] = (company, reason, pin, port, start)
    for place, frame in enumerate(more):
        grid.addWidget(frame, 3, place * 2 + 1)
    return grid


def small_ones(look: Look) -> QHBoxLayout:
    checks = QVBoxLayout()
    for kind in Kind:
        on = Check(look, "进口", kind=kind)
        on.setChecked(True)
        wrong = Check(look, "出口", kind=kind)
        wrong.set_problem(Condition.WRONG, "至少勾一个")
        locked = Check(look, "锁定", kind=kind)
        locked.setChecked(True)
        locked.set_locked(is_locked=True)
        checks.addLayout(row(on, Check(look, "出口", kind=kind), wrong, locked))
    bars = QVBoxLayout()
    for pages in ((100, 142, 120, 118), (110, 130, 262, 90, 80), tuple(range(60, 240, 3)), (30,)):
        view = PageBars(look)
        view.show_pages(tuple(page * KILOBYTE for page in pages), 200 * KILOBYTE)
        bars.addWidget(view)
    tries = QVBoxLayout()
    for left, total in ((5, 5), (3, 5), (1, 5), (0, 5), (None, 0)):
        dots = TriesDots(look)
        dots.show_tries(left, total)
        tries.addWidget(dots)
    line = TimeLine(look)
    line.show_points((
        TimePoint("现在", "周三 14:36", colour="ink2"),
        TimePoint(
            "最迟申报", "9月23日 周三 17:30", "下班前 24 小时（口岸不同）", Knot.DIAMOND, "amber", is_main=True
        ),
        TimePoint("口岸末次下班", "9月24日 周四 17:30", "9月25日 周五 中秋放假，不是工作日"),
        TimePoint("预约时间", "9月26日 周六 09:00", "", Knot.SQUARE, "accent", is_main=True),
    ))  # fmt: skip
    line.setFixedWidth(240)
    layout = QHBoxLayout()
    layout.setSpacing(24)
    for part in (checks, bars, tries):
        layout.addLayout(part)
    layout.addWidget(line)
    return layout


def boxes(look: Look) -> QHBoxLayout:
    amber = Banner(look, "cloud_off", act="立即重试")
    amber.say("连不上网关，已离线 1 小时 12 分", "14:38 自动再试。离线也能录入、暂存、查码")
    red = Banner(look, "warning", BannerTone.RED)
    red.say(
        "只剩最后 1 次",
        "再输错，卡就锁住，今天无法提交。不确定密码就先取消。",
    )
    red.add_below(Check(look, "我知道后果，仍要试这最后一次"))
    banners = QVBoxLayout()
    banners.addWidget(amber)
    banners.addWidget(red)
    box = Box(look, "预约通关报关单号反馈", "2 / 5")
    box.body.addWidget(EmptyState(look, "审批通过后在此反馈报关单号", "预约时间后 5 天内 · 最多 50 票", "lock"))
    plain = Box(look, "发件箱", icon="outbox", ground="menu")
    plain.body.addWidget(EmptyState(look))
    layout = QHBoxLayout()
    layout.addLayout(banners, 2)
    layout.addWidget(box, 1)
    layout.addWidget(plain, 1)
    return layout


def page(look: Look) -> QWidget:
    widget = QWidget()
    widget.setAutoFillBackground(True)
    palette = QPalette(widget.palette())
    palette.setColor(QPalette.ColorRole.Window, QColor(look.colour("surface")))
    widget.setPalette(palette)
    column = QVBoxLayout(widget)
    column.setSpacing(12)
    for part in (buttons, chips, fields, small_ones, boxes):
        column.addWidget(Text(look, part.__name__, Role.CAPTION, "ink3"))
        column.addLayout(part(look))
    widget.resize(QSize(1300, 900))
    return widget


def float_page(look: Look) -> QWidget:
    """What floats: list, calendar, bubble, toast, over a page of its own."""
    widget = page(look)
    widget.show()
    port, start = widget.findChildren(PickField)[0], widget.findChildren(MomentField)[0]
    wrong = next(field for field in widget.findChildren(Field) if field.condition is Condition.WRONG)
    toast = Toast(look, widget, 30)
    toast.tell("预约成功", "YTG202600000000271 · 上海澄江生鲜贸易有限公司", act="查看")
    Bubble(look, widget).show_at(wrong, "少 1 位", "应为 11 位，现为 10 位")
    start.open()
    port.open()
    below = next(field for field in widget.findChildren(TextArea))
    Bubble(look, widget).show_at(below, "太长", "最多 255 字节，现为 312 字节", (port,))
    return widget


def shoot(widget: QWidget, ratio: float) -> QPixmap:
    widget.show()
    QTest.qWaitForWindowExposed(widget)
    picture = QPixmap(widget.size() * ratio)
    picture.setDevicePixelRatio(ratio)
    widget.render(picture, QPoint(0, 0))
    return picture


def main(out: Path) -> None:
    """Writes the pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    look = Look()
    look.dress(application)
    out.mkdir(parents=True, exist_ok=True)
    for theme in (Theme.LIGHT, Theme.DARK):
        look.choose(theme)
        for name, make in (("widgets", page), ("floating", float_page)):
            for ratio in (1.0, 2.0):
                widget = make(look)
                shoot(widget, ratio).save(str(out / f"{name}-{theme}-{ratio:.0f}x.png"))
                widget.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
                widget.close()
                QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
