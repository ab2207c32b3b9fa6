"""Start of yuyue-worker.exe, the helper processes without a window: `yuyue-worker.exe card …`."""

from __future__ import annotations

import sys

from yuyue_desktop.card.process import main as card

WORKERS = {"card": card}

if __name__ == "__main__":
    sys.exit(WORKERS[sys.argv[1]](sys.argv[2:]))
