"""What the served document says beyond the handlers' types: sealed bodies and refusals; holds no rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.plugins import OpenAPISchemaPlugin

from yuyue_desktop.wire.messages import Refusal

if TYPE_CHECKING:
    from litestar._openapi.schema_generation import SchemaCreator
    from litestar.typing import FieldDefinition

_REFUSING = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.CONFLICT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
    HTTPStatus.TOO_MANY_REQUESTS,
)
REFUSALS = {
    status.value: ResponseSpec(Refusal, description=status.phrase, generate_examples=False) for status in _REFUSING
}
"""The answers that say why a call failed."""


_SPAN = tuple[int, int]
_SCHEMAS: dict[Any, Schema] = {
    # China Standard Time has no zone here, which the format `date-time` would demand.
    datetime: Schema(
        type=OpenAPIType.STRING,
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?$",
        description="China Standard Time",
    ),
    # Said so that readers of every edition understand it: `prefixItems` is misread by some.
    _SPAN: Schema(type=OpenAPIType.ARRAY, items=Schema(type=OpenAPIType.INTEGER), min_items=2, max_items=2),
}


class WireTypesPlugin(OpenAPISchemaPlugin):
    """Types of the wire contract that the framework would describe otherwise than they are."""

    @staticmethod
    def is_plugin_supported_type(value: Any) -> bool:
        """Whether a type is one of them."""
        return value in (datetime, _SPAN)

    def to_openapi_schema(self, field_definition: FieldDefinition, schema_creator: SchemaCreator) -> Schema:  # noqa: ARG002
        """How it stands in the document."""
        return _SCHEMAS[field_definition.annotation]


@dataclass
class SealedOperation(Operation):
    """An operation whose body is one compact JWE."""

    def __post_init__(self) -> None:
        schema = Schema(type=OpenAPIType.STRING, description="compact JWE for one of the keys of GET /keys")
        self.request_body = RequestBody({"application/jose": OpenAPIMediaType(schema)}, required=True)
