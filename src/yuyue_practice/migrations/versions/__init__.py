"""A module per step of the schema."""
