"""What the build says of its measures, and what it refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from devtools.windows import report
from devtools.windows.trial import Measures

AT_THE_LIMITS = Measures(
    start_s=3.0,
    bare_start_s=2.0,
    size=250_000_000,
    bare_size=100_000_000,
    setup_size=40_000_000,
    own_setup_size=36_000_000,
    bare_setup_size=20_000_000,
)


def test_what_is_at_its_limit_may_pass() -> None:
    assert list(report.excesses(AT_THE_LIMITS)) == []


@pytest.mark.parametrize(
    ("measures", "told"),
    [
        (replace(AT_THE_LIMITS, start_s=3.1), "start of the window: 1.55 times a bare window's, at most 1.5"),
        (replace(AT_THE_LIMITS, size=256_000_000), "its folder: 2.56 times a bare window's, at most 2.5"),
        (replace(AT_THE_LIMITS, setup_size=40_400_000), "setup, practice too: 2.02 times a bare window's, at most 2.0"),
    ],
)
def test_what_is_beyond_its_limit_is_named(measures: Measures, told: str) -> None:
    assert list(report.excesses(measures)) == [told]


def test_each_measure_stands_beside_the_bare_windows() -> None:
    told = "\n".join(report.lines([("freeze", 448.2)], AT_THE_LIMITS, is_signed=False))
    assert "448 s" in told
    assert "Setup, practice too      40.0 MB, a bare window 20.0 MB: 2.00 times" in told
    assert "Not signed" in told
