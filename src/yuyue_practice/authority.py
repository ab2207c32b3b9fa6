"""The practice side's two certificate authorities: one issues cards, one the gateway's own keys; knows no HTTP.

Both and the gateway's keys are made once into a folder and found there ever after.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from asn1crypto import keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from yuyue_desktop.wire import sm2

VALID_FROM = datetime(2018, 1, 1)
VALID_TO = datetime(2050, 12, 31, 15, 59, 59)
"""Every practice certificate is valid for all of the time that the practice clock can show (UTC)."""

_ORGANISATION = "预约通关练习"
_RSA_BITS = 2048
_PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey


class KeyType(StrEnum):
    """Kinds of key that practice cards and the practice gateway have."""

    RSA = "rsa"
    EC = "ec"


class Usage(StrEnum):
    """What an issued certificate's key is for: the KeyUsage attribute that it sets."""

    SIGN = "digital_signature"
    TRANSPORT_KEY = "key_encipherment"
    AGREE_KEY = "key_agreement"


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate (DER) with its private key (DER PKCS#8), in `file` as PEM, key first."""

    certificate: bytes
    private_key: bytes
    file: Path


class Authority:
    """One certificate authority; `identity.certificate` is what the other side pins."""

    def __init__(self, file: Path, name: str) -> None:
        self._name = _name(name)
        self.identity = _read(file) or _write(file, *self._make())
        self._key = _practice_key(serialization.load_der_private_key(self.identity.private_key, None))

    def issue_card(self, public_key: bytes, number: str, company_name: str, holder: str) -> bytes:
        """A card's certificate (DER) for its public key (DER), with the names that wire.certificates reads."""
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, company_name),
                x509.NameAttribute(NameOID.COMMON_NAME, holder),
                x509.NameAttribute(NameOID.SERIAL_NUMBER, number),
            ]
        )
        if sm2.is_sm2_key(public_key):
            return self._issue_sm2(public_key, subject)
        key = serialization.load_der_public_key(public_key)
        if not isinstance(key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
            raise TypeError("a card's key is RSA, EC or SM2")
        return _der(self._signed(_builder(subject, key, Usage.SIGN)))

    def identity_of_server(self, file: Path, hosts: tuple[str, ...]) -> Identity:
        """The TLS identity for host names and addresses, made at the first call."""
        names = x509.SubjectAlternativeName([_alternative_name(host) for host in hosts])
        server_use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        return self._identity(file, KeyType.EC, Usage.SIGN, hosts[0], [names, server_use])

    def identity_for_seals(self, file: Path, key_type: KeyType) -> Identity:
        """The key that clients seal for (JWE), made at the first call."""
        usage = Usage.TRANSPORT_KEY if key_type is KeyType.RSA else Usage.AGREE_KEY
        return self._identity(file, key_type, usage, f"seal {key_type}", [])

    def _identity(
        self, file: Path, key_type: KeyType, usage: Usage, name: str, extensions: list[x509.ExtensionType]
    ) -> Identity:
        found = _read(file)
        if found is not None:
            return found
        key = _new_key(key_type)
        builder = _builder(_name(name), key.public_key(), usage)
        for extension in extensions:
            builder = builder.add_extension(extension, critical=False)
        return _write(file, _der(self._signed(builder)), key)

    def _issue_sm2(self, public_key: bytes, subject: x509.Name) -> bytes:
        """Made for a stand-in, since cryptography builds none for SM2; then key and signature are exchanged."""
        stand_in = ec.generate_private_key(ec.SECP256R1()).public_key()
        point = keys.PublicKeyInfo.load(public_key)["public_key"].native
        made = asn1_x509.Certificate.load(_der(self._signed(_builder(subject, stand_in, Usage.SIGN, _key_id(point)))))
        signed_part = made["tbs_certificate"]
        signed_part["subject_public_key_info"] = keys.PublicKeyInfo.load(public_key)
        if not isinstance(self._key, ec.EllipticCurvePrivateKey):
            raise TypeError("the practice authorities' keys are EC")
        made["signature_value"] = self._key.sign(signed_part.dump(), ec.ECDSA(hashes.SHA256()))
        certificate: bytes = made.dump()
        return certificate

    def _signed(self, builder: x509.CertificateBuilder) -> x509.Certificate:
        public = self._key.public_key()
        own_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(public)
        builder = builder.issuer_name(self._name).add_extension(own_id, critical=False)
        return builder.sign(self._key, hashes.SHA256())

    def _make(self) -> tuple[bytes, _PrivateKey]:
        key = ec.generate_private_key(ec.SECP256R1())
        builder = _dated(self._name, key.public_key()).issuer_name(self._name)
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        builder = builder.add_extension(_key_usage("key_cert_sign", "crl_sign"), critical=True)
        return _der(builder.sign(key, hashes.SHA256())), key


class PracticeAuthorities:
    """Both authorities of a practice folder, and the gateway's own identities.

    Args:
        folder: made where missing; private keys lie in it, readable to this account only.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self.cards = Authority(folder / "card-authority.pem", "练习卡介质 CA")
        self.gateway = Authority(folder / "gateway-authority.pem", "练习网关 CA")

    def server(self, hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")) -> Identity:
        """The gateway's TLS identity; `file` goes to `ssl.SSLContext.load_cert_chain`."""
        return self.gateway.identity_of_server(self._folder / "server.pem", hosts)

    def seal_key(self, key_type: KeyType = KeyType.RSA) -> Identity:
        """The gateway's key that clients seal for."""
        return self.gateway.identity_for_seals(self._folder / f"seal-{key_type}.pem", key_type)


def _new_key(key_type: KeyType) -> _PrivateKey:
    if key_type is KeyType.RSA:
        return rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)
    return ec.generate_private_key(ec.SECP256R1())


