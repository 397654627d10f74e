"""Making an exchange with invitations, for the tests of this room."""

from cordee.directory.models import Company
from cordee.ground.people.models import Actor, Link, Person
from cordee.ground.people.reads import token
from cordee.ground.register.acts import address
from cordee.groupings.acts import Invitee, open_exchange
from cordee.groupings.models import Grouping, Invitation
from tests import factories
from tests.factories import AT


def exchange(host: Person, *invitees: Invitee, name: str = "Stand commun", company: Company | None = None) -> Grouping:
    """An exchange that somebody has just opened."""
    made = company or factories.company("Menuiserie Hôte", leader=host)
    others = invitees or (Invitee(email="denis@exemple.fr", name="Denis Roux"),)
    return open_exchange(name=name, purpose="En parler.", host_company=made, invitees=others, by=Actor(host), at=AT)


def invitation(grouping: Grouping) -> Invitation:
    """Its first invitation."""
    return Invitation.objects.filter(grouping=grouping).select_related("grouping", "person", "company")[0]


def link_of(asked: Invitation) -> Link:
    """The link in the mail."""
    return Link.objects.select_related("person").filter(subject=address(asked), revoked_at=None).latest("pk")


def token_of(asked: Invitation) -> str:
    return token(link_of(asked))
