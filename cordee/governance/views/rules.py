"""The house rules: read by every member, changed by a vote."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.governance import acts, reads
from cordee.governance.forms import RuleForm
from cordee.governance.models import DecisionType
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotYours
from cordee.groupings.reads import membership, seats_with_offices


@signed_in
def rules(request: HttpRequest, public_id: str) -> HttpResponse:
    me = membership(request.user, public_id, voice=request.GET.get("voix", ""))
    context = {"me": me, "grouping": me.grouping, "page": reads.rules_page(me.grouping), "forms": reads.LEGAL_FORMS}
    return show(request, "governance/rules.html", {**context, "area": "governance:list"})


@signed_in
def change_rule(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    me = membership(request.user, public_id, voice=request.GET.get("voix", ""))
    if kind not in DecisionType.values:
        raise NotYours
    rule, weights = reads.rule_and_weights(me.grouping, kind)
    members = [seat for seat in seats_with_offices(me.grouping) if seat.state == seat.State.MEMBER]
    form = RuleForm(request.POST or None, rule=rule, weights=weights, seats=members, at=request.at)
    if request.method == "POST" and form.is_valid():
        asked = {"why": form.cleaned_data["why"], "closes_at": form.cleaned_data["closes_at"]}
        new, votes = form.rule(), form.weights()
        ballot = acts.propose_rule(me.grouping, kind, new, weights=votes, **asked, by=me.actor, at=request.at)
        messages.success(request, _("Le vote est ouvert. La nouvelle règle s’appliquera si elle est adoptée."))
        return done(request, reverse("governance:ballot", args=[ballot.public_id]))
    context = {"me": me, "grouping": me.grouping, "form": form, "kind": DecisionType(kind), "area": "governance:list"}
    return show(request, "governance/change_rule.html", context, status=422 if form.errors else 200)
