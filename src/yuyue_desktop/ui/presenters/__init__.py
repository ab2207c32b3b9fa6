"""Between services and pages: a presenter turns what services know into what a page shows, and acts into calls."""
