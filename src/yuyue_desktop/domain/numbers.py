"""Shapes of the trade's numbers (N1-N7, S13, S30) and their check characters; knows no table of issued numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CUSTOMS_CODE = re.compile(r"[0-9]{5}[0-9A-Z]{5}")
CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
INSPECTION_CODE = re.compile(r"[0-9]{10}")
HS_CODE = re.compile(r"[0-9]{4,10}")
PORT_CODE = re.compile(r"[0-9]{4}")
TRANSPORT_CODE = re.compile(r"[0-9A-Z]")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"0[0-9]{2,3}-[2-9][0-9]{6,7}(?:-[0-9]{1,6})?")
PRE_ENTRY_NUMBER = re.compile(r"YTG[0-9]{4}[0-9]{11}")
DECLARATION_NUMBER_LENGTH = 18
MOBILE_LENGTH = 11
NOT_PORTS = frozenset({"0000", "5000", "9900"})
"""N7: codes of the district table that are no ports."""
DISTRICT_CODE = re.compile(r"[0-9]{2}00")
"""A direct customs' own code in the district table; as a port one of its subordinates is usually meant (N7)."""

_HALF_WIDTH = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0xFF01, 0xFF5F), 0x3000)}
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def narrowed(text: str) -> str:
    """Full-width digits, letters and signs as half-width, outer blanks trimmed; Chinese text stays as it is."""
    return half_width(text).strip()


def half_width(text: str) -> str:
    """Full-width digits, letters, signs and blanks as half-width, each in its place."""
    return text.translate(_HALF_WIDTH)


def is_customs_code(text: str) -> bool:
    """N1: five digits of a domestic region, then five digits or capitals."""
    return CUSTOMS_CODE.fullmatch(text) is not None


def is_credit_code(text: str) -> bool:
    """N2: the shape of a unified social credit code, without its check character."""
    return CREDIT_CODE.fullmatch(text) is not None


def has_credit_check(text: str) -> bool:
    """N2: whether the check character of GB 32100-2015 fits (weights 3^(i-1) mod 31); a misfit only warns."""
    if not is_credit_code(text):
        return False
    total = sum(_CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(text[:17]))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31] == text[17]


def is_telephone(text: str) -> bool:
    """S13: a mainland mobile, or a landline with area code such as 010-65194114."""
    return MOBILE.fullmatch(text) is not None or LANDLINE.fullmatch(text) is not None


def is_pre_entry_number(text: str) -> bool:
    """N6: YTG, year, eleven digits."""
    return PRE_ENTRY_NUMBER.fullmatch(text) is not None


def pre_entry_number(year: int, serial: int) -> str:
    """N6: the `serial`-th pre-entry number of a year, e.g. YTG202600000000274."""
    return f"YTG{year:04d}{serial:011d}"


@dataclass(frozen=True, slots=True)
class DeclarationNumber:
    """S30: what the 18 digits of a declaration number show."""

    port: str
    year: int
    is_import: bool
    serial: str


def parse_declaration_number(text: str) -> DeclarationNumber:
    """Take a declaration number apart: digits 1-4 port, 5-8 year, 9 flag (1 import, 0 export), 10-18 serial (S30).

    Raises:
        ValueError: not 18 digits, or the ninth is neither 0 nor 1.
    """
    if not re.fullmatch(r"[0-9]{18}", text) or text[8] not in "01":
        raise ValueError("not a declaration number")
    return DeclarationNumber(text[:4], int(text[4:8]), text[8] == "1", text[9:])
