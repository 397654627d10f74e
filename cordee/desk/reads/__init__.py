"""Pages that cross rooms: what awaits me, a grouping seen from every room, its book in plain sentences."""

from cordee.desk.reads.archive import whole_archive
from cordee.desk.reads.books import TABLES, archive, book_page, grouping_named, lines, my_books
from cordee.desk.reads.health import health
from cordee.desk.reads.overview import overview
from cordee.desk.reads.search import search_everything
from cordee.desk.reads.today import Waiting, date_line, greeting, today, waiting_for

__all__ = [
    "TABLES",
    "Waiting",
    "archive",
    "book_page",
    "date_line",
    "greeting",
    "grouping_named",
    "health",
    "lines",
    "my_books",
    "overview",
    "search_everything",
    "today",
    "waiting_for",
    "whole_archive",
]
