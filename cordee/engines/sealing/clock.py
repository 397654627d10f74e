"""A test clock: stamps the time as RFC 3161 says, with its own key. For a time a judge trusts, use an outside one."""

# mypy: disable-error-code="no-untyped-call,import-untyped"
# (asn1crypto carries no types, and pyHanko only some)

import asyncio
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from asn1crypto import algos, cms, core, pem, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps.api import TimeStamper

from cordee.engines.sealing.authority import Identity

_POLICY = "1.3.6.1.4.1.32473.1"  # an arc reserved for examples: this clock makes no promise
Ask = Callable[[bytes], bytes]
"""An outside clock: it is given a request for a stamp (DER, RFC 3161) and answers it."""
_SHA256 = algos.DigestAlgorithm({"algorithm": "sha256"})


class TestClock(TimeStamper):
    """Stamps the moment it is told, whatever the machine's clock says."""

    __test__ = False  # not a test, in spite of its name

    def __init__(self, identity: Identity, at: datetime) -> None:
        super().__init__(include_nonce=False)
        self._key = identity.key
        self._certificate = x509.Certificate.load(pem.unarmor(identity.certificate)[2])
        self._at = at.astimezone(UTC).replace(microsecond=0)

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Answer a request for a stamp."""
        imprint = req["message_imprint"]
        info = tsp.TSTInfo(
            {
                **({"nonce": req["nonce"]} if req["nonce"].native is not None else {}),
                "version": "v1",
                "policy": tsp.ObjectIdentifier(_POLICY),
                "message_imprint": imprint,
                "serial_number": int.from_bytes(hashlib.sha256(imprint.dump()).digest()[:15], "big"),
                "gen_time": self._at,
                "tsa": x509.GeneralName(name="directory_name", value=self._certificate.subject),
            }
        ).dump()
        token = cms.ContentInfo({"content_type": "signed_data", "content": self._signed(info)})
        return tsp.TimeStampResp({"status": tsp.PKIStatusInfo({"status": "granted"}), "time_stamp_token": token})

    def _signed(self, info: bytes) -> cms.SignedData:
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": core.UTCTime(self._at)})),
                simple_cms_attribute("signing_certificate_v2", as_signing_certificate_v2(self._certificate)),
                simple_cms_attribute("message_digest", hashlib.sha256(info).digest()),
            ]
        )
        key = serialization.load_pem_private_key(self._key, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("the clock needs a P-256 key")
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    {
                        "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                            {"issuer": self._certificate.issuer, "serial_number": self._certificate.serial_number}
                        )
                    }
                ),
                "digest_algorithm": _SHA256,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
                "signed_attrs": attributes,
                "signature": key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
            }
        )
        return cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": cms.DigestAlgorithms((_SHA256,)),
                "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(info)},
                "certificates": [cms.CertificateChoices(name="certificate", value=self._certificate)],
                "signer_infos": [signer],
            }
        )


class OutsideClock(TimeStamper):
    """A clock that somebody else keeps: asked for a stamp over a channel that is not this module's business."""

    def __init__(self, ask: Ask) -> None:
        super().__init__(include_nonce=True)
        self._ask = ask

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Hand the request over, read the answer."""
        return tsp.TimeStampResp.load(self._ask(req.dump()), strict=True)


def answer_request(request: bytes, *, identity: Identity, at: datetime) -> bytes:
    """Answer a request for a stamp (DER, RFC 3161) with a clock of one's own: what an outside clock does."""
    stamper = TestClock(identity, at)
    answer = asyncio.run(stamper.async_request_tsa_response(tsp.TimeStampReq.load(request)))
    return bytes(answer.dump())
