"""The whole life of applications by command line: real card, store, gateway and officer, each call a process (B11)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.company import Company
from tests.cli.conftest import GOOD, write
from tests.gateway.clerk import pdf
from yuyue_desktop.cli.declare import AT_ONCE
from yuyue_desktop.profiles import PROFILE_FILE, load_profile
from yuyue_practice.seed import PASSWORD

pytestmark = pytest.mark.thorough


def declared(company: Company, folder: Path, **changes: object) -> str:
    """The pre-entry number of an application that was declared."""
    answer = company.answer("declare", write(folder / "declared.json", **changes))
    assert answer["status"] == "declared"
    return str(answer["pre_entry_number"])


def statuses(company: Company, number: str) -> list[str]:
    """An application's receipts."""
    return [receipt["status"] for receipt in company.answer("show", number)["receipts"]]


NO_RECEIPT_YET = "999999999"
"""A cursor that nothing comes after: who asks for more goes on until the time it gave."""


def all_numbered(company: Company, drafts: set[str]) -> bool:
    """Whether drafts that wait here get their numbers: each run takes along what it can while it goes on."""
    for _ in range(10):
        rows = company.work("list", "--status", "draft").answers
        if {row["uuid"] for row in rows if row["pre_entry_number"]} >= drafts:
            return True
        company.work("receipts", "--after", NO_RECEIPT_YET, "--wait", "3")
    return False


def is_settled(company: Company, uuid: str) -> bool:
    """Whether what was declared here leaves the outbox: its receipt may come before the answer to the sender."""
    for _ in range(10):
        if company.answer("show", uuid)["outbox"] is None:
            return True
        company.work("receipts", "--after", NO_RECEIPT_YET, "--wait", "3")
    return False


def test_from_the_draft_to_clearance(company: Company, file: str, tmp_path: Path) -> None:
    saved = company.answer("save", file)
    assert list(saved) == ["file", "uuid", "pre_entry_number", "application_number", "status", "status_word"]
    assert (saved["file"], saved["status_word"]) == (file, "暂存")
    assert saved["pre_entry_number"].startswith("YTG2026")

    (tmp_path / "合同.pdf").write_bytes(pdf(100))
    number = declared(company, tmp_path, attachments=["合同.pdf"])
    assert number != saved["pre_entry_number"]
    company.practice("accept", number)
    approved = company.practice("approve", number)
    shown = company.answer("show", approved["application_number"])
    assert (shown["pre_entry_number"], shown["status_word"], shown["window_end"]) == (
        number,
        "预约成功",
        "2026-10-03T12:00",
    )
    assert shown["application"]["attachments"] == ["合同.pdf"]
    assert shown["feedback_due"] == "2026-10-08T10:00"
    assert [receipt["status"] for receipt in shown["receipts"]] == ["declared", "accepted", "approved"]
    assert company.answer("show", shown["uuid"])["uuid"] == shown["uuid"]

    declaration = company.practice("declaration", "add", "--fit", number)["number"]
    company.practice("clock", "2026-10-04T09:00")
    wrong = declaration[:-1] + str(9 - int(declaration[-1]))
    refused = company.work("feedback", number, wrong)
    assert (refused.code, refused.answers[0]["kind"]) == (1, "refusal")
    assert wrong in refused.stderr
    accepted = company.answer("feedback", number, declaration)
    assert (accepted["kind"], accepted["status"]) == ("status", "cleared")
    assert company.answer("show", number)["feedback"] == [declaration]

    rows = company.work("list", "--from", "2026-09-28", "--to", "2026-10-04").answers
    assert {row["pre_entry_number"] for row in rows} >= {number, saved["pre_entry_number"]}
    cleared = company.work("list", "--status", "通关完成").answers
    assert [row["pre_entry_number"] for row in cleared] == [number]
    cursors = [receipt["cursor"] for receipt in company.work("receipts").answers]
    assert cursors == sorted(cursors)
    later = company.work("receipts", "--after", str(cursors[-2]))
    assert [receipt["cursor"] for receipt in later.answers] == cursors[-1:]
    company.practice("clock", "2026-09-28T09:00")


