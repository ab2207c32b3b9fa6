"""What the window is built with beside the services of a session: kept together, so that constructors stay short."""

from __future__ import annotations

from dataclasses import dataclass

from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.card_way import CardWay
from yuyue_desktop.services.connecting import Connecting
from yuyue_desktop.services.diagnostics import Diagnostics
from yuyue_desktop.services.readiness import Readiness
from yuyue_desktop.ui.forms.finders import Finders
from yuyue_desktop.ui.presenters.away import Away
from yuyue_desktop.ui.presenters.moving import Movable
from yuyue_desktop.ui.presenters.remembering import Remembered
from yuyue_desktop.ui.presenters.settings import Appearance
from yuyue_desktop.ui.tray import Tray


@dataclass(frozen=True, slots=True)
class Tools:
    """`card_way` is None where there is nothing to choose; `officer_address` is the practice officer's page."""

    card: CardSession
    readiness: Readiness
    diagnostics: Diagnostics
    finders: Finders
    remembered: Remembered
    appearance: Appearance
    version: str
    tray: Tray
    card_way: CardWay | None = None
    connecting: Connecting | None = None
    moving: Movable | None = None
    officer_address: str = ""
    away: Away | None = None
