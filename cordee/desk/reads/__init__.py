"""Pages that cross rooms: what awaits me, a grouping seen from every room, its book in plain sentences."""

from cordee.desk.reads.actions import (
    my_week,
)
from cordee.desk.reads.archive import (
    whole_archive,
)
from cordee.desk.reads.books import (
    TABLES,
    archive,
    book_page,
    grouping_named,
    lines,
    my_books,
)
from cordee.desk.reads.calendar import (
    feed,
)
from cordee.desk.reads.health import (
    health,
)
from cordee.desk.reads.my_data import (
    MyData,
    company_archive,
    my_data,
)
from cordee.desk.reads.open import (
    api_groups,
)
from cordee.desk.reads.overview import (
    overview,
)
from cordee.desk.reads.search import (
    search_everything,
)
from cordee.desk.reads.selftest import (
    SelfTest,
    self_test,
)
from cordee.desk.reads.today import (
    Waiting,
    date_line,
    greeting,
    today,
    waiting_for,
)

__all__ = [
    "TABLES",
    "MyData",
    "SelfTest",
    "Waiting",
    "api_groups",
    "archive",
    "book_page",
    "company_archive",
    "date_line",
    "feed",
    "greeting",
    "grouping_named",
    "health",
    "lines",
    "my_books",
    "my_data",
    "my_week",
    "overview",
    "search_everything",
    "self_test",
    "today",
    "waiting_for",
    "whole_archive",
]
