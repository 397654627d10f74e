"""What one sees of projects."""

from cordee.projects.reads.book import SENTENCES
from cordee.projects.reads.leads import (
    LeadsPage,
    lead_of,
    leads_page,
    my_leads_table,
    partner_of,
    partners_of,
    rule_of,
    why_of,
)
from cordee.projects.reads.projects import (
    Check,
    ProjectLine,
    ProjectPage,
    budget_of,
    checks_of,
    kind_page,
    missing_for,
    project_of,
    project_page,
    projects_of,
)

__all__ = [
    "SENTENCES",
    "Check",
    "LeadsPage",
    "ProjectLine",
    "ProjectPage",
    "budget_of",
    "checks_of",
    "kind_page",
    "lead_of",
    "leads_page",
    "missing_for",
    "my_leads_table",
    "partner_of",
    "partners_of",
    "project_of",
    "project_page",
    "projects_of",
    "rule_of",
    "why_of",
]
