"""The look hands out what the tokens say and tells when it changes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from yuyue_desktop.ui.look.icons import PATHS, Icons
from yuyue_desktop.ui.look.look import Look, Theme
from yuyue_desktop.ui.look.system_colours import system_colours
from yuyue_desktop.ui.look.tokens import DARK, FAMILIES, LIGHT, Role


def test_colours_follow_the_theme(qtbot: QtBot) -> None:
    look = Look()
    assert look.colour("req") == QColor(LIGHT["req"])
    with qtbot.waitSignal(look.changed):
        look.choose(Theme.DARK)
    assert look.colour("req") == QColor(DARK["req"])


def test_choosing_the_same_again_is_silent(qtbot: QtBot) -> None:
    look = Look()
    with qtbot.assertNotEmitted(look.changed):
        look.choose(Theme.LIGHT, is_large=False)


def test_an_unknown_colour_is_a_fault() -> None:
    with pytest.raises(KeyError):
        Look().colour("pink")


def test_fonts_name_several_families_and_grow_with_large_letters() -> None:
    look = Look()
    font = look.font(Role.LABEL, bold=True)
    assert font.families() == list(FAMILIES)
    assert (font.pixelSize(), font.bold()) == (13, True)
    look.choose(is_large=True)
    assert look.font(Role.LABEL).pixelSize() == 15


def test_dressing_carries_a_change_to_the_program(qapp: QApplication) -> None:
    look = Look()
    look.dress(qapp)
    assert LIGHT["accent_soft"] in qapp.styleSheet()
    look.choose(Theme.DARK)
    assert DARK["accent_soft"] in qapp.styleSheet()
    assert qapp.palette().color(QPalette.ColorRole.Text) == QColor(DARK["ink"])
    look.choose(Theme.LIGHT)


def test_high_contrast_does_not_take_an_earlier_themes_colours_for_the_systems(qapp: QApplication) -> None:
    qapp.setPalette(QPalette())
    own = qapp.palette().color(QPalette.ColorRole.Base)
    look = Look(Theme.DARK)
    look.dress(qapp)
    look.choose(Theme.HIGH_CONTRAST)
    assert look.colour("surface") == qapp.palette().color(QPalette.ColorRole.Base) == own
    look.choose(Theme.LIGHT)


def test_high_contrast_takes_the_systems_own_colours(qapp: QApplication) -> None:
    palette = QPalette(qapp.palette())
    palette.setColor(QPalette.ColorRole.Base, QColor(0, 0, 0))
    palette.setColor(QPalette.ColorRole.Text, QColor(255, 255, 255))
    colours = system_colours(palette)
    assert colours.keys() == LIGHT.keys()
    assert QColor(colours["req"]) == QColor(0, 0, 0)
    assert QColor(colours["ink2"]) == QColor(255, 255, 255)
    image = Icons(colours).pixmap("home", "ink", 20).toImage()
    assert any(image.pixelColor(x, y) == QColor(255, 255, 255) for x in range(20) for y in range(20))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", PATHS)
def test_each_icon_paints_something_at_the_screens_own_ratio(name: str) -> None:
    pixmap = Look().icons.pixmap(name, "ink", 20, 2.0)
    assert pixmap.width() == 40
    assert pixmap.devicePixelRatio() == 2.0
    image = pixmap.toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(40) for y in range(40))


@pytest.mark.usefixtures("qapp")
def test_an_icon_is_painted_once() -> None:
    icons = Look().icons
    assert icons.pixmap("lock", "ink", 20).cacheKey() == icons.pixmap("lock", "ink", 20).cacheKey()
