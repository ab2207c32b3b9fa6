"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema to this step."""
    op.create_table(
        "applications",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("declarant", sa.String(length=10), nullable=False),
        sa.Column("trader", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.Column("pre_entry_number", sa.String(length=18), nullable=False),
        sa.Column("application_number", sa.String(length=20), nullable=False),
        sa.Column("declared_at", sa.DateTime(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("window_start", sa.DateTime(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("pre_entry_number"),
    )
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.create_index("applications_by_window", ["window_start"], unique=False)
        batch_op.create_index(batch_op.f("ix_applications_declarant"), ["declarant"], unique=False)
        batch_op.create_index(batch_op.f("ix_applications_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_applications_trader"), ["trader"], unique=False)

    op.create_table(
        "attachments",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("part_count", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "companies",
        sa.Column("customs_code", sa.String(length=10), nullable=False),
        sa.Column("credit_code", sa.String(length=18), nullable=False),
        sa.Column("inspection_code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("is_registered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("customs_code"),
    )
    op.create_table(
        "declarations",
        sa.Column("number", sa.String(length=18), nullable=False),
        sa.Column("is_import", sa.Boolean(), nullable=False),
        sa.Column("declarant", sa.String(length=10), nullable=False),
        sa.Column("trader", sa.String(length=10), nullable=False),
        sa.Column("declaration_port", sa.String(length=4), nullable=False),
        sa.Column("entry_exit_port", sa.String(length=4), nullable=False),
        sa.Column("declared_at", sa.DateTime(), nullable=False),
        sa.Column("has_time", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "ports",
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("hours", sa.String(length=100), nullable=False),
        sa.Column("saturday_hours", sa.String(length=100), nullable=False),
        sa.Column("published_from", sa.Date(), nullable=True),
        sa.Column("published_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_table(
        "serials",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("refresh_digest", sa.String(length=64), nullable=True),
        sa.Column("sign_in", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("person_name", sa.String(length=60), nullable=False),
        sa.Column("customs_code", sa.String(length=10), nullable=False),
        sa.Column("card_number", sa.String(length=40), nullable=False),
        sa.Column("is_receipts_only", sa.Boolean(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_digest"),
        sa.UniqueConstraint("refresh_digest"),
    )
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sessions_sign_in"), ["sign_in"], unique=False)

    op.create_table(
        "settings",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("step", sa.String(length=10), nullable=False),
        sa.Column("jws_digest", sa.String(length=64), nullable=False),
        sa.Column("jws", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submissions_application_id"), ["application_id"], unique=False)

    op.create_table(
        "accounts",
        sa.Column("user", sa.String(length=60), nullable=False),
        sa.Column("person_name", sa.String(length=60), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("customs_code", sa.String(length=10), nullable=False),
        sa.Column("card_number", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["customs_code"],
            ["companies.customs_code"],
        ),
        sa.PrimaryKeyConstraint("user"),
        sa.UniqueConstraint("card_number"),
    )
    op.create_table(
        "attachment_parts",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["attachments.sha256"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sha256", "number"),
    )
    op.create_table(
        "cards",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("customs_code", sa.String(length=10), nullable=False),
        sa.Column("holder", sa.String(length=60), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customs_code"],
            ["companies.customs_code"],
        ),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "credit_levels",
        sa.Column("customs_code", sa.String(length=10), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["customs_code"],
            ["companies.customs_code"],
        ),
        sa.PrimaryKeyConstraint("customs_code", "since"),
    )
    op.create_table(
        "port_days",
        sa.Column("port", sa.String(length=4), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hours", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["port"],
            ["ports.code"],
        ),
        sa.PrimaryKeyConstraint("port", "day"),
    )
    op.create_table(
        "receipts",
        sa.Column("cursor", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("pre_entry_number", sa.String(length=18), nullable=False),
        sa.Column("application_number", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
        ),
        sa.PrimaryKeyConstraint("cursor"),
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receipts_application_id"), ["application_id"], unique=False)


def downgrade() -> None:
    """Take this step back."""
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipts_application_id"))

    op.drop_table("receipts")
    op.drop_table("port_days")
    op.drop_table("credit_levels")
    op.drop_table("cards")
    op.drop_table("attachment_parts")
    op.drop_table("accounts")
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submissions_application_id"))

    op.drop_table("submissions")
    op.drop_table("settings")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sessions_sign_in"))

    op.drop_table("sessions")
    op.drop_table("serials")
    op.drop_table("ports")
    op.drop_table("declarations")
    op.drop_table("companies")
    op.drop_table("attachments")
    with op.batch_alter_table("applications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_applications_trader"))
        batch_op.drop_index(batch_op.f("ix_applications_status"))
        batch_op.drop_index(batch_op.f("ix_applications_declarant"))
        batch_op.drop_index("applications_by_window")

    op.drop_table("applications")
