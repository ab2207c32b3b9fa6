"""The composition root: builds every object of a profile and owns their start and stop order; holds no rule."""

from __future__ import annotations

import contextlib
import random
import ssl
import sys
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from yuyue_desktop import __version__
from yuyue_desktop.card.client import CardClient
from yuyue_desktop.card.modules import installed_modules
from yuyue_desktop.card.routes import ControlRoute, DriverRoute, Route
from yuyue_desktop.card.survey import SurveyProcess
from yuyue_desktop.documents.checker import PdfChecker
from yuyue_desktop.documents.viewer import Viewer
from yuyue_desktop.domain.card import CardRoute
from yuyue_desktop.domain.errors import Code, user_error
from yuyue_desktop.domain.events import (
    CardChanged,
    ClockChanged,
    Event,
    LinkChanged,
    OutboxChanged,
    ReceiptArrived,
    SessionChanged,
)
from yuyue_desktop.domain.ports import Publish, SyncStore
from yuyue_desktop.domain.proxy import ProxySettings, ProxyWay
from yuyue_desktop.domain.session import Session
from yuyue_desktop.gateway.clock import GatewayClock, machine_now
from yuyue_desktop.gateway.http_gateway import GatewayPlace, HttpGateway
from yuyue_desktop.gateway.proxies import Proxies
from yuyue_desktop.gateway.tokens import TokenPair, Tokens
from yuyue_desktop.helper_processes import worker_command
from yuyue_desktop.moving import Mover, Moving
from yuyue_desktop.profiles import Profile
from yuyue_desktop.program_log import ProgramLog, note_event
from yuyue_desktop.reference.tables import Tables
from yuyue_desktop.services.card_findings import CardCheck
from yuyue_desktop.services.card_session import CardSession
from yuyue_desktop.services.card_way import CardWay, WayChoice, WayInUse
from yuyue_desktop.services.connecting import Connecting
from yuyue_desktop.services.diagnostics import Diagnostics, TableEdition
from yuyue_desktop.services.drafting import CodeTables
from yuyue_desktop.services.knowing import Knowledge
from yuyue_desktop.services.readiness import Readiness
from yuyue_desktop.services.signing_in import SigningIn
from yuyue_desktop.services.updating import Updating
from yuyue_desktop.services.workplace import Workplace, WorkplaceParts, open_workplace
from yuyue_desktop.store.failed_pins import KeptFailedPins
from yuyue_desktop.store.reader import Reader
from yuyue_desktop.store.snapshots import SnapshotKeeper
from yuyue_desktop.store.sync_store import SyncConnection
from yuyue_desktop.store.watch import StoreWatch
from yuyue_desktop.store.writer import StoreThread
from yuyue_desktop.sync.link import Link
from yuyue_desktop.sync.listener import ReceiptListener
from yuyue_desktop.sync.worker import OpenStore, SyncWorker
from yuyue_desktop.updates.office_notice import OfficeNotice
from yuyue_desktop.wire.envelope import JwsCodec

WORKERS = 4
SNAPSHOT_PATIENCE_S = 0.5
"""How long the program's end waits for a snapshot under way."""
REFRESH_TOKEN = "refresh_token"  # noqa: S105 - the setting's name
LAST_OWNER = "last_owner"
GATEWAY_OFFSET = "gateway_offset_s"


class MachineClock:
    """Implements domain.ports.Clock with this machine's own time."""

    is_known = True

    def now(self) -> datetime:
        """China Standard Time by this machine."""
        return machine_now()


def table_editions(tables: Tables) -> tuple[TableEdition, ...]:
    """Which editions of the code tables are in use."""
    titled = (("口岸", tables.ports), ("运输方式", tables.transport_modes), ("商品 HS 编码", tables.goods))
    return tuple(
        TableEdition(title, table.edition.edition, table.edition.dated, len(table.rows)) for title, table in titled
    )


