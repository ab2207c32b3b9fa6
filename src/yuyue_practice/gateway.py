"""The office as an ASGI application: routes, refusals, the time in each answer, the served document; holds no rule."""

from __future__ import annotations

from litestar import Litestar
from litestar.datastructures import MutableScopeHeaders, State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import Message, Scope

from yuyue_desktop.wire.messages import TIME_HEADER
from yuyue_practice import refusals
from yuyue_practice.control.desk import DeskController, Stop
from yuyue_practice.control.register import PracticeRegisterController
from yuyue_practice.document import WireTypesPlugin
from yuyue_practice.office import Office
from yuyue_practice.officer_page.controller import OfficerPageController
from yuyue_practice.routes.applications import ApplicationController
from yuyue_practice.routes.keys import KeyController
from yuyue_practice.routes.receipts import ReceiptController
from yuyue_practice.routes.register import RegisterController
from yuyue_practice.routes.sessions import SessionController
from yuyue_practice.routes.submissions import SubmissionController

LARGEST_BODY_BYTES = 4 * 1024 * 1024
"""An attachment's part of 1 MiB, sealed, takes a third more; nothing else is near."""

GATEWAY_ROUTES = (
    KeyController,
    SessionController,
    RegisterController,
    ApplicationController,
    SubmissionController,
    ReceiptController,
)
PRACTICE_ROUTES = (DeskController, PracticeRegisterController, OfficerPageController)


def gateway(office: Office, stop: Stop | None = None) -> Litestar:
    """The gateway of an office; its document is served at /openapi/openapi.json.

    `stop` ends its server when the control API is asked to; None: only whoever opened it may.
    """

    async def tell_time(message: Message, _scope: Scope) -> None:
        if message["type"] == "http.response.start":
            MutableScopeHeaders(message)[TIME_HEADER] = office.clock.now().isoformat(timespec="milliseconds")

    return Litestar(
        [*GATEWAY_ROUTES, *PRACTICE_ROUTES],
        dependencies={
            "office": Provide(lambda: office, sync_to_thread=False),
            "stop": Provide(lambda: stop, sync_to_thread=False),
        },
        state=State({"office": office}),
        exception_handlers=refusals.HANDLERS,
        before_send=[tell_time],
        request_max_body_size=LARGEST_BODY_BYTES,
        openapi_config=_document(),
        plugins=[WireTypesPlugin()],
        logging_config=None,
    )


def _document() -> OpenAPIConfig:
    bearer = SecurityScheme(type="http", scheme="bearer", description="the token of a Grant")
    return OpenAPIConfig(
        title="预约通关 practice gateway",
        version="1",
        path="/openapi",
        components=Components(security_schemes={"bearer": bearer}),
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        use_handler_docstrings=True,
    )