def _name(common_name: str) -> x509.Name:
    attributes: list[tuple[ObjectIdentifier, str]] = [
        (NameOID.ORGANIZATION_NAME, _ORGANISATION),
        (NameOID.COMMON_NAME, common_name),
    ]
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in attributes])


def _builder(
    subject: x509.Name, key: _PublicKey, usage: Usage, key_id: x509.SubjectKeyIdentifier | None = None
) -> x509.CertificateBuilder:
    builder = _dated(subject, key, key_id)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    return builder.add_extension(_key_usage(usage.value), critical=True)


def _key_id(point: bytes) -> x509.SubjectKeyIdentifier:
    """As SubjectKeyIdentifier.from_public_key makes it, of a key that cryptography can't load."""
    return x509.SubjectKeyIdentifier(hashlib.sha1(point, usedforsecurity=False).digest())


def _dated(
    subject: x509.Name, key: _PublicKey, key_id: x509.SubjectKeyIdentifier | None = None
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(subject).public_key(key)
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(VALID_FROM).not_valid_after(VALID_TO)
    own_id = key_id or x509.SubjectKeyIdentifier.from_public_key(key)
    return builder.add_extension(own_id, critical=False)


def _key_usage(*names: str) -> x509.KeyUsage:
    flags = {
        name: name in names
        for name in (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        )
    }
    return x509.KeyUsage(**flags)


def _alternative_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def _practice_key(key: object) -> _PrivateKey:
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError("practice keys are RSA or EC")
    return key


def _read(file: Path) -> Identity | None:
    try:
        pem = file.read_bytes()
    except FileNotFoundError:
        return None
    key = _practice_key(serialization.load_pem_private_key(pem, None))
    return Identity(_der(x509.load_pem_x509_certificate(pem)), _private_bytes(key), file)


def _write(file: Path, certificate: bytes, key: _PrivateKey) -> Identity:
    """Key and certificate in one file that is there whole or not at all, readable to this account only."""
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ) + x509.load_der_x509_certificate(certificate).public_bytes(serialization.Encoding.PEM)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(pem)
    unfinished.replace(file)
    return Identity(certificate, _private_bytes(key), file)


def _private_bytes(key: _PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
