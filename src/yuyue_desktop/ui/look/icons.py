"""The icons: path strings on a 20 x 20 grid, stroked 1.5 wide with round ends in a token's colour; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

STROKE = 1.5
_GRID = 20


def _ring(x: float, y: float, radius: float) -> str:
    return f"M{x} {y - radius}a{radius} {radius} 0 1 1 0 {2 * radius}a{radius} {radius} 0 1 1 0 {-2 * radius}z"


def _frame(x: float, y: float, width: float, height: float, corner: float = 1) -> str:
    side, rise, arc = width - 2 * corner, height - 2 * corner, f"a{corner} {corner} 0 0 1"
    return (
        f"M{x + corner} {y}h{side}{arc} {corner} {corner}v{rise}{arc} {-corner} {corner}"
        f"h{-side}{arc} {-corner} {-corner}v{-rise}{arc} {corner} {-corner}z"
    )


def _dots(*points: tuple[float, float]) -> str:
    return "".join(f"M{x} {y}h.01" for x, y in points)


_CALENDAR = _frame(3.5, 4.5, 13, 12) + "M3.5 8.5h13M7 2.75v3.5M13 2.75v3.5"
_SHEET = "M11.5 2.75H6a1 1 0 0 0-1 1v12.5a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1V6.25zM11.5 2.75v3.5H15"
_TRAY = "M3.5 11.5v4a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1v-4"
_CLOUD = "M6.25 15.5h7.75a3.25 3.25 0 0 0 .6-6.45 4.75 4.75 0 0 0-9.1-.8A3.65 3.65 0 0 0 6.25 15.5z"
_CIRCLE = _ring(10, 10, 7)
_TRIANGLE = "M10 3.25 17.25 16H2.75z"

PATHS: Mapping[str, str] = {
    "mark": "M4.75 16.25V9.5a5.25 5.25 0 0 1 10.5 0v6.75M10 7.5v3.25l2.25 1.5",
    "fold": _frame(3.25, 4, 13.5, 12) + "M8 4v12M13.5 8l-2 2 2 2",
    "unfold": _frame(3.25, 4, 13.5, 12) + "M8 4v12M11.5 8l2 2-2 2",
    "home": "M3.25 9.5 10 3.75l6.75 5.75M5.25 8v8.25h9.5V8M8.25 16.25V11.5h3.5v4.75",
    "form": _SHEET + "M7.75 9.5h4.5M7.75 12h4.5M7.75 14.5h2.75",
    "file": _SHEET,
    "pencil": "M3.75 16.25l.9-3.6 8.4-8.4a1.5 1.5 0 0 1 2.1 0l.6.6a1.5 1.5 0 0 1 0 2.1l-8.4 8.4zM11.5 5.75l2.75 2.75",
    "search": _ring(8.75, 8.75, 5) + "M12.5 12.5l4 4",
    "calendar": _CALENDAR,
    "calendar_check": _CALENDAR + "M7.25 12.25l2 2 3.5-3.75",
    "clock": _CIRCLE + "M10 6.25V10l2.5 1.75",
    "outbox": _TRAY + "M10 12.5v-9M6.75 6.5 10 3.25l3.25 3.25",
    "inbox": _TRAY + "M10 3.25v8.75M6.75 9 10 12.25 13.25 9",
    "upload": "M10 13V3.75M6.5 7.25 10 3.75l3.5 3.5M4 16.25h12",
    "download": "M10 3.75V13M6.5 9.5l3.5 3.5 3.5-3.5M4 16.25h12",
    "export": "M12 3.5h4.5V8M16.25 3.75 9.75 10.25M15 11.75v3.75a1 1 0 0 1-1 1H4.5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1H8.25",
    "card": _frame(2.75, 4.75, 14.5, 10.5, 1.25) + "M5.5 8h3.25v3.25H5.5zM11.5 9.5h3.25M11.5 12.25h3.25",
    "key": _ring(12.75, 7.25, 3.75) + "M10 10 4 16v.25h2.75v-2h2v-2l.75-.75" + _dots((13.5, 6.5)),
    "check": "M4.25 10.75 8 14.5l7.75-8.5",
    "double_check": "M2.5 10.75 6 14.25l6.25-7M9 13.25l1 1 7.5-8.5",
    "minus": "M5 10h10",
    "plus": "M10 4.25v11.5M4.25 10h11.5",
    "cross": "M5.25 5.25l9.5 9.5M14.75 5.25l-9.5 9.5",
    "warning": _TRIANGLE + "M10 8v3.75" + _dots((10, 13.75)),
    "info": _CIRCLE + "M10 9.25v4.25" + _dots((10, 6.5)),
    "alert": _CIRCLE + "M10 6.25V11" + _dots((10, 13.5)),
    "help": _CIRCLE + "M8 8a2 2 0 1 1 2.75 1.85c-.5.2-.75.6-.75 1.15v.25" + _dots((10, 13.75)),
    "lock": _frame(4.75, 9, 10.5, 7.5) + "M7 9V6.5a3 3 0 0 1 6 0V9M10 11.75v2",
    "down": "M5.5 7.75 10 12.25l4.5-4.5",
    "up": "M5.5 12.25 10 7.75l4.5 4.5",
    "right": "M7.75 5.5l4.5 4.5-4.5 4.5",
    "left": "M12.25 5.5 7.75 10l4.5 4.5",
    "arrow_right": "M4 10h12M11.5 5.5 16 10l-4.5 4.5",
    "sort_down": "M6 8l4 4 4-4",
    "sort_up": "M6 12l4-4 4 4",
    "trash": "M3.75 5.75h12.5M8 5.5V3.5h4v2M5.5 5.75l.6 9.8a1 1 0 0 0 1 .95h5.8a1 1 0 0 0 1-.95l.6-9.8"
             "M8.5 8.75v5M11.5 8.75v5",
    "copy": _frame(7, 7, 9.5, 9.5) + "M13 6.75V4.5a1 1 0 0 0-1-1H4.5a1 1 0 0 0-1 1V12a1 1 0 0 0 1 1h2.25",
    "paste": _frame(4, 4.5, 12, 12.5) + "M7.25 6.25V3h5.5v3.25zM7 10h6M7 13h4",
    "print": "M6 7.25V3.25h8v4M6 13.5H4.25a1 1 0 0 1-1-1V8.25a1 1 0 0 1 1-1h11.5a1 1 0 0 1 1 1v4.25"
             "a1 1 0 0 1-1 1H14M6 11.25h8v5.5H6z",
    "columns": _frame(3.25, 4.25, 13.5, 11.5) + "M7.75 4.25v11.5M12.25 4.25v11.5",
    "refresh": "M15.9 8.25A6.25 6.25 0 0 0 4.75 6.75M4.1 11.75a6.25 6.25 0 0 0 11.15 1.5M4.25 3.5v3.5h3.5"
               "M15.75 16.5V13h-3.5",
    "gear": _ring(10, 10, 2.5) + "M10 2.75v2.5M10 14.75v2.5M2.75 10h2.5M14.75 10h2.5"
            "M4.9 4.9l1.75 1.75M13.35 13.35l1.75 1.75M4.9 15.1l1.75-1.75M13.35 6.65l1.75-1.75",
    "exit": "M11.5 3.75H4.75a1 1 0 0 0-1 1v10.5a1 1 0 0 0 1 1h6.75M8.5 10h8.25M13.75 7l3 3-3 3",
    "eye": "M2.5 10S5.25 4.75 10 4.75 17.5 10 17.5 10 14.75 15.25 10 15.25 2.5 10 2.5 10z" + _ring(10, 10, 2.25),
    "eye_off": "M3.5 3.5l13 13M8.25 5a6.9 6.9 0 0 1 1.75-.25c4.75 0 7.5 5.25 7.5 5.25a13 13 0 0 1-2.1 2.75"
               "M13.25 14.4a7 7 0 0 1-3.25.85C5.25 15.25 2.5 10 2.5 10a13 13 0 0 1 3.1-3.6",
    "back": "M7.25 12.5 3.5 8.75 7.25 5M3.75 8.75H12a4 4 0 0 1 0 8H9",
    "ban": _CIRCLE + "M5.1 5.1l9.8 9.8",
    "plane": "M17 3 2.75 8.5l6 2.75L11.5 17zM17 3l-8.25 8.25",
    "cloud": _CLOUD,
    "cloud_off": "M6.25 15.5h8.25M16.5 14.1a3.25 3.25 0 0 0-1.9-5.05A4.75 4.75 0 0 0 8 5.6"
                 "M5.4 8.4a3.65 3.65 0 0 0 .85 7.1M3.5 3.5l13 13",
    "pulse": "M2.5 10.25H6l2.25-5.5L12 15l1.9-4.75h3.6",
    "graduate": "M2.5 8 10 4.25 17.5 8 10 11.75zM5.5 9.75v3.75C6.7 14.9 8.2 15.5 10 15.5s3.3-.6 4.5-2V9.75"
                "M17.25 8.25v4.5",
    "stamp": "M7.75 10c1-2-1-3-1-4.5a3.25 3.25 0 0 1 6.5 0c0 1.5-2 2.5-1 4.5h3.25v3.25H4.5V10zM4.5 16.5h11",
    "dots": _dots((5, 10), (10, 10), (15, 10)),
    "grip": _dots((8, 6), (12, 6), (8, 10), (12, 10), (8, 14), (12, 14)),
    "filter": "M3.5 4.75h13l-5 6v4.75L8.5 14v-3.25z",
    "person": _ring(10, 6.75, 3.25) + "M3.75 16.75c.6-3.1 3-4.75 6.25-4.75s5.65 1.65 6.25 4.75",
    "enter": "M16 4.75v5.75H4.5M8 7l-3.5 3.5L8 14",
    "play": "M6.5 4.25 15 10l-8.5 5.75z",
    "bolt": "M11.25 2.75 4.5 11.5h5l-.75 5.75 6.75-8.75h-5z",
    "fit": "M3.5 7.5v-4h4M16.5 7.5v-4h-4M3.5 12.5v4h4M16.5 12.5v4h-4M7.25 10h5.5",
    "keyboard": _frame(2.5, 5.25, 15, 9.5, 1.25) + "M6.5 11.75h7"
                + _dots((5.5, 8.25), (8.5, 8.25), (11.5, 8.25), (14.5, 8.25)),
    "plug": "M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0zM10 15v2.5",
    "certificate": _frame(3.25, 3.5, 13.5, 9) + "M6 6.5h5M6 9.25h3.5M11.75 12.5v4.75l1.75-1.25 1.75 1.25V12.5",
    "folder": "M3.25 6V15a1 1 0 0 0 1 1h11.5a1 1 0 0 0 1-1V7.5a1 1 0 0 0-1-1H10L8.25 4.25h-4a1 1 0 0 0-1 1z",
    "table": _frame(3.25, 4.25, 13.5, 11.5) + "M3.25 8h13.5M3.25 12h13.5M8 8v7.75",
    "list": "M7.5 5.5h9M7.5 10h9M7.5 14.5h9" + _dots((4, 5.5), (4, 10), (4, 14.5)),
    "link": "M8.5 11.5l3-3M9.5 6.5 11.25 4.75a2.85 2.85 0 0 1 4 4L13.5 10.5"
            "M10.5 13.5l-1.75 1.75a2.85 2.85 0 0 1-4-4L6.5 9.5",
    "split": "M10 3.5v13M3.5 6h3.5v8H3.5M16.5 6H13v8h3.5",
    "bell": "M5.5 14V9.25a4.5 4.5 0 0 1 9 0V14l1.25 1.25H4.25zM8.5 17h3",
}  # fmt: skip
"""Icon name to its path; every icon of the window is here."""


class Icons:
    """Paints icons in the colours of one table and keeps what it painted, by name, colour, size and pixel ratio."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        self._colours = colours
        self._painted: dict[tuple[str, str, float, float, float], QPixmap] = {}

    def paint(self, painter: QPainter, name: str, rect: QRectF, colour: str, stroke: float = STROKE) -> None:
        """Draws an icon into `rect` (its shorter side counts) in the token `colour`.

        Raises:
            KeyError: no such icon or token.
        """
        size = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatioF()
        corner = rect.center() - QPointF(size / 2, size / 2)
        painter.drawPixmap(corner, self.pixmap(name, colour, size, ratio, stroke))

    def pixmap(self, name: str, colour: str, size: float, ratio: float = 1.0, stroke: float = STROKE) -> QPixmap:
        """The icon `size` device-independent pixels wide at the screen's `ratio`."""
        key = (name, colour, size, ratio, stroke)
        if key not in self._painted:
            self._painted[key] = self._render(PATHS[name], self._colours[colour], size, ratio, stroke)
        return self._painted[key]

    def icon(self, name: str, colour: str = "ink2", size: int = 16) -> QIcon:
        """The icon for menus and actions, sharp up to 200 %."""
        icon = QIcon()
        for ratio in (1.0, 1.25, 1.5, 2.0):
            icon.addPixmap(self.pixmap(name, colour, size, ratio))
        return icon

    @staticmethod
    def _render(path: str, colour: str, size: float, ratio: float, stroke: float) -> QPixmap:
        svg = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_GRID} {_GRID}"><path d="{path}" fill="none" '
            f'stroke="{colour}" stroke-width="{stroke}" stroke-linecap="round" stroke-linejoin="round"/></svg>'
        )
        side = max(1, round(size * ratio))
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
