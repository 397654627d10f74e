"""What is asked when things went well, pages that open once voted, and the letters about it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.governance.models import Ballot
from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.templatetags.cordee import moment
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.people.models import Clockwork
from cordee.ground.register.models import Entry
from cordee.groupings.models import Grouping, Seat
from cordee.learning.acts import ask_testimony, open_page
from cordee.learning.models import PeerSession, PublicPage, Testimony
from cordee.money.models import CostPool, Invoice, Transfer

YEAR, LATELY = timedelta(days=365), timedelta(days=60)
MOST = 200


def _successes(at: datetime) -> dict[str, QuerySet[Grouping]]:
    """The groupings in which something went well, by what it was; long ago is not asked any more."""
    moves = Transfer.objects.filter(pool=OuterRef("pk"))
    paid = CostPool.objects.filter(Exists(moves), ~Exists(moves.filter(received_at=None)), grouping=OuterRef("pk"))
    stages = Grouping.Stage
    living = Grouping.objects.exclude(stage=stages.CLOSED)
    return {
        "invoice": living.filter(pk__in=_paid_by_clients()),
        "paid": living.filter(Exists(paid)),
        "anniversary": living.filter(stage=stages.COMMITTED, stage_since__lte=at - YEAR),
        "ended": Grouping.objects.filter(stage=stages.CLOSED, stage_since__gte=at - LATELY),
    }


def _paid_by_clients() -> set[int]:
    """The groupings of which a client paid an invoice; what members invoice each other is no success of theirs."""
    paid = Invoice.objects.filter(paid_on__isnull=False).exclude(grouping__stage=Grouping.Stage.CLOSED)
    buyers = {(one.grouping_id, str(one.buyer.get("siren", ""))) for one in paid.only("grouping_id", "buyer")}
    seats = Seat.objects.filter(grouping__in={key for key, _siren in buyers}).exclude(company__siren=None)
    inside = set(seats.exclude(company__siren="").values_list("grouping_id", "company__siren"))
    return {key for key, _siren in buyers - inside}


def ask_testimonies(*, at: datetime) -> int:
    """Ask each member once after a success; two successes on the same day ask one question that day."""
    lately = Testimony.objects.filter(seat=OuterRef("pk"), asked_at__gte=at - LATELY)
    asked = 0
    for occasion, groupings in _successes(at).items():
        same = Testimony.objects.filter(seat=OuterRef("pk"), occasion=occasion)
        seats = Seat.objects.filter(~Exists(lately), ~Exists(same), grouping__in=groupings, state=Seat.State.MEMBER)

        def one(seat: Seat, occasion: str = occasion) -> Any:
            return ask_testimony(seat, occasion=occasion, by=Clockwork(), at=at)

        asked += each_apart(list(seats.select_related("grouping")[:MOST]), one)
    return asked


def open_voted_pages(*, at: datetime) -> int:
    """Open the public pages whose vote went through."""
    adopted = Ballot.objects.filter(outcome__in=["adopted", "elected"]).values_list("public_id", flat=True)
    waiting = PublicPage.objects.filter(opened_at=None, closed_at=None).select_related("grouping")[:MOST]
    known = set(adopted.filter(public_id__in=[page.decision.rpartition("/")[2] for page in waiting]))
    ready = [page for page in waiting if page.decision.rpartition("/")[2] in known]
    return each_apart(ready, lambda page: open_page(page, by=Clockwork(), at=at))


DEADLINES = (ask_testimonies, open_voted_pages)


def tell_asked(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the leader: one question, two minutes."""
    found = Testimony.objects.select_related("seat__holder", "seat__company", "grouping").get(
        seat__public_id=entry.subject.rpartition("/")[2], occasion=entry.facts["occasion"]
    )
    holder = found.seat.holder
    with translation.override(holder.language):
        words = {"name": found.grouping.name, "company": found.seat.company}
        yield Draft(
            to=holder,
            kind=f"learning.testimony.{found.public_id}",
            subject=_("Cela a-t-il marché ? « %(name)s »") % words,
            lines=(
                str(found.get_occasion_display()).capitalize() + ".",
                _("Dites en deux minutes si cela a marché pour vous. « Pas encore » est une bonne réponse."),
            ),
            button=_("Répondre"),
            url=settings.SITE_URL + reverse("learning:testimony", args=[found.public_id]),
            why=_("Vous recevez ce message car vous représentez %(company)s.") % words,
            group="reminders",
        )


def tell_planned(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To every member: a session is planned; the question itself stays in the session."""
    session = PeerSession.objects.select_related("grouping", "client__company").get(
        public_id=entry.subject.rpartition("/")[2]
    )
    seats = Seat.objects.filter(grouping=session.grouping, state=Seat.State.MEMBER).exclude(pk=session.planned_by_id)
    for seat in seats.select_related("holder", "company"):
        with translation.override(seat.holder.language):
            words = {"client": session.client, "when": moment(session.starts_at), "company": seat.company}
            yield Draft(
                to=seat.holder,
                kind=f"learning.session.{session.public_id}",
                subject=_("Séance entre pairs : %(client)s a besoin de vous") % words,
                lines=(
                    _("%(when)s. Six temps, une heure, et rien n’en sort.") % words,
                    _("Entrez dans la séance en promettant la confidentialité."),
                ),
                button=_("Voir la séance"),
                url=f"{settings.SITE_URL}{reverse('learning:session', args=[session.public_id])}?voix={seat.public_id}",
                why=_("Vous recevez ce message car vous représentez %(company)s.") % words,
                group="talk",
            )


LETTERS: dict[str, Teller] = {"learning.testimony.asked": tell_asked, "learning.session.planned": tell_planned}
