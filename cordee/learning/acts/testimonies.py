"""Testimonies: asked once after a success, given in a few words, withdrawn in one click; the public page."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext as _

from cordee.directory.permissions import speaks_for
from cordee.engines.photos import KINDS as PHOTO_KINDS
from cordee.engines.photos import without_metadata
from cordee.governance.acts import propose_resolution
from cordee.governance.models import Ballot
from cordee.ground.files.acts import FileNotTaken, check_upload, keep
from cordee.ground.kit.refusals import NotAllowed, Refusal
from cordee.ground.people.models import Actor
from cordee.ground.register.acts import By, act, address
from cordee.groupings.acts.at_the_table import acting_seat
from cordee.groupings.models import Grouping, Seat
from cordee.learning import permissions
from cordee.learning.models import PublicPage, Testimony
from cordee.learning.reads.pages import voted


class NotVoted(Refusal):
    """The members have not voted this page."""


class AlreadyVoting(Refusal):
    """One page at a time is voted on."""


class ConsentWithoutWords(Refusal):
    """To publish, there must be something to read, and a name under it."""


def ask_testimony(seat: Seat, *, occasion: str, by: By, at: datetime) -> Testimony | None:
    """Ask the leader of a company how it went; once for each occasion.

    Allowed  Cordée itself, after a success.
    Tells    learning.testimony.asked: the occasion.
    """
    with act("learning.testimony.asked", book=seat.grouping.book, by=by, at=at, on=seat) as facts:
        found, _new = Testimony.objects.get_or_create(
            seat=seat, occasion=occasion, defaults={"grouping": seat.grouping, "asked_at": at}
        )
        facts["occasion"] = occasion
    return found


def give_testimony(
    testimony: Testimony, *, worked: str, words: str = "", signed: str = "", public: bool = False,
    photo: UploadedFile | None = None, by: Actor, at: datetime,
) -> Testimony:  # fmt: skip
    """Say whether it worked, in a few words if one likes; public only if one says so.

    Allowed       the company that was asked.
    Refused when  it is to be public without words or without a name; the photo is none.
    Tells         learning.testimony.given: whether it worked, whether it is public; not a word of it.
    """
    with act("learning.testimony.given", book=testimony.grouping.book, by=by, at=at, on=testimony) as facts:
        fresh = Testimony.objects.select_for_update().select_related("grouping", "seat__company").get(pk=testimony.pk)
        if not speaks_for(by.person, fresh.seat.company):
            raise NotAllowed(_("Chacun témoigne pour son entreprise."))
        if public and not (words.strip() and signed.strip()):
            raise ConsentWithoutWords(
                _("Pour publier, il faut quelques mots et un nom."), do=_("Écrivez-les, ou décochez la publication.")
            )
        if photo is not None:
            fresh.photo = keep(_clean(photo), book=fresh.grouping.book, by=by.person, at=at)
        fresh.worked, fresh.words, fresh.signed, fresh.public = worked, words.strip(), signed.strip(), public
        fresh.by, fresh.given_at, fresh.withdrawn_at = by.person, at, None
        fresh.save()
        facts |= {"worked": worked, "public": public}
    return fresh


def _clean(photo: UploadedFile) -> UploadedFile:
    content, kind = check_upload(photo), (photo.name or "").rpartition(".")[2].lower()
    try:
        bare = without_metadata(content, kind) if kind in PHOTO_KINDS else None
    except ValueError:
        bare = None
    if bare is None:
        raise FileNotTaken(_("Ce fichier n’est pas une photo."), do=_("Envoyez une photo en JPEG, PNG ou WebP."))
    return SimpleUploadedFile(f"photo.{kind}", bare)


def withdraw_testimony(testimony: Testimony, *, by: Actor, at: datetime) -> Testimony:
    """Take one's words back: they are emptied, the photo is no longer shown.

    Allowed  the company that gave them.
    Tells    learning.testimony.withdrawn.
    """
    with act("learning.testimony.withdrawn", book=testimony.grouping.book, by=by, at=at, on=testimony):
        fresh = Testimony.objects.select_for_update().select_related("grouping", "seat__company").get(pk=testimony.pk)
        if fresh.by_id != by.person.pk and not speaks_for(by.person, fresh.seat.company):
            raise NotAllowed(_("Chacun retire son propre témoignage."))
        fresh.words = fresh.signed = ""
        fresh.photo, fresh.public, fresh.withdrawn_at = None, False, at
        fresh.save()
    return fresh


def propose_page(
    grouping: Grouping, *, name: str, line: str, offer: str, references: str, contact: str, by: Actor, at: datetime
) -> PublicPage:
    """Put a public page to the vote, in the very words that everybody will read.

    Allowed       any member.
    Refused when  the words of another page are being voted on.
    Tells         learning.page.proposed, beside the vote that it opens.
    """
    waiting = PublicPage.objects.filter(grouping=grouping, opened_at=None, closed_at=None)
    keys = [one.rpartition("/")[2] for one in waiting.values_list("decision", flat=True)]
    if Ballot.objects.filter(public_id__in=keys, closed_at=None).exists():
        raise AlreadyVoting(
            _("Une page est déjà soumise au vote."), do=_("Attendez son résultat, puis proposez la vôtre.")
        )
    text = "\n\n".join(part for part in (name, line, offer, references, contact) if part.strip())
    ballot = propose_resolution(
        grouping,
        title=_("Notre page publique"),
        text=text,
        decision_type="ordinary",
        closes_at=at + timedelta(days=7),
        by=by,
        at=at,
    )
    with act("learning.page.proposed", book=grouping.book, by=by, at=at) as facts:
        page = PublicPage.objects.create(
            grouping=grouping, name=name.strip(), line=line.strip(), offer=offer.strip(), references=references.strip(),
            contact=contact.strip(), decision=address(ballot), proposed_by=acting_seat(grouping, by), proposed_at=at,
        )  # fmt: skip
        facts.on = address(page)
        facts["decision"] = address(ballot)
    return page


def open_page(page: PublicPage, *, by: By, at: datetime) -> PublicPage:
    """Show a page that the members voted; the one before it closes.

    Allowed       Cordée itself, once the vote is closed; any member.
    Refused when  the vote did not go through.
    Tells         learning.page.opened.
    """
    with act("learning.page.opened", book=page.grouping.book, by=by, at=at, on=page):
        fresh = PublicPage.objects.select_for_update().select_related("grouping").get(pk=page.pk)
        if fresh.opened_at or fresh.closed_at or not voted(fresh):
            raise NotVoted(_("Les membres n’ont pas voté cette page."))
        PublicPage.objects.filter(grouping=fresh.grouping, closed_at=None).exclude(pk=fresh.pk).update(closed_at=at)
        fresh.opened_at = at
        fresh.save(update_fields=["opened_at"])
    return fresh


def close_page(page: PublicPage, *, by: Actor, at: datetime) -> PublicPage:
    """Take the public page down at once.

    Allowed  who proposed it, who leads the grouping.
    Tells    learning.page.closed.
    """
    with act("learning.page.closed", book=page.grouping.book, by=by, at=at, on=page):
        fresh = PublicPage.objects.select_for_update().select_related("grouping").get(pk=page.pk)
        if not permissions.may_close_page(fresh, acting_seat(fresh.grouping, by)):
            raise NotAllowed(_("Qui l’a proposée ou qui anime le groupement ferme la page."))
        fresh.closed_at = fresh.closed_at or at
        fresh.save(update_fields=["closed_at"])
    return fresh
