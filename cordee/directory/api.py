"""Who knocks at the HTTP API, and the card of their company. The other rooms find the caller here."""

from dataclasses import dataclass
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema
from ninja.errors import HttpError
from ninja.security import HttpBearer
from pydantic import AfterValidator

from cordee.directory.acts import edit_company
from cordee.directory.models import Company
from cordee.directory.permissions import speaks_for
from cordee.ground.kit.refusals import Refusal
from cordee.ground.people.acts import key_behind, seconds_to_wait
from cordee.ground.people.models import AccessKey, Actor, Person

Scope = AccessKey.Scope


@dataclass(frozen=True, slots=True)
class Caller:
    """The person behind a key, and the company for which it acts."""

    person: Person
    company: Company

    @property
    def actor(self) -> Actor:
        return Actor(self.person)


class TooOften(Refusal):
    """A key calls more often than this server takes."""

    status = 429

    def __init__(self, most: int, wait: int) -> None:
        super().__init__(
            _("Cette clé a fait %(most)s appels en une minute.") % {"most": most},
            why=_("Ce serveur n’en accepte pas plus."),
            do=_("Attendez %(wait)s secondes.") % {"wait": wait},
        )
        self.wait = wait


class With(HttpBearer):
    """A living key that carries one use, of somebody who still speaks for the company: asked again at each call."""

    openapi_bearerFormat = "cordee_…"  # noqa: N815 the name that OpenAPI gives it

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        key = key_behind(token, at=request.at)  # type: ignore[attr-defined]
        company = Company.objects.filter(public_id=key.company.rpartition("/")[2]).first() if key else None
        if key is None or company is None or not speaks_for(key.person, company):
            return None
        if request.method not in ("GET", "HEAD") and request.content_type != "application/json":
            raise HttpError(415, "Send JSON, with the header Content-Type: application/json.")
        if self.scope not in key.scopes:
            raise HttpError(403, f"This key does not carry the use « {self.scope} ».")
        most = settings.API_CALLS_A_MINUTE
        if wait := seconds_to_wait(key, most=most, at=request.at):  # type: ignore[attr-defined]
            raise TooOften(most, wait)
        return Caller(key.person, company)


def _plain(text: str) -> str:
    """Text that both databases take: no zero byte, no half of a character."""
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("holds a character that cannot be kept")
    return text


Text = Annotated[str, AfterValidator(_plain)]


class Problem(Schema):
    """Why the answer is no: what, why, and what to do."""

    what: str
    why: str = ""
    do: str = ""


NO: dict[Any, Any] = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 429: Problem}
"""The answers of a refusal, the same for every address."""

router = Router(tags=["Company"])


class Card(Schema):
    """My company's own card."""

    id: str
    name: str
    brand_name: str
    siren: str | None
    naf: str
    brings: str
    looks_for: str
    capacity_left: str
    area: str
    proofs: str
    trades: list[str]
    certificates: list[str]
    version: int


class CardChange(Schema):
    """What one may write on the card; what is left out stays as it is."""

    brings: Text | None = Field(None, max_length=2000)
    looks_for: Text | None = Field(None, max_length=2000)
    capacity_left: Text | None = Field(None, max_length=200)
    area: Text | None = Field(None, max_length=200)
    proofs: Text | None = Field(None, max_length=2000)
    version: int = Field(ge=0, le=2**31 - 1, description="The version that was read: a stale one is refused.")


def _card(company: Company) -> Card:
    return Card(
        id=company.public_id,
        trades=[each.trade for each in company.trades.order_by("trade")],
        certificates=[each.label for each in company.certificates.order_by("label")],
        **{
            name: getattr(company, name)
            for name in ("name", "brand_name", "siren", "naf", "brings", "looks_for", "capacity_left", "area", "proofs")
        },
        version=company.version,
    )


@router.get("/company", response={200: Card, **NO}, auth=With(Scope.CARD), summary="My company's card")
def own_card(request: HttpRequest) -> Card:
    return _card(request.auth.company)  # type: ignore[attr-defined]


@router.patch("/company", response={200: Card, **NO}, auth=With(Scope.CARD_WRITE), summary="Complete the card")
def change_card(request: HttpRequest, change: CardChange) -> Card:
    caller: Caller = request.auth  # type: ignore[attr-defined]
    values = change.dict(exclude={"version"}, exclude_none=True)
    at = request.at  # type: ignore[attr-defined]
    changed = edit_company(caller.company, values=values, version=change.version, by=caller.actor, at=at)
    return _card(changed)
