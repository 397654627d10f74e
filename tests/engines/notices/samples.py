"""Small notices in each format, written for these tests, and where the real ones are when they are there."""

from pathlib import Path

import pytest

from tests.conftest import SHARED_DATA

REAL = SHARED_DATA / "notices"


def real_files() -> list[Path]:
    """Every real notice, or none where the shared data is absent."""
    return sorted(p for p in REAL.rglob("*") if p.suffix in (".xml", ".json") and p.parent != REAL)


needs_real = pytest.mark.skipif(not REAL.is_dir(), reason="the shared notices (../shared/data/notices) are not here")

TED = """<?xml version="1.0" encoding="UTF-8"?>
<TED_EXPORT xmlns="http://publications.europa.eu/resource/schema/ted/R2.0.9/publication"
  xmlns:n="http://publications.europa.eu/resource/schema/ted/2021/nuts" DOC_ID="000123-2021" VERSION="R2.0.9.S04.E01">
<CODED_DATA_SECTION><REF_OJS><DATE_PUB>20210402</DATE_PUB></REF_OJS>
<NOTICE_DATA><LG_ORIG>FR</LG_ORIG><ORIGINAL_CPV CODE="45000000"/></NOTICE_DATA></CODED_DATA_SECTION>
<FORM_SECTION><F02_2014 CATEGORY="TRANSLATION" FORM="F02" LG="EN"><OBJECT_CONTRACT><TITLE><P>Gym</P></TITLE>
</OBJECT_CONTRACT></F02_2014>
<F02_2014 CATEGORY="ORIGINAL" FORM="F02" LG="FR">
<CONTRACTING_BODY><ADDRESS_CONTRACTING_BODY><OFFICIALNAME>Ville de Lunel</OFFICIALNAME>
<NATIONALID>SIRET 337 683 544 00023</NATIONALID><TOWN>Lunel</TOWN><COUNTRY VALUE="FR"/><n:NUTS CODE="FRJ13"/>
</ADDRESS_CONTRACTING_BODY></CONTRACTING_BODY>
<OBJECT_CONTRACT><TITLE><P>Rénovation du gymnase</P></TITLE><CPV_MAIN><CPV_CODE CODE="45000000"/></CPV_MAIN>
<TYPE_CONTRACT CTYPE="WORKS"/><VAL_ESTIMATED_TOTAL CURRENCY="EUR">1234567.89</VAL_ESTIMATED_TOTAL>
<LOT_DIVISION><LOT_ALL/></LOT_DIVISION>
<OBJECT_DESCR ITEM="1"><TITLE><P>Gros œuvre</P></TITLE><LOT_NO>01</LOT_NO>
<CPV_ADDITIONAL><CPV_CODE CODE="45223220"/></CPV_ADDITIONAL><n:NUTS CODE="FRJ13"/><MAIN_SITE><P>Lunel</P></MAIN_SITE>
<AC><AC_QUALITY><AC_CRITERION>Valeur technique</AC_CRITERION><AC_WEIGHTING>60 %</AC_WEIGHTING></AC_QUALITY>
<AC_PRICE><AC_WEIGHTING>40</AC_WEIGHTING></AC_PRICE></AC>
<VAL_OBJECT CURRENCY="EUR">800000</VAL_OBJECT><DURATION TYPE="MONTH">14</DURATION></OBJECT_DESCR>
<OBJECT_DESCR ITEM="2"><TITLE><P>Électricité</P></TITLE><LOT_NO>02</LOT_NO>
<CPV_ADDITIONAL><CPV_CODE CODE="45310000"/></CPV_ADDITIONAL><n:NUTS CODE="FRJ13"/>
<DATE_START>2021-09-01</DATE_START><DATE_END>2022-10-31</DATE_END></OBJECT_DESCR></OBJECT_CONTRACT>
<LEFTI><TECHNICAL_PROFESSIONAL_MIN_LEVEL><P>Qualification Qualifelec ou équivalent.</P>
</TECHNICAL_PROFESSIONAL_MIN_LEVEL>
<RESTRICTED_SHELTERED_PROGRAM/><LEGAL_FORM><P>Groupement conjoint avec mandataire solidaire.</P></LEGAL_FORM></LEFTI>
<PROCEDURE><PT_OPEN/><DATE_RECEIPT_TENDERS>2021-05-06</DATE_RECEIPT_TENDERS>
<TIME_RECEIPT_TENDERS>16:15</TIME_RECEIPT_TENDERS>
</PROCEDURE></F02_2014></FORM_SECTION></TED_EXPORT>
"""

