"""What is asked about a project."""

from cordee.projects.forms.projects import (
    BudgetForm,
    EndForm,
    MeasureForm,
    NewProjectForm,
    NoteForm,
    ProjectForm,
    VoteForm,
)

__all__ = ["BudgetForm", "EndForm", "MeasureForm", "NewProjectForm", "NoteForm", "ProjectForm", "VoteForm"]
