"""What one's company can show: figures of a year, references, papers, guarantees; what it entrusts to others."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from cordee.directory.models import Company
from cordee.engines.procurement.winners import siren_of
from cordee.ground.files.acts import keep
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act, address
from cordee.offers.acts.bids import at_the_bid
from cordee.offers.keys import seal_price
from cordee.offers.models import Bid, BidMember, Guarantee, Paper, Reference, Subcontract, YearFigure
from cordee.offers.permissions import companies_of

MOST_CENTS = 10**13
"""A hundred billion euros: beyond, a number was mistyped."""


def _own(company: Company, by: Actor) -> None:
    if not companies_of(by.person).filter(pk=company.pk).exists():
        raise NotAllowed(_("Vous n’agissez pas pour %(company)s.") % {"company": company})


def note_figure(
    company: Company, *, year: int, turnover_cents: int | None, staff: int | None, by: Actor, at: datetime
) -> YearFigure:
    """Note turnover and staff of one financial year; noting it again corrects it.

    Allowed       whoever acts for the company.
    Refused when  the year is to come, or long past.
    Tells         offers.figure.noted: the year, not the figures.
    """
    with act("offers.figure.noted", book=company.book, by=by, at=at, on=company) as facts:
        _own(company, by)
        if not at.year - 15 <= year <= at.year:
            raise Refusal(_("Cette année ne convient pas."), do=_("Donnez un exercice clos de ces dernières années."))
        found, _new = YearFigure.objects.update_or_create(
            company=company, year=year, defaults={"turnover_cents": turnover_cents, "staff": staff}
        )
        facts["year"] = year
    return found


def add_reference(company: Company, *, values: dict[str, Any], by: Actor, at: datetime) -> Reference:
    """Add work done for somebody, that a buyer may ask about.

    Allowed       whoever acts for the company.
    Refused when  it says neither what nor for whom.
    Tells         offers.reference.added.
    """
    with act("offers.reference.added", book=company.book, by=by, at=at) as facts:
        _own(company, by)
        if not (str(values.get("what", "")).strip() and str(values.get("client", "")).strip()):
            raise Refusal(_("Une référence dit quel travail, et pour qui."))
        found = Reference.objects.create(company=company, **values)
        facts.on = address(found)
    return found


def add_paper(
    company: Company,
    *,
    kind: str,
    label: str = "",
    amount_cents: int | None = None,
    issued: date | None = None,
    valid_to: date | None = None,
    file: UploadedFile | None = None,
    by: Actor,
    at: datetime,
) -> Paper:
    """Bring a paper that buyers ask for, with its end.

    Allowed       whoever acts for the company.
    Refused when  it ends before it begins; the file is none that we take.
    Tells         offers.paper.added: which kind, its end, digest of the file.
    """
    with act("offers.paper.added", book=company.book, by=by, at=at) as facts:
        _own(company, by)
        _in_order(issued, valid_to)
        kept = keep(file, book=company.book, by=by.person, at=at) if file else None
        found = Paper.objects.create(
            company=company, kind=kind, label=label.strip(), amount_cents=amount_cents, issued=issued,
            valid_to=valid_to, file=kept, added_at=at,
        )  # fmt: skip
        facts.on = address(found)
        facts |= {
            "kind": kind,
            "until": valid_to.isoformat() if valid_to else "",
            "digest": kept.digest if kept else "",
        }
    return found


def _in_order(start: date | None, end: date | None) -> None:
    if start and end and end < start:
        raise Refusal(_("La fin est avant le début."), do=_("Vérifiez les deux dates."))


def add_guarantee(
    company: Company, *, values: dict[str, Any], proof: UploadedFile | None = None, by: Actor, at: datetime
) -> Guarantee:
    """Register a guarantee: who insures, number, scope, trade, from when until when, the proof.

    Allowed       whoever acts for the company.
    Refused when  it ends before it begins; the proof is no file that we take.
    Tells         offers.guarantee.added: which kind, its end, digest of the proof.
    """
    with act("offers.guarantee.added", book=company.book, by=by, at=at) as facts:
        _own(company, by)
        _in_order(values.get("start"), values.get("end"))
        kept = keep(proof, book=company.book, by=by.person, at=at) if proof else None
        found = Guarantee.objects.create(company=company, proof=kept, added_at=at, **values)
        facts.on = address(found)
        until = values.get("end")
        facts |= {
            "kind": found.kind,
            "until": until.isoformat() if until else "",
            "digest": kept.digest if kept else "",
        }
    return found


def declare_subcontractor(
    bid: Bid, *, siren: str, name: str, work: str, cents: int, values: dict[str, Any] | None = None, by: Actor,
    at: datetime,
) -> Subcontract:  # fmt: skip
    """Declare a subcontractor of one's own part, for its DC4.

    Allowed       a member of the bid.
    Refused when  its SIREN is not nine digits; the amount is below zero; the company is itself a member: a
                  co-contractor is not a subcontractor; it is declared already.
    Tells         offers.subcontractor.declared, without the amount.
    """
    with act("offers.subcontractor.declared", book=bid.book, by=by, at=at, on=bid) as facts:
        fresh, seat = at_the_bid(bid, by)
        if not BidMember.objects.filter(bid=fresh, seat=seat, left_at=None).exists():
            raise NotAllowed(_("Votre entreprise n’a pas encore de part dans cette offre."))
        if not siren or siren_of(siren) != siren:
            raise Refusal(_("Ce SIREN ne se lit pas."), do=_("Écrivez ses neuf chiffres."))
        if not 0 <= cents <= MOST_CENTS:
            raise Refusal(_("Ce montant ne se lit pas."), do=_("Écrivez par exemple 1 284,50."))
        if fresh.members.filter(left_at=None, seat__company__siren=siren).exists():
            raise Refusal(
                _("%(name)s est membre du groupement : c’est un cotraitant, pas un sous-traitant.") % {"name": name},
                do=_("Elle prend sa propre part ; aucun DC4 n’est nécessaire."),
            )
        if Subcontract.objects.filter(bid=fresh, seat=seat, siren=siren).exists():
            raise Refusal(_("Ce sous-traitant est déjà déclaré."))
        found = Subcontract.objects.create(
            bid=fresh, seat=seat, siren=siren, name=name.strip()[:200], work=work.strip()[:300],
            sealed=seal_price(fresh.public_id, cents), **(values or {}),
        )  # fmt: skip
        facts["seat"] = seat.public_id
    return found
