"""A clerk's bench: the frame with its tabs over the services of a desk, and what a kill would leave of it."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.fakes.readers import card_check
from tests.services.desk import Desk
from tests.ui.forms import samples
from yuyue_desktop.bootstrap import MachineClock
from yuyue_desktop.services.diagnostics import Diagnostics
from yuyue_desktop.services.readiness import Readiness
from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.ui.forms.finders import Finders
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.presenters.form_page import FormPage
from yuyue_desktop.ui.presenters.remembering import Remembered
from yuyue_desktop.ui.presenters.settings import Appearance
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.presenters.tools import Tools
from yuyue_desktop.ui.presenters.workbench import Workbench
from yuyue_desktop.ui.shell.frame import ShellFrame
from yuyue_desktop.ui.tray import Tray


class Bench:
    """Somebody has signed in at the desk; the window is shown and active."""

    def __init__(self, desk: Desk, qtbot: QtBot) -> None:
        self.desk = desk
        look = Look()
        self.window = QWidget()
        self.window.resize(1366, 768)
        qtbot.addWidget(self.window)
        self.bridge = EventBridge()
        self.tray = Tray(look, self.window)
        self.surface = Surface(look, self.window, self.bridge, desk.clock)
        remembered = Remembered(desk.store.reader, desk.store.writer)
        self.frame = ShellFrame(look, parent=self.window)
        self.frame.resize(self.window.size())
        self.workbench = Workbench(
            self.surface, self.frame, desk.workplace, tools=self._tools(look, remembered)
        )  # fmt: skip
        self.bridge.arrived.connect(self.workbench.take)
        desk.store.told_to(self.bridge.publish)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.workbench.take_focus()

    def close(self) -> None:
        """The window goes; what is on the disk stays."""
        self.bridge.close()
        delete(self.frame)

    def form(self, place: int = -1) -> FormPage:
        """An open application's tab."""
        forms = [page for page in self.frame.pages if isinstance(page, FormPage)]
        return forms[place]

    def _tools(self, look: Look, remembered: Remembered) -> Tools:
        desk = self.desk
        return Tools(
            card=desk.card_session,
            readiness=Readiness(desk.gateway, desk.clock, MachineClock(), desk.workers),
            diagnostics=Diagnostics(
                check_card=card_check(desk.card_session, desk.clock, desk.workers),
                check_store=desk.store.reader.check,
                editions=tuple,
                workers=desk.workers,
            ),
            finders=Finders(ports=samples.PORTS, transport_modes=samples.TRANSPORT_MODES, hs_codes=samples.GOODS),
            remembered=remembered,
            appearance=Appearance(look, remembered),
            version="1",
            tray=self.tray,
        )


def killed(desk: Desk, folder: Path) -> Desk:
    """A desk of the next start, on what a kill at this moment leaves of the disk: what was written, and no more."""
    shutil.copytree(desk.store.file.parent, folder / "profile")
    after = Desk(folder)
    after.sign_in()
    return after
