"""What a fresh practice office knows: companies of every grade, accounts, ports, and one open I- case (B10)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from yuyue_desktop.domain.application import Application, ApplicationId, GoodsItem, Step
from yuyue_practice import life
from yuyue_practice.models import AccountRow, CompanyRow, CreditLevelRow, PortRow
from yuyue_practice.records import applications
from yuyue_practice.registry.accounts import hash_password

DECLARANT, TRADER = "1101919107", "3122261548"
DISHONEST, UNREGISTERED, OWING = "3122260013", "3122260021", "1207260035"
PASSWORD = "lianxi-2026"  # noqa: S105
"""Of every practice account; it opens nothing but practice."""

SENIOR_LEVELS = ("高级认证", "高级认证", "高级认证")
CERTIFIED_LEVELS = ("一般认证", "常规", "认证")
PLAIN_LEVELS = ("一般信用", "常规", "常规")
DISHONEST_LEVELS = ("失信", "失信", "失信")
BADLY_DISHONEST_LEVELS = ("失信", "失信", "严重失信")
LEVEL_DAYS = (date(2018, 5, 1), date(2021, 11, 1), date(2026, 4, 1))
"""The credit levels of each company, from each of these days on: the law has changed the words (S25)."""

# customs code, credit code, inspection code, name, levels
COMPANIES = (
    (DECLARANT, "91110101MA00000018", "1100612896", "练习 · 云岭花卉进出口公司", SENIOR_LEVELS),
    (TRADER, "91310115MA00000022", "3100600022", "练习 · 澄江生鲜贸易有限公司", PLAIN_LEVELS),
    ("3122260005", "91310115MA00000035", "3100600035", "练习 · 江畔生鲜有限公司", CERTIFIED_LEVELS),
    ("4401160042", "91440101MA00000042", "4400600042", "练习 · 南岭水产进出口有限公司", SENIOR_LEVELS),
    (DISHONEST, "91310115MA0000005B", "3100600050", "练习 · 失信贸易有限公司", DISHONEST_LEVELS),
    ("3122260014", "91310115MA0000008L", "3100600061", "练习 · 严重失信贸易有限公司", BADLY_DISHONEST_LEVELS),
    (UNREGISTERED, "91310115MA0000006E", "3100600069", "练习 · 未注册贸易有限公司", PLAIN_LEVELS),
    (OWING, "91120116MA0000007N", "1200600071", "练习 · 未反馈进出口有限公司", PLAIN_LEVELS),
)

# user, name, company, bound card or None; the card itself becomes known when it is made
ACCOUNTS = (
    ("yunling", "李想", DECLARANT, "8600000000001"),
    ("yunling2", "周宁", DECLARANT, "8600000000002"),
    ("yunling-unbound", "陈未绑", DECLARANT, None),
    ("chengjiang", "王澄", TRADER, "8600000000003"),
    ("shixin", "赵失信", DISHONEST, "8600000000004"),
    ("weizhuce", "孙未注", UNREGISTERED, "8600000000005"),
    ("weifankui", "吴未馈", OWING, "8600000000006"),
)

WEEKDAY_HOURS = "08:30-12:00,13:00-17:30"
EVERY_PORT = (
    ("0101", "机场单证", "08:30-11:30,13:00-17:00", ""),
    ("0201", "天津海关", WEEKDAY_HOURS, ""),
    ("0202", "新港海关", WEEKDAY_HOURS, ""),
    ("0801", "沈阳海关", "08:30-12:00,13:00-17:00", ""),
    ("2201", "浦江海关", WEEKDAY_HOURS, ""),
    ("2202", "吴淞海关", WEEKDAY_HOURS, ""),
    ("2210", "浦东海关", WEEKDAY_HOURS, ""),
    ("2225", "外港海关", WEEKDAY_HOURS, "09:00-11:30"),
    ("2233", "浦东机场", "08:30-17:30", ""),
    ("2248", "洋山海关（港区）", WEEKDAY_HOURS, ""),
    ("3101", "宁波海关", WEEKDAY_HOURS, ""),
    ("4201", "烟台海关", WEEKDAY_HOURS, ""),
    ("5141", "广州机场", "08:30-12:00,14:00-17:30", ""),
    ("5301", "皇岗海关", "00:00-24:00", "08:00-20:00"),
    ("5304", "蛇口海关", WEEKDAY_HOURS, "09:00-12:00"),
    ("7901", "成都海关", "09:00-12:00,13:00-17:00", ""),
)
PORTS_WITHOUT_CALENDAR = (("3108", "甬驻慈办"), ("5101", "内港新风"))
PUBLISHED_FROM, PUBLISHED_TO = date(2018, 1, 1), date(2026, 12, 31)
"""The State Council's plan for 2027 comes out in November 2026: nothing later is published."""


def seed(session: Session) -> None:
    """Fill an empty office; one that has companies is left as it is."""
    if session.scalar(select(exists().where(CompanyRow.customs_code != ""))):
        return
    _add_companies(session)
    _add_accounts(session)
    _add_ports(session)
    session.flush()
    _add_open_case(session)


def _add_companies(session: Session) -> None:
    for customs_code, credit_code, inspection_code, name, levels in COMPANIES:
        session.add(
            CompanyRow(
                customs_code=customs_code,
                credit_code=credit_code,
                inspection_code=inspection_code,
                name=name,
                is_registered=customs_code != UNREGISTERED,
            )
        )
        session.flush()
        for since, level in zip(LEVEL_DAYS, levels, strict=True):
            session.add(CreditLevelRow(customs_code=customs_code, since=since, level=level))


def _add_accounts(session: Session) -> None:
    password_hash = hash_password(PASSWORD)
    for user, name, customs_code, card_number in ACCOUNTS:
        session.add(
            AccountRow(
                user=user,
                person_name=name,
                password_hash=password_hash,
                customs_code=customs_code,
                card_number=card_number,
            )
        )


def _add_ports(session: Session) -> None:
    for code, name, hours, saturday_hours in EVERY_PORT:
        port = PortRow(code=code, name=name, hours=hours, saturday_hours=saturday_hours)
        port.published_from, port.published_to = PUBLISHED_FROM, PUBLISHED_TO
        session.add(port)
    for code, name in PORTS_WITHOUT_CALENDAR:
        session.add(PortRow(code=code, name=name, hours="", saturday_hours=""))


def _add_open_case(session: Session) -> None:
    """An application whose declaration numbers never came: it blocks its company until the case is closed (S23)."""
    application = Application(
        ApplicationId("0d5f3c1e-6a2b-4c58-9e7d-2f4b8a1c6e90"),
        OWING,
        trader=OWING,
        contact_name="吴未馈",
        contact_mobile="13800000006",
        declaration_port="0202",
        entry_exit_port="0202",
        transport_mode="2",
        window_start="2026-09-19T10:00",
        is_import=True,
        goods=(GoodsItem("03061790", "冻虾"),),
    )
    row = applications.save_draft(session, application, 1, "weifankui", datetime(2026, 9, 16, 9, 0))
    life.take_step(session, row, Step.DECLARE, datetime(2026, 9, 16, 9, 30))
    life.take_step(session, row, Step.ACCEPT, datetime(2026, 9, 16, 10, 0))
    life.take_step(session, row, Step.APPROVE, datetime(2026, 9, 16, 10, 30))
    life.take_step(session, row, Step.LAPSE, datetime(2026, 9, 24, 10, 1))
