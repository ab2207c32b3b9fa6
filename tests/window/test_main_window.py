"""The window goes at once when nothing has to be put on the disk, and waits while something has."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from yuyue_desktop.ui.look.look import Look
from yuyue_desktop.ui.main_window import MainWindow

ENDLESS_MS = 600_000


def shown(qtbot: QtBot) -> MainWindow:
    window = MainWindow(Look(), patience_ms=ENDLESS_MS)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_a_release_while_closing_is_told_closes_at_once(qtbot: QtBot) -> None:
    window = shown(qtbot)
    window.closing.connect(window.release)
    assert window.close()
    assert not window.isVisible()


def test_closing_waits_for_the_release(qtbot: QtBot) -> None:
    window = shown(qtbot)
    with qtbot.waitSignal(window.closing):
        assert not window.close()
    assert window.isVisible()
    assert not window.close()
    window.release()
    assert not window.isVisible()


def test_the_window_never_goes_by_itself_before_the_release(qtbot: QtBot) -> None:
    window = MainWindow(Look(), patience_ms=1)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    with qtbot.waitSignal(window.overdue):
        assert not window.close()
    assert window.isVisible()
    window.stay()
    with qtbot.waitSignal(window.closing):
        assert not window.close()  # asked anew, not taken for granted
    window.release()
    assert not window.isVisible()
