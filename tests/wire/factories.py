"""Certificates, keys and submissions for the tests of the envelope: authorities and cards of every kind, SM2 too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID
from tongsuopy.crypto import serialization as sm2_serialization  # type: ignore[import-untyped]
from tongsuopy.crypto.asymciphers import ec as sm2_ec  # type: ignore[import-untyped]

from yuyue_desktop.domain.application import Application, ApplicationId, Attachment, GoodsItem, Step
from yuyue_desktop.domain.card import SignatureAlgorithm
from yuyue_desktop.domain.outbox import ItemId
from yuyue_desktop.domain.submission import Submission
from yuyue_desktop.wire import der, sm2

NOW = datetime(2026, 9, 28, 9, 0)
APPLICATION_ID = ApplicationId("0d4fe2f1-6a58-4a0f-9a3e-3f3c8f6f2b11")
ITEM_ID = ItemId("7c9e6679-7425-40de-944b-e07fc1f90ae7")
ATTACHMENT = Attachment("合同.pdf", "ab" * 32, 2048, (1024, 1024))
SIGNING = {"digital_signature": True}

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Signer:
    """A certificate (DER) and what signs with its key; an SM2 key is DER."""

    certificate: bytes
    key: PrivateKey | bytes

    def sign(self, algorithm: SignatureAlgorithm, content: bytes) -> bytes:
        if isinstance(self.key, bytes):
            return sm2.sign(self.key, content)
        if isinstance(self.key, ec.EllipticCurvePrivateKey):
            r, s = decode_dss_signature(self.key.sign(content, ec.ECDSA(hashes.SHA256())))
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
        if algorithm is SignatureAlgorithm.RS1:
            return self.key.sign(content, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        scheme = pss if algorithm is SignatureAlgorithm.PS256 else padding.PKCS1v15()
        return self.key.sign(content, scheme, hashes.SHA256())

    @property
    def private_key(self) -> bytes:
        """DER PKCS#8."""
        assert not isinstance(self.key, bytes)
        return self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def p256_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def names(
    common_name: str, organisation: str = "北京练习进出口有限公司", serial_number: str = "2100000012345"
) -> x509.Name:
    kinds = {
        NameOID.ORGANIZATION_NAME: organisation,
        NameOID.COMMON_NAME: common_name,
        NameOID.SERIAL_NUMBER: serial_number,
    }
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in kinds.items() if value])


def certificate(
    subject: x509.Name,
    key: PrivateKey,
    issuer: x509.Name,
    issuer_key: PrivateKey,
    *,
    usage: dict[str, bool] | None = None,
    is_authority: bool = False,
    valid: tuple[datetime, datetime] = (datetime(2018, 1, 1), datetime(2050, 1, 1)),
    extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
) -> bytes:
    """A DER certificate; `valid` is UTC, `usage` names what KeyUsage allows, empty for no such extension."""
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(valid[0]).not_valid_after(valid[1])
    builder = builder.add_extension(x509.BasicConstraints(is_authority, None), critical=True)
    allowed = SIGNING if usage is None else usage
    if allowed:
        builder = builder.add_extension(key_usage(**allowed), critical=True)
    for extension, is_critical in extensions:
        builder = builder.add_extension(extension, is_critical)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def key_usage(**allowed: bool) -> x509.KeyUsage:
    none = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(**{**none, **allowed})


def authority(name: str = "CA", key: PrivateKey | None = None, **options: object) -> Signer:
    """A self-signed authority."""
    own = key or p256_key()
    subject = names(name, serial_number="")
    usage = {"key_cert_sign": True}
    made = certificate(subject, own, subject, own, usage=usage, is_authority=True, **options)  # type: ignore[arg-type]
    return Signer(made, own)


def card(ca: Signer, key: PrivateKey, **options: object) -> Signer:
    """A card's certificate by an authority that is not SM2."""
    assert not isinstance(ca.key, bytes)
    issuer = x509.load_der_x509_certificate(ca.certificate).subject
    return Signer(certificate(names("王芳"), key, issuer, ca.key, **options), key)  # type: ignore[arg-type]


