"""The program yuyue-practice: starts the practice office, and speaks to one that runs."""

from __future__ import annotations

import sys

from yuyue_practice.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
