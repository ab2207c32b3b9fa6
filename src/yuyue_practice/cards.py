"""Practice cards: SoftHSM2 tokens with a key and a certificate of the practice card authority; knows no gateway.

SoftHSM2 reads where its tokens are once per process, so each card is made by a short-lived process of its own.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Self, cast

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters
from pkcs11.util.rsa import encode_rsa_public_key
from pkcs11.util.x509 import decode_x509_certificate

from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_practice import authority
from yuyue_practice.authority import Authority

CONFIGURATION = "SOFTHSM2_CONF"
"""Environment variable that tells SoftHSM2 which card is in the reader."""

MODULES = (
    r"C:\Program Files\SoftHSM2\lib\softhsm2-x64.dll",
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
)

_MAKING_S = 60.0
_KEY_ID = b"\x01"
_RSA_BITS = 2048
_LABEL_BYTES = 32


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """A card to practise with; its PIN is no secret, the practice desk shows it.

    `environment` goes to the process that loads `module_path`: the card is then the one in the reader. A card behind
    the client control has neither.
    """

    number: str
    pin: str = field(repr=False)
    module_path: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


class PracticeCards:
    """The cards of a practice folder.

    Args:
        folder: one folder per card in it, made where missing.
        ca: the practice card authority.
        module_path: SoftHSM2; by default where it is installed.
        command: starts this module's `main` in a new process.
    """

    def __init__(
        self,
        folder: Path,
        ca: Authority,
        module_path: Path | None = None,
        command: Sequence[str] = (sys.executable, "-m", "yuyue_practice.cards"),
    ) -> None:
        self._folder = folder
        self._authority = ca
        self._module_path = module_path or installed_module()
        self._command = tuple(command)

    def new_card(
        self,
        number: str,
        company_name: str,
        holder: str,
        pin: str,
        key_type: authority.KeyType = authority.KeyType.RSA,
    ) -> PracticeCard:
        """Make a card. The number must be new; letters, digits and hyphens.

        Raises:
            YuyueError: CARD_DRIVER_MISSING without SoftHSM2, CARD_DRIVER_FAILED when it can't make the token.
            FileExistsError: there is a card of that number.
        """
        home = self._home(number)
        (home / "tokens").mkdir(mode=0o700, parents=True)
        try:
            self._make(home, number=number, company_name=company_name, holder=holder, pin=pin, key_type=key_type)
        except BaseException:
            shutil.rmtree(home)
            raise
        return self.card(number)

    def card(self, number: str) -> PracticeCard:
        """A card made before. Raises FileNotFoundError."""
        home = self._home(number)
        content = json.loads((home / "card.json").read_text(encoding="utf-8"))
        environment = {CONFIGURATION: str(home / "softhsm2.conf")}
        return PracticeCard(content["number"], content["pin"], self._module(), environment)

    def cards(self) -> tuple[PracticeCard, ...]:
        """All cards of the folder, by number; one whose making was broken off is none."""
        return tuple(self.card(file.parent.name) for file in sorted(self._folder.glob("*/card.json")))

    def certificate(self, number: str) -> bytes:
        """The certificate (DER) of a card made before. Raises FileNotFoundError."""
        return (self._home(number) / "certificate.der").read_bytes()

    def _make(
        self, home: Path, *, number: str, company_name: str, holder: str, pin: str, key_type: authority.KeyType
    ) -> None:
        (home / "softhsm2.conf").write_text(
            f"directories.tokendir = {home / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n",
            encoding="utf-8",
        )
        with _Maker(self._command, self._module(), {CONFIGURATION: str(home / "softhsm2.conf")}) as maker:
            answer = maker.tell({"number": number, "pin": pin, "key_type": key_type})
            public_key = b64decode(answer["public_key"])
            certificate = self._authority.issue_card(public_key, number, company_name, holder)
            maker.tell({"certificate": b64encode(certificate).decode("ascii")})
        (home / "certificate.der").write_bytes(certificate)
        (home / "card.json").write_text(json.dumps({"number": number, "pin": pin}), encoding="utf-8")

    def _home(self, number: str) -> Path:
        if not number.replace("-", "").isalnum() or not number.isascii():
            raise ValueError(f"{number!r} is no card number")
        return self._folder / number

    def _module(self) -> Path:
        if self._module_path is None:
            raise YuyueError(Code.CARD_DRIVER_MISSING, {"path": "SoftHSM2"})
        return self._module_path


def installed_module() -> Path | None:
    """SoftHSM2 where it is usually installed, None where it isn't."""
    # Another system's place, `/usr/lib/…` on Windows, is no absolute path here.
    return next((Path(path) for path in MODULES if Path(path).is_absolute() and Path(path).is_file()), None)


