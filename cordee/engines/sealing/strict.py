"""The few bytes of a signature that no signature covers: they must say exactly what the standard makes them say."""

# mypy: disable-error-code="import-untyped"
# (asn1crypto carries no types)

from typing import Any

from asn1crypto import algos, cms, parser

_NULL = b"\x05\x00"


def as_set(hole: bytes) -> bool:
    """Tell whether the place kept for a signature in a PDF holds one sound signature and nothing else.

    Shape   hole: from "<" to ">", both included: the bytes that the byte range leaves out.
    Source  RFC 5652 for versions and algorithms; ISO 32000 for the padding with zeros.
    """
    written = bytes.fromhex(hole[1:-1].decode("ascii"))
    content = written[: parser.peek(written)]
    digits = content.hex().encode().ljust(len(hole) - 2, b"0")
    if hole not in (b"<" + digits + b">", b"<" + digits.upper() + b">"):
        return False
    return _sound(cms.ContentInfo.load(content, strict=True), "data")


def _sound(content: Any, kind: str) -> bool:
    """Check one signed message, then the time stamp it carries."""
    signed = content["content"]
    if len(signed["signer_infos"]) != 1:
        return False
    signer = signed["signer_infos"][0]
    if not all(_filled(part) for part in (content, signed, signed["encap_content_info"], signer)):
        return False
    by_name = signer["sid"].name == "issuer_and_serial_number"
    if signer["version"].native != ("v1" if by_name else "v3"):
        return False
    if signed["version"].native != ("v1" if kind == "data" and by_name else "v3"):
        return False
    if signed["encap_content_info"]["content_type"].native != kind:
        return False
    digests = [*signed["digest_algorithms"], signer["digest_algorithm"]]
    if any(not _plain(one) for one in digests) or len({one["algorithm"].native for one in digests}) != 1:
        return False
    if signer["signature_algorithm"]["algorithm"].native.endswith("_ecdsa") and not _plain(
        signer["signature_algorithm"]
    ):
        return False
    unsigned = signer["unsigned_attrs"]
    if not isinstance(unsigned, cms.CMSAttributes):
        return True
    return all(
        attribute["type"].native == "signature_time_stamp_token"
        and all(_sound(token, "tst_info") for token in attribute["values"])
        for attribute in unsigned
    )


def _plain(algorithm: algos.AlgorithmIdentifier) -> bool:
    """Tell whether an algorithm carries no parameter, or the empty one."""
    name = algorithm["algorithm"].dump()
    written = algorithm.dump()
    return written[2:] in (name, name + _NULL)


def _filled(value: Any) -> bool:
    """Tell whether the fields that were understood are all that is written."""
    return sum(len(value[name].dump()) for name in value) == len(value.contents)
