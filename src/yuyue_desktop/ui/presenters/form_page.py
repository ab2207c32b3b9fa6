"""The tab of one application: its form, and its name in the strip; knows no service."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from yuyue_desktop.domain.application import ApplicationId, ApplicationRecord
from yuyue_desktop.ui.forms.application_form import ApplicationForm
from yuyue_desktop.ui.shell.menu_entries import Place
from yuyue_desktop.ui.shell.page import Page

NUMBER_END = 4


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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(form)

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
