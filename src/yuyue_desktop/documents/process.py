"""The PDF process: checks what it is told by JSON lines; a hostile file takes it along and nothing else."""

from __future__ import annotations

import sys
from typing import BinaryIO

from yuyue_desktop.documents.check import check_pdf
from yuyue_desktop.documents.protocol import decode_request, encode_report


def serve(requests: BinaryIO, reports: BinaryIO) -> None:
    """Answer each line with a line until the other side closes its end."""
    for line in requests:
        reports.write(encode_report(check_pdf(*decode_request(line))))
        reports.flush()


def main() -> int:
    """Serve standard input and output; what libraries print goes to standard error."""
    reports = sys.stdout.buffer
    sys.stdout = sys.stderr
    serve(sys.stdin.buffer, reports)
    return 0


if __name__ == "__main__":
    sys.exit(main())
