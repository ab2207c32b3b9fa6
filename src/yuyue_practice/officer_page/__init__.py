"""/officer: the officer's desk as a small web page, server-rendered, plainly marked as practice."""
