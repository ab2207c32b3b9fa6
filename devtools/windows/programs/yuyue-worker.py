"""Start of yuyue-worker.exe, the helper processes without a window: `yuyue-worker.exe card --module …`."""

from __future__ import annotations

import sys

from yuyue_desktop.card.process import main as run_card

WORKERS = {"card": run_card}


def main() -> int:
    """Run the helper that the first argument names; 2 for none or an unknown one."""
    worker = WORKERS.get(sys.argv[1]) if sys.argv[1:] else None
    return worker(sys.argv[2:]) if worker else 2


if __name__ == "__main__":
    sys.exit(main())
