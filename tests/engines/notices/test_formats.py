"""What is read from each format, field by field, on small notices."""

from datetime import date, time

from cordee.engines.notices import Duration, Moment, Money, Notice, read_notice
from tests.engines.notices.samples import BOAMP, EFORMS, EFORMS_AWARD, OCDS, TED, TED_AWARD


def read(text: str) -> Notice:
    return read_notice(text.encode())


def test_ted_notice() -> None:
    notice = read(TED)
    assert (notice.source, notice.id, notice.kind, notice.form) == ("ted", "123-2021", "competition", "F02")
    assert (notice.title, notice.language) == ("Rénovation du gymnase", "fr")
    assert notice.buyers[0].name == "Ville de Lunel"
    assert notice.value == Money(123456789, "EUR")
    assert notice.deadline == Moment(date(2021, 5, 6), time(16, 15))
    assert notice.deadline_for == "tenders"
    assert notice.cpv == ("45000000",)
    assert notice.max_lots == 2
    assert notice.published == date(2021, 4, 2)


def test_ted_lots() -> None:
    structure, power = read(TED).lots
    assert (structure.id, structure.number, structure.title) == ("01", "1", "Gros œuvre")
    assert structure.cpv == ("45000000", "45223220")
    assert structure.cpv_inherited
    assert structure.nuts == ("FRJ13",)
    assert structure.place == "Lunel"
    assert structure.value == Money(80000000, "EUR")
    assert structure.duration == Duration(months=14)
    assert [(c.kind, c.name, c.weight) for c in structure.criteria] == [
        ("quality", "Valeur technique", "60"),
        ("price", None, "40"),
    ]
    assert power.value is None
    assert power.duration == Duration(start=date(2021, 9, 1), end=date(2022, 10, 31))
    for lot in (structure, power):
        assert lot.reserved == ("sheltered-program",)
        (asked,) = lot.requirements
        assert (asked.area, asked.minimum, asked.certificates) == ("technical", True, ("Qualifelec",))


def test_text_after_a_superscript_is_kept() -> None:
    title = TED.replace("Rénovation du gymnase", "Le 1<FT TYPE='SUP'>er</FT> gymnase")
    assert read(title).title == "Le 1er gymnase"


def test_ted_groupings() -> None:
    rule = read(TED).groupings
    assert (rule.allowed, rule.form_required, rule.form, rule.lead_liable) == ("yes", "yes", "conjoint", "yes")


def test_ted_award_to_a_grouping_and_to_several_companies() -> None:
    notice = read(TED_AWARD)
    together, gamma, delta = notice.awards
    assert (together.lot, together.grouping, together.lead_basis) == ("1", True, "named")
    assert [(m.company.name, m.company.siren, m.lead) for m in together.members] == [
        ("Alpha (cotraitant)", "337683544", False),
        ("Beta (mandataire)", "316141993", True),
    ]
    assert together.value == Money(9950, "EUR")
    assert together.day == date(2020, 3, 4)
    # Two holders of one framework agreement are no grouping: each won for itself, and the total is nobody's.
    assert [(a.lot, a.grouping, a.members[0].company.name) for a in (gamma, delta)] == [
        ("2", False, "Gamma"),
        ("2", False, "Delta"),
    ]
    assert notice.not_awarded == ("3",)
    assert (notice.kind, notice.value, notice.awarded) == ("result", None, Money(9950, "EUR"))


def test_eforms_notice_speaks_french_first() -> None:
    notice = read(EFORMS)
    assert (notice.source, notice.id, notice.kind, notice.version) == (
        "eforms",
        "123-2021",
        "competition",
        "eforms-sdk-1.3",
    )
    assert (notice.title, notice.language, notice.buyers[0].name) == ("Gymnase", "fr", "Ville de Lunel")
    assert notice.buyers[0].siren == "337683544"
    assert notice.deadline == Moment(date(2024, 3, 18), time(12), 60)


