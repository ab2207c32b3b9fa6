"""A real browser on the desk of a real office; the fixtures of the office are those of its own tests."""

from __future__ import annotations

import hashlib
import shutil
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_der_x509_certificate
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from tests.gateway.conftest import RunningOffice, by_hand, clerk, fresh_office, start_office
from tests.officer_page.desk_page import DeskPage
from yuyue_practice.authority import PracticeAuthorities

__all__ = ["by_hand", "clerk", "fresh_office", "start_office"]

BROWSER, DRIVER = "chromium", "chromedriver"
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1366,768",
    "--lang=zh-CN",
)


def program(name: str) -> str:
    """Where a program is; a machine that lacks it fails the test with what to do."""
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"{name} is not installed; run: python3 dev.py setup", pytrace=False)
    return found


def key_pin(certificate: bytes) -> str:
    """The digest of a certificate's public key, as the browser is told to trust it."""
    key = load_der_x509_certificate(certificate).public_key()
    return b64encode(
        hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    ).decode()


@pytest.fixture(scope="session")
def browser(fresh_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One browser for all tests, which trusts the key of the office's server and no other."""
    server = PracticeAuthorities(fresh_office / "keys").server()
    options = ChromeOptions()
    options.binary_location = program(BROWSER)
    trust = f"--ignore-certificate-errors-spki-list={key_pin(server.certificate)}"
    for switch in (*SWITCHES, trust, f"--user-data-dir={tmp_path_factory.mktemp('browser')}"):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options, Service(program(DRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Chrome, by_hand: RunningOffice) -> Iterator[DeskPage]:
    """The desk in the browser, opened by the address the office gives; no test may leave an error in its console."""
    page = DeskPage(browser, by_hand.office.address)
    page.open(by_hand.office.control_token)
    yield page
    page.close()
    # A refusal is answered with its status, which the browser notes too.
    faults = [entry for entry in browser.get_log("browser") if entry["source"] != "network"]
    assert faults == []
