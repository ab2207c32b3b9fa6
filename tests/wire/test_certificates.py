"""Which certificates are taken at which moment, and why the others are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ObjectIdentifier

from tests.wire.factories import NOW, Signer, as_sha1, authority, card, certificate, names, p256_key, rsa_key, sm2_pair
from yuyue_desktop.domain.card import CardHolder
from yuyue_desktop.domain.errors import Code, YuyueError
from yuyue_desktop.wire import certificates
from yuyue_desktop.wire.certificates import Flaw, KeyKind

OLD = (datetime(2021, 1, 1), datetime(2031, 1, 1))
LEGACY_UNTIL = date(2026, 12, 31)


@pytest.fixture(scope="module")
def ca() -> Signer:
    return authority()


def flaw(check: Callable[[], object], code: Code = Code.CERTIFICATE_INVALID) -> Flaw:
    with pytest.raises(YuyueError) as caught:
        check()
    assert caught.value.code is code
    return Flaw(str(caught.value.params["reason"]))


def card_flaw(made: Signer | bytes, ca: Signer, at: datetime = NOW, legacy_until: date | None = None) -> Flaw:
    der = made.certificate if isinstance(made, Signer) else made
    return flaw(lambda: certificates.verify_card_certificate(der, [ca.certificate], at, legacy_until))


def verify(made: Signer, *authorities: Signer, at: datetime = NOW, legacy_until: date | None = None) -> None:
    trusted = [signer.certificate for signer in authorities]
    certificates.verify_card_certificate(made.certificate, trusted, at, legacy_until)


def test_what_a_certificate_says_of_its_card(ca: Signer) -> None:
    made = card(ca, p256_key(), valid=(datetime(2020, 1, 1, 16), datetime(2030, 6, 30, 15, 59)))
    assert certificates.holder(made.certificate) == CardHolder(
        "2100000012345", "北京练习进出口有限公司", "王芳", "2020-01-02", "2030-06-30"
    )


@pytest.mark.parametrize("missing", ["organisation", "serial_number"])
def test_a_certificate_without_card_number_or_company_is_unreadable(ca: Signer, missing: str) -> None:
    assert isinstance(ca.key, ec.EllipticCurvePrivateKey)
    made = certificate(names("王芳", **{missing: ""}), p256_key(), names("CA"), ca.key)
    assert flaw(lambda: certificates.holder(made), Code.CARD_CERTIFICATE_UNKNOWN) is Flaw.MALFORMED


def test_bytes_that_are_no_certificate_are_unreadable(ca: Signer) -> None:
    assert flaw(lambda: certificates.holder(b"0"), Code.CARD_CERTIFICATE_UNKNOWN) is Flaw.MALFORMED
    assert card_flaw(b"", ca) is Flaw.MALFORMED


def test_cards_of_every_kind_of_key_are_taken(ca: Signer) -> None:
    for made, kind in ((card(ca, p256_key()), KeyKind.P256), (card(ca, rsa_key()), KeyKind.RSA)):
        verify(made, ca)
        assert certificates.key_kind(made.certificate) is kind


def test_an_rsa_authority_is_taken() -> None:
    issuer = authority(key=rsa_key())
    verify(card(issuer, p256_key()), issuer)


def test_an_sm2_chain_is_taken_and_a_changed_one_is_not(ca: Signer) -> None:
    issuer, made = sm2_pair()
    verify(made, ca, issuer)
    assert certificates.key_kind(made.certificate) is KeyKind.SM2
    assert certificates.holder(made.certificate).card_number == "2100000012345"
    changed = made.certificate.replace("王芳".encode(), "王方".encode())
    assert card_flaw(changed, issuer) is Flaw.SIGNATURE
    assert card_flaw(made, ca) is Flaw.SIGNATURE, "an authority of the same name with a key of another kind"


def test_validity_counts_to_the_second_in_chinas_time(ca: Signer) -> None:
    made = card(ca, p256_key(), valid=(datetime(2026, 1, 1), datetime(2027, 1, 1)))
    first, last = datetime(2026, 1, 1, 8), datetime(2027, 1, 1, 8)
    verify(made, ca, at=first)
    verify(made, ca, at=last)
    assert card_flaw(made, ca, first - timedelta(seconds=1)) is Flaw.NOT_YET_VALID
    assert card_flaw(made, ca, last + timedelta(seconds=1)) is Flaw.EXPIRED


def test_an_authority_that_expired_issues_nothing() -> None:
    issuer = authority(valid=(datetime(2018, 1, 1), datetime(2026, 1, 1)))
    assert card_flaw(card(issuer, p256_key()), issuer) is Flaw.EXPIRED


def test_a_card_of_another_authority_is_not_taken(ca: Signer) -> None:
    assert card_flaw(card(authority("Other"), p256_key()), ca) is Flaw.ISSUER_UNKNOWN
    assert card_flaw(card(authority(), p256_key()), ca) is Flaw.SIGNATURE, "same name, another key"
    assert flaw(lambda: verify(card(ca, p256_key()))) is Flaw.ISSUER_UNKNOWN


def test_an_authority_may_have_renewed_its_key(ca: Signer) -> None:
    verify(card(ca, p256_key()), authority(), ca)


@pytest.mark.parametrize("usage", [{}, {"key_encipherment": True}, {"key_cert_sign": True}])
def test_a_key_that_may_not_sign_is_not_taken(ca: Signer, usage: dict[str, bool]) -> None:
    assert card_flaw(card(ca, p256_key(), usage=usage), ca) is Flaw.USAGE


def test_an_authority_is_no_card(ca: Signer) -> None:
    sub = card(ca, p256_key(), is_authority=True, usage={"digital_signature": True, "key_cert_sign": True})
    assert card_flaw(sub, ca) is Flaw.USAGE


def test_a_card_issues_no_cards(ca: Signer) -> None:
    middle = card(ca, p256_key())
    assert card_flaw(card(middle, p256_key()), middle) is Flaw.USAGE


def test_a_critical_extension_that_nobody_understands_is_not_taken(ca: Signer) -> None:
    unknown = x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.4.1.5315.100.5.9"), b"\x0c\x01x")
    verify(card(ca, p256_key(), extensions=[(unknown, False)]), ca)
    assert card_flaw(card(ca, p256_key(), extensions=[(unknown, True)]), ca) is Flaw.USAGE


def test_other_curves_are_not_taken(ca: Signer) -> None:
    assert card_flaw(card(ca, ec.generate_private_key(ec.SECP384R1())), ca) is Flaw.WEAK


def test_rsa_1024_passes_only_while_the_dated_setting_allows_it(ca: Signer) -> None:
    old = card(ca, rsa_key(1024), valid=OLD)
    assert card_flaw(old, ca) is Flaw.WEAK
    verify(old, ca, legacy_until=LEGACY_UNTIL)
    verify(old, ca, at=datetime(2026, 12, 31, 23, 59), legacy_until=LEGACY_UNTIL)
    assert card_flaw(old, ca, datetime(2027, 1, 1), LEGACY_UNTIL) is Flaw.WEAK


def test_rsa_1024_never_passes_for_cards_issued_since_2022_08(ca: Signer) -> None:
    """2022-07-31 16:00 UTC is the first moment of August in China."""
    last = card(ca, rsa_key(1024), valid=(datetime(2022, 7, 31, 15, 59, 59), OLD[1]))
    verify(last, ca, legacy_until=LEGACY_UNTIL)
    first = card(ca, rsa_key(1024), valid=(datetime(2022, 7, 31, 16), OLD[1]))
    assert card_flaw(first, ca, NOW, LEGACY_UNTIL) is Flaw.WEAK


def test_a_certificate_signed_with_sha1_passes_only_as_legacy() -> None:
    issuer = authority(key=rsa_key())
    old = as_sha1(card(issuer, rsa_key(), valid=OLD), issuer)
    assert card_flaw(old, issuer) is Flaw.WEAK
    verify(old, issuer, legacy_until=LEGACY_UNTIL)


def test_a_gateways_key_is_for_sealing(ca: Signer) -> None:
    for usage in ({"key_encipherment": True}, {"key_agreement": True}):
        made = card(ca, p256_key(), usage=usage)
        certificates.verify_gateway_certificate(made.certificate, [ca.certificate], NOW)
    signing = card(ca, p256_key()).certificate
    check = [ca.certificate]
    found = flaw(lambda: certificates.verify_gateway_certificate(signing, check, NOW), Code.GATEWAY_UNTRUSTED)
    assert found is Flaw.USAGE


def test_a_changed_byte_is_found(ca: Signer) -> None:
    made = card(ca, p256_key()).certificate
    at = made.index("王芳".encode())
    changed = made[:at] + "李雷".encode() + made[at + 6 :]
    assert card_flaw(changed, ca) is Flaw.SIGNATURE
