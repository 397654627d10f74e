"""The brand: what it is, its rules and licences, its files and calendar; one licence and its sanctions; one audit."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import signed_in
from cordee.ground.kit.htmx import done, show
from cordee.groupings.reads import Membership
from cordee.projects import acts, reads
from cordee.projects.forms import (
    BrandDateForm,
    BrandForm,
    CloseForm,
    DateForm,
    FileForm,
    LicenceForm,
    PointForm,
    RulesForm,
    SanctionForm,
    WordsForm,
)
from cordee.projects.models import BrandAudit, BrandLicence, Project
from cordee.projects.views.inside import mine, to_tool, voice_of


@signed_in
def brand(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return show(request, "projects/brand.html", {"page": reads.brand_page(project, me), "tab": "licences"})


# --- The sign and its dates ---


def _sign(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    page = reads.sign_page(project, me)
    form = BrandForm(brand=page.brand, name=getattr(project.told, "name", "") or project.name)
    context = {"page": page, "tab": "sign", "brand_form": form, "date_form": DateForm(), **forms}
    return show(request, "projects/brand_sign.html", context, status=422 if forms else 200)


@signed_in
def brand_sign(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _sign(request, project, me)


@signed_in
@require_POST
def brand_describe(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = BrandForm(request.POST, brand=None, name="")
    if not form.is_valid():
        return _sign(request, project, me, brand_form=form)
    values = dict(form.cleaned_data)
    acts.describe_brand(project, version=values.pop("version"), values=values, by=me.actor, at=request.at)
    return to_tool(request, "brand_sign", project, me)


@signed_in
@require_POST
def brand_date_add(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = DateForm(request.POST)
    if not form.is_valid():
        return _sign(request, project, me, date_form=form)
    acts.add_brand_date(project, **form.cleaned_data, by=me.actor, at=request.at)
    return to_tool(request, "brand_sign", project, me, "#dates")


@signed_in
@require_POST
def brand_date_change(request: HttpRequest, public_id: str, date: str) -> HttpResponse:
    project, me = mine(request, public_id)
    day = reads.brand_date_of(project, date)
    form = BrandDateForm(request.POST)
    if not form.is_valid():
        return _sign(request, project, me, wrong_date=day.public_id)
    ticked = {"1": True, "0": False}.get(request.POST.get("done", ""))
    acts.change_brand_date(day, **form.cleaned_data, done=ticked, by=me.actor, at=request.at)
    return to_tool(request, "brand_sign", project, me, "#dates")


# --- The rules of use ---


@signed_in
def brand_rules(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return show(request, "projects/brand_rules.html", {"page": reads.rules_page(project, me), "tab": "rules"})


@signed_in
def brand_propose(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    page = reads.rules_page(project, me)
    form = RulesForm(request.POST or None, rules=page.rules)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("text", "wanted", "every", "appeal_days", "removal_days")}
        acts.propose_brand_rules(project, **data, criteria=form.criteria(), by=me.actor, at=request.at)
        return to_tool(request, "brand_rules", project, me)
    context = {"page": page, "form": form}
    return show(request, "projects/brand_propose.html", context, status=422 if form.errors else 200)


# --- The library ---


def _files(request: HttpRequest, project: Project, me: Membership, **forms: object) -> HttpResponse:
    context = {"page": reads.files_page(project, me), "tab": "files", "file_form": FileForm(), **forms}
    return show(request, "projects/brand_files.html", context, status=422 if forms else 200)


@signed_in
def brand_files(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return _files(request, project, me)


@signed_in
@require_POST
def brand_file_add(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _files(request, project, me, file_form=form)
    data = dict(form.cleaned_data)
    acts.add_brand_file(project, upload=data.pop("file"), **data, by=me.actor, at=request.at)
    return to_tool(request, "brand_files", project, me)


@signed_in
def brand_file(request: HttpRequest, public_id: str, file: str) -> HttpResponse:
    project, me = mine(request, public_id)
    return hand_over(reads.brand_file_of(project, me, file))


@signed_in
@require_POST
def brand_vote(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = mine(request, public_id)
    wanted = request.POST.getlist("licence")
    chosen = [line.licence for line in reads.brand_page(project, me).licences if line.licence.public_id in wanted]
    acts.put_licences_to_vote(project, licences=chosen, by=me.actor, at=request.at)
    return to_tool(request, "brand", project, me)


@signed_in
def brand_apply(request: HttpRequest, public_id: str) -> HttpResponse:
    project, me = reads.applicant(request.user, public_id, voice=voice_of(request))
    form = LicenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        uploads = request.FILES.getlist("papers")
        made = acts.ask_licence(project, **form.cleaned_data, uploads=uploads, by=me.actor, at=request.at)
        return _to("licence", request, made, me)
    context = {"project": project, "me": me, "form": form}
    return show(request, "projects/brand_apply.html", context, status=422 if form.errors else 200)


def _to(
    name: str, request: HttpRequest, row: BrandLicence | BrandAudit, me: Membership, part: str = ""
) -> HttpResponse:
    return done(request, f"{reverse(f'projects:{name}', args=[row.public_id])}{me.voice}{part}")


# --- One licence ---


def _licence(request: HttpRequest, found: BrandLicence, me: Membership, **forms: object) -> HttpResponse:
    page = reads.licence_page(found, me)
    form = SanctionForm(step=page.step, at=request.at)
    context = {"page": page, "sanction_form": form, "words_form": WordsForm(), **forms}
    return show(request, "projects/licence.html", context, status=422 if forms else 200)


@signed_in
def licence(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.licence_of(request.user, public_id, voice=voice_of(request))
    return _licence(request, found, me)


@signed_in
@require_POST
def licence_papers(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.licence_of(request.user, public_id, voice=voice_of(request))
    acts.join_papers(found, uploads=request.FILES.getlist("papers"), by=me.actor, at=request.at)
    return _to("licence", request, found, me)


@signed_in
def licence_paper(request: HttpRequest, public_id: str, paper: str) -> HttpResponse:
    found, _me = reads.licence_of(request.user, public_id, voice=voice_of(request))
    return hand_over(reads.paper_of(found, paper))


@signed_in
@require_POST
def licence_end(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.licence_of(request.user, public_id, voice=voice_of(request))
    acts.end_licence(found, by=me.actor, at=request.at)
    return _to("licence", request, found, me)


@signed_in
@require_POST
def licence_audit(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.licence_of(request.user, public_id, voice=voice_of(request))
    last = reads.licence_page(found, me).last
    after = last if last is not None and last.again_on is not None else None
    return _to("audit", request, acts.open_audit(found, after=after, by=me.actor, at=request.at), me)


@signed_in
@require_POST
def sanction_open(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.licence_of(request.user, public_id, voice=voice_of(request))
    form = SanctionForm(request.POST, step=reads.licence_page(found, me).step, at=request.at)
    if not form.is_valid():
        return _licence(request, found, me, sanction_form=form)
    acts.open_sanction(found, **form.cleaned_data, by=me.actor, at=request.at)
    return _to("licence", request, found, me, "#sanctions")


@signed_in
@require_POST
def sanction_act(request: HttpRequest, public_id: str, verb: str) -> HttpResponse:
    found, me = reads.sanction_of(request.user, public_id, voice=voice_of(request))
    text = request.POST.get("text", "")
    if verb == "repondre":
        acts.answer_sanction(found, answer=text, by=me.actor, at=request.at)
    elif verb == "recours":
        acts.appeal_sanction(found, text=text, by=me.actor, at=request.at)
    elif verb == "abandonner":
        acts.drop_sanction(found, by=me.actor, at=request.at)
    else:
        acts.put_sanction_to_vote(found, by=me.actor, at=request.at)
    return _to("licence", request, found.licence, me, "#sanctions")


# --- One audit ---


@signed_in
def audit(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.audit_of(request.user, public_id, voice=voice_of(request))
    context = {"page": reads.audit_page(found, me), "form": CloseForm()}
    return show(request, "projects/audit.html", context)


@signed_in
@require_POST
def audit_point(request: HttpRequest, public_id: str, point: str) -> HttpResponse:
    found, me = reads.audit_of(request.user, public_id, voice=voice_of(request))
    row = reads.point_of(found, point)
    form = PointForm(request.POST, request.FILES)
    if not form.is_valid():
        context = {"page": reads.audit_page(found, me), "form": CloseForm(), "wrong": row.public_id}
        return show(request, "projects/audit.html", context, status=422)
    acts.note_point(row, **form.cleaned_data, by=me.actor, at=request.at)
    following = reads.audit_page(found, me).next
    return _to("audit", request, found, me, f"#p-{following.public_id}" if following else "#close")


@signed_in
@require_POST
def audit_fixed(request: HttpRequest, public_id: str, point: str) -> HttpResponse:
    found, me = reads.audit_of(request.user, public_id, voice=voice_of(request))
    photo: UploadedFile | None = request.FILES.get("photo")
    said = request.POST.get("text", "")
    acts.say_fixed(reads.point_of(found, point), said=said, photo=photo, by=me.actor, at=request.at)
    return _to("licence", request, found.licence, me, "#fixes")


@signed_in
def audit_photo(request: HttpRequest, public_id: str, point: str) -> HttpResponse:
    found, _me = reads.audit_of(request.user, public_id, voice=voice_of(request))
    return hand_over(reads.audit_photo(found, point, fixed=request.GET.get("apres") == "1"))


@signed_in
@require_POST
def audit_close(request: HttpRequest, public_id: str) -> HttpResponse:
    found, me = reads.audit_of(request.user, public_id, voice=voice_of(request))
    form = CloseForm(request.POST)
    if not form.is_valid():
        return show(request, "projects/audit.html", {"page": reads.audit_page(found, me), "form": form}, status=422)
    acts.close_audit(found, **form.cleaned_data, by=me.actor, at=request.at)
    return _to("licence", request, found.licence, me)