class Program:
    """Everything of an open profile but the window; `start` begins to send and listen, `stop` ends in order.

    `publish` takes events from any thread. A visiting program is a run of the command line: it may work beside the
    window, leaves that one's session and person alone, and keeps no token.
    """

    def __init__(self, profile: Profile, key: bytes, publish: Publish, *, is_visiting: bool = False) -> None:
        """Open the store and build the rest; a store that is new the caller lets no other program make. Blocks.

        Raises:
            YuyueError: STORE_*.
        """
        self.log = ProgramLog(profile.folder, "command-line" if is_visiting else "window")
        self._publish_outside = publish
        self._profile = profile
        self._is_visiting = is_visiting
        self._name = uuid.uuid4().hex
        self.tables = Tables()
        self.workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="work")
        self.clock = GatewayClock(self._publish_clock)
        self.writer = StoreThread(
            profile.store_file, key, publish=self._publish_on, clock=self.clock, program=self._name
        )
        self.reader = Reader(profile.store_file, key)
        self.clock.presume(float(self.reader.setting(GATEWAY_OFFSET) or 0.0))
        self._watch = StoreWatch(profile.store_file, key, publish=self._publish_foreign, program=self._name)
        self._tokens = Tokens(self._keep_refresh_token)
        self._proxies = Proxies(ProxySettings(ProxyWay.NONE))
        place = _place(profile, self._proxies)
        self.gateway = HttpGateway(place, self.clock, self._tokens)
        self._sync_gateways = [HttpGateway(place, self.clock, self._tokens) for _ in range(2)]
        self.card_way = self._way_to_card()
        self._way_for_now: WayInUse | None = None
        self._card_client = self._card_process()
        self._pdf = PdfChecker(worker_command("pdf"))
        self._pdf_viewer = Viewer(worker_command("pdf"))
        self._codec = JwsCodec()
        self.card = CardSession(self._card_client, self._codec, self.workers, self._publish_on)
        self.readiness = Readiness(self.gateway, self.clock, MachineClock(), self.workers)
        self.diagnostics = Diagnostics(
            check_card=self._card_check(),
            check_store=self.reader.check,
            editions=lambda: table_editions(self.tables),
            recent_log=self.log.tail,
            workers=self.workers,
        )
        self.signing_in = self._signing_in()
        self._knowledge = self._knowing()
        self._open_sync_store = self._store_opener(profile, key)
        self._sync = self._sync_worker()
        self.connecting = None if profile.is_practice else self._connecting()
        self.updating = Updating(self._releases(profile), __version__)
        self.moving = Moving(profile.store_file, key, Mover(self._person_here, self.clock.now, self._note_export))
        self._snapshots = SnapshotKeeper(profile.store_file, key, machine_now)

    def start(self) -> None:
        """Begin to send what waits and to listen for receipts, for whoever signed in last at the window."""
        self.log.begin()
        if not self._is_visiting:
            refresh_token = self.reader.setting(REFRESH_TOKEN)
            if refresh_token:
                self._tokens.put(TokenPair("", refresh_token))
            self._sync.serve(self.reader.setting(LAST_OWNER) or "")
        self._watch.start()
        self._sync.start()
        if not self._is_visiting:
            self._snapshots.start()

    def workplace(self, session: Session) -> Workplace:
        """The services of a person who signed in; from now on her items are sent."""
        if not self._is_visiting:
            self.writer.remember_setting(LAST_OWNER, session.person)
        self._sync.serve(session.person)
        self._knowledge.forget_answers()
        parts = WorkplaceParts(
            reader=self.reader,
            writer=self.writer,
            gateway=self.gateway,
            knowledge=self._knowledge,
            tables=CodeTables(self.tables.ports.codes, self.tables.transport_modes.codes),
            card=self.card,
            codec=self._codec,
            pdf=self._pdf,
            pdf_viewer=self._pdf_viewer,
            clock=self.clock,
            workers=self.workers,
            wake_sync=self._sync.wake,
        )
        return open_workplace(session, parts)

    def reach_card(self, choice: WayChoice) -> None:
        """Reach the card another way in this run alone, whatever was chosen at the window."""
        self._way_for_now = way_in_use(choice)
        self._card_client.take_route(_route(self._way_for_now, self._profile))

    def catch_up(self) -> bool:
        """Take every receipt that the gateway has by now; blocks; answers whether it could be asked."""
        link = Link(self.clock, lambda _: None, random.random)
        with self._open_sync_store() as store:
            return ReceiptListener(store=store, gateway=self.gateway, link=link, jitter=random.random).catch_up()

    def stop(self) -> None:
        """Stop in order: sync, calls under way, card, store. What is typed was flushed before."""
        self._watch.stop()
        self._sync.stop()
        if not self._is_visiting:
            self._snapshots.stop(SNAPSHOT_PATIENCE_S)
        self.gateway.interrupt()
        self._pdf.close()
        self._pdf_viewer.close()
        self.workers.shutdown(cancel_futures=True)
        self._card_client.close()
        for gateway in (self.gateway, *self._sync_gateways):
            gateway.close()
        self.writer.close()
        self.reader.close()
        self.log.close()

    def _way_to_card(self) -> CardWay:
        profile = self._profile
        return CardWay(
            reader=self.reader,
            writer=self.writer,
            of_profile=WayChoice(profile.card_route, str(profile.card_module or "")),
            find=way_in_use,
            use=lambda way: self._card_client.take_route(_route(way, profile)),
        )

    def _card_process(self) -> CardClient:
        return CardClient(
            command=worker_command("card"),
            route=_route(self.card_way.in_use, self._profile),
            publish=self._publish_card,
            environment=self._profile.card_environment,
            failed_pins=KeptFailedPins(self.reader, self.writer, is_asked=self._is_visiting),
        )

    def _card_check(self) -> CardCheck:
        return CardCheck(
            card=self.card,
            readers=SurveyProcess(worker_command("card"), self._profile.card_environment),
            way=lambda: self._way_for_now or self.card_way.in_use,
            clock=self.clock,
            workers=self.workers,
            is_practice_reader=self._profile.is_practice,
        )

    def _signing_in(self) -> SigningIn:
        return SigningIn(
            card=self.card,
            codec=self._codec,
            gateway=self.gateway,
            reader=self.reader,
            writer=self.writer,
            clock=self.clock,
            workers=self.workers,
            publish=self._publish_session,
        )

    def _knowing(self) -> Knowledge:
        return Knowledge(
            reader=self.reader,
            writer=self.writer,
            gateway=self.gateway,
            clock=self.clock,
            workers=self.workers,
            publish=self._publish_on,
        )

    def _store_opener(self, profile: Profile, key: bytes) -> OpenStore:
        @contextlib.contextmanager
        def open_store() -> Iterator[SyncStore]:
            connection = SyncConnection(
                profile.store_file, key, publish=self._publish_on, clock=self.clock, program=self._name
            )
            try:
                yield connection
            finally:
                connection.close()

        return open_store

    def _sync_worker(self) -> SyncWorker:
        sending, listening = self._sync_gateways
        return SyncWorker(
            open_store=self._open_sync_store,
            sending=sending,
            listening=listening,
            clock=self.clock,
            publish=self._publish_link,
        )

    def _connecting(self) -> Connecting:
        return Connecting(self.reader, self.writer, apply=self._proxies.choose, wake_sync=self._sync.wake)

    def _releases(self, profile: Profile) -> OfficeNotice | None:
        if not profile.update_address:
            return None
        return OfficeNotice(profile.update_address, profile.update_key, self._proxies)

    def _keep_refresh_token(self, token: str) -> None:
        if not self._is_visiting:
            self.writer.remember_setting(REFRESH_TOKEN, token)

    def _person_here(self) -> str:
        session = self.signing_in.session
        return session.person if session else self.reader.setting(LAST_OWNER) or ""

    def _note_export(self, person: str) -> None:
        self.writer.note_export(person).result()

    def _publish_on(self, event: Event) -> None:
        note_event(event)
        self._publish_outside(event)

    def _publish_clock(self, event: Event) -> None:
        """How far the gateway's clock was off is what the next start goes by until it hears it (B1)."""
        if isinstance(event, ClockChanged):
            self.writer.remember_setting(GATEWAY_OFFSET, str(event.offset_s))
        self._publish_on(event)

    def _publish_foreign(self, event: Event) -> None:
        """What another program on the store committed; what it left in the outbox is to be sent from here, too."""
        if isinstance(event, OutboxChanged):
            self._sync.look()
        self._publish_link(event)

    def _publish_card(self, event: Event) -> None:
        """A card that was put in, pulled or swapped ends the login at once (S4), and the session tells it."""
        if isinstance(event, CardChanged):
            self.card.heard(event.state)
        else:
            self._publish_on(event)

    def _publish_link(self, event: Event) -> None:
        """What could not be asked while the link was down is asked again once it is up.

        So is what an answer of customs may have changed, such as a feedback that a company owed (S23).
        """
        if isinstance(event, ReceiptArrived) or (isinstance(event, LinkChanged) and event.is_up):
            self._knowledge.forget_answers()
        self._publish_on(event)

    def _publish_session(self, event: Event) -> None:
        if isinstance(event, SessionChanged):
            self._sync.wake()
        self._publish_on(event)


def way_in_use(choice: WayChoice) -> WayInUse:
    """What a choice comes to here: without a driver that is installed, Windows takes the client control."""
    if choice.route is CardRoute.CONTROL:
        return WayInUse(is_by_control=True)
    driver = choice.driver or str(next(iter(installed_modules()), ""))
    is_by_control = not driver and choice.route is CardRoute.FITTING and sys.platform == "win32"
    return WayInUse(is_by_control, driver)


def _route(way: WayInUse, profile: Profile) -> Route:
    return ControlRoute(profile.card_control) if way.is_by_control else DriverRoute(_path(way.driver))


def _path(text: str) -> Path | None:
    return Path(text) if text else None


def _place(profile: Profile, proxies: Proxies) -> GatewayPlace:
    file = profile.gateway_ca_file
    try:
        authority = ssl.PEM_cert_to_DER_cert(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise user_error(Code.CALL_UNUSABLE, reason=f"网关证书文件 {file.name} 读不了") from error
    return GatewayPlace(profile.gateway_address, (authority,), profile.is_system_trusted, proxies)
