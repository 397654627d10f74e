"""What a project shows of the work done for its client: how far it is, whether it was received."""

from collections.abc import Iterable, Mapping
from typing import Literal

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.delivery.models import Deliverable, Delivery, Reception, WorkItem
from cordee.ground.kit.templatetags.cordee import day
from cordee.groupings.reads import Membership
from cordee.offers.models import ProjectBid
from cordee.projects.models import Project
from cordee.projects.reads.stages import Fact

CODES = frozenset(("works", "reception"))


def facts_of_works(project: Project, me: Membership, codes: frozenset[str]) -> Iterable[Fact]:
    """The points of a playbook that the work itself settles: one query."""
    if not codes & CODES:
        return
    bids = ProjectBid.objects.filter(project=project).values("bid")
    cards = WorkItem.objects.filter(delivery=OuterRef("pk")).order_by().values("delivery")
    papers = Deliverable.objects.filter(delivery=OuterRef("pk")).order_by().values("delivery")
    last = Reception.objects.filter(delivery=OuterRef("pk")).order_by("-id")
    found = Delivery.objects.filter(Q(bid__in=bids) | Q(project=project)).annotate(
        cards=Subquery(cards.annotate(found=Count("pk")).values("found")),
        finished=Subquery(cards.filter(state=WorkItem.State.DONE).annotate(found=Count("pk")).values("found")),
        handed=Subquery(papers.annotate(found=Count("pk")).values("found")),
        open_papers=Exists(papers.exclude(state=Deliverable.State.ACCEPTED)),
        received=Subquery(last.values("state")[:1]),
        received_on=Subquery(last.values("received_on")[:1]),
    )
    several = list(found)
    for one in several:
        where = reverse("delivery:board", args=[one.public_id]) + me.voice
        name = f" – {one.title[:60]}" if len(several) > 1 else ""
        if "works" in codes:
            every, done = one.__dict__["cards"] or 0, one.__dict__["finished"] or 0
            said = str(one.get_state_display())
            said += _(", %(done)s cartes finies sur %(every)s") % {"done": done, "every": every} if every else ""
            yield Fact("works", _("Le chantier") + name, said, "todo" if one.state == "running" else "done", where)
        if "reception" in codes:
            yield _received(one, name, me)


def _received(one: Delivery, name: str, me: Membership) -> Fact:
    """The reception of building works; for anything else, that the client accepted all that was handed over."""
    where = reverse("delivery:client", args=[one.public_id]) + me.voice
    if not one.works:
        done = bool(one.__dict__["handed"]) and not one.__dict__["open_papers"]
        said = _("tout est validé par le client") if done else _("le client n’a pas encore tout validé")
        return Fact("reception", _("Livrables") + name, said, "done" if done else "todo", where)
    state = one.__dict__["received"] or ""
    said = str(dict(Reception.State.choices).get(state, "")) or _("à demander")
    if one.__dict__["received_on"]:
        said += _(", le %(day)s") % {"day": day(one.__dict__["received_on"])}
    return Fact("reception", _("Réception des travaux") + name, said, STATES.get(state, "todo"), where)


STATES: Mapping[str, Literal["done", "bad"]] = {"signed": "done", "refused": "bad"}
