"""What a project shows of its last account with the client: what one may invoice, what left."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.delivery.models import BillingPart
from cordee.groupings.reads import Membership
from cordee.money.models import Invoice
from cordee.offers.models import ProjectBid
from cordee.projects.models import Project
from cordee.projects.reads.stages import Fact


def facts_of_final_account(project: Project, me: Membership, codes: frozenset[str]) -> Iterable[Fact]:
    """The final account of one's own work: how many of one's invoices left; what others invoice is theirs to read."""
    if "final" not in codes:
        return
    bids = ProjectBid.objects.filter(project=project).values("bid")
    parts = BillingPart.objects.filter(Q(delivery__bid__in=bids) | Q(delivery__project=project), seat=me.seat)
    left = Invoice.objects.filter(public_id=OuterRef("invoice")).exclude(state=Invoice.State.DRAFT)
    mine = [one.__dict__["issued"] for one in parts.annotate(issued=Exists(left))]
    if not mine:
        return
    count = sum(mine)
    said = _("vos factures émises : %(count)s sur %(every)s") % {"count": count, "every": len(mine)}
    where = reverse("money:invoices", args=[project.grouping.public_id]) + me.voice
    yield Fact("final", _("Décompte général"), said, "done" if count >= len(mine) else "todo", where)
