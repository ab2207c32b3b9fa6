"""Deletions that customs is still to be told of (S28), and the order in which saves and deletions were asked for."""

from __future__ import annotations

import apsw

# asked: the turn of what is to be told to the gateway; deletion_by: who deleted what it may still have, else empty.
_CHANGES = """
ALTER TABLE applications ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE applications ADD COLUMN deletion_by TEXT NOT NULL DEFAULT '';
CREATE INDEX applications_by_turn ON applications (asked);
CREATE INDEX applications_unsent_deletions ON applications (deletion_by) WHERE deletion_by <> '';
"""

# Drafts deleted before this step: the question before deleting said that they would be gone at customs, too.
_DELETED_BEFORE = """
UPDATE applications SET deletion_by = coalesce(
    (SELECT j.person FROM journal AS j WHERE j.application_id = applications.id AND j.deed = 'deleted'
     ORDER BY j.number DESC LIMIT 1), person)
WHERE status = 'draft' AND deleted_at IS NOT NULL AND (wanted_revision > 0 OR sent_revision > 0
    OR pre_entry_number <> '' OR id IN (SELECT application_id FROM outbox WHERE attempts > 0))
"""


def apply(connection: apsw.Connection) -> None:
    """Add the columns, and ask for what was deleted without them."""
    connection.execute(_CHANGES)
    connection.execute(_DELETED_BEFORE)
