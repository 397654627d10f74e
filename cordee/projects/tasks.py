"""What happens aside in projects: old contacts are forgotten."""

from datetime import datetime

from cordee.ground.kit.apart import each_apart
from cordee.projects.acts import forget_leads, old_leads
from cordee.projects.models import Project


def forget_old_leads(*, at: datetime) -> int:
    """Erase the contacts that were kept for three years; how many projects had some."""
    old = Project.objects.filter(pk__in=old_leads(at).values("project")).select_related("grouping")
    return each_apart(list(old), lambda project: forget_leads(project, at=at))


DEADLINES = (forget_old_leads,)
