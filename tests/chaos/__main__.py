"""`dev.py chaos`: a run of so many minutes, its table, and as the last line what it found."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from tests.chaos.bench import Bench, Terms
from tests.chaos.report import last_line
from tests.chaos.saves import words_of

KEY_AGE_S = 1.0
"""B2: every key older than this is on the disk."""


def main() -> int:
    """Run; answers 0 where nothing was lost, doubled or wrong, else 1, and then leaves everything where it lies."""
    parser = argparse.ArgumentParser(prog="dev.py chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--key-age", type=float, default=KEY_AGE_S, metavar="SECONDS")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="yuyue-chaos-"))
    with Bench(folder, Terms(options.seed, options.minutes * 60, options.key_age)) as bench:
        bench.work()
        bench.settle()
        declarations = bench.judge()
    findings, tally = bench.verdict.findings, bench.tally
    told = ", ".join(f"{code} {count}" for code, count in sorted(bench.journal.told.items()))
    steps = ", ".join(f"{step} {count}" for step, count in sorted(bench.journal.steps.items()))
    beside = f"{bench.beside.runs} runs of yuyue on the same store, {bench.beside.killed} of them killed"
    lines = [
        tally.table(),
        f"seed {options.seed}, {options.minutes:g} minutes, {bench.lives} lives of the program",
        f"other steps: {steps or 'none'}; {beside}",
        f"customs forgot something of {len(bench.verdict.forgotten)} applications",
        *words_of(bench.journal.saves),
        f"what the clerk was told: {told or 'nothing'}",
        *findings.lines(),
        *([] if findings.are_none else [f"everything lies in {folder}"]),
        last_line(tally.total, declarations, findings),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    if findings.are_none:
        shutil.rmtree(folder)
    return 0 if findings.are_none else 1


if __name__ == "__main__":
    sys.exit(main())
