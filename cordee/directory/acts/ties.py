"""The ecosystem of a company: with whom it has a tie, how much it trusts. Private, until both agree to show it."""

from datetime import datetime

from django.utils.translation import gettext as _

from cordee.directory.acts.cards import own_company
from cordee.directory.models import Company, Tie
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import act


class NoTieToOneself(Refusal):
    """A company has no tie with itself."""


class NotATie(Refusal):
    """A kind that does not exist, or a trust that is no number from 0 to 100."""


def declare_tie(
    company: Company, other: Company, *, kind: str, trust: int, offered: bool = False, by: Actor, at: datetime
) -> Tie:
    """Declare a tie to another company; declared again, its trust is changed. Nobody else sees it.

    Allowed       the company's own people.
    Refused when  it is one's own company, or one that one may not see; the kind or the trust is none.
    Tells         directory.tie.declared: the kind, and whether one agrees to show it; never with whom nor how much.
    """
    with act("directory.tie.declared", book=company.book, by=by, at=at) as facts:
        fresh = own_company(company, by)
        if other.pk == fresh.pk:
            raise NoTieToOneself(_("Un lien relie deux entreprises différentes."))
        if not Company.objects.seen_by(by.person).filter(pk=other.pk).exists():
            raise NotYours
        if kind not in Tie.Kind.values or not 0 <= trust <= 100:
            raise NotATie(_("Ce lien n’est pas compris."), do=_("Choisissez un lien, et une confiance de 0 à 100."))
        made, _new = Tie.objects.update_or_create(
            company=fresh, other=other, kind=kind, defaults={"trust": trust, "offered": offered}
        )
        agree(fresh, other)
        made.refresh_from_db()
        facts.on = f"directory/tie/{made.pk}"
        facts |= {"kind": kind, "offered": offered}
    return made


def drop_tie(tie: Tie, *, by: Actor, at: datetime) -> None:
    """Take a tie back; where it was shown, it no longer is.

    Allowed       the company's own people.
    Refused when  it is gone already.
    Tells         directory.tie.dropped: the kind.
    """
    with act("directory.tie.dropped", book=tie.company.book, by=by, at=at, on=tie) as facts:
        fresh = own_company(tie.company, by)
        gone, _rows = Tie.objects.filter(pk=tie.pk, company=fresh).delete()
        if not gone:
            raise NotYours
        agree(fresh, tie.other)
        facts["kind"] = tie.kind


def agree(one: Company, two: Company) -> None:
    """Show the ties between two companies where both offered, and only there."""
    here, there = Tie.objects.filter(company=one, other=two), Tie.objects.filter(company=two, other=one)
    both = here.filter(offered=True).exists() and there.filter(offered=True).exists()
    for side in (here, there):
        side.filter(offered=True).update(shared=both)
        side.filter(offered=False).update(shared=False)
