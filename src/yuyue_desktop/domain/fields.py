"""The field catalogue: one row drives a field's colour, label, hint, length, tab order, accessible name (S10-S20)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from yuyue_desktop.domain.limits import CONTACT_NAME_CHARACTERS, REASON_BYTES


class Kind(StrEnum):
    """S10: yellow, grey or white."""

    REQUIRED = "required"
    LOCKED = "locked"
    OPTIONAL = "optional"


class Input(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    PICK = "pick"
    MOMENT = "moment"
    CHECK = "check"
    FILES = "files"
    ROWS = "rows"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of the form.

    `name` is the attribute of Application (or of its record for shown fields); `label` stands on the screen, `title` is
    the full name read aloud; `hint` is the red line at the window's bottom; `length` counts characters, 0 for no limit.
    `table` names the code table of a PICK field; `is_narrow` takes full-width signs as half-width.
    """

    name: str
    label: str
    kind: Kind
    input: Input
    hint: str
    title: str = ""
    placeholder: str = ""
    length: int = 0
    table: str = ""
    is_narrow: bool = False

    @property
    def accessible_name(self) -> str:
        """The full name of the field, as the manual writes it."""
        return self.title or self.label


def _company(prefix: str, owner: str, code_kind: Kind) -> tuple[FieldSpec, ...]:
    by_trader = code_kind is Kind.REQUIRED
    code_hint = "填 10 位海关编码，其余三项自动带出" if by_trader else "登录后自动带出，不用填"
    rest_hint = "由系统按海关编码带出，不用填"
    return (
        FieldSpec(
            prefix,
            owner,
            code_kind,
            Input.TEXT if by_trader else Input.SHOWN,
            code_hint,
            f"{owner} 10位海关编码",
            "10位海关编码",
            10,
            is_narrow=True,
        ),
        FieldSpec(
            f"{prefix}_credit_code",
            owner,
            Kind.LOCKED,
            Input.SHOWN,
            rest_hint,
            f"{owner} 18位社会信用代码",
            "18位社会信用代码",
        ),
        FieldSpec(
            f"{prefix}_inspection_code",
            owner,
            Kind.LOCKED,
            Input.SHOWN,
            rest_hint,
            f"{owner} 10位检验检疫编码",
            "10位检验检疫编码",
        ),
        FieldSpec(f"{prefix}_name", owner, Kind.LOCKED, Input.SHOWN, rest_hint, f"{owner} 企业名称", "企业名称"),
    )


PORT_HINT = "输入名称、拼音首字母或 4 位代码，回车选中；退格一次清空已选的值"

FIELDS: tuple[FieldSpec, ...] = (
    FieldSpec(
        "application_number",
        "申请编号",
        Kind.LOCKED,
        Input.SHOWN,
        "海关审批通过后返填，不用填",
        "预约通关申请单申请编号",
        "审批通过后由海关返填",
    ),
    FieldSpec(
        "pre_entry_number",
        "预录入编号",
        Kind.LOCKED,
        Input.SHOWN,
        "第一次暂存到网关后返填，不用填",
        "",
        "联网后由网关给出",
    ),
    FieldSpec("status", "申请状态", Kind.LOCKED, Input.SHOWN, "由系统填写，不用填"),
    *_company("declarant", "申报单位", Kind.LOCKED),
    *_company("trader", "收发货人", Kind.REQUIRED),
    FieldSpec(
        "contact_name",
        "联系人姓名",
        Kind.REQUIRED,
        Input.TEXT,
        "填海关能找到的经办人姓名",
        length=CONTACT_NAME_CHARACTERS,
    ),
    FieldSpec(
        "contact_mobile",
        "联系人手机",
        Kind.REQUIRED,
        Input.TEXT,
        "填 11 位手机号，或区号-座机号（如 010-65194114）",
        placeholder="11 位手机号",
        length=24,
        is_narrow=True,
    ),
    FieldSpec(
        "declaration_port",
        "预约申报口岸",
        Kind.REQUIRED,
        Input.PICK,
        PORT_HINT,
        placeholder="口岸名称或4位代码",
        table="ports",
        is_narrow=True,
    ),
    FieldSpec(
        "entry_exit_port",
        "预约进出口岸",
        Kind.REQUIRED,
        Input.PICK,
        PORT_HINT,
        placeholder="口岸名称或4位代码",
        table="ports",
        is_narrow=True,
    ),
    FieldSpec(
        "transport_mode",
        "运输方式",
        Kind.REQUIRED,
        Input.PICK,
        "输入名称，或按空格下拉选择",
        placeholder="按空格下拉选择",
        table="transport_modes",
        is_narrow=True,
    ),
    FieldSpec(
        "window_start",
        "预约通关时间",
        Kind.REQUIRED,
        Input.MOMENT,
        "填起始时间，如 2026-10-03 10:00，须在口岸非工作时间；截止时间自动为两小时后",
        "预约通关时间 起",
        "年-月-日 时:分",
        is_narrow=True,
    ),
    FieldSpec("window_end", "至", Kind.LOCKED, Input.SHOWN, "起始时间加两小时，不用填", "预约通关时间 止"),
    FieldSpec(
        "reason",
        "预约通关事由",
        Kind.OPTIONAL,
        Input.TEXT,
        f"选填，最多 {REASON_BYTES} 字节，一个汉字两字节；Alt+↓ 选现成的事由，Ctrl+Enter 换行",
    ),
    FieldSpec("is_import", "进口", Kind.REQUIRED, Input.CHECK, "进口、出口至少勾一个，按空格勾选", "进出口标识 进口"),
    FieldSpec("is_export", "出口", Kind.REQUIRED, Input.CHECK, "进口、出口至少勾一个，按空格勾选", "进出口标识 出口"),
    FieldSpec(
        "attachments", "随附补充材料", Kind.OPTIONAL, Input.FILES, "最多 5 个 PDF，每个不超过 4 MB，每页不超过 200 KB"
    ),
    FieldSpec("goods", "商品名称及HS编码", Kind.REQUIRED, Input.ROWS, "至少一项；填 HS 编码前 4 位以上按回车查商品"),
    FieldSpec(
        "goods_code",
        "商品HS编码",
        Kind.OPTIONAL,
        Input.PICK,
        "填至少 4 位 HS 编码按回车，从列表选商品",
        placeholder="HS 编码，至少 4 位",
        length=10,
        table="hs_codes",
        is_narrow=True,
    ),
    FieldSpec(
        "goods_name",
        "商品名称",
        Kind.OPTIONAL,
        Input.TEXT,
        "按 HS 编码带出，可改；按回车写入列表",
        placeholder="商品名称，可改",
    ),
    FieldSpec(
        "feedback",
        "预约通关报关单号",
        Kind.REQUIRED,
        Input.ROWS,
        "填 18 位报关单号按回车写入列表，最多 50 票",
        placeholder="18位报关单号",
        length=18,
        is_narrow=True,
    ),
    FieldSpec(
        "explanation",
        "情况说明",
        Kind.OPTIONAL,
        Input.TEXT,
        "没有通过单一窗口反馈报关单号的，在此说明；只能发送一次，1 至 1000 字",
        length=1000,
    ),
)
"""Every field in tab order."""

BY_NAME: dict[str, FieldSpec] = {spec.name: spec for spec in FIELDS}


def field(name: str) -> FieldSpec:
    """The catalogue's row of a field.

    Raises:
        KeyError: there is no such field.
    """
    return BY_NAME[name]
