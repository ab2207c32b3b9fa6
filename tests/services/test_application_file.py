"""Application files: what is read is what the form would hold, and each fault is told once (B11)."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from yuyue_desktop.domain.application import Application, ApplicationId, Attachment, GoodsItem
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.domain.pdf import PdfReport
from yuyue_desktop.domain.rules import Problem, Surroundings
from yuyue_desktop.services.application_file import ApplicationFile, judge_application_file, read_application_file
from yuyue_desktop.services.json_input import json_object

ID = ApplicationId("a")
AROUND = Surroundings(datetime(2026, 9, 30))


def read(**content: object) -> ApplicationFile:
    """Read a file with this content."""
    return read_application_file(json.dumps(content).encode(), ID, "1101919107")


def test_every_field_is_read() -> None:
    file = read(
        trader="3122261001",
        contact_name="张三",
        contact_mobile="13800138000",
        declaration_port="2233",
        entry_exit_port="2248",
        transport_mode="5",
        window_start="2026-10-03T10:00",
        reason="鲜活",
        **{"import": True, "export": True},
        goods=[{"hs_code": "0101", "name": "马"}],
        attachments=["a.pdf", "b.pdf"],
    )
    assert file.problems == ()
    assert file.attachments == ("a.pdf", "b.pdf")
    assert file.application == Application(
        ID, "1101919107", "3122261001", "张三", "13800138000", "2233", "2248", "5", "2026-10-03T10:00", "鲜活",
        is_import=True, is_export=True, goods=(GoodsItem("0101", "马"),),
    )  # fmt: skip


def test_what_is_absent_is_empty() -> None:
    assert read() == ApplicationFile(Application(ID, "1101919107"), (), ())


def test_full_width_signs_are_taken_as_half_width_where_the_form_does_so() -> None:
    file = read(
        declaration_port="２２３３", contact_name="张（三）", goods=[{"hs_code": "０１０１ ", "name": "马，驴"}]
    )
    assert file.application.declaration_port == "2233"
    assert file.application.contact_name == "张（三）"
    assert file.application.goods == (GoodsItem("0101", "马，驴"),)


def test_a_misread_field_is_not_called_missing_as_well() -> None:
    problems = judge_application_file(read(trader=3, goods="马"), AROUND, ())
    codes = {(problem.field, problem.code) for problem in problems if problem.field in {"trader", "goods"}}
    assert codes == {("trader", Code.INPUT_FIELD_WRONG), ("goods", Code.INPUT_FIELD_WRONG)}


def test_what_the_measuring_found_is_told_once() -> None:
    attachment = Attachment("a.pdf", "0" * 64, 5 * 1024 * 1024, (1,) * 60)
    by_measuring = (
        Problem("S19", "attachments", Code.PDF_TOO_OLD, params={"name": "a.pdf", "version": "1.3"}),
        Problem("S19", "attachments", Code.ATTACHMENT_TOO_LARGE, params={"name": "a.pdf", "size": 5120, "limit": 4}),
    )
    problems = judge_application_file(read(attachments=["a.pdf"]), AROUND, [PdfReport(attachment, by_measuring)])
    codes = [problem.code for problem in problems if problem.field == "attachments"]
    assert sorted(codes) == sorted([Code.PDF_TOO_OLD, Code.ATTACHMENT_TOO_LARGE])


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b"{", b'{"a": 1, "a": 2}', b'{"a": {"b": 1, "b": 2}}'])
def test_what_is_no_object_is_refused(content: bytes) -> None:
    with pytest.raises(YuyueError) as refused:
        json_object(content)
    assert refused.value.code is Code.INPUT_NOT_JSON


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert json_object(b'\xef\xbb\xbf{"a": [1.5, "x"]}') == {"a": [1.5, "x"]}
