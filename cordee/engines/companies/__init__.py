"""Files of companies, read line by line: Cordée's own table, Sirene stock files, Sirene API answers."""

from .headcount import BANDS, headcount_of_code, headcount_of_text
from .identifiers import is_siren, is_siret
from .model import Band, CompanyFile, CompanyLine, CompanyRow, Establishment, FileRefused, Remark
from .reading import iter_lines, join, read_companies
from .stock import Site, naf_code, naf_number, read_sites, read_units

__all__ = [
    "BANDS",
    "Band",
    "CompanyFile",
    "CompanyLine",
    "CompanyRow",
    "Establishment",
    "FileRefused",
    "Remark",
    "Site",
    "headcount_of_code",
    "headcount_of_text",
    "is_siren",
    "is_siret",
    "iter_lines",
    "join",
    "naf_code",
    "naf_number",
    "read_companies",
    "read_sites",
    "read_units",
]
