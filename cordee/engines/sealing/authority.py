"""A test authority of one's own: a root, a seal and a clock, made from secret bytes at a given moment.

It proves that a file was not changed since it was sealed, and with which key. It does not prove to a stranger who holds
that key: it is no qualified seal in the sense of the eIDAS regulation. The public root travels in every export.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_ORDER_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True, slots=True)
class Identity:
    """A secret key (PKCS 8, PEM) and its certificate (PEM). Whoever holds the key can seal in this name."""

    key: bytes
    certificate: bytes

    def __repr__(self) -> str:
        return f"Identity({key_id(self.certificate)})"


@dataclass(frozen=True, slots=True)
class Authority:
    """A root certificate (PEM) and what it vouches for: the seal of the instance and its clock."""

    root: bytes
    seal: Identity
    clock: Identity


def make_authority(name: str, *, entropy: bytes, at: datetime, years: int = 10) -> Authority:
    """Make a test authority: P-256 keys, a root that vouches for one seal and one clock.

    Shape   entropy: at least 32 secret bytes from the machine's generator (`secrets.token_bytes(32)`): all three keys
            are derived from them, so they must be kept as secret as the keys, or forgotten. at: the day it is made.
    Holds   the same name, entropy, moment and duration give the same authority.
    Errors  ValueError when the entropy is too short or the moment has no time zone.
    """
    if len(entropy) < 32:
        raise ValueError("at least 32 secret bytes are needed")
    if at.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    at = at.replace(microsecond=0)
    keys = {role: _key(entropy, role) for role in ("root", "seal", "clock")}
    titles = {"root": f"{name} – autorité d’essai", "seal": f"{name} – sceau", "clock": f"{name} – horloge d’essai"}
    made = {
        role: _certificate(role, titles[role], titles["root"], keys[role], keys["root"], at, years) for role in keys
    }
    return Authority(
        root=_pem(made["root"]),
        seal=Identity(_secret(keys["seal"]), _pem(made["seal"])),
        clock=Identity(_secret(keys["clock"]), _pem(made["clock"])),
    )


def key_id(certificate: bytes) -> str:
    """Give the fingerprint of a certificate's public key: 64 digits, the same however the certificate is renewed."""
    public = x509.load_pem_x509_certificate(certificate).public_key()
    der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).hexdigest()


def _key(entropy: bytes, role: str) -> ec.EllipticCurvePrivateKey:
    digest = hashlib.sha512(b"cordee test authority\0" + role.encode() + b"\0" + entropy).digest()
    return ec.derive_private_key(int.from_bytes(digest, "big") % (_ORDER_P256 - 1) + 1, ec.SECP256R1())


def _certificate(
    role: str,
    title: str,
    issuer: str,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    at: datetime,
    years: int,
) -> x509.Certificate:
    root = role == "root"
    public = key.public_key()
    number = hashlib.sha256(_der(public) + at.isoformat().encode()).digest()[:15]
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(title))
        .issuer_name(_name(issuer))
        .public_key(public)
        .serial_number(int.from_bytes(number, "big") | 1)
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + timedelta(days=366 * years))
        .add_extension(x509.BasicConstraints(ca=root, path_length=0 if root else None), critical=True)
        .add_extension(_usage(root), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if role == "clock":
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(signer, hashes.SHA256(), ecdsa_deterministic=True)


def _usage(root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not root,
        content_commitment=not root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=root,
        crl_sign=root,
        encipher_only=False,
        decipher_only=False,
    )


def _name(title: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, title[:64])])


def _der(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _secret(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