def test_eforms_lots() -> None:
    first, second = read(EFORMS).lots
    assert (first.id, first.number, first.title) == ("LOT-0001", "1", "Structure")
    assert first.cpv == ("45000000", "45223220")
    assert not first.cpv_inherited
    assert first.nuts == ("FRJ13",)
    assert first.value == Money(10, "EUR")
    assert first.duration == Duration(months=24)
    assert first.reserved == ("sheltered-workshop",)
    assert [(one.area, one.topics) for one in first.requirements] == [("economic", ("turnover",))]
    assert (second.id, second.cpv, second.nuts, second.value, second.duration) == ("LOT-0002", (), (), None, None)


def test_eforms_groupings() -> None:
    rule = read(EFORMS).groupings
    assert (rule.allowed, rule.form_required, rule.form) == ("yes", "yes", "solidaire")


def test_eforms_winner_is_the_tender_of_the_contract() -> None:
    notice = read(EFORMS_AWARD)
    (award,) = notice.awards
    assert (award.lot, award.grouping, award.lead_basis, award.day) == ("LOT-0001", True, "stated", date(2024, 1, 2))
    # A Polish number of nine digits is no SIREN, though it would pass its check.
    assert [(m.company.name, m.company.siren, m.lead) for m in award.members] == [
        ("Alpha", "337683544", False),
        ("Beta", None, True),
    ]


def test_eforms_without_prefix_nor_namespace() -> None:
    notice = read(
        "<ContractNotice><ID>7</ID><ProcurementProject><Name>Toit</Name></ProcurementProject></ContractNotice>"
    )
    assert (notice.id, notice.title, notice.lots) == ("7", "Toit", ())


def test_parts_of_a_planning_notice_are_not_lots() -> None:
    part = "<ProcurementProjectLot><ID schemeName='Part'>PAR-0001</ID></ProcurementProjectLot>"
    notice = read(f"<PriorInformationNotice>{part}</PriorInformationNotice>")
    assert notice.lots == ()
    assert [one.id for one in notice.parts] == ["PAR-0001"]


def test_boamp_notice() -> None:
    notice = read(BOAMP)
    assert (notice.source, notice.id, notice.kind) == ("boamp", "17-1", "competition")
    assert notice.title == "Entretien de l'eau"
    assert notice.deadline == Moment(date(2017, 1, 30), time(16), 60)
    north, south = notice.lots
    assert (north.id, south.id) == ("1", "1-2")
    assert (north.cpv, south.cpv) == (("50118110",), ())
    assert (north.value, south.value) == (Money(5000050, "EUR"), None)
    assert north.duration == Duration(months=24)
    assert [(c.kind, c.weight) for c in north.criteria] == [("quality", "50"), ("price", "50")]
    assert [(a.members[0].company.name, a.value) for a in notice.awards] == [("Un", Money(1200, "EUR")), ("Deux", None)]


def test_boamp_mends_the_apostrophes_of_windows() -> None:
    assert (
        read("<ANNONCE><DONNEES><OBJET><TITRE_MARCHE>L\x92eau</TITRE_MARCHE></OBJET></DONNEES></ANNONCE>").title
        == "L’eau"
    )


def test_ocds_amounts_never_pass_through_a_float() -> None:
    notice = read(OCDS)
    assert (notice.title, notice.value) == ("Pistes", Money(110000055, "EUR"))
    (lot,) = notice.lots
    assert (lot.id, lot.cpv, lot.value) == ("1", ("45233130",), Money(700, "EUR"))
    (award,) = notice.awards
    assert (award.lot, award.grouping, award.lead_basis) == ("1", True, "order")


def test_a_wrapped_notice_is_found() -> None:
    body = TED.partition("?>")[2]
    assert read(f"<results>{body}</results>").id == "123-2021"


def test_utf16_is_read() -> None:
    assert (
        read_notice(TED.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")).title
        == "Rénovation du gymnase"
    )


def test_planning_forms_that_call_for_competition() -> None:
    form = "<TED_EXPORT><FORM_SECTION><F04_2014 LG='FR'><NOTICE TYPE='{}'/></F04_2014></FORM_SECTION></TED_EXPORT>"
    assert read(form.format("PER_CALL_COMPETITION")).kind == "competition"
    assert read(form.format("PER_ONLY")).kind == "planning"
