"""Who may do what with a company's card. To see, to prepare and to bind are different rights."""

from cordee.directory.models import Company, Representative
from cordee.ground.people.models import Person


def may_import(person: Person) -> bool:
    """Only who runs this server takes lists of companies in."""
    return person.is_operator


def speaks_for(person: Person, company: Company) -> bool:
    """Whether somebody acts for a company: its legal representative, or one who says they have its delegation.

    What binds the company asks for more: `leads_by_law`, or the writing itself (`may_bind`, in the groupings).
    """
    return (
        Representative.objects.filter(person=person, company=company, until=None)
        .exclude(capacity=Representative.Capacity.ASSISTANT)
        .exists()
    )


def leads_by_law(person: Person, company: Company) -> bool:
    """Whether somebody is the legal representative of a company today."""
    mine = Representative.objects.filter(person=person, company=company, until=None)
    return mine.filter(capacity=Representative.Capacity.LEGAL).exists()


def may_edit(person: Person, company: Company) -> bool:
    """Anybody of the company, also who only prepares: a card commits to nothing."""
    return Representative.objects.filter(person=person, company=company, until=None).exists()
