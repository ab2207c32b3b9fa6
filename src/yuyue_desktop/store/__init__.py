"""The encrypted store of one profile: drafts, outbox, receipts, journal; the only door to the database."""
