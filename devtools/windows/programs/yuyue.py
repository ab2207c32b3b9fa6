"""Start of yuyue.exe, the command line."""

from __future__ import annotations

import sys

from yuyue_desktop.commands import main

if __name__ == "__main__":
    sys.exit(main())
