"""Steps of the schema; each runs once, in order, when the office opens its database."""
