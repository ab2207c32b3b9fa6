"""The first schema; moments are ISO 8601 to the microsecond (window_start: minute), so that text order is time's."""

from __future__ import annotations

import apsw

_SCHEMA = """
-- content: the whole application as JSON (content.py); columns beside it serve queries.
-- wanted_revision: what the clerk asked to save at the gateway, by wanted_by; sent_revision: what the gateway has.
CREATE TABLE applications (
    id TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    revision INTEGER NOT NULL,
    status TEXT NOT NULL,
    person TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    declarant TEXT NOT NULL,
    trader TEXT NOT NULL,
    window_start TEXT,
    pre_entry_number TEXT NOT NULL DEFAULT '',
    application_number TEXT NOT NULL DEFAULT '',
    declarant_name TEXT NOT NULL DEFAULT '',
    trader_name TEXT NOT NULL DEFAULT '',
    declared_at TEXT,
    approved_at TEXT,
    feedback TEXT NOT NULL DEFAULT '[]',
    is_explained INTEGER NOT NULL DEFAULT 0,
    wanted_revision INTEGER NOT NULL DEFAULT 0,
    wanted_by TEXT NOT NULL DEFAULT '',
    sent_revision INTEGER NOT NULL DEFAULT 0,
    deleted_at TEXT,
    applied_at TEXT GENERATED ALWAYS AS (coalesce(declared_at, saved_at)) VIRTUAL
) STRICT;
CREATE INDEX applications_by_declarant ON applications (declarant, applied_at);
CREATE INDEX applications_by_trader ON applications (trader, applied_at);
CREATE INDEX applications_by_status ON applications (status, saved_at);
CREATE INDEX applications_by_window ON applications (window_start);
CREATE INDEX applications_by_number ON applications (pre_entry_number);

-- An open item locks its application; there is at most one.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    application_id TEXT NOT NULL REFERENCES applications (id),
    step TEXT NOT NULL,
    owner TEXT NOT NULL,
    jws TEXT NOT NULL,
    attachments TEXT NOT NULL,
    state TEXT NOT NULL,
    is_open INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_try_at TEXT,
    latest TEXT,
    last_error TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX outbox_open ON outbox (application_id) WHERE is_open;

-- No reference to applications: an answer is kept even where its application is unknown here.
-- cursor: the gateway's running number; below zero for a refusal that came without a receipt.
CREATE TABLE receipts (
    cursor INTEGER PRIMARY KEY,
    application_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    code TEXT NOT NULL,
    pre_entry_number TEXT NOT NULL,
    application_number TEXT NOT NULL
) STRICT;
CREATE INDEX receipts_by_application ON receipts (application_id);
CREATE INDEX receipts_by_time ON receipts (at);

CREATE TABLE attachments (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;

CREATE TABLE companies (
    customs_code TEXT PRIMARY KEY,
    credit_code TEXT NOT NULL,
    inspection_code TEXT NOT NULL,
    name TEXT NOT NULL,
    grade TEXT NOT NULL,
    is_registered INTEGER NOT NULL,
    owes_feedback INTEGER NOT NULL
) STRICT;

-- days: JSON, working days of the published span with their periods in minutes.
CREATE TABLE calendars (
    port TEXT PRIMARY KEY,
    published_from TEXT NOT NULL,
    published_to TEXT NOT NULL,
    days TEXT NOT NULL
) STRICT;

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE journal (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    person TEXT NOT NULL,
    deed TEXT NOT NULL,
    application_id TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX journal_by_application ON journal (application_id);

CREATE TABLE receipt_cursor (only INTEGER PRIMARY KEY CHECK (only = 1), cursor INTEGER NOT NULL) STRICT;
INSERT INTO receipt_cursor VALUES (1, 0);
"""


def apply(connection: apsw.Connection) -> None:
    """Make the tables."""
    connection.execute(_SCHEMA)
