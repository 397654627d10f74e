"""A joint contract summed up by the lead: its page, its sheet for the client."""

from django.http import HttpRequest, HttpResponse

from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import show
from cordee.money import reads


@signed_in
def joint(request: HttpRequest, grouping: str, invoice: str) -> HttpResponse:
    page = reads.joint_contract(request.user, grouping, invoice, voice=request.GET.get("voix", ""))
    return show(request, "money/joint.html", {"page": page, "notes": reads.notes_of(page)})


@signed_in
def joint_paper(request: HttpRequest, grouping: str, invoice: str) -> HttpResponse:
    page = reads.joint_contract(request.user, grouping, invoice, voice=request.GET.get("voix", ""))
    answer = HttpResponse(reads.paper_of_joint(page, at=request.at), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="recapitulatif-{page.first.public_id}.pdf"'
    return answer
