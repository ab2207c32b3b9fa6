"""Pages that open in tabs or before them: told what to show, they say what the clerk wants, and call no service."""
