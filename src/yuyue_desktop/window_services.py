"""What the window is given of a Program; part of the composition root, apart from it as the window loads Qt."""

from __future__ import annotations

from yuyue_desktop import __version__
from yuyue_desktop.bootstrap import Program
from yuyue_desktop.profiles import Profile
from yuyue_desktop.reference.search import GoodsSearch, PortSearch, TransportSearch
from yuyue_desktop.ui.window_program import Services, Tables

REASONS = (
    "抢险救灾物资或危险品，需紧急通关",
    "鲜活、冷冻、易腐货物，需紧急通关",
    "其他需要紧急通关的情况",
)
"""S17: the three grounds of the 2018 announcement on 互联网+预约通关, as ready texts."""


def window_services(program: Program, profile: Profile) -> Services:
    """The services of an open profile as the window knows them; the code tables load on a worker."""

    def load() -> Tables:
        tables = program.tables
        return Tables(
            PortSearch(tables.ports), TransportSearch(tables.transport_modes), GoodsSearch(tables.goods), REASONS
        )

    return Services(
        clock=program.clock,
        reader=program.reader,
        writer=program.writer,
        card=program.card,
        readiness=program.readiness,
        connecting=program.connecting,
        moving=program.moving,
        updating=program.updating,
        diagnostics=program.diagnostics,
        signing_in=program.signing_in,
        workplace=program.workplace,
        tables=program.workers.submit(load),
        version=__version__,
        card_way=program.card_way,
        practice_pin=profile.practice_pin,
        officer_address=profile.officer_address,
    )
