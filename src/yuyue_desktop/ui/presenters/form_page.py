"""The tab of one application: its form, and its name in the strip; knows no service."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
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
    """Holds an ApplicationForm, which `build` makes when the page is first shown or its form is asked for.

    A form takes the window thread about a tenth of a second: twenty tabs that come back together would hold it for two.
    `form_built` comes when there is one, to be filled before anybody sees it.
    """

    form_built = Signal()

    def __init__(self, application_id: ApplicationId, build: Callable[[], ApplicationForm]) -> None:
        super().__init__(form_place(application_id), "预约申请", "form", menu_place=Place.APPLICATION)
        self.application_id = application_id
        self._build = build
        self._form: ApplicationForm | None = None
        self._side: PreviewSide | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    @property
    def form(self) -> ApplicationForm:
        """The form, which is built if it was not yet."""
        if self._form is None:
            self._form = self._build()
            self._form.resize(self.size())  # a layout sees nothing that is not shown yet
            self._row.insertWidget(0, self._form, 1)
            self.form_built.emit()
        return self._form

    @property
    def is_built(self) -> bool:
        """Whether there is a form yet."""
        return self._form is not None

    @property
    def focused_name(self) -> str:
        """Where in the form the clerk is, by a name of the catalogue; empty for nowhere."""
        return self._form.focused_name if self._form is not None else ""

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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.form.show()  # as in show_beside

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
        return self._form.first_entry() if self._form is not None else None

    def rail(self) -> QWidget | None:
        """What is missing, and how long is left."""
        return self._form.rail if self._form is not None else None
