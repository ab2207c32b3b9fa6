"""The PDF process: checks and draws what it is told by JSON lines; a hostile file takes it along and nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, BinaryIO

from yuyue_desktop.documents.memory_limit import limit_memory
from yuyue_desktop.documents.protocol import encode_image, encode_opened, encode_report, encode_sizes, read_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from yuyue_desktop.documents.drawing import Drawing
    from yuyue_desktop.domain.limits import AttachmentLimits

# Each library loads with the first request that needs it: who looks at a page does not wait for those that check.


class _Desk:
    """Does one request after the other; holds the file that is looked at."""

    def __init__(self) -> None:
        self._drawing: Drawing | None = None

    def answer(self, asked: dict[str, Any]) -> bytes:
        """The answer to a request."""
        acts: dict[str, Callable[..., bytes]] = {
            "check": self._check,
            "open": self._open,
            "sizes": self._sizes,
            "draw": self._draw,
        }
        return acts[asked.pop("act")](**asked)

    def _check(self, name: str, content: bytes, limits: AttachmentLimits) -> bytes:
        from yuyue_desktop.documents.check import check_pdf  # noqa: PLC0415

        return encode_report(check_pdf(name, content, limits))

    def _open(self, content: bytes) -> bytes:
        from yuyue_desktop.documents.drawing import open_drawing  # noqa: PLC0415

        self._drawing = open_drawing(content)
        return encode_opened()

    def _sizes(self) -> bytes:
        return encode_sizes(() if self._drawing is None else self._drawing.sizes())

    def _draw(self, page: int, width: int) -> bytes:
        return encode_image(None if self._drawing is None else self._drawing.draw(page, width))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer each request until the other side closes its end."""
    desk = _Desk()
    while (asked := read_request(requests)) is not None:
        answers.write(desk.answer(asked))
        answers.flush()


def main() -> int:
    """Serve standard input and output; what libraries print goes to standard error."""
    limit_memory()
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr
    serve(sys.stdin.buffer, answers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
