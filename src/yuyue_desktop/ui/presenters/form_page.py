"""The tab of one application: its form, and its name in the strip; knows no service."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.preview.preview_side import PreviewSide
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.shell.page import Page

NUMBER_END = 4
WIDE_FROM = 1900
FORM_WIDTH = 1180
SIDE_WIDEST = 900
"""Pixels: of the window, of the form with its rail, of a file beside it."""


def form_place(application_id: ApplicationId) -> str:
    """The place of an application's tab: each has one."""
    return f"{Place.APPLICATION}:{application_id}"


def application_of(place: str) -> ApplicationId | None:
    """Whose tab a place is, None for another kind of place."""
    kind, _, application_id = place.partition(":")
    return ApplicationId(application_id) if kind == Place.APPLICATION and application_id else None


class FormPage(Page):
    """Holds an ApplicationForm."""

    def __init__(self, application_id: ApplicationId, form: ApplicationForm) -> None:
        super().__init__(form_place(application_id), "预约申请", "form", menu_place=Place.APPLICATION)
        self.application_id = application_id
        self.form = form
        self._side: PreviewSide | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(form, 1)

    @property
    def has_room_beside(self) -> bool:
        """Whether the window is wide enough to look at a file beside the form (look.md, Sizes)."""
        return self.window().width() >= WIDE_FROM

    def show_beside(self, side: PreviewSide) -> None:
        """Look at a file beside the form, in place of the one before."""
        self._close_side()
        self._side = side
        self._row.addWidget(side)
        side.closed.connect(lambda: self._forget(side))
        self._fit_side()
        side.show()  # its layout would only show it later, and what is not shown takes no focus
        side.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.has_room_beside:
            self._close_side()
        self._fit_side()

    def _close_side(self) -> None:
        if self._side is not None:
            self._side.shut()

    def _forget(self, side: PreviewSide) -> None:
        self._row.removeWidget(side)
        side.deleteLater()
        self._side = None

    def _fit_side(self) -> None:
        """The form keeps its rail; what is left is the file's, as far as more of it helps."""
        if self._side is not None:
            self._side.setFixedWidth(min(self.width() - FORM_WIDTH, SIDE_WIDEST))

    def show_record(self, record: ApplicationRecord) -> None:
        """Name the tab after the application's number."""
        number = record.pre_entry_number
        self.set_title(f"预约申请 {number[:3]}…{number[-NUMBER_END:]}" if number else "预约申请 新草稿")

    def entry(self) -> QWidget | None:
        """The first field that the clerk fills in."""
        return self.form.first_entry()

    def rail(self) -> QWidget | None:
        """What is missing, and how long is left."""
        return self.form.rail
