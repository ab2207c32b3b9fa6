"""How a sealed body stands in the served document; opening it is the intake's."""

from __future__ import annotations

from dataclasses import dataclass

from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType


@dataclass
class SealedOperation(Operation):
    """An operation whose body is one compact JWE."""

    def __post_init__(self) -> None:
        schema = Schema(type=OpenAPIType.STRING, description="compact JWE for one of the keys of GET /keys")
        self.request_body = RequestBody({"application/jose": OpenAPIMediaType(schema)}, required=True)
