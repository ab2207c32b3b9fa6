"""Small tables, and a form in an active window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.forms import samples
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.forms.finders import Finders
from yuyue_desktop.ui.look.look import Look


@pytest.fixture
def finders() -> Finders:
    """Small tables."""
    return Finders(
        ports=samples.PORTS, transport_modes=samples.TRANSPORT_MODES, hs_codes=samples.GOODS, reasons=samples.REASONS
    )


@pytest.fixture
def open_form(qtbot: QtBot, look: Look, finders: Finders) -> Callable[..., ApplicationForm]:
    """Opens a form that shows a state, `width` pixels wide."""

    def open_it(state: FormState, width: int = 1162) -> ApplicationForm:
        form = ApplicationForm(look, finders, lambda: samples.NOW)
        qtbot.addWidget(form)
        form.resize(width, 654)
        form.show_state(state)
        form.show()
        with qtbot.waitActive(form):
            form.activateWindow()
        return form

    return open_it
