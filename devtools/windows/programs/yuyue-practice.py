"""Start of yuyue-practice.exe, the customs side to practise with."""

from __future__ import annotations

import sys

from yuyue_practice.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
