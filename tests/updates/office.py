"""An office that tells of new versions: a signing key of its own and a real server on loopback."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class TellingOffice:
    """Signs notices; what it serves can be changed at any time."""

    def __init__(self) -> None:
        self._private = Ed25519PrivateKey.generate()
        self.content = b""
        self.code = 200
        self.asked = list[str]()

    @property
    def key(self) -> str:
        """The public key, as a profile has it."""
        return base64.b64encode(self._private.public_key().public_bytes_raw()).decode("ascii")

    def notice(self, **told: object) -> bytes:
        """A signed notice."""
        signed = json.dumps(told, ensure_ascii=False)
        signature = base64.b64encode(self._private.sign(signed.encode())).decode("ascii")
        return json.dumps({"signed": signed, "signature": signature}).encode()

    @contextmanager
    def serving(self) -> Iterator[str]:
        """Serve on loopback; answers the address."""
        office = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                office.asked.append(self.path)
                self.send_response(office.code)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(office.content)))
                self.end_headers()
                self.wfile.write(office.content)

            def log_message(self, *_: object) -> None:
                """Silent."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            thread = threading.Thread(target=server.serve_forever, daemon=True)
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_address[1]}/newest.json"
            finally:
                server.shutdown()
                thread.join()
