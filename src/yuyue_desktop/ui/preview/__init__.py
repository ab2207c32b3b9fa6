"""Looking at a PDF in the window: pages as they look, each with what it weighs."""