_RSA_SHA256_ALGORITHM = bytes.fromhex("300d06092a864886f70d01010b0500")
_RSA_SHA1_ALGORITHM = bytes.fromhex("300d06092a864886f70d0101050500")


def as_sha1(made: Signer, ca: Signer) -> Signer:
    """The certificate signed anew by an RSA authority as old ones were, which cryptography no longer does."""
    assert isinstance(ca.key, rsa.RSAPrivateKey)
    tbs = der.fields(made.certificate)[0].replace(_RSA_SHA256_ALGORITHM, _RSA_SHA1_ALGORITHM)
    signature = ca.key.sign(tbs, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
    return Signer(_element(0x30, tbs + _RSA_SHA1_ALGORITHM + _element(0x03, b"\0" + signature)), made.key)


_P256_KEY = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")
_SHA256_ALGORITHM = bytes.fromhex("300a06082a8648ce3d040302")
_SM3_ALGORITHM = bytes.fromhex("300a06082a811ccf55018375")


def sm2_pair() -> tuple[Signer, Signer]:
    """An SM2 authority and an SM2 card of it: P-256 certificates whose keys and signatures are replaced by SM2 ones."""
    stand_in = authority()
    stand_in_card = card(stand_in, p256_key())
    ca_key, card_key = _sm2_key(), _sm2_key()
    ca = _as_sm2(stand_in.certificate, ca_key, ca_key)
    return Signer(ca, ca_key), Signer(_as_sm2(stand_in_card.certificate, card_key, ca_key), card_key)


def _sm2_key() -> bytes:
    key = sm2_ec.generate_private_key(sm2_ec.SM2())
    made: bytes = key.private_bytes(
        sm2_serialization.Encoding.DER, sm2_serialization.PrivateFormat.PKCS8, sm2_serialization.NoEncryption()
    )
    return made


def _sm2_public(key: bytes) -> bytes:
    public: bytes = (
        sm2_serialization.load_der_private_key(key, None)
        .public_key()
        .public_bytes(sm2_serialization.Encoding.DER, sm2_serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return public


def _as_sm2(p256_certificate: bytes, key: bytes, issuer_key: bytes) -> bytes:
    tbs = der.fields(p256_certificate)[0].replace(_SHA256_ALGORITHM, _SM3_ALGORITHM)
    at = tbs.index(_P256_KEY)
    tbs = tbs[:at] + _sm2_public(key) + tbs[at + len(_P256_KEY) + 65 :]
    signature = sm2.to_der(sm2.sign(issuer_key, tbs))
    return _element(0x30, tbs + _SM3_ALGORITHM + _element(0x03, b"\0" + signature))


def _element(tag: int, content: bytes) -> bytes:
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    digits = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(digits)]) + digits + content


def submission(step: Step = Step.DECLARE, **changes: object) -> Submission:
    """A submission of each kind, complete."""
    content: dict[Step, dict[str, object]] = {
        Step.DECLARE: {"application": application(), "attachments": (ATTACHMENT,)},
        Step.CANCEL: {},
        Step.FEED_BACK: {"declaration_numbers": ("110120261000000001",)},
        Step.EXPLAIN: {"explanation": "系统故障，未能及时反馈", "attachments": (ATTACHMENT,)},
    }
    fields = {
        "id": ITEM_ID,
        "gateway": "https://localhost:8443",
        "step": step,
        "application_id": APPLICATION_ID,
        "revision": 3,
        "signed_at": NOW,
        "declarant": "1101919107",
        **content[step],
        **changes,
    }
    return Submission(**fields)  # type: ignore[arg-type]


def application() -> Application:
    return Application(
        APPLICATION_ID,
        "1101919107",
        trader="1101919107",
        contact_name="李雷",
        contact_mobile="13800138000",
        declaration_port="0101",
        entry_exit_port="0102",
        transport_mode="5",
        window_start="2026-10-01T20:00",
        reason="鲜活易腐货物",
        is_import=True,
        goods=(GoodsItem("0302110000", "鲜或冷鳟鱼"),),
        attachments=(ATTACHMENT,),
    )
