"""A newer version is believed with the office's signature alone, and asked for only where the office set an address."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import pytest

from tests.updates.office import TellingOffice
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.releases import Release
from yuyue_desktop.domain.texts import error_words
from yuyue_desktop.gateway.transport import direct
from yuyue_desktop.services.updating import Updating
from yuyue_desktop.updates.office_notice import LONGEST_BYTES, OfficeNotice
from yuyue_desktop.updates.signed_notice import NotBelieved, read_notice

PAGE = "https://it.example.cn/yuyue"


@pytest.fixture
def office() -> TellingOffice:
    return TellingOffice()


@pytest.fixture
def address(office: TellingOffice) -> Iterator[str]:
    with office.serving() as served:
        yield served


@pytest.mark.parametrize(
    ("version", "than", "is_newer"),
    [
        ("0.1.1", "0.1.0", True),
        ("0.10", "0.9.9", True),
        ("1.0", "1.0.0", False),
        ("0.1.0", "0.1.0", False),
        ("0.0.9", "0.1.0", False),
        ("1.0.0.1", "1.0", True),
    ],
)
def test_which_is_newer(version: str, than: str, is_newer: bool) -> None:
    assert Release(version).is_newer_than(than) is is_newer


@pytest.mark.parametrize("version", ["", "1", "1.x", "v1.2", "1.2-beta", "1." + "9" * 5000, "1.2\n"])
def test_what_is_no_version(version: str) -> None:
    with pytest.raises(ValueError, match="no version"):
        Release(version)


def test_a_signed_notice_is_read(office: TellingOffice) -> None:
    notice = office.notice(version="0.2.0", page=PAGE, notes="导入更快")
    assert read_notice(notice, office.key) == Release("0.2.0", PAGE, "导入更快")


def test_another_office_is_not_believed(office: TellingOffice) -> None:
    with pytest.raises(NotBelieved, match="签名不对"):
        read_notice(office.notice(version="0.2.0"), TellingOffice().key)


def test_a_changed_word_is_not_believed(office: TellingOffice) -> None:
    notice = json.loads(office.notice(version="0.2.0", page=PAGE))
    notice["signed"] = notice["signed"].replace("it.example.cn", "it.example.com")
    with pytest.raises(NotBelieved, match="签名不对"):
        read_notice(json.dumps(notice).encode(), office.key)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"null", b"{}", b"\xff\xfe", b"<html>", b'{"signed": "{}", "signature": "!"}', b"[" * 50_000],
)
def test_nonsense_is_not_believed(office: TellingOffice, content: bytes) -> None:
    with pytest.raises(NotBelieved):
        read_notice(content, office.key)


@pytest.mark.parametrize("key", ["", "short", base64.b64encode(b"x" * 31).decode(), "密钥"])
def test_without_a_proper_key_nothing_is_believed(office: TellingOffice, key: str) -> None:
    with pytest.raises(NotBelieved):
        read_notice(office.notice(version="0.2.0"), key)


@pytest.mark.parametrize("told", [{}, {"version": "new"}, {"version": "1.0", "page": "javascript:alert(1)"}])
def test_signed_nonsense_is_not_believed_either(office: TellingOffice, told: dict[str, str]) -> None:
    with pytest.raises(NotBelieved):
        read_notice(office.notice(**told), office.key)


def test_it_is_fetched_and_compared(office: TellingOffice, address: str) -> None:
    office.content = office.notice(version="0.2.0", page=PAGE)
    source = OfficeNotice(address, office.key, direct)
    assert Updating(source, "0.1.0").newer() == Release("0.2.0", PAGE)
    assert Updating(source, "0.2.0").newer() is None


def test_where_no_address_is_set_nobody_is_asked(office: TellingOffice, address: str) -> None:
    assert address
    assert Updating(None, "0.1.0").newer() is None
    assert office.asked == []


@pytest.mark.parametrize(("code", "content"), [(404, b""), (302, b""), (200, b"x" * (LONGEST_BYTES + 1)), (200, b"{}")])
def test_what_stands_in_the_way_is_said(office: TellingOffice, address: str, code: int, content: bytes) -> None:
    office.code, office.content = code, content
    with pytest.raises(YuyueError) as failed:
        OfficeNotice(address, office.key, direct).newest()
    assert failed.value.code is Code.NEW_VERSION_UNKNOWN
    assert "不影响申报" in error_words(failed.value).advice
    assert office.asked == ["/newest.json"], "no redirection is followed"


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x", "ftp://127.0.0.1/x", "nonsense", "https://127.0.0.1:9"])
def test_an_address_that_leads_nowhere(office: TellingOffice, address: str) -> None:
    with pytest.raises(YuyueError) as failed:
        OfficeNotice(address, office.key, direct).newest()
    assert failed.value.code is Code.NEW_VERSION_UNKNOWN
