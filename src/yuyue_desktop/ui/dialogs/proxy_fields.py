"""The choice of a proxy in the settings: follow the system, none, or by hand with a password; knows no connection."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from yuyue_desktop.domain.proxy import ProxySettings, ProxyWay, is_server
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.look.tokens import Role, Space
from yuyue_desktop.ui.widgets.field import Field
from yuyue_desktop.ui.widgets.field_frame import Condition
from yuyue_desktop.ui.widgets.segmented import Segmented
from yuyue_desktop.ui.widgets.text import Text

WAYS = ((ProxyWay.SYSTEM, "跟随系统"), (ProxyWay.NONE, "不用代理"), (ProxyWay.MANUAL, "手动"))
_WRONG_SERVER = "填地址和端口，如 10.1.2.3:8080"


class ProxyFields(QWidget):
    """`chosen` carries ProxySettings that can be used, each time the clerk has settled something."""

    chosen = Signal(object)

    def __init__(self, look: Look, proxy: ProxySettings) -> None:
        super().__init__()
        self.ways = Segmented(look, "网络代理", [word for _, word in WAYS], _place(proxy.way))
        self.server = Field(
            look, "代理服务器", hint=_WRONG_SERVER, placeholder="代理服务器，如 10.1.2.3:8080", is_narrow=True
        )
        self.user = Field(look, "代理用户名", hint="代理不要密码就空着", placeholder="用户名")
        self.password = Field(look, "代理密码", hint="存在本机加密的数据里", placeholder="密码")
        self.password.set_secret("显示代理密码")
        self._wrong = Text(look, _WRONG_SERVER, Role.CAPTION, "red")
        self._wrong.hide()
        self._by_hand = (self.server, self.user, self.password)
        for field, text in zip(self._by_hand, (proxy.server, proxy.user, proxy.password), strict=True):
            field.set_text(text)
            field.committed.connect(self._settle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.ways)
        column.addWidget(self.server)
        column.addWidget(self._wrong)
        sign_in = QHBoxLayout()
        sign_in.setSpacing(Space.S)
        sign_in.addWidget(self.user)
        sign_in.addWidget(self.password)
        column.addLayout(sign_in)
        self.ways.chosen.connect(self._choose_way)
        self._way = proxy.way
        self._show_fields()

    @property
    def proxy(self) -> ProxySettings:
        """What is filled in now."""
        return ProxySettings(self._way, self.server.text, self.user.text, self.password.text)

    def _choose_way(self, place: int) -> None:
        self._way = WAYS[place][0]
        self._show_fields()
        self._settle()

    def _show_fields(self) -> None:
        for field in self._by_hand:
            field.setVisible(self._way is ProxyWay.MANUAL)

    def _settle(self) -> None:
        is_usable = self._way is not ProxyWay.MANUAL or is_server(self.server.text)
        is_wrong = not is_usable and bool(self.server.text)
        self.server.set_problem(Condition.WRONG if is_wrong else Condition.FINE, _WRONG_SERVER if is_wrong else "")
        self._wrong.setVisible(is_wrong)
        if is_usable:
            self.chosen.emit(self.proxy)


def _place(way: ProxyWay) -> int:
    return next(place for place, (each, _word) in enumerate(WAYS) if each is way)