TED_AWARD = """<TED_EXPORT xmlns="urn:any" DOC_ID="77-2020"><FORM_SECTION>
<F03_2014 CATEGORY="ORIGINAL" FORM="F03" LG="FR"><OBJECT_CONTRACT><TITLE><P>Voirie</P></TITLE>
<VAL_TOTAL CURRENCY="EUR">99.5</VAL_TOTAL>
<OBJECT_DESCR ITEM="1"><LOT_NO>1</LOT_NO></OBJECT_DESCR><OBJECT_DESCR ITEM="2"><LOT_NO>2</LOT_NO></OBJECT_DESCR>
<OBJECT_DESCR ITEM="3"><LOT_NO>3</LOT_NO></OBJECT_DESCR></OBJECT_CONTRACT>
<AWARD_CONTRACT ITEM="1"><LOT_NO>1</LOT_NO><AWARDED_CONTRACT>
<DATE_CONCLUSION_CONTRACT>2020-03-04</DATE_CONCLUSION_CONTRACT>
<CONTRACTORS><AWARDED_TO_GROUP/>
<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>Alpha (cotraitant)</OFFICIALNAME>
<NATIONALID>337 683 544 00023</NATIONALID>
<COUNTRY VALUE="FR"/></ADDRESS_CONTRACTOR></CONTRACTOR>
<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>Beta (mandataire)</OFFICIALNAME><NATIONALID>316141993</NATIONALID>
<COUNTRY VALUE="FR"/></ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS>
<VALUES><VAL_TOTAL CURRENCY="EUR">99.5</VAL_TOTAL></VALUES></AWARDED_CONTRACT></AWARD_CONTRACT>
<AWARD_CONTRACT ITEM="2"><LOT_NO>2</LOT_NO><AWARDED_CONTRACT><CONTRACTORS><NO_AWARDED_TO_GROUP/>
<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>Gamma</OFFICIALNAME></ADDRESS_CONTRACTOR></CONTRACTOR>
<CONTRACTOR><ADDRESS_CONTRACTOR><OFFICIALNAME>Delta</OFFICIALNAME></ADDRESS_CONTRACTOR></CONTRACTOR></CONTRACTORS>
</AWARDED_CONTRACT></AWARD_CONTRACT>
<AWARD_CONTRACT ITEM="3"><LOT_NO>3</LOT_NO><NO_AWARDED_CONTRACT/></AWARD_CONTRACT></F03_2014></FORM_SECTION>
</TED_EXPORT>
"""

_EXTENSION = """<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><x:EformsExtension>{}</x:EformsExtension>
</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"""
_NAMES = """xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2" xmlns:c="urn:cac" xmlns:b="urn:cbc"
  xmlns:ext="urn:ext" xmlns:x="urn:efext" xmlns:a="urn:efac" xmlns:f="urn:efbc" """


def _company(identifier: str, name: str, number: str, country: str = "FRA") -> str:
    return (
        f"<a:Organization><a:Company><c:PartyIdentification><b:ID>{identifier}</b:ID></c:PartyIdentification>"
        f"<c:PartyName><b:Name languageID='ENG'>{name} Ltd</b:Name>"
        f"<b:Name languageID='FRA'>{name}</b:Name></c:PartyName>"
        f"<c:PostalAddress><c:Country><b:IdentificationCode>{country}</b:IdentificationCode></c:Country></c:PostalAddress>"
        f"<c:PartyLegalEntity><b:CompanyID>{number}</b:CompanyID></c:PartyLegalEntity></a:Company></a:Organization>"
    )


