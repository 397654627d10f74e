"""Who is signed in, and how far the books had got then: in one query."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Subquery

from cordee.ground.people.models import Person
from cordee.ground.register.reads import last_seals


class PersonBackend(AuthenticationBackend):
    """allauth's way in; what is remembered for a person can then be tied to what has been done since."""

    def get_user(self, user_id: int) -> Person | None:
        person = Person.objects.annotate(last_seal=Subquery(last_seals())).filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
