"""The office's own clock: it starts where practice starts, runs at real speed, can be moved; knows no application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from yuyue_desktop.domain.errors import Code, user_error
from yuyue_practice.database import Database
from yuyue_practice.models import SettingRow

START = datetime(2026, 9, 28, 9, 0)
"""What the clock shows when a practice office first opens, whatever the machine's clock says."""

EARLIEST, LATEST = datetime(2018, 5, 1), datetime(2049, 12, 31)
"""Practice certificates and the table of credit levels cover this span."""

_OFFSET = "clock_offset_s"


def machine_time() -> datetime:
    """The machine's time as a naive moment; only its running matters, never what it shows."""
    return datetime.now(UTC).replace(tzinfo=None)


class OfficeClock:
    """China Standard Time at the practice office, naive; its offset to the machine's clock survives a restart."""

    def __init__(self, database: Database, machine: Callable[[], datetime] = machine_time) -> None:
        self._database = database
        self._machine = machine
        with database.writing() as session:
            row = session.get(SettingRow, _OFFSET)
            if row is None:
                row = SettingRow(name=_OFFSET, value=str((START - machine()).total_seconds()))
                session.add(row)
            self._offset = timedelta(seconds=float(row.value))

    def now(self) -> datetime:
        """The office's time, to the microsecond."""
        return self._machine() + self._offset

    def minute(self) -> datetime:
        """The office's time to the minute, as all rules count it (spec: Time)."""
        return self.now().replace(second=0, microsecond=0)

    def move_to(self, moment: datetime) -> datetime:
        """Set the clock, forwards or back; answers what it shows.

        Raises:
            YuyueError: CALL_UNUSABLE, the moment lies outside what practice covers.
        """
        if not EARLIEST <= moment <= LATEST:
            raise user_error(Code.CALL_UNUSABLE, reason=f"练习时间只能在 {EARLIEST:%Y-%m-%d} 至 {LATEST:%Y-%m-%d} 之间")
        offset = moment - self._machine()
        with self._database.writing() as session:
            session.merge(SettingRow(name=_OFFSET, value=str(offset.total_seconds())))
            self._offset = offset
        return self.now()
