"""The window until the store is open: what it waits for, and what only the clerk can answer."""