class _Maker:
    """The short-lived process that makes one token: told by JSON lines, so that no PIN is on a command line."""

    def __init__(self, command: Sequence[str], module: Path, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            [*command, "--module", str(module)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **environment},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=_MAKING_S)

    def tell(self, content: Mapping[str, str]) -> dict[str, str]:
        stdin, stdout = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        try:
            stdin.write(json.dumps(content).encode("ascii") + b"\n")
            stdin.flush()
            line = stdout.readline()
        except OSError:
            line = b""
        if not line:
            raise YuyueError(Code.CARD_DRIVER_FAILED, {"reason": "SoftHSM2"})
        answer: dict[str, str] = json.loads(line)
        return answer


def _initialise_token(module: Path, label: str, pin: str) -> None:
    """C_InitToken on the first slot, which python-pkcs11 does not offer; the security officer has the same PIN."""
    library = ctypes.CDLL(str(module))
    slots = (ctypes.c_ulong * 8)()
    count = ctypes.c_ulong(len(slots))
    padded = label.encode("ascii")[:_LABEL_BYTES].ljust(_LABEL_BYTES)
    steps = (
        library.C_Initialize(None),
        library.C_GetSlotList(0, slots, ctypes.byref(count)),
        library.C_InitToken(slots[0], pin.encode(), ctypes.c_ulong(len(pin.encode())), padded),
        library.C_Finalize(None),
    )
    if any(steps):
        raise RuntimeError(f"SoftHSM2 answered {steps}")


def _make_key(token: Any, key_type: authority.KeyType, pin: str) -> bytes:
    """A key pair on the token that can't leave it; answers the public one as DER."""
    with token.open(rw=True, so_pin=pin) as session:
        session.init_pin(pin)
    with token.open(rw=True, user_pin=pin) as session:
        if key_type is authority.KeyType.RSA:
            public, _ = session.generate_keypair(KeyType.RSA, _RSA_BITS, store=True, id=_KEY_ID, label="sign")
            return encode_rsa_public_key(public)
        curve = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
        parameters = session.create_domain_parameters(KeyType.EC, curve, local=True)
        public, _ = parameters.generate_keypair(
            mechanism=Mechanism.EC_KEY_PAIR_GEN, store=True, id=_KEY_ID, label="sign"
        )
        return encode_ec_public_key(public)


def _keep_certificate(token: Any, pin: str, certificate: bytes) -> None:
    template = decode_x509_certificate(certificate)
    template |= {Attribute.TOKEN: True, Attribute.ID: _KEY_ID, Attribute.LABEL: "sign"}
    with token.open(rw=True, user_pin=pin) as session:
        session.create_object(template)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make one token: reads number, PIN and key type, writes the public key, reads the certificate."""
    parser = argparse.ArgumentParser(prog="cards")
    parser.add_argument("--module", type=Path, required=True)
    module = parser.parse_args(arguments).module
    order = json.loads(sys.stdin.readline())
    _initialise_token(module, order["number"], order["pin"])
    token = pkcs11.lib(str(module)).get_token(token_label=order["number"][:_LABEL_BYTES])
    public_key = _make_key(token, authority.KeyType(order["key_type"]), order["pin"])
    print(json.dumps({"public_key": b64encode(public_key).decode("ascii")}), flush=True)
    _keep_certificate(token, order["pin"], b64decode(json.loads(sys.stdin.readline())["certificate"]))
    print(json.dumps({}), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
