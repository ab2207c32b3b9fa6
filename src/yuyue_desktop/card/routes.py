"""The two ways to the card as the window's side starts them: a PKCS#11 driver, or the client control; loads neither."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from yuyue_desktop.card.modules import is_loadable
from yuyue_desktop.domain.errors import Code, YuyueError


@dataclass(frozen=True, slots=True)
class DriverRoute:
    """A PKCS#11 driver by its absolute path, None where there is none."""

    patience_s: ClassVar[float] = 0.0
    module: Path | None

    def arguments(self) -> tuple[str, ...]:
        """What the card process is started with. Raises CARD_DRIVER_MISSING, CARD_DRIVER_UNFIT."""
        if self.module is None or not self.module.is_absolute() or not self.module.is_file():
            raise YuyueError(Code.CARD_DRIVER_MISSING, {"path": str(self.module or "")})
        if not is_loadable(self.module):
            raise YuyueError(Code.CARD_DRIVER_UNFIT, {"path": str(self.module)})
        return ("--module", str(self.module))


@dataclass(frozen=True, slots=True)
class ControlRoute:
    """The e-port client control on this machine, by the address of its websocket.

    `patience_s` is what the watchdog waits beyond its own times: the card process tells more of a control that hangs.
    """

    patience_s: ClassVar[float] = 10.0
    address: str

    def arguments(self) -> tuple[str, ...]:
        """What the card process is started with."""
        return ("--control", self.address)


Route = DriverRoute | ControlRoute
