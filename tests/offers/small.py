"""Small needs, notices and companies for the tests of occasions."""

from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from cordee.directory.models import Company, CompanyTrade
from cordee.ground.kit.clock import now
from cordee.ground.people.models import Actor, Person
from cordee.offers import acts
from cordee.offers.models import Need, Pursuit, TeamSearch
from cordee.offers.reads import find_place
from tests import factories
from tests.people import World

BOAMP = """<?xml version="1.0" encoding="UTF-8"?>
<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication" VERSION="R2.0.9.S03.E01" DOC_ID="1-2026" EDITION="2026001">
<CODED_DATA_SECTION><REF_OJS><DATE_PUB>20260302</DATE_PUB></REF_OJS></CODED_DATA_SECTION>
<FORM_SECTION><F02_2014 LG="FR" CATEGORY="ORIGINAL" FORM="F02"><NOTICE TYPE="CONTRACT"/>
<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Commune de Paulhan</OFFICIALNAME><TOWN>Paulhan</TOWN><COUNTRY VALUE="FR"/></ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>
<OBJECT_CONTRACT><TITLE><P>Groupe scolaire Les Amandiers</P></TITLE><CPV_MAIN><CPV_CODE CODE="45214200"/></CPV_MAIN>
<SHORT_DESCR><P>Rénovation de l’école.</P></SHORT_DESCR><LOT_DIVISION/>
<OBJECT_DESCR ITEM="1"><TITLE><P>Gros œuvre</P></TITLE><LOT_NO>1</LOT_NO><CPV_ADDITIONAL><CPV_CODE CODE="45262500"/></CPV_ADDITIONAL><NUTS xmlns="http://publications.europa.eu/resource/schema/ted/2021/nuts" CODE="FRJ13"/><VAL_OBJECT CURRENCY="EUR">186400</VAL_OBJECT><DURATION TYPE="MONTH">12</DURATION></OBJECT_DESCR>
<OBJECT_DESCR ITEM="2"><TITLE><P>Électricité</P></TITLE><LOT_NO>2</LOT_NO><CPV_ADDITIONAL><CPV_CODE CODE="45310000"/></CPV_ADDITIONAL><NUTS xmlns="http://publications.europa.eu/resource/schema/ted/2021/nuts" CODE="FRJ13"/></OBJECT_DESCR>
</OBJECT_CONTRACT><PROCEDURE><PT_OPEN/><DATE_RECEIPT_TENDERS>2099-03-30</DATE_RECEIPT_TENDERS><TIME_RECEIPT_TENDERS>12:00</TIME_RECEIPT_TENDERS></PROCEDURE></F02_2014></FORM_SECTION></TED_EXPORT>
"""  # noqa: E501
TRADES = ("gros-oeuvre", "electricite", "plomberie", "peinture")


def notice_file(text: str = BOAMP, name: str = "avis.xml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def need(world: World, *, lots: tuple[str, ...] = TRADES[:3], by: Person | None = None, **fields: Any) -> Need:
    """A need typed by Aude for her company, a lot per trade."""
    values: dict[str, Any] = {"title": "École de Paulhan", "client": "Commune de Paulhan", **fields}
    return acts.write_need(
        lots=[acts.HandLot(f"Lot de {trade}", trade, 5_000_000) for trade in lots],
        where=find_place("34230 "),
        company=world.seats["aude"].company,
        by=Actor(by or world.aude),
        at=now(),
        **values,
    )


def shared_need(world: World) -> Need:
    """The same, looked at together in the grouping where Bruno sits."""
    made = need(world)
    Pursuit.objects.create(need=made, grouping=world.grouping, since=now())
    return made


def directory(*, each: int = 2, leaders: bool = True) -> list[Company]:
    """A few companies of each trade, near Montpellier."""
    made = []
    for trade in TRADES:
        for number in range(each):
            leader = factories.person(f"Chef {trade} {number}") if leaders else None
            company = factories.company(f"{trade.title()} {number}", leader=leader)
            CompanyTrade.objects.create(company=company, trade=trade, declared=True)
            made.append(company)
    return made


def search(world: World, of: Need | None = None, *, at: datetime | None = None, **options: Any) -> TeamSearch:
    """A search by Aude, not done yet."""
    made = of or need(world)
    return acts.ask_for_teams(
        made, company=world.seats["aude"].company, by=Actor(world.aude), at=at or now(), **options
    )


def found(world: World, **options: Any) -> TeamSearch:
    """A search by Aude, done, in a directory that has the companies."""
    directory()
    return acts.find_teams_now(search(world, **options), at=now())
