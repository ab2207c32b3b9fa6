"""Start of yuyue-desktop.exe, the window."""

from __future__ import annotations

import sys

from yuyue_desktop.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
