"""A realistic case for every document of the library."""

from typing import Any

from cordee.engines.assembly import assemble
from tests.engines.assembly.cases import charter, lots, members, public_works, secrecy

GROUPING = "Les Bâtisseurs du Larzac"
COURT = "le tribunal de commerce de Montpellier"
TASKS = ("Animation et comptes", "Catalogue et photographies", "Accueil des visiteurs", "Transport et montage")


def base(count: int = 4, **more: Any) -> dict[str, Any]:
    return {
        "grouping_name": GROUPING,
        "members": members(count),
        "signature_place": "Lodève",
        "start_date": "2026-12-15",
        "court": COURT,
        **more,
    }


def with_each(count: int, **fields: list[Any] | tuple[Any, ...]) -> list[dict[str, Any]]:
    return [
        {**party, **{name: column[place] for name, column in fields.items()}}
        for place, party in enumerate(members(count))
    ]


def preliminary() -> dict[str, Any]:
    return base(
        3,
        context="Elles ont rénové ensemble deux mas en 2025, chacune pour son métier",
        purpose="savoir si une offre de rénovation complète peut être proposée aux communes du Lodévois",
        project="une offre de rénovation énergétique complète pour les petites communes",
        milestones="enquête auprès de dix communes avant le 31 janvier 2027, puis chiffrage type avant le 31 mars 2027",
        decision_date="2027-04-15",
        exclusive_talks=True,
        study_cap=450_000,
    )


def cooperation() -> dict[str, Any]:
    return base(
        4,
        members=with_each(4, task=TASKS),
        lead="m0",
        context="Quatre ateliers voisins, sans concurrence entre eux, partagent déjà un stock et des apprentis",
        purpose="être vus ensemble au salon de l’habitat de Montpellier",
        project="un stand commun de 36 m² au salon de l’habitat 2027",
        territory="l’Hérault et l’Aveyron",
        out_of_scope="les ventes conclues par chacun sur le salon",
        end_condition="le solde des comptes du salon est payé par tous",
        end_date="2027-12-31",
        review_date="2027-06-30",
        deliverables="plan du stand le 15 janvier 2027, catalogue le 15 février 2027, bilan le 30 avril 2027",
        budget=5_093_000,
        invoicing_mode="recharge",
        indicators="contacts utiles par entreprise, commandes à six mois, satisfaction des exposants",
        results_owner="joint",
        solidarity=False,
    )


def solidary_works() -> dict[str, Any]:
    answers = {name: value for name, value in public_works(5).items() if name != "lead_solidary"}
    return {
        **answers,
        "contract_amount": None,
        "single_account": True,
        "bank_name": "la Caisse d’Oc, agence de Lodève",
        "extra_funding_cap": 2_000_000,
    }


def power() -> dict[str, Any]:
    return base(
        4,
        lead="m1",
        contract_title="Extension de la maison de santé",
        contract_reference="2026-TX-031",
        client_name="Communauté de communes du Lodévois",
        client_kind="public",
        amendment_cap=500_000,
        lead_fee="1.5",
        end_date="2027-12-31",
    )


ENTITY: dict[str, Any] = {
    "entity_name": "Les Artisans du Larzac",
    "entity_seat": "3, rue des Aires, 34700 Lodève",
    "entity_years": 20,
    "review_date": "2027-11-30",
    "founder": "m0",
    "annual_fee": 36_000,
}


def association() -> dict[str, Any]:
    return base(
        5, **ENTITY, entity_object="faire connaître les métiers du bâti ancien et animer le réseau de ses membres"
    )


def employers() -> dict[str, Any]:
    return base(
        4,
        **{**ENTITY, "entity_name": "GE du Larzac"},
        territory="l’Hérault et l’Aveyron",
        entity_sectors="bâtiment, métallerie, agroalimentaire",
        collective_agreement="la convention collective nationale de la métallurgie",
        same_agreement=False,
        liability_shared=True,
        real_users=4,
        withdrawal_months=6,
    )


def gie() -> dict[str, Any]:
    return base(
        3,
        **{**ENTITY, "entity_name": "GIE Pierre et Bois d’Oc"},
        members=with_each(3, share=("40", 35, 25), contribution=(400_000, 350_000, 250_000)),
        entity_object="promouvoir et vendre les prestations de ses membres par un service commercial commun",
        has_capital=True,
        newcomers_exempt=True,
        administrator="m0",
        management_controller="Mme Hélène Cros",
        accounts_controller="M. Paul Bonnet, expert-comptable",
        liquidation_key="shares",
        year_start="1er avril",
    )