def test_an_appointment_is_cancelled_and_one_is_explained(company: Company, tmp_path: Path) -> None:
    cancelled, explained = declared(company, tmp_path), declared(company, tmp_path)
    early = company.work("cancel", cancelled)
    assert (early.code, early.answers) == (2, [{"error": "step_not_allowed"}])
    for number in (cancelled, explained):
        company.practice("accept", number)
    assert company.answer("cancel", cancelled)["status_word"] == "已取消"
    company.practice("approve", explained)
    too_long = company.work("explain", explained, "--text", "说" * 1001)
    assert (too_long.code, too_long.answers) == (2, [{"error": "explanation_length"}])
    too_many = company.work("feedback", explained, *(f"221020261{serial:09d}" for serial in range(51)))
    assert (too_many.code, too_many.answers) == (2, [{"error": "declaration_numbers_too_many"}])
    (tmp_path / "说明.pdf").write_bytes(pdf(100))
    receipt = company.answer("explain", explained, "--text", "报关单未经单一窗口", "--pdf", str(tmp_path / "说明.pdf"))
    assert receipt["pre_entry_number"] == explained
    again = company.work("explain", explained, "--text", "再说一次")
    assert (again.code, again.answers) == (2, [{"error": "explanation_sent"}])
    assert company.answer("show", explained)["is_explained"] is True


def test_more_files_than_are_signed_in_one_go_are_answered_in_their_order(company: Company, tmp_path: Path) -> None:
    traders = ["" if number % 10 == 3 else GOOD["trader"] for number in range(AT_ONCE + 3)]
    files = [
        write(tmp_path / f"{number}.json", contact_name=f"李{number}", trader=trader)
        for number, trader in enumerate(traders)
    ]
    done = company.work("declare", *files)
    assert [answer["file"] for answer in done.answers] == files
    wrong = [number for number, answer in enumerate(done.answers) if "findings" in answer]
    assert (done.code, wrong) == (1, [3, 13, 23, 33])
    declared = [answer for answer in done.answers if "findings" not in answer]
    assert {answer["status"] for answer in declared} == {"declared"}
    assert len({answer["pre_entry_number"] for answer in declared}) == len(declared)
    for number in (0, AT_ONCE + 2):
        shown = company.answer("show", done.answers[number]["pre_entry_number"])
        assert shown["application"]["contact_name"] == f"李{number}"


def test_what_the_rules_forbid_is_found_and_nothing_is_kept(company: Company, tmp_path: Path) -> None:
    before = len(company.work("list").answers)
    late = write(tmp_path / "late.json", window_start="2026-09-28T13:30")
    dishonest = write(tmp_path / "dishonest.json", trader="3122260013")
    broken = tmp_path / "broken.json"
    broken.write_bytes(b"{")
    good = write(tmp_path / "good.json", window_start="2026-10-03T14:00")
    done = company.work("declare", late, dishonest, str(broken), good)
    assert done.code == 1
    found = [[finding["rule"] for finding in answer.get("findings", ())] for answer in done.answers]
    assert found == [["S24"], ["S5"], [], []]
    assert done.answers[2] == {"file": str(broken), "error": "input_not_json"}
    assert done.answers[3]["status"] == "declared"
    assert len(company.work("list").answers) == before + 1
    unfinished = company.answer("save", write(tmp_path / "unfinished.json", contact_name="", window_start=""))
    assert unfinished["pre_entry_number"]
    ill = company.work("save", write(tmp_path / "ill.json", contact_mobile="1"))
    assert (ill.code, ill.answers[0]["findings"][0]["field"]) == (1, "contact_mobile")


def test_check_knows_companies_and_calendars(company: Company, tmp_path: Path) -> None:
    files = [
        write(tmp_path / f"{place}.json", **changes)
        for place, changes in enumerate(
            [{}, {"trader": "9999999999"}, {"declaration_port": "3108"}, {"window_start": "2026-09-28T09:30"}]
        )
    ]
    done = company.work("check", *files)
    assert done.code == 1
    rules = [[finding["rule"] for finding in answer["findings"]] for answer in done.answers]
    assert rules == [[], ["S12"], ["S26"], ["S24"]]
    company.answer("check", files[0])
    known = company.call("check", files[0], files[3], *company.at_desk)
    assert [answer["file"] for answer in known.answers] == [files[0], files[3]]


