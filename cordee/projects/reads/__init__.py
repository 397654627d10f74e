"""What one sees of projects."""

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
    "Check",
    "ProjectLine",
    "ProjectPage",
    "budget_of",
    "checks_of",
    "kind_page",
    "missing_for",
    "project_of",
    "project_page",
    "projects_of",
]
