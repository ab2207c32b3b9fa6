"""The tables of the practice office; plain rows without behaviour. Moments are China Standard Time, naive."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CODE = String(10)
UUID = String(36)
DIGEST = String(64)


class Row(DeclarativeBase):
    """What all tables have in common."""


class SettingRow(Row):
    """A remembered choice of the office."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class SerialRow(Row):
    """The last number given of a running series."""

    __tablename__ = "serials"
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    last: Mapped[int]


class CompanyRow(Row):
    """A company on customs' register."""

    __tablename__ = "companies"
    customs_code: Mapped[str] = mapped_column(CODE, primary_key=True)
    credit_code: Mapped[str] = mapped_column(String(18))
    inspection_code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(100))
    is_registered: Mapped[bool]


class CreditLevelRow(Row):
    """The credit level a company has from a day on (S25)."""

    __tablename__ = "credit_levels"
    customs_code: Mapped[str] = mapped_column(ForeignKey("companies.customs_code"), primary_key=True)
    since: Mapped[date] = mapped_column(primary_key=True)
    level: Mapped[str] = mapped_column(String(20))


class CardRow(Row):
    """A card that customs knows, and the company it was issued to (S1)."""

    __tablename__ = "cards"
    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    customs_code: Mapped[str] = mapped_column(ForeignKey("companies.customs_code"))
    holder: Mapped[str] = mapped_column(String(60))
    certificate: Mapped[bytes] = mapped_column(LargeBinary)


class AccountRow(Row):
    """A user of a company; `card_number` is the card it is bound to, None where it is bound to none (S2)."""

    __tablename__ = "accounts"
    user: Mapped[str] = mapped_column(String(60), primary_key=True)
    person_name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(200))
    customs_code: Mapped[str] = mapped_column(ForeignKey("companies.customs_code"))
    card_number: Mapped[str | None] = mapped_column(String(40), unique=True)


class SessionRow(Row):
    """A signed-in person; tokens are kept as digests only. `sign_in` is shared by all that refreshing gave."""

    __tablename__ = "sessions"
    token_digest: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    refresh_digest: Mapped[str | None] = mapped_column(DIGEST, unique=True)
    sign_in: Mapped[str] = mapped_column(UUID, index=True)
    person: Mapped[str] = mapped_column(String(60))
    person_name: Mapped[str] = mapped_column(String(60))
    customs_code: Mapped[str] = mapped_column(CODE)
    card_number: Mapped[str] = mapped_column(String(40))
    is_receipts_only: Mapped[bool]
    ends_at: Mapped[datetime]


class PortRow(Row):
    """A port; working hours as `08:30-12:00,13:00-17:30`, published span None where it has no calendar (S26)."""

    __tablename__ = "ports"
    code: Mapped[str] = mapped_column(String(4), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    hours: Mapped[str] = mapped_column(String(100))
    saturday_hours: Mapped[str] = mapped_column(String(100))
    published_from: Mapped[date | None]
    published_to: Mapped[date | None]


class PortDayRow(Row):
    """A day that a port works otherwise than by rule; empty hours: it does not work."""

    __tablename__ = "port_days"
    port: Mapped[str] = mapped_column(ForeignKey("ports.code"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    hours: Mapped[str] = mapped_column(String(100))


class DeclarationRow(Row):
    """A customs declaration to compare feedback with (S30); without `has_time` only the date was recorded."""

    __tablename__ = "declarations"
    number: Mapped[str] = mapped_column(String(18), primary_key=True)
    is_import: Mapped[bool]
    declarant: Mapped[str] = mapped_column(CODE)
    trader: Mapped[str] = mapped_column(CODE)
    declaration_port: Mapped[str] = mapped_column(String(4))
    entry_exit_port: Mapped[str] = mapped_column(String(4))
    declared_at: Mapped[datetime]
    has_time: Mapped[bool]


class ApplicationRow(Row):
    """An application with its life; `content` is the wire's ApplicationBody, `feedback` a JSON list of numbers."""

    __tablename__ = "applications"
    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    declarant: Mapped[str] = mapped_column(CODE, index=True)
    trader: Mapped[str] = mapped_column(String(40), index=True)
    status: Mapped[str] = mapped_column(String(20), index=True)
    revision: Mapped[int]
    person: Mapped[str] = mapped_column(String(60))
    saved_at: Mapped[datetime]
    pre_entry_number: Mapped[str] = mapped_column(String(18), unique=True)
    application_number: Mapped[str] = mapped_column(String(20))
    declared_at: Mapped[datetime | None]
    approved_at: Mapped[datetime | None]
    window_start: Mapped[datetime | None]
    content: Mapped[str] = mapped_column(Text)
    feedback: Mapped[str] = mapped_column(Text)
    explanation: Mapped[str | None] = mapped_column(Text)
    is_deleted: Mapped[bool]


class ReceiptRow(Row):
    """An answer of customs (S32); cursors ascend in the order of commits."""

    __tablename__ = "receipts"
    cursor: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    application_id: Mapped[str] = mapped_column(ForeignKey("applications.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    status: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(40))
    pre_entry_number: Mapped[str] = mapped_column(String(18))
    application_number: Mapped[str] = mapped_column(String(20))


class SubmissionRow(Row):
    """A submission that was answered: what came, by its digest, and the one answer to it."""

    __tablename__ = "submissions"
    id: Mapped[str] = mapped_column(UUID, primary_key=True)
    application_id: Mapped[str] = mapped_column(UUID, index=True)
    step: Mapped[str] = mapped_column(String(10))
    jws_digest: Mapped[str] = mapped_column(DIGEST)
    jws: Mapped[str] = mapped_column(Text)
    arrived_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(Text)


class AttachmentRow(Row):
    """A file that arrives in parts; `size` is known once all are there and their digest was right."""

    __tablename__ = "attachments"
    sha256: Mapped[str] = mapped_column(DIGEST, primary_key=True)
    part_count: Mapped[int]
    size: Mapped[int | None]
    begun_at: Mapped[datetime]


class AttachmentPartRow(Row):
    """One part of a file."""

    __tablename__ = "attachment_parts"
    sha256: Mapped[str] = mapped_column(ForeignKey("attachments.sha256", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


Index("applications_by_window", ApplicationRow.window_start)
