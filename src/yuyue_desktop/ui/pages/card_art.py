"""The card in the reader, drawn with what was read of it without its PIN (S1); knows no reader."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role
from yuyue_desktop.ui.pages.contents import CardInReader
from yuyue_desktop.ui.widgets.painting import panel, start

_HEIGHT = 118
_CORNER = 10
_EDGE = 18
_CHIP = (34, 26)
_WAVE_ALPHA = 13
_WAVES = 7
_WAVE_STEP = 20


class CardArt(QWidget):
    """A card with company, holder, number and validity; without a card an empty outline with what to do."""

    def __init__(self, look: Look, *, is_practice: bool = False) -> None:
        super().__init__()
        self._look = look
        self._ground, self._ink = ("ribbon", "on_ribbon") if is_practice else ("card", "on_card")
        self._card: CardInReader | None = None
        self._words = ("没有插卡", "插入后自动读取")
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)
        self._say()

    def show_card(self, card: CardInReader) -> None:
        """Show the card in the reader."""
        self._card = card
        self._say()

    def show_absent(self, title: str, advice: str) -> None:
        """Show that no card can be used, and what to do."""
        self._card, self._words = None, (title, advice)
        self._say()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = start(self)
        rect = QRectF(self.rect())
        if self._card is None:
            self._paint_absent(painter, rect)
            return
        panel(painter, rect, _CORNER, self._look.colour(self._ground))
        self._paint_waves(painter, rect)
        self._paint_chip(painter)
        self._paint_words(painter, rect.adjusted(_EDGE, 0, -_EDGE, 0), self._card)

    def _say(self) -> None:
        card = self._card
        if card is None:
            self.setAccessibleName("，".join(self._words))
        else:
            whose = f"，持卡人 {card.holder}" if card.holder else ""
            self.setAccessibleName(f"{card.company}{whose}，卡号 {card.card_number}，证书至 {card.valid_to}")
        self.update()

    def _paint_absent(self, painter: QPainter, rect: QRectF) -> None:
        look = self._look
        panel(painter, rect, _CORNER, look.colour("menu"), look.colour("field_line"), is_dashed=True)
        icon = QRectF(rect.center().x() - 14, 20, 28, 28)
        look.icons.paint(painter, "card", icon, "ink_off")
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        for top, height, words, role, colour in (
            (52, 24, self._words[0], Role.BODY, "ink"),
            (76, _HEIGHT - 78, self._words[1], Role.CAPTION, "ink2"),
        ):
            painter.setFont(look.font(role))
            painter.setPen(look.colour(colour))
            painter.drawText(QRectF(12, top, rect.width() - 24, height), middle, words)

    def _paint_waves(self, painter: QPainter, rect: QRectF) -> None:
        painter.save()
        shape = QPainterPath()
        shape.addRoundedRect(rect, _CORNER, _CORNER)
        painter.setClipPath(shape)
        painter.setPen(QPen(self._look.colour(self._ink, _WAVE_ALPHA), 9))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for wave in range(_WAVES):
            middle = rect.height() / 2 + wave * _WAVE_STEP
            path = QPainterPath(QPointF(-_EDGE, middle))
            for left in range(-_EDGE, round(rect.width()) + _EDGE, 12):
                path.lineTo(left, middle + 9 * math.sin(left / 58 + wave * 0.8))
            painter.drawPath(path)
        painter.restore()

    def _paint_chip(self, painter: QPainter) -> None:
        chip = QRectF(_EDGE, _EDGE, *_CHIP)
        panel(painter, chip, 5, self._look.colour("card_chip"))
        painter.setPen(QPen(self._look.colour("card_chip_line"), 1))
        for left in (11.5, 22.5):
            painter.drawLine(
                QPointF(chip.left() + left, chip.top() + 3), QPointF(chip.left() + left, chip.bottom() - 3)
            )
        painter.drawLine(QPointF(chip.left() + 2, chip.center().y()), QPointF(chip.right() - 2, chip.center().y()))

    def _paint_words(self, painter: QPainter, room: QRectF, card: CardInReader) -> None:
        painter.setPen(self._look.colour(self._ink))
        name_font = self._look.font(Role.SECTION, bold=True)
        painter.setFont(name_font)
        company = QFontMetricsF(name_font).elidedText(card.company, Qt.TextElideMode.ElideRight, room.width())
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(room.left(), 52, room.width(), 26), middle | left, company)
        painter.setFont(self._look.font(Role.LABEL))
        foot = QRectF(room.left(), 82, room.width(), 22)
        painter.drawText(foot, middle | left, f"卡号 {card.card_number}")
        painter.drawText(foot, middle | right, f"证书至 {card.valid_to}")
        beside_chip = room.adjusted(_CHIP[0] + _EDGE, 0, 0, 0)
        parts = (("持卡人", card.holder), ("海关编码", card.customs_code))
        whose = " · ".join(f"{what} {text}" for what, text in parts if text)
        whose = QFontMetricsF(painter.font()).elidedText(whose, Qt.TextElideMode.ElideRight, beside_chip.width())
        painter.drawText(QRectF(beside_chip.left(), _EDGE, beside_chip.width(), 26), middle | right, whose)
