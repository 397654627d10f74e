"""My groupings, an exchange to open, the conversation, the members and their voices."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.ground.files.reads import hand_over
from cordee.ground.kit.access import open_door, signed_in
from cordee.ground.kit.htmx import done, show
from cordee.ground.kit.refusals import NotAllowed, Refusal, Stale
from cordee.ground.messages import reads as talk
from cordee.ground.people.acts import make_link
from cordee.ground.people.models import Actor
from cordee.ground.people.reads import open_link
from cordee.ground.people.reads import token as token_of
from cordee.groupings import acts, forms, reads
from cordee.groupings.models import Invitation

MOST_LINES = 12
ENTER_AT_ONCE = timedelta(hours=1)


def _page(request: HttpRequest, public_id: str) -> reads.GroupingPage:
    return reads.grouping_page(request.user, public_id, at=request.at, voice=_voice(request))


def _me(request: HttpRequest, public_id: str) -> reads.Membership:
    return reads.membership(request.user, public_id, voice=_voice(request))


def _voice(request: HttpRequest) -> str:
    return request.POST.get("voix") or request.GET.get("voix", "")


def _back(request: HttpRequest, name: str, me: reads.Membership, note: str = "") -> HttpResponse:
    if note:
        messages.success(request, note)
    return done(request, reverse(f"groupings:{name}", args=[me.grouping.public_id]) + me.voice)


@signed_in
def my_groupings(request: HttpRequest) -> HttpResponse:
    return show(request, "groupings/list.html", {"mine": reads.my_groupings(request.user, at=request.at)})


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    companies = reads.my_companies(request.user)
    asked = request.POST.get("lines") or request.GET.get("lines") or ""
    lines = max(1, min(int(asked), MOST_LINES)) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 3
    more = "more" in request.POST
    form = forms.ExchangeForm(
        request.POST if request.method == "POST" and not more else None,
        companies=companies,
        lines=min(lines + 3, MOST_LINES) if more else lines,
        initial=request.POST.dict() | {"motives": request.POST.getlist("motives")} if more else None,
    )
    if request.method == "POST" and not more and form.is_valid():
        by = Actor(request.user)
        host = form.host() or acts.name_company(form.cleaned_data["company_text"], by=by, at=request.at)
        data = form.cleaned_data
        grouping = acts.open_exchange(
            name=data["name"],
            purpose=data["purpose"],
            motives=data["motives"],
            host_company=host,
            invitees=form.invitees(),
            by=by,
            at=request.at,
        )
        messages.success(request, _("L’échange est ouvert. Les invitations partent."))
        return done(request, reverse("groupings:grouping", args=[grouping.public_id]))
    return show(request, "groupings/new.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
def conversation(request: HttpRequest, public_id: str) -> HttpResponse:
    me = _me(request, public_id)
    if request.method == "POST":
        acts.write_in_conversation(
            me.grouping,
            request.POST.get("text", ""),
            files=[file for file in request.FILES.getlist("files") if file.name],
            by=me.actor,
            at=request.at,
        )
        return _back(request, "conversation", me)
    thread = talk.thread_of(me.grouping, book=me.grouping.book)
    page = talk.conversation(thread, before=request.GET.get("avant", ""))
    context = {"me": me, "grouping": me.grouping, "page": page, "voices": reads.voices_of(page.messages)}
    context["acting_company"] = me.seat.company
    return show(request, "groupings/conversation.html", context)


@signed_in
def file(request: HttpRequest, public_id: str, document: str) -> HttpResponse:
    me = _me(request, public_id)
    found = talk.attached(document, thread=talk.thread_of(me.grouping, book=me.grouping.book))
    return hand_over(found)


@signed_in
def members(request: HttpRequest, public_id: str) -> HttpResponse:
    return _members(request, _page(request, public_id))


def _members(request: HttpRequest, page: reads.GroupingPage, form: forms.InviteForm | None = None) -> HttpResponse:
    people = reads.substitutes(page.me.seat) if page.me.role == "holder" else []
    wrong = form is not None and bool(form.errors)
    context: dict[str, Any] = {
        "page": page,
        "grouping": page.grouping,
        "me": page.me,
        "acting_company": page.me.seat.company,
        "invite_form": form or forms.InviteForm(),
        "office_form": forms.OfficeForm(members=page.members),
        "substitute_form": forms.PersonForm(people=people, nobody=True) if people else None,
        "hand_over_form": forms.PersonForm(people=people, auto_id="to_%s") if people else None,
    }
    return show(request, "groupings/members.html", context, status=422 if wrong else 200)


@signed_in
@require_POST
def invite(request: HttpRequest, public_id: str) -> HttpResponse:
    page = _page(request, public_id)
    form = forms.InviteForm(request.POST)
    if not form.is_valid():
        return _members(request, page, form)
    invitation = acts.invite(page.grouping, acts.Invitee(**form.cleaned_data), by=page.me.actor, at=request.at)
    sent = invitation.state == Invitation.State.SENT
    note = _("L’invitation part.") if sent else _("C’est noté. L’invitation partira quand d’autres auront répondu.")
    return _back(request, "members", page.me, note)


@signed_in
@require_POST
def send(request: HttpRequest, public_id: str, invitation: str) -> HttpResponse:
    me = _me(request, public_id)
    found = reads.invitation_of(me.grouping, invitation)
    form = forms.AddressForm(request.POST)
    if not form.is_valid():
        wrong = next(iter(form.errors.values()))[0]
        raise Refusal(str(wrong), back=reverse("groupings:members", args=[public_id]) + me.voice)
    acts.send_invitation(found, **form.cleaned_data, by=me.actor, at=request.at)
    return _back(request, "members", me, _("L’invitation part."))


@signed_in
@require_POST
def withdraw(request: HttpRequest, public_id: str, invitation: str) -> HttpResponse:
    me = _me(request, public_id)
    acts.withdraw_invitation(reads.invitation_of(me.grouping, invitation), by=me.actor, at=request.at)
    return _back(request, "members", me, _("L’invitation est retirée. Son lien ne marche plus."))


@signed_in
@require_POST
def substitute(request: HttpRequest, public_id: str) -> HttpResponse:
    me = _me(request, public_id)
    form = forms.PersonForm(request.POST, people=reads.substitutes(me.seat), nobody=True)
    person = form.chosen() if form.is_valid() else None
    acts.name_substitute(me.seat, person, by=me.actor, at=request.at)
    return _back(request, "members", me, _("C’est noté."))


@signed_in
@require_POST
def hand_over_seat(request: HttpRequest, public_id: str) -> HttpResponse:
    me = _me(request, public_id)
    form = forms.PersonForm(request.POST, people=reads.substitutes(me.seat))
    person = form.chosen() if form.is_valid() else None
    if person is None:
        raise Refusal(_("Choisissez à qui passer la main."), back=reverse("groupings:members", args=[public_id]))
    acts.hand_over_seat(me.seat, person, by=me.actor, at=request.at)
    messages.success(request, _("C’est fait : %(person)s vous remplace.") % {"person": person})
    return done(request, reverse("groupings:list"))


@signed_in
@require_POST
def office(request: HttpRequest, public_id: str) -> HttpResponse:
    page = _page(request, public_id)
    form = forms.OfficeForm(request.POST, members=page.members)
    if not form.is_valid():
        raise Refusal(_("Choisissez un rôle et une entreprise."), back=reverse("groupings:members", args=[public_id]))
    seat = form.seats[form.cleaned_data["seat"]]
    acts.give_office(page.grouping, form.cleaned_data["role"], seat, by=page.me.actor, at=request.at)
    return _back(request, "members", page.me, _("C’est noté."))


@signed_in
def purpose(request: HttpRequest, public_id: str) -> HttpResponse:
    me = _me(request, public_id)
    grouping = me.grouping
    values = {name: getattr(grouping, name) for name in forms.PurposeForm.base_fields}
    form = forms.PurposeForm(request.POST or None, initial=values)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        version, motives = data.pop("version"), data.pop("motives")
        try:
            acts.change_purpose(grouping, version=version, values=data, motives=motives, by=me.actor, at=request.at)
        except Stale as stale:
            stale.back = reverse("groupings:purpose", args=[public_id]) + me.voice
            raise
        return _back(request, "grouping", me, _("C’est enregistré."))
    context = {"form": form, "me": me, "grouping": grouping, "acting_company": me.seat.company}
    return show(request, "groupings/purpose.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def pause(request: HttpRequest, public_id: str) -> HttpResponse:
    me = _me(request, public_id)
    verb, note = (
        (acts.resume, _("Le groupement reprend."))
        if request.POST.get("do") == "resume"
        else (acts.pause, _("Le groupement est en pause. Rien n’est perdu."))
    )
    verb(me.grouping, by=me.actor, at=request.at)
    return _back(request, "grouping", me, note)


@open_door
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    return _invitation(request, token)


def _invitation(request: HttpRequest, token: str, form: forms.AcceptForm | None = None) -> HttpResponse:
    opened = open_link(token, purpose="invitation", at=request.at)
    reader = request.user if request.user.is_authenticated else None
    page = reads.invitation_page(opened, reader=reader)
    context = {
        "page": page,
        "token": token,
        "form": form or _accept_form(page),
        "decline_form": forms.DeclineForm(auto_id="why_%s"),
        "enter": request.session.get("enter", {}).get(page.invitation.public_id, ""),
    }
    return show(request, "groupings/invitation.html", context, status=422 if form and form.errors else 200)


def _accept_form(page: reads.InvitationPage, data: Any = None) -> forms.AcceptForm:
    known, text = page.invitation.company, page.invitation.company_name
    return forms.AcceptForm(data, companies=page.companies, known=known, text=text)


def _answering(request: HttpRequest, token: str) -> reads.InvitationPage:
    reader = request.user if request.user.is_authenticated else None
    page = reads.invitation_page(open_link(token, purpose="invitation", at=request.at), reader=reader)
    if page.stranger:
        raise NotAllowed(
            _("Cette invitation est adressée à quelqu’un d’autre."),
            do=_("Demandez à %(host)s de vous inviter à votre adresse.") % {"host": page.host.company},
        )
    return page


@open_door
@require_POST
def accept(request: HttpRequest, token: str) -> HttpResponse:
    page = _answering(request, token)
    form = _accept_form(page, request.POST)
    if page.state == "open" and not form.is_valid():
        return _invitation(request, token, form)
    form.is_valid()
    try:
        seat = acts.accept_invitation(
            page.invitation,
            link=page.opened.link,
            company=form.chosen(),
            company_text=form.cleaned_data.get("company_text", ""),
            capacity=form.cleaned_data.get("capacity", "legal"),
            at=request.at,
        )
    except Refusal as refusal:
        refusal.back = reverse("groupings:invitation", args=[token])
        raise
    if request.user.is_authenticated:
        messages.success(request, _("C’est noté : vous êtes dans l’échange."))
        return done(request, reverse("groupings:grouping", args=[seat.grouping.public_id]))
    if reads.enters_at_once(seat):
        link = make_link(
            seat.holder, purpose="sign_in", subject=seat, at=request.at, expires_at=request.at + ENTER_AT_ONCE
        )
        request.session["enter"] = {page.invitation.public_id: token_of(link)}
    return redirect("groupings:invitation", token)


@open_door
@require_POST
def decline(request: HttpRequest, token: str) -> HttpResponse:
    page = _answering(request, token)
    try:
        acts.decline_invitation(
            page.invitation, link=page.opened.link, reason=request.POST.get("reason", ""), at=request.at
        )
    except Refusal as refusal:
        refusal.back = reverse("groupings:invitation", args=[token])
        raise
    return redirect("groupings:invitation", token)
