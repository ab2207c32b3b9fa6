"""Use case: whether there is a newer version than this one; knows neither address nor screen."""

from __future__ import annotations

from yuyue_desktop.domain.ports import Releases
from yuyue_desktop.domain.releases import Release


class Updating:
    """Asks where the office tells of new versions; asks nobody where the office set no such place."""

    def __init__(self, releases: Releases | None, version: str) -> None:
        """`version` is the one at work."""
        self._releases = releases
        self.version = version

    def newer(self) -> Release | None:
        """A newer version, None where there is none to be told of. Blocks. Raises YuyueError(NEW_VERSION_UNKNOWN)."""
        release = self._releases.newest() if self._releases is not None else None
        return release if release is not None and release.is_newer_than(self.version) else None
