"""What was signed on paper: scanned, vouched for by somebody, sealed as it is, and never taken for our signature."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from cordee.engines import sealing
from cordee.ground.files.acts import check_upload, keep
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.ground.signing.acts.ceremonies import sealed_bytes
from cordee.ground.signing.models import PaperCopy

MOST_PAGES = 20


class NotAScan(Refusal):
    """Neither a PDF nor photographs, or too many of them."""


def keep_paper(
    pages: Sequence[UploadedFile],
    *,
    book: str,
    subject: str,
    title: str,
    signed_on: date,
    company: str,
    siren: str,
    capacity: str,
    words: str,
    by: Actor,
    at: datetime,
) -> PaperCopy:
    """Keep the scan of what was signed by hand: one PDF, or the photographs of its pages. `by` vouches for it.

    Allowed       the room whose paper it is decides.
    Refused when  it is neither one PDF nor photographs, or the day of signature is to come.
    Tells         signing.paper.kept: digests of the scan and of the sealed file.
    """
    if not pages or len(pages) > MOST_PAGES:
        raise NotAScan(
            _("Donnez un PDF, ou de une à %(most)s photos.") % {"most": MOST_PAGES},
            do=_("Photographiez chaque page, dans l’ordre."),
        )
    if signed_on > at.date():
        raise NotAScan(_("Le jour de la signature est à venir."), do=_("Indiquez le jour écrit sur le papier."))
    contents = [check_upload(page) for page in pages]
    try:
        pdf = contents[0] if len(contents) == 1 and b"%PDF-" in contents[0][:1024] else sealing.photos_to_pdf(contents)
        evidence = sealing.add_act(
            sealing.open_evidence(title=title, fingerprint=sealing.digest(pdf), pdf=pdf),
            act="vouched",
            person=str(by.person),
            company=company,
            siren=siren,
            capacity=capacity,
            at=at,
            seen=pdf,
            identification=[{"means": "signed_in", "to": by.person.pseudonym, "at": at.isoformat()}],
            consent=words,
        )
        sealed = sealed_bytes(pdf, title=title, evidence=sealing.evidence_bytes(evidence), at=at)
    except ValueError as wrong:
        raise NotAScan(
            _("Ce fichier ne se lit pas comme un scan."),
            do=_("Donnez un PDF non protégé, ou des photos (JPEG ou PNG)."),
        ) from wrong
    with act("signing.paper.kept", book=book, by=by, at=at) as facts:
        kept = keep(SimpleUploadedFile(f"{title} - papier.pdf"[-160:], sealed), book=book, by=by.person, at=at)
        copy = PaperCopy.objects.create(
            book=book,
            subject=subject,
            title=title,
            scan=kept,
            evidence=evidence,
            signed_on=signed_on,
            vouched_by=by.person,
            seat=by.seat,
            company=company,
            capacity=capacity,
            at=at,
        )
        facts.on = address(copy)
        facts |= {"about": subject, "scan": sealing.digest(pdf), "sealed": kept.digest, "pages": len(pages)}
    return copy