EFORMS = f"""<ContractNotice {_NAMES}>{
    _EXTENSION.format(
        "<a:NoticeSubType><b:SubTypeCode>16</b:SubTypeCode></a:NoticeSubType><a:Organizations>"
        + _company("ORG-0001", "Ville de Lunel", "33768354400023")
        + "</a:Organizations><a:Publication>"
        "<f:NoticePublicationID>00000123-2021</f:NoticePublicationID></a:Publication>"
    )
}<b:CustomizationID>eforms-sdk-1.3</b:CustomizationID><b:ID>0b1c</b:ID>
<b:NoticeTypeCode listName="competition">cn-standard</b:NoticeTypeCode>
<b:NoticeLanguageCode>ENG</b:NoticeLanguageCode>
<c:ContractingParty><c:Party><c:PartyIdentification><b:ID>ORG-0001</b:ID></c:PartyIdentification></c:Party>
</c:ContractingParty><c:TenderingProcess><b:ProcedureCode>open</b:ProcedureCode></c:TenderingProcess>
<c:ProcurementProject><b:Name languageID="ENG">Gym</b:Name><b:Name languageID="FRA">Gymnase</b:Name>
<b:ProcurementTypeCode>works</b:ProcurementTypeCode></c:ProcurementProject>
<c:ProcurementProjectLot><b:ID schemeName="Lot">LOT-0001</b:ID><c:TenderingTerms>{
    _EXTENSION.format(
        "<a:SelectionCriteria><b:CriterionTypeCode>ef-stand</b:CriterionTypeCode><b:Description languageID='FRA'>"
        "Chiffre d'affaires annuel de 500 000 euros.</b:Description></a:SelectionCriteria>"
    )
}<c:TendererQualificationRequest><b:CompanyLegalFormCode listName="required">true</b:CompanyLegalFormCode>
<b:CompanyLegalForm languageID="FRA">Un groupement devra prendre la forme de groupement solidaire.</b:CompanyLegalForm>
<c:SpecificTendererRequirement>
<b:TendererRequirementTypeCode listName="reserved-procurement">res-ws</b:TendererRequirementTypeCode>
</c:SpecificTendererRequirement></c:TendererQualificationRequest></c:TenderingTerms>
<c:TenderingProcess><c:TenderSubmissionDeadlinePeriod><b:EndDate>2024-03-18+01:00</b:EndDate>
<b:EndTime>12:00:00+01:00</b:EndTime></c:TenderSubmissionDeadlinePeriod></c:TenderingProcess>
<c:ProcurementProject><b:Name languageID="ENG">Structure</b:Name>
<c:RequestedTenderTotal><b:EstimatedOverallContractAmount currencyID="EUR">0.10</b:EstimatedOverallContractAmount>
</c:RequestedTenderTotal>
<c:MainCommodityClassification><b:ItemClassificationCode listName="cpv">45000000</b:ItemClassificationCode>
</c:MainCommodityClassification><c:AdditionalCommodityClassification><b:ItemClassificationCode
listName="cpv">45223220</b:ItemClassificationCode></c:AdditionalCommodityClassification>
<c:RealizedLocation><c:Address><b:CountrySubentityCode>FRJ13</b:CountrySubentityCode></c:Address></c:RealizedLocation>
<c:PlannedPeriod><b:DurationMeasure unitCode="YEAR">2</b:DurationMeasure></c:PlannedPeriod></c:ProcurementProject>
</c:ProcurementProjectLot>
<c:ProcurementProjectLot><b:ID schemeName="LotsGroup">GLO-0001</b:ID></c:ProcurementProjectLot>
<c:ProcurementProjectLot><b:ID schemeName="Lot">LOT-0002</b:ID></c:ProcurementProjectLot></ContractNotice>"""

