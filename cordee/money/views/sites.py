"""The shared costs of a building site, opened from its contract."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.groupings.reads import actor_for
from cordee.money import acts, reads
from cordee.money.forms import SiteForm
from cordee.money.views.pools import address_of


@signed_in
def site_new(request: HttpRequest, public_id: str) -> HttpResponse:
    voice = request.POST.get("voix") or request.GET.get("voix", "")
    page = reads.works_page(request.user, public_id, voice=voice)
    named = {"title": _("Compte prorata, %(works)s") % {"works": page.works.title[:90]}}
    form = SiteForm(request.POST or None, lots=reads.site_lots(page.works), initial=named)
    if request.method == "POST" and form.is_valid():
        by = actor_for(request.user, page.seat)
        made = acts.open_site_account(page.works, **form.facts(), by=by, at=request.at)
        messages.success(request, _("Le compte prorata est ouvert ; sa clé est au vote."))
        return done(request, address_of(made, page.seat, "money:budget"))
    return show(request, "money/site_new.html", {"page": page, "form": form}, status=422 if form.errors else 200)