def test_companies_that_were_heard_of_are_looked_up_without_card_and_gateway(
    company: Company, file: str, tmp_path: Path
) -> None:
    company.work("check", file, write(tmp_path / "dishonest.json", trader="3122260013"))

    def found(typed: str) -> list[str]:
        done = company.call("lookup", "company", typed, *company.at_desk)
        assert done.code == 0, done.stderr
        return [match["code"] for match in done.answers]

    assert found("3122260013") == ["3122260013"]
    assert found("31222615") == ["3122261548"]
    assert found("云岭") == found("ylhh") == ["1101919107"]
    own = company.call("lookup", "company", "云岭", *company.at_desk).answers[0]
    assert (own["name"], own["inspection_code"], own["grade"]) == ("练习 · 云岭花卉进出口公司", "1100612896", "senior")
    nothing = company.call("lookup", "company", "没有这家", *company.at_desk)
    assert (nothing.code, nothing.answers) == (0, [])
    assert nothing.stderr.startswith("没有找到。这里只有")


def test_without_any_profile_the_rules_alone_judge(file: str, tmp_path: Path) -> None:
    done = Company(tmp_path / "fresh").call("check", file, write(tmp_path / "empty.json", goods=[]))
    assert [finding["rule"] for finding in done.answers[1]["findings"]][-1] == "S20"
    assert "还没有配置" in done.stderr


def test_a_gateway_that_is_away_gets_it_once_it_is_back(company: Company, file: str, tmp_path: Path) -> None:
    declared(company, tmp_path)  # what is known of company and calendar is on this machine
    company.practice("stop")
    waiting = company.work("declare", file, "--wait", "1")
    assert waiting.code == 3
    (answer,) = waiting.answers
    assert (answer["queued"], answer["status"], answer["pre_entry_number"]) == (True, "draft", "")
    saved = company.work("save", file, file, "--wait", "0")
    assert (saved.code, [row["queued"] for row in saved.answers]) == (3, [True, True])
    offline = company.work("list")
    assert offline.code == 3
    assert offline.answers[-1]["outbox"] in {"waiting", None}
    assert "连不上网关" in offline.stderr
    account = company.call("list", *company.at_desk, "--user", "yunling", "--password-file", company.pin)
    assert (account.code, account.answers) == (3, [{"error": "gateway_unreachable"}])

    company.practice("start", "--officer", "hand")
    received = company.work("receipts", "--wait", "30")
    assert received.code == 0
    assert is_settled(company, answer["uuid"])
    assert company.answer("show", answer["uuid"])["status"] == "declared"
    assert statuses(company, answer["uuid"]) == ["declared"]
    assert all_numbered(company, {row["uuid"] for row in saved.answers})


