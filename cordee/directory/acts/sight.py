"""Who sees what of a card, whether its name is kept back, and the question asked twice a year: does it still hold?"""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from cordee.directory.acts.cards import own_company
from cordee.directory.models import FIELDS, Company, Representative, searched
from cordee.directory.permissions import speaks_for
from cordee.directory.reads.review import PURPOSE, cards_to_ask
from cordee.engines.trades import all_trades
from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal
from cordee.ground.people.acts import use_link
from cordee.ground.people.models import Actor, Clockwork, Link
from cordee.ground.register.acts import act

LEVELS = ("all", "groupings", "me")


class UnknownLevel(Refusal):
    """A field that does not exist, or a level that is none of the three."""


class DiscreetNameTellsAll(Refusal):
    """The discreet name holds the very name that it should keep back."""


class NothingToConfirm(Refusal):
    """The card holds already: it was confirmed since the question was asked."""


def choose_sight(
    company: Company, *, levels: Mapping[str, str], blind_name: str = "", by: Actor, at: datetime
) -> Company:
    """Choose, field by field, who reads the card; and whether its name is kept back, under which words.

    Allowed       who may commit the company.
    Refused when  a field or a level does not exist; the discreet name holds the name itself.
    Tells         directory.sight.chosen: how many fields are kept back, and whether the name is.
    """
    with act("directory.sight.chosen", book=company.book, by=by, at=at, on=company) as facts:
        fresh = own_company(company, by)
        if not speaks_for(by.person, fresh):
            raise NotAllowed(_("Seule la personne qui représente %(company)s en décide.") % {"company": fresh})
        if set(levels) - set(FIELDS) or set(levels.values()) - set(LEVELS):
            raise UnknownLevel(_("Ce choix n’est pas compris."), do=_("Choisissez une des réponses proposées."))
        words = " ".join(blind_name.split())[:120]
        if words and telling_words(fresh) & set(searched(words).split()):
            raise DiscreetNameTellsAll(
                _("Ces mots contiennent le nom de votre entreprise."),
                do=_("Dites votre métier et votre département : « Menuiserie, Hérault »."),
            )
        fresh.visibility = {name: level for name, level in levels.items() if level != "all"}
        fresh.blind_name = words
        fresh.version += 1
        fresh.save()
        facts |= {"kept_back": len(fresh.visibility), "discreet": bool(words)}
    return fresh


def telling_words(company: Company) -> set[str]:
    """The words of its names that name this company, and not what it does."""
    trades = " ".join(f"{one.label_fr} {one.label_en}" for one in all_trades())
    return {word for word in company.words().split() if len(word) > 3} - set(searched(trades).split())


def confirm_card(company: Company, *, link: Link | None = None, by: Actor, at: datetime) -> Company:
    """Say that everything on the card still holds: one button, twice a year.

    Allowed       the company's own people.
    Refused when  the link was used, or has expired; the card was confirmed since it was asked.
    Tells         directory.card.confirmed.
    """
    with act("directory.card.confirmed", book=company.book, by=by, at=at, on=company) as facts:
        fresh = own_company(company, by)
        if link is not None:
            if link.purpose != PURPOSE:
                raise NotYours
            use_link(link, at=at)
        if fresh.confirmed_at and fresh.asked_at and fresh.confirmed_at >= fresh.asked_at:
            raise NothingToConfirm(_("C’est déjà noté : cette fiche est à jour."))
        fresh.confirmed_at = at
        fresh.save(update_fields=["confirmed_at"])
        facts["asked"] = fresh.asked_at.date().isoformat() if fresh.asked_at else ""
    return fresh


def ask_about_card(company: Company, *, at: datetime) -> None:
    """Ask the people of a company whether its card still holds.

    Allowed       Cordée itself, twice a year.
    Refused when  never: asked already, or confirmed in between, nothing happens.
    Tells         directory.card.asked: since when nobody has said anything.
    """
    with act("directory.card.asked", book=company.book, by=Clockwork(), at=at, on=company) as facts:
        fresh = Company.objects.select_for_update().get(pk=company.pk)
        if not cards_to_ask(at=at).filter(pk=fresh.pk).exists():
            raise NothingToConfirm(_("C’est déjà noté : cette fiche est à jour."))
        facts["since"] = fresh.confirmed_at.date().isoformat() if fresh.confirmed_at else ""
        facts["people"] = Representative.objects.filter(company=fresh, until=None).count()
        fresh.asked_at = at
        fresh.save(update_fields=["asked_at"])
