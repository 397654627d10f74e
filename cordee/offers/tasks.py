"""What happens aside: the search for teams, the searches that nobody took, what is told by letter."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from cordee.directory.models import Representative
from cordee.ground.kit.apart import each_apart
from cordee.ground.kit.clock import now
from cordee.ground.kit.templatetags.cordee import moment
from cordee.ground.messages.acts import Draft, Teller
from cordee.ground.register.models import Entry
from cordee.offers.acts import find_teams_now, give_up_search
from cordee.offers.models import Need, Pursuit, TeamSearch

TAKEN_OVER_AFTER = timedelta(seconds=30)
GIVEN_UP_AFTER = timedelta(minutes=3)


@task()
def find_teams(search: str) -> str:
    """Do one search, named by its public identifier; says in what state it ends."""
    found = TeamSearch.objects.get(public_id=search)
    return str(find_teams_now(found, at=now()).state)


def catch_up(*, at: datetime) -> int:
    """Do the searches that no worker took; say of those that stopped half-way that they did. How many."""
    waiting = TeamSearch.objects.filter(state=TeamSearch.State.WAITING, asked_at__lte=at - TAKEN_OVER_AFTER)
    done = each_apart(list(waiting), lambda search: find_teams_now(search, at=at))
    stuck = TeamSearch.objects.filter(state=TeamSearch.State.RUNNING, started_at__lte=at - GIVEN_UP_AFTER)
    stuck = stuck.select_related("need__company")
    return done + each_apart(list(stuck), lambda search: give_up_search(search, at=at))


def tell_lot_changed(entry: Entry, at: datetime) -> Iterable[Draft]:
    """To the members of an exchange: a lot of their occasion was corrected. Told from the exchange's own book."""
    need = Need.objects.select_related("company").get(public_id=entry.subject.rpartition("/")[2])
    kind, _slash, grouping = entry.book.partition("/")
    pursuit = Pursuit.objects.filter(need=need, grouping__public_id=grouping).select_related("grouping").first()
    if kind != "groupings" or pursuit is None:
        return
    own = set(Representative.objects.filter(company=need.company, until=None).values_list("person", flat=True))
    for seat in pursuit.grouping.seats.filter(state="member").select_related("holder", "company"):
        if seat.holder_id in own:
            continue
        with translation.override(seat.holder.language):
            figures = ((_("Réponse avant"), moment(need.deadline)),) if need.deadline else ()
            yield Draft(
                to=seat.holder,
                kind=f"offers.lot.{entry.facts['lot']}.{entry.facts['version']}",
                subject=_("Un lot a changé : %(title)s") % {"title": need.title[:120]},
                lines=(
                    _("%(company)s a corrigé le lot %(lot)s de l’occasion.")
                    % {"company": need.company, "lot": entry.facts["lot"]},
                ),
                figures=figures,
                button=_("Voir l’occasion"),
                url=settings.SITE_URL + reverse("offers:need", args=[need.public_id]),
                why=_("Vous recevez ce message car %(company)s est dans l’échange « %(name)s ».")
                % {"company": seat.company, "name": pursuit.grouping.name},
            )


LETTERS: dict[str, Teller] = {"offers.lot.changed": tell_lot_changed}