def test_a_pin_that_failed_is_not_sent_to_the_card_again(company: Company, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("246802\n", encoding="utf-8")

    def try_it() -> tuple[int, str]:
        done = company.call("list", *company.at_desk, "--pin-file", str(wrong))
        return done.code, done.answers[0]["error"]

    assert [try_it() for _ in range(3)] == [(2, "pin_wrong"), (2, "pin_failed_before"), (2, "pin_failed_before")]
    assert company.work("list").code == 0
    assert try_it() == (2, "pin_wrong")
    assert company.work("list").code == 0


def test_secrets_come_from_files_or_standard_input(company: Company, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    by_account = company.call("list", *company.at_desk, "--user", "yunling", "--password-file", str(password))
    assert by_account.code == 0, by_account.stderr
    with_pin = company.call("list", *company.at_desk, "--pin-file", "-", stdin=Path(company.pin).read_bytes())
    assert with_pin.code == 0, with_pin.stderr
    wrong = company.call("list", *company.at_desk, "--user", "yunling", "--password-file", company.pin)
    assert (wrong.code, wrong.answers) == (2, [{"error": "password_wrong"}])


def test_declaring_by_account_needs_the_card(company: Company, file: str, tmp_path: Path) -> None:
    password = tmp_path / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    done = company.call("declare", file, *company.at_desk, "--user", "yunling", "--password-file", str(password))
    assert (done.code, done.answers) == (2, [{"file": file, "error": "card_not_logged_in"}])


def test_a_card_that_is_not_there_is_said(company: Company, file: str) -> None:
    company.practice("card", "out")
    try:
        done = company.work("declare", file)
        assert (done.code, done.answers) == (3, [{"error": "card_absent"}])
        doctor = company.call("doctor", *company.at_desk)
        assert doctor.code == 1
        assert [(line["check"], line["ok"]) for line in doctor.answers] == [
            ("store", True), ("tables", True), ("gateway", True),
            ("reader_service", True), ("reader", True), ("module", True), ("card", False), ("certificate", None),
        ]  # fmt: skip
        assert doctor.answers[-2]["error"] == "card_absent"
        assert "卡：没有找到卡。请把卡插好再试" in doctor.stderr
    finally:
        company.practice("card", "in")
    assert company.call("doctor", *company.at_desk).code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list"], "没有名为 default 的配置"),
        (["list", "--profile", "none"], "没有名为 none 的配置"),
        (["list", "--pin-file", "none"], "没有名为 default 的配置"),
        (["list", "--pin-file", "-", "--store-password-file", "-"], "标准输入只能给一个密码"),
        (["declare"], "缺少 文件"),
        (["declare", "a.json", "--wait", "-1"], "--wait"),
        (["declare", "a.json", "--wait", "nan"], "--wait 不能是 'nan'"),
        (["receipts", "--after", "x"], "--after 不能是 'x'"),
        (["list", "--status", "完成"], "--status 不能是 '完成'"),
        (["list", "--from", "2026-02-30"], "--from 不能是 '2026-02-30'"),
        (["explain", "YTG202600000000001"], "缺少 --text"),
        (["feedback", "YTG202600000000001"], "缺少 报关单号"),
    ],
)
def test_a_call_that_can_not_be_used(company: Company, arguments: list[str], said: str) -> None:
    done = company.call(*arguments)
    assert done.code == 2
    assert said in done.stderr


def test_without_a_key_store_a_command_asks_for_the_file_with_the_password(company: Company, tmp_path: Path) -> None:
    on_new_computer = Company(tmp_path)
    on_new_computer.profile_folder.mkdir(parents=True)
    shutil.copy(company.profile_folder / PROFILE_FILE, on_new_computer.profile_folder)
    assert company.work("list", "--status", "declared").code == 0
    for where in (on_new_computer, company):
        done = where.call("list", "--profile", "practice")
        assert (done.code, done.answers) == (2, [{"error": "call_unusable"}])
        assert "本机数据" in done.stderr
        assert "请给出 --store-password-file" in done.stderr


def test_a_command_leaves_alone_a_store_that_an_import_is_to_take_the_place_of(company: Company) -> None:
    assert company.work("list", "--status", "declared").code == 0
    staged = load_profile(company.profile_folder / PROFILE_FILE).store_file.with_name("store-incoming.db")
    staged.touch()
    try:
        done = company.work("list", "--status", "declared")
        assert (done.code, done.answers) == (2, [{"error": "import_waits"}])
        assert "关闭窗口再打开" in done.stderr
    finally:
        staged.unlink()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["show", "YTG202699999999999"], "application_unknown"),
        (["show", ""], "application_unknown"),
        (["cancel", "没有"], "application_unknown"),
        (["list", "--from", "2026-09-01", "--to", "2026-09-28"], "query_span_too_long"),
        (["list", "--from", "2026-09-28"], "query_span_reversed"),
    ],
)
def test_what_is_asked_for_in_vain_is_said(company: Company, arguments: list[str], code: str) -> None:
    done = company.work(*arguments)
    assert (done.code, done.answers) == (2, [{"error": code}])
    assert done.stderr.startswith("yuyue：")
