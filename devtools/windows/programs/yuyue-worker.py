"""Start of yuyue-worker.exe, the helper processes without a window: `yuyue-worker.exe card --module …`, `… pdf`."""

from __future__ import annotations

import sys
from collections.abc import Callable

# A helper loads its own libraries only, so each is imported when it is called for.


def run_card(arguments: list[str]) -> int:
    """Be the card process."""
    from yuyue_desktop.card.process import main  # noqa: PLC0415

    return main(arguments)


def run_pdf(_: list[str]) -> int:
    """Be the PDF process."""
    from yuyue_desktop.documents.process import main  # noqa: PLC0415

    return main()


WORKERS: dict[str, Callable[[list[str]], int]] = {"card": run_card, "pdf": run_pdf}


def main() -> int:
    """Run the helper that the first argument names; 2 for none or an unknown one."""
    worker = WORKERS.get(sys.argv[1]) if sys.argv[1:] else None
    return worker(sys.argv[2:]) if worker else 2


if __name__ == "__main__":
    sys.exit(main())
