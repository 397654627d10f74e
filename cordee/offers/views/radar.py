"""The radar: the short list of the day, what one wants to hear of, answers that teach, who won what."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.people.models import Actor
from cordee.offers import acts
from cordee.offers.forms.radar import ProfileForm
from cordee.offers.models import RadarHit, RadarProfile
from cordee.offers.permissions import companies_of
from cordee.offers.reads.awards import awards_page
from cordee.offers.reads.radar import known_partners, last_sweep, radar_company, radar_page


@signed_in
def radar(request: HttpRequest) -> HttpResponse:
    companies = list(companies_of(request.user))
    pages = [radar_page(company, at=request.at) for company in companies[:5]]
    return show(request, "offers/radar.html", {"pages": pages, "last": last_sweep()})


@signed_in
def profile(request: HttpRequest, public_id: str) -> HttpResponse:
    company = radar_company(request.user, public_id)
    known = RadarProfile.objects.filter(company=company).first()
    form = ProfileForm(request.POST or None, profile=known, partners=known_partners(company))
    if request.method == "POST" and form.is_valid():
        acts.set_profile(company, values=form.values(), by=Actor(request.user), at=request.at)
        messages.success(request, _("Le radar veille. La prochaine liste en tient compte."))
        return done(request, reverse("offers:radar"))
    context = {"form": form, "company": company}
    return show(request, "offers/radar_profile.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def answer(request: HttpRequest, hit: str) -> HttpResponse:
    mine = RadarHit.objects.filter(profile__company__in=companies_of(request.user))
    found = get_object_or_404(mine.select_related("profile__company"), public_id=hit)
    said = acts.answer_hit(found, yes=request.POST.get("answer") == "yes", by=Actor(request.user), at=request.at)
    if said.answer == "yes" and said.need is not None:
        messages.success(request, _("L’avis est dans vos occasions. Cherchez avec qui répondre."))
        return done(request, reverse("offers:need", args=[said.need.public_id]))
    messages.success(request, _("Merci : la liste de demain en tiendra compte."))
    return done(request, reverse("offers:radar"))


@signed_in
def awards(request: HttpRequest) -> HttpResponse:
    text, department = request.GET.get("q", "").strip()[:80], request.GET.get("dep", "").strip()[:3]
    found = awards_page(text, department)
    context = {"found": found, "awards": found.rows, "q": text, "dep": department}
    return show(request, "offers/awards.html", context)