EFORMS_AWARD = f"""<ContractAwardNotice {_NAMES}>{
    _EXTENSION.format(
        "<a:NoticeResult><f:TotalAmount currencyID='EUR'>10</f:TotalAmount>"
        "<a:LotResult><b:TenderResultCode>selec-w</b:TenderResultCode><a:LotTender><b:ID>TEN-1</b:ID></a:LotTender>"
        "<a:LotTender><b:ID>TEN-2</b:ID></a:LotTender><a:SettledContract><b:ID>CON-1</b:ID></a:SettledContract>"
        "<a:TenderLot><b:ID>LOT-0001</b:ID></a:TenderLot></a:LotResult>"
        "<a:LotTender><b:ID>TEN-1</b:ID><a:TenderingParty><b:ID>TPA-1</b:ID></a:TenderingParty></a:LotTender>"
        "<a:LotTender><b:ID>TEN-2</b:ID><a:TenderingParty><b:ID>TPA-2</b:ID></a:TenderingParty></a:LotTender>"
        "<a:SettledContract><b:ID>CON-1</b:ID><b:IssueDate>2024-01-02Z</b:IssueDate><a:LotTender><b:ID>TEN-2</b:ID>"
        "</a:LotTender></a:SettledContract>"
        "<a:TenderingParty><b:ID>TPA-1</b:ID><a:Tenderer><b:ID>ORG-1</b:ID></a:Tenderer></a:TenderingParty>"
        "<a:TenderingParty><b:ID>TPA-2</b:ID><a:Tenderer><b:ID>ORG-2</b:ID><f:GroupLeadIndicator>false"
        "</f:GroupLeadIndicator></a:Tenderer><a:Tenderer><b:ID>ORG-3</b:ID><f:GroupLeadIndicator>true"
        "</f:GroupLeadIndicator></a:Tenderer></a:TenderingParty></a:NoticeResult><a:Organizations>"
        + _company("ORG-1", "Perdant", "552081317")
        + _company("ORG-2", "Alpha", "337683544")
        + _company("ORG-3", "Beta", "316141993", "POL")
        + "</a:Organizations>"
    )
}<b:ID>aw</b:ID><c:ProcurementProjectLot><b:ID>LOT-0001</b:ID></c:ProcurementProjectLot></ContractAwardNotice>"""

BOAMP = """<ANNONCE><GESTION><REFERENCE><IDWEB>17-1</IDWEB><TYPE_AVIS><NATURE><APPEL_OFFRE/></NATURE>
<STATUT><INITIAL/></STATUT></TYPE_AVIS></REFERENCE></GESTION>
<DONNEES><IDENTITE><DENOMINATION>Commune de Lattes</DENOMINATION></IDENTITE>
<OBJET><TITRE_MARCHE>Entretien de l&amp;amp;#39;eau</TITRE_MARCHE><TYPE_MARCHE><SERVICE/></TYPE_MARCHE>
<DIV_EN_LOTS><OUI/></DIV_EN_LOTS><LOTS>
<LOT><NUM>1</NUM><INTITULE>Nord</INTITULE><CPV><PRINCIPAL>50118110-9</PRINCIPAL></CPV>
<VALEUR DEVISE="EUR">50 000,5</VALEUR>
<DUREE_MOIS>24</DUREE_MOIS><CRITERES_ATTRIBUTION><CRITERES_QUALITE><CRITERE POIDS="50">Technique</CRITERE>
</CRITERES_QUALITE>
<CRITERES_PRIX><POIDS>50</POIDS></CRITERES_PRIX></CRITERES_ATTRIBUTION></LOT>
<LOT><NUM>1</NUM><INTITULE>Sud</INTITULE></LOT></LOTS></OBJET>
<PROCEDURE><TYPE_PROCEDURE><OUVERT/></TYPE_PROCEDURE></PROCEDURE>
<CONDITION_DELAI><RECEPT_OFFRES>2017-01-30T16:00:00+01:00</RECEPT_OFFRES></CONDITION_DELAI>
<ATTRIBUTION><DECISION><TITULAIRE><DENOMINATION>Un</DENOMINATION></TITULAIRE><RENSEIGNEMENT><MONTANT>12</MONTANT>
</RENSEIGNEMENT><TITULAIRE><DENOMINATION>Deux</DENOMINATION></TITULAIRE></DECISION></ATTRIBUTION></DONNEES>
</ANNONCE>"""

OCDS = """{"releases": [{"ocid": "o-1", "id": "r1", "tag": ["tender"], "language": "fr", "buyer": {"name": "Ville"},
 "tender": {"title": "Pistes", "value": {"amount": 1100000.55, "currency": "EUR"},
  "lots": [{"id": "1", "title": "Nord", "value": {"amount": 7, "currency": "EUR"}}],
  "items": [{"relatedLot": "1", "classification": {"scheme": "CPV", "id": "45233130-9"}}]}},
 {"ocid": "o-1", "id": "r2", "tag": ["award"],
  "awards": [{"relatedLots": ["1"], "suppliers": [{"name": "A"}, {"name": "B"}]}]}]}"""

SAMPLES = {
    "ted": TED,
    "ted-award": TED_AWARD,
    "eforms": EFORMS,
    "eforms-award": EFORMS_AWARD,
    "boamp": BOAMP,
    "ocds": OCDS,
}
