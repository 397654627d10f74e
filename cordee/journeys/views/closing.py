"""The end of a grouping, item by item."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.ground.kit.refusals import NotYours, Refusal
from cordee.groupings import acts as groupings
from cordee.journeys import acts, forms, reads
from cordee.journeys.views.life import around, back_to, page_of


@signed_in
def winding_up(request: HttpRequest, public_id: str) -> HttpResponse:
    page = page_of(request, public_id)
    if request.method == "POST":
        do, by = request.POST.get("do", ""), page.me.actor
        if do == "item":
            form = forms.ItemForm(request.POST, members=[member.seat for member in page.members])
            if not form.is_valid():
                raise Refusal(
                    _("Choisissez où en est ce point."), back=reverse("journeys:winding_up", args=[public_id])
                )
            data = form.cleaned_data
            owner = form.members.get(data["owner"])
            item = request.POST.get("item", "")
            groupings.settle_item(
                page.grouping, item, state=data["state"], owner=owner, note=data["note"], by=by, at=request.at
            )
        elif do == "statements":
            acts.make_statements(page.grouping, by=by, at=request.at)
        elif do == "accept":
            statement = reads.statement_seen(page.me.seat, request.POST.get("decompte", ""))
            groupings.accept_statement(statement, by=by, at=request.at)
        else:
            raise NotYours
        return back_to(request, "journeys:winding_up", page.me, _("C’est enregistré."))
    found = reads.winding_up_page(page)
    members = [member.seat for member in page.members]
    items = [
        (line, forms.ItemForm(initial=_initial(line), members=members, auto_id=f"{line.item}_%s") if line.may else None)
        for line in found.items
    ]
    return show(request, "journeys/winding_up.html", around(page, found=found, items=items))


def _initial(line: reads.ItemLine) -> dict[str, str]:
    row = line.row
    assert row is not None
    return {"state": row.state, "note": row.note, "owner": row.owner.public_id if row.owner else ""}
