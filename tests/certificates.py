"""Certificates for servers that tests start: an authority of our own, and what it vouches for."""

import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = datetime.timedelta(days=1)


class Authority:
    """Vouches for servers to whoever trusts its `file`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("An authority made in a test")
        own = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        made = (
            _begun(self._name, self._name, self._key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(own, critical=False)
            .sign(self._key, hashes.SHA256())
        )
        self._identifier = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)
        self.file = folder / "authority.pem"
        self.file.write_bytes(made.public_bytes(serialization.Encoding.PEM))

    def issue(self, *names: str) -> Path:
        """A key with a certificate for a server of these names, as one file."""
        key = ec.generate_private_key(ec.SECP256R1())
        begun = _begun(_named(names[0]), self._name, key)
        begun = begun.add_extension(_names(names), critical=False)
        begun = begun.add_extension(self._identifier, critical=False)
        return _written(
            self._folder / f"{names[0]}.pem", key, begun.sign(self._key, hashes.SHA256())
        )


def self_signed(folder: Path, name: str) -> Path:
    """A key with a certificate that nobody vouches for, as one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    begun = _begun(_named(name), _named(name), key).add_extension(_names((name,)), critical=False)
    return _written(folder / "self-signed.pem", key, begun.sign(key, hashes.SHA256()))


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _names(names: tuple[str, ...]) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([x509.DNSName(name) for name in names])


def _begun(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder(issuer, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + DAY)
    )


def _written(file: Path, key: ec.EllipticCurvePrivateKey, made: x509.Certificate) -> Path:
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file
