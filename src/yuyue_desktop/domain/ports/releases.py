"""Where the office tells of newer versions."""

from __future__ import annotations

from typing import Protocol

from yuyue_desktop.domain.releases import Release


class Releases(Protocol):
    """Where new versions are told of."""

    def newest(self) -> Release:
        """The newest version told of. Blocks. Raises YuyueError(NEW_VERSION_UNKNOWN)."""
        ...