def house_rules() -> dict[str, Any]:
    return base(4, founding_act="le contrat de coopération du 15 décembre 2026", shared_staff=True, annual_fee=24_000)


SECONDED: dict[str, Any] = {
    "employer": "m0",
    "user": "m1",
    "employee_name": "Mme Inès Ferrer",
    "employee_job": "responsable qualité, sécurité et environnement",
    "employee_grade": "cadre, position II",
    "employee_tasks": "tenir le document unique, préparer l’audit MASE, former les équipes",
    "hours_planning": "le lundi et un mardi sur deux, de 8 h à 16 h",
    "workplace": "4, rue des Aires, 34700 Lodève",
    "end_date": "2027-12-14",
}


def secondment() -> dict[str, Any]:
    return base(
        2, **SECONDED, hours_committed=38, hourly_cost=4187, deposit_amount=320_000, user_share=25, has_margin=False
    )


def loan() -> dict[str, Any]:
    return base(2, **SECONDED, employee_agrees=True)


def loan_amendment() -> dict[str, Any]:
    return base(1, **SECONDED, user_company="Couverture d’Oc", employee_agrees=True)


def brand() -> dict[str, Any]:
    return base(
        4,
        holder="m0",
        brand_name="Larzac Bâti",
        brand_reference="demande n° 26 5 012 345 du 2 novembre 2026",
        brand_classes="19 et 37",
        brand_kind="collective",
        brand_services="rénovation de bâtiments anciens",
        territory="la France",
        brand_standard="réponse sous 48 heures, devis détaillé, matériaux locaux, chantier propre, garantie décennale",
        has_royalty=True,
        royalty=60_000,
    )


def study() -> dict[str, Any]:
    return base(
        4,
        members=with_each(4, contribution=(900_000, 900_000, 600_000, 600_000)),
        lead="m2",
        context="Quatre ateliers rencontrent les mêmes fissures sur les enduits à la chaux",
        purpose="comprendre ces fissures et savoir les éviter",
        study_subject="essais de tenue des enduits à la chaux sur isolant biosourcé",
        study_question="quelle formulation tient dix hivers sur le plateau du Larzac",
        study_provider="le Centre technique des matériaux d’Occitanie",
        study_price=3_000_000,
        invoicing_mode="disbursement",
        milestones="état de l’art le 1er mars 2027, essais le 30 juin 2027, rapport le 30 septembre 2027",
        end_date="2027-12-31",
        solidarity=False,
    )


def salesperson() -> dict[str, Any]:
    return base(
        4,
        lead="m0",
        employer="m3",
        context="Quatre ateliers n’ont ni le temps ni les moyens de visiter les architectes",
        purpose="rencontrer chaque année deux cents prescripteurs",
        sales_ranges="charpente, couverture, menuiseries",
        sales_targets="architectes et bailleurs",
        territory="l’Hérault",
        sales_status="group_employee",
        budget=8_000_000,
        members_compete=False,
        indicators="deux cents visites, quarante offres, vingt commandes",
        solidarity=True,
        solidarity_towards="le loueur du véhicule",
        solidarity_object="le paiement des loyers du véhicule de démonstration",
        end_condition="le commercial a quitté ses fonctions et les comptes sont soldés",
        end_date="2029-12-31",
        review_date="2027-12-15",
    )


def offer() -> dict[str, Any]:
    return base(
        3,
        lots=lots(3, 1_500_000),
        lead="m0",
        client_name="Mme Jeanne Roque",
        client_address="12, chemin des Vignes, 34700 Soubès",
        client_kind="private",
        contract_title="Rénovation de la toiture et des menuiseries d’un mas",
        contract_reference="OFF-2026-07",
        works_place="Soubès",
        building_works=True,
        out_of_scope="le raccordement électrique et les peintures",
        offer_liability="lead",
        deposit_share=0,
        retention=5,
        end_date="2027-06-30",
        penalty_per_day=5_000,
        consumer=True,
        consumer_mediator="Médiation du bâtiment d’Oc, 1, place de la Comédie, 34000 Montpellier",
        off_premises=True,
    )


def partnership() -> dict[str, Any]:
    return base(
        3,
        members=with_each(3, share=(50, 30, 20), contribution=(500_000, 300_000, 200_000)),
        entity_name="SEP Halle de Lodève",
        entity_object="la rénovation de la halle de Lodève et le partage de son résultat",
        manager="m0",
        sep_disclosed=True,
        sep_own_vat=False,
        end_condition="le décompte définitif du marché est payé",
        end_date="2028-12-31",
    )


