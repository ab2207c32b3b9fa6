"""Paints the form in its states into pictures to look at: `python -m tests.ui.forms.gallery OUT_DIRECTORY`."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.forms import samples
from yuyue_desktop.domain.application import Status
from yuyue_desktop.domain.outbox import ItemState
from yuyue_desktop.services.drafting import FormState
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.forms.bindings import editor_of
from yuyue_desktop.ui.forms.finders import Finders
from yuyue_desktop.ui.look.look import Look, Theme

After = Callable[[ApplicationForm], object]


def faulty(form: ApplicationForm) -> None:
    form.fields.bindings["contact_mobile"].widget.setFocus()


def searching(form: ApplicationForm) -> None:
    port = form.fields.bindings["declaration_port"].widget
    port.setFocus()
    QTest.keyClicks(editor_of(port), "pd")


def tried(form: ApplicationForm) -> None:
    form.submit()


def nothing(_form: ApplicationForm) -> None:
    """Leaves the form as it is."""


PICTURES: tuple[tuple[str, FormState, tuple[int, int], float, Theme, After], ...] = (
    ("faulty", samples.state(samples.FAULTY), (1162, 654), 1, Theme.LIGHT, faulty),
    ("search", samples.state(dataclasses.replace(samples.FAULTY, declaration_port="")), (1162, 654), 1, Theme.LIGHT,
     searching),
    ("dark", samples.state(samples.FAULTY), (1162, 654), 1, Theme.DARK, faulty),
    ("compact", samples.state(samples.FAULTY), (1228, 558), 1, Theme.LIGHT, faulty),
    ("double", samples.state(samples.FAULTY), (1162, 654), 2, Theme.LIGHT, faulty),
    ("wide", samples.state(), (1716, 926), 1, Theme.LIGHT, nothing),
    ("empty", samples.state(samples.EMPTY), (1162, 654), 1, Theme.LIGHT, tried),
    ("narrow", samples.state(samples.FAULTY), (972, 526), 1, Theme.LIGHT, faulty),
    ("waiting", samples.state(mark=ItemState.WAITING), (1162, 654), 1, Theme.LIGHT, nothing),
    ("accepted", samples.state(status=Status.ACCEPTED), (1162, 654), 1, Theme.LIGHT, nothing),
    ("large", samples.state(samples.FAULTY), (1162, 654), 1, Theme.LIGHT, faulty),
    ("overdue", samples.state(status=Status.FEEDBACK_OVERDUE), (1162, 820), 1, Theme.LIGHT, nothing),
    ("approved", samples.state(status=Status.APPROVED), (1162, 720), 1, Theme.LIGHT, nothing),
)  # fmt: skip


def main(out: Path) -> None:
    """Writes the pictures, all or those named after the directory."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    look = Look()
    look.dress(application)
    out.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[2:]
    for name, state, (width, height), ratio, theme, after in PICTURES:
        if wanted and name not in wanted:
            continue
        look.choose(theme, is_compact=name in ("compact", "narrow"), is_large=name == "large")
        finders = Finders(
            ports=samples.PORTS,
            transport_modes=samples.TRANSPORT_MODES,
            hs_codes=samples.GOODS,
            reasons=samples.REASONS,
        )
        form = ApplicationForm(look, finders, lambda: samples.NOW)
        form.resize(width, height)
        form.show_state(state)
        form.show()
        form.activateWindow()
        QTest.qWaitForWindowActive(form)
        after(form)
        QTest.qWait(50)
        picture = QPixmap(form.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        form.render(picture, QPoint(0, 0))
        picture.save(str(out / f"form-{name}.png"))
        form.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
