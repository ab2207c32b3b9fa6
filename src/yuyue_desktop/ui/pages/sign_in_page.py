"""Signing in by card or by account, beside what this machine is ready for (S0-S3, B1); knows no card and no gateway."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from yuyue_desktop.domain.session import Way
from yuyue_desktop.ui.dialogs.pin_entry import PinEntry
from yuyue_desktop.ui.dialogs.raised_card import SHADOW, RaisedCard
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.pages.account_entry import AccountEntry
from yuyue_desktop.ui.pages.card_art import CardArt
from yuyue_desktop.ui.pages.contents import CardInReader, PinTries, ReadinessLine
from yuyue_desktop.ui.pages.readiness_panel import ReadinessPanel
from yuyue_desktop.ui.shell.bar_button import BarButton
from yuyue_desktop.ui.shell.field_hints import FieldHints
from yuyue_desktop.ui.shell.help_button import HelpButton
from yuyue_desktop.ui.shell.line_of_words import LineOfWords
from yuyue_desktop.ui.shell.mark import Mark
from yuyue_desktop.ui.shell.practice_ribbon import FRAME_WIDTH, RIBBON_HEIGHT, PracticeRibbon
from yuyue_desktop.ui.shell.top_bar import PRODUCT_NAME
from yuyue_desktop.ui.widgets.button import Button, ButtonKind
from yuyue_desktop.ui.widgets.segmented import Segmented
from yuyue_desktop.ui.widgets.text import Text

WAYS = ((Way.CARD, "卡介质"), (Way.ACCOUNT, "账号"))

_CARD_SIZE = (880, 520)
_LEFT_WIDTH = 430
_SIDE = 36
_TALLER = 6
_ART_AND_WARNING_FROM = 660
_MORE_FOR_LARGE = 80
_FULL_CARD_FROM = 680


class SignInPage(QWidget):
    """`card_sign_in` carries the PIN, `account_sign_in` user name and password; neither is kept here."""

    card_sign_in = Signal(str)
    account_sign_in = Signal(str, str)
    recheck_asked = Signal()
    readiness_acted = Signal(str)
    practice_asked = Signal()
    settings_asked = Signal()
    help_asked = Signal()

    def __init__(self, look: Look, *, is_practice: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_practice = is_practice
        self._has_card = False
        self.ways = Segmented(look, "登录方式", [word for _, word in WAYS])
        self.art = CardArt(look, is_practice=is_practice)
        self.pin = PinEntry(look)
        self.account = AccountEntry(look)
        self.act = Button(look, "登录", ButtonKind.PRIMARY, keys="Enter")
        self.readiness = ReadinessPanel(look)
        self.practice = BarButton(
            look, "exit" if is_practice else "graduate", "退出练习" if is_practice else "进入练习"
        )
        self.settings = BarButton(look, "gear", "设置")
        self.help = HelpButton(look)
        self._hint = LineOfWords(look, "info", "red", Role.LABEL)
        self._version = Text(look, "", Role.CAPTION, "ink2")
        self._waiting_files = Text(look, "", Role.CAPTION, "ink2")
        self._entries = QStackedWidget()
        self._panel = self._card()
        self._lay_out()
        self._connect()
        self._hints = FieldHints(self, self._hint.show_text)
        self.show_no_card("没有插卡", "插入后自动读取")
        look.changed.connect(self._dress)
        self._dress()

    @property
    def way(self) -> Way:
        """Which way is chosen."""
        return WAYS[self.ways.index][0]

    def show_card(self, card: CardInReader, tries: PinTries, note: str, *, least: int = 6, most: int = 16) -> None:
        """Show the card in the reader and how many tries its PIN has; `note` stands under the field."""
        is_new = not self._has_card
        self._has_card = True
        self.art.show_card(card)
        self.pin.set_length(least, most)
        self.pin.set_note(note)
        self.pin.set_locked(is_locked=False)
        self.pin.show_tries(tries.left, tries.most or 0)
        self.pin.tries.show()
        self._make_room()
        self.act.setEnabled(self.pin.is_open or self.way is Way.ACCOUNT)
        if is_new:
            self.take_focus()

    def show_no_card(self, title: str, advice: str) -> None:
        """No card can be used: what is so, and what to do. What was typed is forgotten."""
        self._has_card = False
        self.art.show_absent(title, advice)
        self.pin.clear()
        self.pin.set_note("")
        self.pin.set_locked(is_locked=True)
        self.pin.tries.hide()

    def show_busy(self, words: str) -> None:
        """The card or the gateway is at work (正在登录…); empty words when it is done."""
        is_busy = bool(words)
        self.pin.set_locked(is_locked=is_busy or not self._has_card)
        self.account.set_locked(is_locked=is_busy)
        self.act.setEnabled(not is_busy)
        self.act.setText(words or "登录")
        self.ways.setEnabled(not is_busy)

    def say_wrong(self, words: str, tries: PinTries | None = None) -> None:
        """Signing in was refused: by the card, with the tries that are left, or by the gateway."""
        self.show_busy("")
        if self.way is Way.ACCOUNT:
            self.account.say_wrong(words)
            return
        if tries is not None:
            self.pin.show_tries(tries.left, tries.most or 0)
        self._make_room()
        self.pin.say_wrong(words)
        self.take_focus()

    def show_readiness(self, lines: Sequence[ReadinessLine]) -> None:
        """Show what this machine is ready for."""
        self.readiness.show_lines(lines)

    def show_offline_note(self, title: str, advice: str) -> None:
        """Say that and for how long signing in works without a network (B1); empty title says nothing."""
        self.readiness.note.say(title, advice)
        self.readiness.note.setVisible(bool(title))

    def show_version(self, words: str) -> None:
        """The line at the page's foot."""
        self._version.setText(words)

    def show_waiting_files(self, count: int) -> None:
        """Say that application files were given and will be opened (B11)."""
        self._waiting_files.setText(f"登录后打开 {count} 个申请文件" if count else "")

    def take_focus(self) -> None:
        """Put the keyboard where the next thing is to be typed."""
        if self.way is Way.ACCOUNT:
            self.account.user.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._has_card:
            self.pin.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.readiness.recheck.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.colour("ribbon" if self._is_practice else "chrome"))
        edge = FRAME_WIDTH if self._is_practice else 0
        painter.fillRect(self.rect().adjusted(edge, 0, -edge, -edge), self._look.colour("chrome"))

    def _connect(self) -> None:
        self.ways.chosen.connect(self._choose_way)
        self.pin.submitted.connect(self.card_sign_in)
        self.pin.opened.connect(lambda is_open: self.act.setEnabled(is_open or not self._is_shut()))
        self.account.submitted.connect(self.account_sign_in)
        self.act.clicked.connect(self._submit)
        self.readiness.acted.connect(self.readiness_acted)
        self.readiness.recheck_asked.connect(self.recheck_asked)
        self.practice.clicked.connect(self.practice_asked)
        self.settings.clicked.connect(self.settings_asked)
        self.help.clicked.connect(self.help_asked)
        QShortcut(QKeySequence("Alt+K"), self).activated.connect(self.help_asked)

    def _is_shut(self) -> bool:
        """The blue button is dead at the last try alone (look.md, Buttons)."""
        return self.way is Way.CARD and self._has_card and not self.pin.is_open

    def _submit(self) -> None:
        if self.way is Way.ACCOUNT:
            self.account.submit()
        elif self._has_card:
            self.pin.submit()
        else:
            self.recheck_asked.emit()

    def _choose_way(self, index: int) -> None:
        self._entries.setCurrentIndex(index)
        self.act.setEnabled(not self._is_shut())

    def _make_room(self) -> None:
        """In a low window the warning of the last try takes the place of the drawn card."""
        needed = _ART_AND_WARNING_FROM
        needed += _MORE_FOR_LARGE if self._look.is_large else 0
        needed += RIBBON_HEIGHT + FRAME_WIDTH if self._is_practice else 0
        self.art.setVisible(not (self.pin.is_last_try and self.height() < needed))
        is_roomy = self.height() >= _FULL_CARD_FROM
        self._panel.setMinimumHeight(_CARD_SIZE[1] + 2 * SHADOW if is_roomy else 0)

    # layout

    def _lay_out(self) -> None:
        edge = FRAME_WIDTH if self._is_practice else 0
        column = QVBoxLayout(self)
        column.setContentsMargins(edge, 0, edge, edge + Space.M)
        column.setSpacing(0)
        if self._is_practice:
            column.addWidget(PracticeRibbon(self._look))
        column.addLayout(self._bar())
        column.addStretch(5)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._panel)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addStretch(5)
        column.addWidget(self._version, 0, Qt.AlignmentFlag.AlignHCenter)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(14, 7, 14, 7)
        bar.setSpacing(Space.S)
        bar.addWidget(Mark(self._look))
        bar.addWidget(Text(self._look, PRODUCT_NAME, Role.SECTION, is_bold=True))
        bar.addStretch(1)
        for part in (self.practice, self.settings, self.help):
            bar.addWidget(part)
        return bar

    def _card(self) -> QWidget:
        card = RaisedCard(self._look)
        card.setFixedWidth(_CARD_SIZE[0] + 2 * SHADOW)
        row = QHBoxLayout(card)
        row.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        row.setSpacing(0)
        left = QWidget()
        left.setFixedWidth(_LEFT_WIDTH)
        left.setLayout(self._left_column())
        row.addWidget(left)
        row.addWidget(self.readiness, 1)
        return card

    def _left_column(self) -> QVBoxLayout:
        by_card = QWidget()
        inside = QVBoxLayout(by_card)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(Space.L)
        inside.addWidget(self.art)
        inside.addWidget(self.pin)
        inside.addStretch(1)
        self._entries.addWidget(by_card)
        self._entries.addWidget(self.account)
        self.act.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout()
        column.setContentsMargins(_SIDE, 28, _SIDE, Space.L + Space.XS)
        column.setSpacing(Space.M)
        title = QHBoxLayout()
        title.addWidget(Text(self._look, "登录", Role.PAGE_TITLE, is_bold=True), 1)
        title.addWidget(self._waiting_files, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(title)
        column.addWidget(self.ways)
        column.addSpacing(Space.XS)
        column.addWidget(self._entries)
        column.addWidget(self.act)
        column.addStretch(1)
        column.addWidget(self._hint)
        return column

    def _dress(self) -> None:
        self.act.setFixedHeight(self._look.measures.button_height + _TALLER)
        self._make_room()
        self.update()