def leaving() -> dict[str, Any]:
    return base(
        4,
        founding_act="le contrat de coopération du 15 décembre 2026",
        end_date="2028-01-31",
        end_reason="le salon est passé, les comptes sont soldés et chacun vend désormais par lui-même",
        liquidator="m0",
        guarantee_contact="m1",
        depositary="m0",
        inventory="un stand démontable, le nom de domaine batisseurs-larzac.example, une créance de 1 200 €",
        legal_person="none",
        has_staff=False,
        guarantees_kept="chacun répond des prestations qu’il a exécutées, jusqu’au terme de sa garantie décennale",
        brand_fate="le nom et le domaine reviennent à Charpente d’Oc",
        closing_meeting="2028-02-15",
    )


def competition() -> dict[str, Any]:
    why = "Un seul métier sur trois, six salariés, aucune référence de cette taille"
    return base(
        3,
        members=with_each(3, alone=(False, False, False), alone_why=(why, why, why)),
        operation_kind="bid",
        project="l’entretien de douze écoles du Lodévois",
        client_name="Communauté de communes du Lodévois",
        contract_reference="2026-TX-044",
        markets="petits travaux de bâtiment dans un rayon de quarante kilomètres",
        competitors_among="aucune : trois métiers différents",
        smaller_group_could=False,
        same_trade_same_lot=False,
        why_all_needed="chaque école demande les trois métiers le même jour",
        combined_share=6,
        other_bidders=9,
        share_sources="annuaire des entreprises et avis d’attribution des trois dernières années",
        has_efficiencies=True,
        efficiencies="une seule visite au lieu de trois, et une intervention sous cinq jours",
        neutral_person="le secrétaire du groupement, salarié d’aucune des entreprises",
        side_effects=False,
    )


def joining() -> dict[str, Any]:
    return base(
        4,
        newcomer="m3",
        founding_act="le contrat de coopération du 15 décembre 2026",
        newcomers_exempt=True,
        newcomer_task="le transport et le montage du stand",
    )


def changing() -> dict[str, Any]:
    return base(
        3,
        founding_act="le contrat de coopération du 15 décembre 2026",
        amendment_text="à l’article 14, le budget est porté à 55 000 €",
        amendment_reason="la surface du stand passe de 36 à 45 m²",
    )


def stopping() -> dict[str, Any]:
    return base(
        4,
        founding_act="le contrat de coopération du 15 décembre 2026",
        partial=True,
        leaver="m2",
        end_date="2027-03-31",
        end_reason="l’entreprise cesse son activité de menuiserie",
        guarantees_kept="Charpente d’Oc achève la pose des menuiseries commandées",
    )


def received() -> dict[str, Any]:
    return base(
        3,
        client_name="Domaine des Aspres",
        client_address="2 chemin du Puits, 34700 Lodève",
        contract_title="la rénovation du caveau",
        works_received="la maçonnerie par Charpente d’Oc, les menuiseries par Menuiserie Durand",
        received_on="2027-06-18",
        with_reserves=True,
        reserves_noted="deux joints creux près de l’escalier, avant le 30 juin 2027",
    )


CASES: dict[str, dict[str, Any]] = {
    "gme_conjoint": public_works(),
    "cooperation_charter": charter(),
    "nda": secrecy(),
    "letter_of_intent": preliminary(),
    "cooperation_contract": cooperation(),
    "gme_solidaire": solidary_works(),
    "mandate": power(),
    "statutes_association": association(),
    "statutes_employers_group": employers(),
    "statutes_gie": gie(),
    "internal_rules": house_rules(),
    "employee_sharing": secondment(),
    "labour_loan": loan(),
    "loan_amendment": loan_amendment(),
    "brand_use": brand(),
    "study_funding": study(),
    "shared_sales": salesperson(),
    "client_offer": offer(),
    "sep_statutes": partnership(),
    "exit_protocol": leaving(),
    "competition_note": competition(),
    "accession": joining(),
    "amendment": changing(),
    "termination": stopping(),
    "reception_minutes": received(),
}


def least(slug: str) -> dict[str, Any]:
    """The realistic answers, less all that the document can do without: what is left is still complete."""
    answers = dict(CASES[slug])
    for name, value in CASES[slug].items():
        less = {key: kept for key, kept in answers.items() if key != name}
        tries = [less, {**answers, name: False}] if value is True else [less]
        answers = next((fewer for fewer in tries if assemble(slug, fewer).complete), answers)
    needless = ("email", "capital", "rcs", "insurer", "policy", "insured_until")
    bare = [{key: kept for key, kept in one.items() if key not in needless} for one in answers["members"]]
    return {**answers, "members": bare}
