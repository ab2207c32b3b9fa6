"""Draw the program's icon file from the mark that the window paints: `python -m devtools.icon`; runs in `.venv`."""

from __future__ import annotations

import os
from io import BytesIO

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap

from devtools.places import ROOT
from yuyue_desktop.ui.look.look import Look, Theme
from yuyue_desktop.ui.shell.mark import paint_mark

FILE = ROOT / "resources" / "icons" / "yuyue-desktop.ico"
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
DRAWN_FOR = 24
"""The size in which the mark's corners and strokes are given."""


def drawn(look: Look, size: int) -> Image.Image:
    """The mark in one size, sharp at that size."""
    picture = QPixmap(size, size)
    picture.setDevicePixelRatio(size / DRAWN_FOR)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_mark(painter, look, QRectF(0, 0, DRAWN_FOR, DRAWN_FOR))
    painter.end()
    written = QBuffer()
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(written, "PNG")
    return Image.open(BytesIO(bytes(written.data().data())))


def main() -> None:
    """Write the file."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    look = Look(Theme.LIGHT)
    *smaller, largest = (drawn(look, size) for size in SIZES)
    FILE.parent.mkdir(exist_ok=True)
    largest.save(FILE, sizes=[(size, size) for size in SIZES], append_images=smaller)
    application.quit()


if __name__ == "__main__":
    main()
