"""Where alembic finds the office's connection and tables; run by alembic, not imported."""

from __future__ import annotations

from alembic import context

from yuyue_practice.models import Row

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Row.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
