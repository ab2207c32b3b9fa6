"""How long one keystroke's search takes, beside a plain linear scan with `in` over the same rows, in the same run.

`python benchmarks/search.py`: milliseconds as least / median / most over the keystrokes of words typed one by one.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator

from yuyue_desktop.reference.search import CodeSearch, GoodsSearch, PortSearch, folded
from yuyue_desktop.reference.tables import Tables

FRAME_MS = 16.0
ROUNDS = 5
GOODS_WORDS = (
    "01012100",
    "8703",
    "其他",
    "液化天然气",
    "小轿车",
    "qt",
    "yhtrq",
    "xiaojiaoche",
    "zhimayou",
    "丙烷 液化",
)
PORT_WORDS = ("2233", "浦东机场", "pdjc", "pudongjichang", "shanghai", "石机场办", "b型", "zz")


def keystrokes(words: tuple[str, ...]) -> Iterator[str]:
    """Yield every text that stands in the field while the words are typed."""
    for word in words:
        yield from (word[:count] for count in range(1, len(word) + 1))


def measure(act: Callable[[str], object], words: tuple[str, ...]) -> list[float]:
    """Give the time of each keystroke in milliseconds, each the least of some rounds."""
    times = []
    for text in keystrokes(words):
        rounds = []
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            act(text)
            rounds.append((time.perf_counter() - begin) * 1000)
        times.append(min(rounds))
    return times


def plain_scan(texts: list[str]) -> Callable[[str], list[str]]:
    """Give the simplest thing that could answer: every row whose code or name holds what was typed."""
    return lambda typed: [text for text in texts if folded(typed) in text]


def report(name: str, times: list[float]) -> None:
    """Print one line."""
    least, middle, most = min(times), statistics.median(times), max(times)
    sys.stdout.write(f"{name:<22} {least:7.2f} {middle:7.2f} {most:7.2f}   {len(times)} keystrokes\n")


def compare(name: str, search: CodeSearch, texts: list[str], words: tuple[str, ...]) -> float:
    """Measure both ways on one table; answer the search's worst keystroke."""
    times = measure(search.find, words)
    report(f"{name}, search", times)
    report(f"{name}, plain scan", measure(plain_scan(texts), words))
    return max(times)


def main() -> int:
    """Measure; the exit code says whether every keystroke stayed within a frame."""
    begin = time.perf_counter()
    tables = Tables()
    goods, ports = GoodsSearch(tables.goods), PortSearch(tables.ports)
    sys.stdout.write(f"read and made ready in {(time.perf_counter() - begin) * 1000:.0f} ms\n")
    sys.stdout.write(f"{'milliseconds':<22} {'least':>7} {'median':>7} {'most':>7}\n")
    lines = [folded(f"{line.code} {line.name} {line.shown_path}") for line in tables.goods.rows]
    names = [folded(f"{port.code} {port.name} {port.short_name}") for port in tables.ports.rows]
    worst = max(compare("goods", goods, lines, GOODS_WORDS), compare("ports", ports, names, PORT_WORDS))
    return 0 if worst <= FRAME_MS else 1


if __name__ == "__main__":
    sys.exit(main())
