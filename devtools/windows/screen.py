"""Looks at a virtual display from outside, as a person in front of it does; knows no program that is shown there."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageColor

MEMORY_FILE = "Xvfb_screen0"
LOOK_EVERY_S = 0.05
STEP = 8
"""Every eighth point is looked at, across and down."""
EMPTY = (0, 0, 0)
LEAST_COVERED = 0.2
"""So much of the display the smallest window covers."""
FEWEST_COLOURS = 8
"""Painted letters have more shades; an unpainted window has one or two."""
STILL_S = 1.0
MOST_POINTS_OF_A_CLOCK = 60
_HEADER = struct.Struct(">25I")
_COLOUR_BYTES = 12


class NeverShown(AssertionError):
    """What was waited for did not appear."""


@dataclass(frozen=True)
class Screen:
    """The display whose server keeps its picture in `folder` (devtools.display)."""

    folder: Path

    def picture(self) -> Image.Image:
        """What is shown now."""
        content = (self.folder / MEMORY_FILE).read_bytes()
        header = _HEADER.unpack_from(content)
        size, width, height, line, colours = header[0], header[4], header[5], header[12], header[19]
        begin = size + colours * _COLOUR_BYTES
        return Image.frombuffer("RGB", (width, height), content[begin:], "raw", "BGRX", line, 1)

    def points(self) -> bytes:
        """Some points of what is shown now, evenly spread."""
        picture = self.picture()
        width, height = picture.width // STEP, picture.height // STEP
        return picture.resize((width, height), Image.Resampling.NEAREST).tobytes()

    def is_painted(self) -> bool:
        """Whether a window with letters in it is to be seen; a tray's icon or a tooltip is none."""
        picture = self.picture()
        colours = picture.getcolors(picture.width * picture.height) or []
        covered = sum(count for count, colour in colours if colour != EMPTY)
        return len(colours) >= FEWEST_COLOURS and covered >= LEAST_COVERED * picture.width * picture.height

    def area_of(self, colour: str) -> int:
        """How many points have just this colour, `#rrggbb`."""
        wanted = ImageColor.getrgb(colour)
        picture = self.picture()
        colours = picture.getcolors(picture.width * picture.height) or []
        return sum(count for count, shown in colours if shown == wanted)

    def wait_until_other(self, seen: bytes, limit_s: float = 60) -> None:
        """Wait until more than a clock is another than at an earlier look (`points`). Raises NeverShown."""
        self.wait_until("another screen", lambda: _differing(seen, self.points()) > MOST_POINTS_OF_A_CLOCK, limit_s)

    def wait_until_still(self, limit_s: float = 60) -> None:
        """Wait until two looks, a while apart, show the same but for a clock and a caret. Raises NeverShown."""
        seen = list[tuple[float, bytes]]()

        def is_still() -> bool:
            now, points = time.monotonic(), self.points()
            if not seen or _differing(seen[0][1], points) > MOST_POINTS_OF_A_CLOCK:
                seen[:] = [(now, points)]
            return now - seen[0][0] >= STILL_S

        self.wait_until("a screen that is still", is_still, limit_s)

    def wait_until(self, what: str, condition: Callable[[], object], limit_s: float = 60) -> float:
        """Wait for a condition and return the seconds it took. Raises NeverShown."""
        begin = time.monotonic()
        while not condition():
            if time.monotonic() - begin > limit_s:
                raise NeverShown(what)
            time.sleep(LOOK_EVERY_S)
        return time.monotonic() - begin


def _differing(first: bytes, second: bytes) -> int:
    """At how many points two looks differ."""
    if first == second:
        return 0
    return sum(first[place : place + 3] != second[place : place + 3] for place in range(0, len(first), 3))
