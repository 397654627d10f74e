"""Every read of the directory: one name for callers, one module per noun."""

from cordee.directory.reads.cards import (
    CompanyPage,
    certificate_of,
    chosen_company,
    company_of,
    company_page,
    headcount_words,
    hidden_from,
    my_companies,
    own_company_of,
    trade_line,
)
from cordee.directory.reads.imports import (
    has_stopped,
    import_of,
    last_imports,
    may_open_imports,
    problem_of,
    report_csv,
    report_of,
    stopped_imports,
)
from cordee.directory.reads.listing import list_page, places_named, register_matches
from cordee.directory.reads.review import CardQuestion, card_question, cards_to_ask
from cordee.directory.reads.search import (
    RADII,
    SIZES,
    Found,
    Query,
    search_companies,
    trade_labels,
    trades_meant,
)
from cordee.directory.reads.teaming import TeamCompany, companies_for_teaming
from cordee.directory.reads.ties import TiesPage, tie_of, ties_page

__all__ = [
    "RADII",
    "SIZES",
    "CardQuestion",
    "CompanyPage",
    "Found",
    "Query",
    "TeamCompany",
    "TiesPage",
    "card_question",
    "cards_to_ask",
    "certificate_of",
    "chosen_company",
    "companies_for_teaming",
    "company_of",
    "company_page",
    "has_stopped",
    "headcount_words",
    "hidden_from",
    "import_of",
    "last_imports",
    "list_page",
    "may_open_imports",
    "my_companies",
    "own_company_of",
    "places_named",
    "problem_of",
    "register_matches",
    "report_csv",
    "report_of",
    "search_companies",
    "stopped_imports",
    "tie_of",
    "ties_page",
    "trade_labels",
    "trade_line",
    "trades_meant",
]
