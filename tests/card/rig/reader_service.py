"""A pcscd of our own: its folder, its two virtual readers, started and killed by the rig; knows no card."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.card.rig.virtual_reader import FIRST_PORT

SOCKET = "pcscd.comm"
RUN = Path("/run/pcscd")
"""Where pcscd puts its socket, whatever it is told; the rig binds the run's own folder there."""

_READERS = f"""FRIENDLYNAME "Virtual PCD"
DEVICENAME   /dev/null:{FIRST_PORT:#x}
LIBPATH      /usr/lib/pcsc/drivers/serial/libifdvpcd.so
CHANNELID    {FIRST_PORT:#x}
"""


class ReaderService:
    """Belongs in the rig's namespaces, where `RUN` is the run's own folder and no network is but the loopback."""

    def __init__(self, configuration: Path) -> None:
        self._configuration = configuration
        configuration.mkdir()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, has_readers: bool = True) -> None:
        """Begin; it listens a moment later."""
        (self._configuration / "vpcd").write_text(_READERS if has_readers else "", encoding="ascii")
        for left_over in RUN.iterdir():
            left_over.unlink()  # of one that was killed: pcscd would take it for still running
        self._process = subprocess.Popen(
            ["pcscd", "--foreground", "--config", self._configuration],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """End it without letting it say goodbye to anybody."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
