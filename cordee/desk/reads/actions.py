"""« Mes actions de la semaine »: what I took on, over all my groupings: decisions, my own plan, one question."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, DateField, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cordee.desk.reads.items import Item
from cordee.governance.models import Ballot, FollowUp
from cordee.ground.kit.templatetags.cordee import day
from cordee.ground.people.models import Person
from cordee.learning.models import PeerAction, Testimony
from cordee.money.reads import late_invoices

WEEK = timedelta(days=7)
COLUMNS = ("what", "key", "said", "until", "where")


def my_week(person: Person, *, at: datetime) -> list[Item]:
    """What I am to do within the week, late ones first; one query, however many groupings and actions."""
    today = localtime(at).date()
    near = Q(due_on=None) | Q(due_on__lte=today + WEEK)
    ballot = Ballot.objects.filter(resolution=OuterRef("resolution")).order_by("-call").values("public_id")[:1]
    follow = FollowUp.objects.filter(_mine("owner", person), near, done_at=None).order_by()
    plans = PeerAction.objects.filter(_mine("session__client", person), near, done_at=None).order_by()
    asked = Testimony.objects.filter(_mine("seat", person), given_at=None).order_by()
    late = late_invoices(today).filter(_mine("seat", person)).order_by()
    rows = _rows(follow, "decision", Subquery(ballot), F("resolution__title"), F("due_on"), F("grouping__name"))
    rows = rows.union(
        _rows(plans, "plan", F("session__public_id"), F("text"), F("due_on"), F("session__grouping__name")),
        _rows(late, "invoice", F("public_id"), F("number"), F("due"), F("grouping__name")),
        _rows(asked, "testimony", F("public_id"), Value(""), Value(None), F("grouping__name")),
        all=True,
    )
    far = date.max
    return [_item(*row, today=today) for row in sorted(rows, key=lambda row: (row[3] or far, row[0], row[1] or ""))]


def _mine(seat: str, person: Person) -> Q:
    """The rows of a seat that this person holds or may replace today."""
    held = Q(**{f"{seat}__holder": person}) | Q(**{f"{seat}__substitute": person})
    return held & Q(**{f"{seat}__state": "member"})


def _rows(rows: Any, what: str, key: Any, said: Any, until: Any, where: Any) -> Any:
    text = {"key": key, "said": said, "where": where, "what": Value(what)}
    return rows.annotate(
        **{f"w_{name}": Cast(value, CharField()) for name, value in text.items()}, w_until=Cast(until, DateField())
    ).values_list(*(f"w_{name}" for name in COLUMNS))


def _item(what: str, key: str, said: str, until: date | None, where: str, *, today: date) -> Item:
    words = {"where": where}
    if what == "testimony":
        return Item("message-plus", "ice", _("Témoignage · %(where)s") % words, _("Cela a-t-il marché pour vous ?"),
                    _("Répondre"), reverse("learning:testimony", args=[key]))  # fmt: skip
    if what == "invoice" and until is not None:
        title = _("Facture %(number)s : le client n’a pas tout payé") % {"number": said}
        return Item("file-text", "warn", _("Facture · %(where)s") % words, title, _("Voir la facture"),
                    reverse("money:invoice", args=[key]), "", _("Échue le %(day)s") % {"day": day(until)})  # fmt: skip
    late = until is not None and until < today
    note = "" if late or until is None else _("Pour le %(day)s") % {"day": day(until)}
    soon = _("En retard depuis le %(day)s") % {"day": day(until)} if late else ""
    kind = _("À vous de mener · %(where)s") if what == "decision" else _("Plan d’action · %(where)s")
    url = reverse("governance:ballot" if what == "decision" else "learning:session", args=[key])
    tone = "warn" if late else ""
    return Item("list-check", tone, kind % words, said, _("Dire où j’en suis"), url, note, soon)
