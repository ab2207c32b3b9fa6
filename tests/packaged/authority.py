"""A signer of programs for the tests: `python -m tests.packaged.authority CERTIFICATE KEY FILE` signs FILE in place."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

KEY_BITS = 3072


def make_signer(folder: Path) -> tuple[Path, Path]:
    """A certificate that signs itself, and its key, as PEM files."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "for a test only")])
    now = datetime.now().astimezone()
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "signer.pem", folder / "signer.key"
    files[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return files


def main(words: list[str]) -> int:
    """Sign a file in place: the tool itself only writes another one."""
    certificate, key, file = words
    signed = Path(f"{file}.signed")
    how = ["-certs", certificate, "-key", key, "-h", "sha256", "-in", file, "-out", str(signed)]
    code = subprocess.run(["osslsigncode", "sign", *how], stdout=subprocess.DEVNULL).returncode
    if code == 0:
        signed.replace(file)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
