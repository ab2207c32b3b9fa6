"""The licence check lets nothing strange into the product."""

from __future__ import annotations

import pytest

from devtools import licences, product


def test_the_product_as_it_is() -> None:
    packages = product.packages(product.extras())
    assert {"pyside6-essentials", "shiboken6", "pyscard", "pywin32-ctypes", "cffi"} <= packages
    assert "pytest" not in packages
    assert [licences.judge(name) for name in packages if licences.judge(name)] == []


@pytest.mark.parametrize(
    "text",
    [
        "GPL-3.0-only",
        "GPL-2.0-or-later OR AGPL-3.0-only",
        "License :: OSI Approved :: GNU General Public License v3 (GPLv3)",
        "License :: OSI Approved :: GNU Affero General Public License v3",
        "AGPL-3.0-or-later",
        "Proprietary",
        "",
    ],
)
def test_what_does_not_fit_is_refused(text: str) -> None:
    assert not licences.is_fitting(text)


@pytest.mark.parametrize(
    "text",
    [
        "MIT",
        "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
        "License :: OSI Approved :: GNU Lesser General Public License v2 or later (LGPLv2+)",
        "Apache-2.0 OR BSD-3-Clause",
    ],
)
def test_what_fits_is_accepted(text: str) -> None:
    assert licences.is_fitting(text)
