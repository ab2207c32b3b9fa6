"""A window with the button that opens a preview, a real store and the real PDF process behind it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.store.parts import LIMIT_S, OpenStore
from yuyue_desktop.documents.viewer import Viewer
from yuyue_desktop.domain.application import Attachment
from yuyue_desktop.services.previewing import Previewing
from yuyue_desktop.ui.event_bridge import EventBridge
from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.presenters.previewing import preview
from yuyue_desktop.ui.presenters.surface import Surface
from yuyue_desktop.ui.preview.preview_dialog import PreviewDialog

KB = 1024


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    viewer = Viewer()
    yield viewer
    viewer.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[OpenStore]:
    opened = OpenStore(tmp_path / "profile")
    yield opened
    opened.close()


@pytest.fixture
def keep(store: OpenStore) -> Callable[..., Attachment]:
    """Puts a file into the store, with page sizes as they were measured."""

    def keep_it(content: bytes, pages: tuple[int, ...], name: str = "合同.pdf") -> Attachment:
        attachment = Attachment(name, hashlib.sha256(content).hexdigest(), len(content), pages)
        store.writer.put_attachment(attachment.sha256, content).result(LIMIT_S)
        return attachment

    return keep_it


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window).addWidget(QPushButton("预览"))
    window.resize(1280, 672)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


@pytest.fixture
def opener(window: QWidget, qtbot: QtBot) -> QPushButton:
    """The button that the preview is opened from; it has the focus."""
    button = window.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    return button


@pytest.fixture
def open_preview(window: QWidget, viewer: Viewer, store: OpenStore) -> Iterator[Callable[[Attachment], PreviewDialog]]:
    """Opens a file to look at."""
    bridge = EventBridge()
    surface = Surface(Look(), window, bridge, store.clock)
    with ThreadPoolExecutor(1) as workers:
        previewing = Previewing(viewer=viewer, reader=store.reader, workers=workers)
        yield lambda attachment: preview(surface, previewing, attachment)
    bridge.close()
