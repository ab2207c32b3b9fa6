"""A card by its maker's own driver: a real PKCS#11 library for Windows in the frozen program, SoftHSM2 for the card."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from devtools.windows import installing, wine
from devtools.windows.check_product import find_faults
from devtools.windows.layout import PREFIX, STAND_INS
from devtools.windows.token_driver import COMPANION, DRIVER, LATE_DRIVER, NAMES
from tests.cli.conftest import write
from tests.contracts.card import CARD_A, RIGHT_PIN
from tests.packaged.office import OfficeHere, office_here
from tests.packaged.programs import run_program
from tests.packaged.windows_token import install_driver, make_token, reader_of
from yuyue_desktop.card.child import CardProcess
from yuyue_desktop.card.protocol import Operation, Reply, Request
from yuyue_desktop.domain.card import SignatureAlgorithm
from yuyue_desktop.domain.errors import Code
from yuyue_desktop.profiles import PROFILE_FILE
from yuyue_desktop.wire import certificates, signatures

pytestmark = pytest.mark.wine

ANSWER_S = 240
WRONG_PIN = "87654321"
CONTENTS = ("申报内容".encode(), "下一份".encode())
Ask = Callable[..., Reply]


@pytest.fixture(scope="module")
def maker_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the maker's setup put the driver."""
    return install_driver(tmp_path_factory.mktemp("maker"))


@pytest.fixture(scope="module")
def reader(
    maker_folder: Path, tmp_path_factory: pytest.TempPathFactory, wine_environment: dict[str, str]
) -> dict[str, str]:
    """The environment in which card A is in the reader."""
    return make_token(maker_folder / DRIVER, tmp_path_factory.mktemp("card"), CARD_A, RIGHT_PIN, wine_environment)


@contextmanager
def worker(product: Path, driver: Path, environment: dict[str, str]) -> Iterator[Ask]:
    """The frozen card process with a driver; asked one thing after another."""
    command = ("wine", wine.windows_path(product / "yuyue-worker.exe"), "card", "--module", wine.windows_path(driver))
    process = CardProcess(command, environment, on_notice=lambda _notice: None, on_end=lambda: None)
    number = iter(range(1, 100))

    def ask(operation: Operation, *details: Any, **more: Any) -> Reply:
        reply: Future[Reply] = process.send(Request(next(number), operation, *details, **more))
        return reply.result(ANSWER_S)

    try:
        yield ask
    finally:
        process.stop()


@pytest.fixture
def namesake() -> Iterator[None]:
    """Something else in Windows' own folder that is called as what lies beside the driver is."""
    file = PREFIX / "drive_c" / "windows" / "system32" / COMPANION
    shutil.copy(STAND_INS / "icuuc.dll", file)
    yield
    file.unlink()


@pytest.mark.usefixtures("namesake")
def test_a_driver_gets_what_lies_beside_it(
    product: Path, maker_folder: Path, reader: dict[str, str], wine_environment: dict[str, str]
) -> None:
    with worker(product, maker_folder / DRIVER, {**wine_environment, **reader}) as ask:
        assert ask(Operation.READ).facts is not None


def test_a_driver_without_what_lies_beside_it_is_told_as_incomplete(
    product: Path, maker_folder: Path, reader: dict[str, str], wine_environment: dict[str, str], tmp_path: Path
) -> None:
    driver = tmp_path / DRIVER
    shutil.copy(maker_folder / DRIVER, driver)
    with worker(product, driver, {**wine_environment, **reader}) as ask:
        lacking = ask(Operation.READ).error
        assert lacking is not None
        assert (lacking.code, lacking.params) == (Code.CARD_DRIVER_INCOMPLETE, {"name": DRIVER})
        shutil.copy(maker_folder / COMPANION, tmp_path)
        assert ask(Operation.READ).facts is not None, "it is there now: nothing need be begun anew"


def test_a_driver_that_loads_its_parts_late_reads_logs_in_and_signs(
    product: Path, maker_folder: Path, reader: dict[str, str], wine_environment: dict[str, str]
) -> None:
    with worker(product, maker_folder / LATE_DRIVER, {**wine_environment, **reader}) as ask:
        facts = ask(Operation.READ).facts
        assert facts is not None
        assert certificates.holder(facts.certificate).card_number == CARD_A
        assert SignatureAlgorithm.RS256 in facts.algorithms
        refused = ask(Operation.LOG_IN, facts.generation, WRONG_PIN).error
        assert refused is not None
        assert refused.code is Code.PIN_WRONG
        again = ask(Operation.READ).facts
        assert again is not None
        generation = again.generation
        assert ask(Operation.LOG_IN, generation, RIGHT_PIN).error is None
        for algorithm in facts.algorithms:
            signed = ask(Operation.SIGN, generation, algorithm=algorithm, signing_inputs=CONTENTS)
            assert signed.error is None
            for content, signature in zip(CONTENTS, signed.signatures, strict=True):
                assert signatures.is_signed_by(facts.certificate, algorithm, signature, content)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[OfficeHere]:
    with office_here(tmp_path, card="softhsm2") as opened:
        yield opened


@pytest.fixture
def profile(office: OfficeHere, maker_folder: Path) -> Iterator[str]:
    """The name of a profile of the Windows account: the office, its card's tokens, and the maker's driver."""
    folder = installing.data_folder() / "profiles" / "driver"
    folder.mkdir(parents=True)
    (tokens,) = office.profile_file.parent.glob("office/cards/*/tokens")
    content = json.loads(office.profile_file.read_text(encoding="utf-8"))
    content |= {"folder": ".", "card_module": wine.windows_path(maker_folder / DRIVER)}
    content |= {"card_environment": reader_of(tokens, folder)}
    (folder / PROFILE_FILE).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    yield folder.name
    shutil.rmtree(folder)


def test_the_command_line_finds_driver_and_card_and_declares_with_them(
    product: Path, profile: str, office: OfficeHere, wine_environment: dict[str, str], tmp_path: Path
) -> None:
    for name, secret in (("pin", office.pin), ("store", "a password of this machine")):
        (tmp_path / name).write_text(secret, encoding="ascii")
    store = ("--profile", profile, "--store-password-file", wine.windows_path(tmp_path / "store"))

    def answers(*words: str) -> list[dict[str, Any]]:
        done = run_program(product / "yuyue.exe", (*words, *store), wine_environment, limit_s=ANSWER_S)
        said = done.stdout.decode("utf-8"), done.stderr.decode("utf-8", "replace")
        assert done.returncode == 0, said
        return [json.loads(line) for line in said[0].splitlines()]

    found = {line["check"]: line["ok"] for line in answers("doctor")}
    assert found["module"] is found["card"] is found["certificate"] is True
    file = wine.windows_path(Path(write(tmp_path / "申请.json")))
    (declared,) = answers("declare", file, "--wait", "60", "--pin-file", wine.windows_path(tmp_path / "pin"))
    assert declared["status"] == "declared"
    ((_, number, content),) = office.applications_of("3122261548")
    assert number == declared["pre_entry_number"]
    assert "鲜切玫瑰" in json.dumps(json.loads(content), ensure_ascii=False)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_it_is_found_in_the_product(name: str, maker_folder: Path, tmp_path: Path) -> None:
    shutil.copy(maker_folder / name, tmp_path)
    assert f"{name} is a card's driver for the tests" in list(find_faults(tmp_path))
    if name != COMPANION:
        renamed = (tmp_path / name).rename(tmp_path / "harmless.dll")
        assert f"{renamed.name} is a stand-in" in list(find_faults(tmp_path))
