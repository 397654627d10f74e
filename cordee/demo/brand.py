"""A common brand in its launch: rules voted, two licences, audits with photos, a warning, what the INPI knows."""

import io
from datetime import datetime
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from cordee.demo.life import scan
from cordee.demo.projects import begin, go_on
from cordee.demo.stories import DAY, acting, asked
from cordee.groupings.models import Grouping
from cordee.projects import acts
from cordee.projects.models import BrandAudit, BrandLicence, BrandSanction, Project

WOOD, FRAME, STONE, WIRES = "Menuiserie Fabrègues", "Charpente Roques", "Pierres du Larzac", "Nouvel Électricité"
NOTES: tuple[dict[str, str], ...] = (
    {
        "need": "Les clients nous demandent si nous travaillons bien ensemble : un signe le dit.",
        "promise": "Un seul interlocuteur, un devis écrit, un chantier rendu propre.",
    },
    {"name": "« Bâti d’Oc » : rien de semblable en classe 37, recherche du 3 du mois."},
    {
        "owner": "Pierres du Larzac dépose pour le compte de tous ; cession à l’association dès sa création.",
        "budget": "Accepté à quatre, campagne comprise.",
    },
    {"classes": "Marque collective, classes 19 et 37."},
    {
        "rules": "Voté, version 1.",
        "standard": "Les cinq points de la liste de contrôle.",
        "sanctions": "Avertir, suspendre, retirer, après avoir entendu.",
    },
    {"royalty": "150 € par an et par entreprise la première année."},
)
RULES = (
    "1. Qui porte la marque remet un devis écrit avant tout travail.\n"
    "2. Le panneau de chantier porte le logo de la bibliothèque, sans retouche.\n"
    "3. Le chantier est rendu propre chaque vendredi soir.\n"
    "4. Une réclamation reçoit une réponse sous 48 heures.\n"
    "5. Chaque entreprise accueille l’auditeur une fois par an."
)
CRITERIA = (
    acts.NewCriterion("Devis écrit et daté sur chaque chantier", 3, essential=True),
    acts.NewCriterion("Panneau de chantier au logo commun", 1, photo=True),
    acts.NewCriterion("Chantier propre le vendredi soir", 2, photo=True),
    acts.NewCriterion("Réclamations répondues sous 48 h", 2),
    acts.NewCriterion("Attestation décennale à jour", 2, essential=True),
)


def common_brand(*, at: datetime) -> None:
    """The brand of those who restore old buildings, from its filing to the first warning."""
    grouping = Grouping.objects.get(name__startswith="Bois & Pierre")
    begun, by = at - 46 * DAY, acting(grouping, WOOD)
    project = begin(
        grouping, (WOOD, STONE, FRAME, WIRES), kind="common_brand", name="La marque « Bâti d’Oc »", at=begun,
        purpose="Un signe que le client reconnaît sur la camionnette, le devis et le panneau de chantier.",
        particulars={"sign": "Bâti d’Oc", "classes": 2, "users": 5, "filed_on": (at - 40 * DAY).date().isoformat()},
    )  # fmt: skip
    acts.take_role(project, role="guardian", by=acting(grouping, STONE), at=begun)
    values = {
        "name": "Bâti d’Oc", "owner": "Pierres du Larzac, pour le compte du groupement", "kind": "collective",
        "classes": "19, 37", "number": "", "filed_on": (at - 40 * DAY).date(),
        "published_on": (at - 19 * DAY).date(),
    }  # fmt: skip
    for notes in NOTES[:4]:
        go_on(project, WOOD, notes, at=at - 42 * DAY)
    acts.describe_brand(project, values=values, version=0, by=acting(grouping, STONE), at=at - 18 * DAY)
    day = (at + 16 * DAY).date()
    acts.add_brand_date(project, label="Commander les panneaux de chantier", due=day, by=by, at=at - 6 * DAY)
    _rules(project, at=at - 38 * DAY)
    for notes in NOTES[4:]:
        go_on(project, WOOD, notes, at=at - 35 * DAY)
    files = (
        ("Logo, deux couleurs", "logo", SimpleUploadedFile("bati-d-oc.jpg", sign("Bâti d’Oc"), "image/jpeg")),
        ("Charte graphique", "charter", SimpleUploadedFile("charte.pdf", scan("Charte graphique", "Bâti d'Oc"))),
    )
    for title, kind, upload in files:
        acts.add_brand_file(project, title=title, kind=kind, upload=upload, by=by, at=at - 34 * DAY)
    frame = _licences(project, at=at - 34 * DAY)
    _warning(frame, at=at - 23 * DAY)
    _candidate(project, at=at - 2 * DAY)


@cache
def sign(words: str, wall: str = "#d9c7a8") -> bytes:
    """A site board on a wall, as a telephone takes it."""
    image = Image.new("RGB", (480, 360), wall)
    draw = ImageDraw.Draw(image)
    for row in range(0, 360, 40):
        draw.line((0, row, 480, row), fill="#bfa980", width=3)
    draw.rectangle((90, 90, 390, 250), fill="#23405c", outline="#ffffff", width=6)
    draw.text((240, 170), words, fill="#ffffff", anchor="mm", font_size=44)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=80)
    return file.getvalue()


def _photo(words: str = "Bâti d’Oc") -> SimpleUploadedFile:
    return SimpleUploadedFile("panneau.jpg", sign(words), "image/jpeg")


def _rules(project: Project, *, at: datetime) -> None:
    by = acting(project.grouping, STONE)
    rules = acts.propose_brand_rules(project, text=RULES, criteria=CRITERIA, wanted=80, by=by, at=at)
    over = asked(rules.ballot, {"Couverture Saltel": "abstain"}, by=by, at=at)
    acts.settle_brand_rules(rules, at=over)


def _audit(
    licence: BrandLicence, auditor: str, *, wrong: dict[int, tuple[str, str]] | None = None, at: datetime
) -> BrandAudit:
    """Every point looked at; where it does not hold, what is put right within three weeks."""
    by, again = acting(licence.project.grouping, auditor), (at + 21 * DAY).date()
    audit = acts.open_audit(licence, by=by, at=at)
    for place, point in enumerate(audit.points.select_related("criterion", "audit__licence__project__grouping")):
        photo = _photo() if point.criterion.photo else None
        note, fix = (wrong or {}).get(place, ("", ""))
        acts.note_point(
            point, verdict="no" if fix else "ok", note=note, photo=photo, fix=fix, fix_by=again if fix else None,
            by=by, at=at,
        )  # fmt: skip
    said = "Vu sur place, avec le chef de chantier."
    return acts.close_audit(audit, summary=said, again_on=again if wrong else None, by=by, at=at)


def _licences(project: Project, *, at: datetime) -> BrandLicence:
    """Two applications, looked at and granted in one vote; that of the frame company is handed back."""
    grouping, by = project.grouping, acting(project.grouping, WOOD)
    asking = (
        (STONE, "Reprise de maçonneries anciennes, taille de pierre", "Nous restaurons des façades depuis 1998."),
        (FRAME, "Charpente et ossature bois", "Notre atelier taille pour les monuments de la région."),
    )
    found = [
        acts.ask_licence(project, scope=scope, why=why, by=acting(grouping, name), at=at) for name, scope, why in asking
    ]
    for licence in found:
        _audit(licence, WOOD, at=at + DAY)
    put = acts.put_licences_to_vote(project, licences=found, by=by, at=at + 2 * DAY)
    over = asked(put[0].ballot, {}, by=by, at=at + 2 * DAY)
    for licence in put:
        acts.settle_licence(licence, at=over)
    return BrandLicence.objects.select_related("project__grouping", "seat__company").get(pk=put[1].pk)


def _warning(licence: BrandLicence, *, at: datetime) -> None:
    """An audit that is not passed, a hearing, an answer, a warning by vote; what was wrong is put right since."""
    project, grouping = licence.project, licence.project.grouping
    wrong = {0: ("Deux chantiers sur trois sans devis écrit.", "Un devis écrit, même pour une demi-journée.")}
    audit = _audit(licence, STONE, wrong=wrong, at=at)
    by, theirs = acting(grouping, STONE), acting(grouping, FRAME)
    why = "Deux chantiers commencés sans devis écrit, à Soubès et à Octon : le point essentiel du règlement."
    opened = acts.open_sanction(licence, why=why, hearing_at=at + 16 * DAY, by=by, at=at + DAY)
    answer = "Deux dépannages après l’orage. Nous avons depuis un carnet de devis dans chaque camion."
    acts.answer_sanction(opened, answer=answer, by=theirs, at=at + 6 * DAY)
    acts.say_fixed(audit.points.all()[0], said="Un carnet de devis dans chaque camion.", by=theirs, at=at + 10 * DAY)
    warning = BrandSanction.objects.select_related("licence__project__grouping", "licence__seat__company")
    ballot = acts.put_sanction_to_vote(warning.get(pk=opened.pk), by=by, at=at + 17 * DAY)
    over = asked(ballot.public_id, {}, by=acting(project.grouping, WOOD), at=at + 17 * DAY)
    acts.settle_sanction(warning.get(pk=opened.pk), at=over)


def _candidate(project: Project, *, at: datetime) -> None:
    """One more company asks; its audit is under way, two points looked at out of five."""
    grouping = project.grouping
    licence = acts.ask_licence(
        project, scope="Électricité des bâtiments anciens", why="Nous faisons déjà la moitié de vos chantiers.",
        uploads=[SimpleUploadedFile("decennale.pdf", scan("Attestation décennale", "Nouvel Électricité"))],
        by=acting(grouping, WIRES), at=at,
    )  # fmt: skip
    by = acting(grouping, WOOD)
    audit = acts.open_audit(licence, by=by, at=at + DAY)
    estimate, board = audit.points.select_related("criterion", "audit__licence__project__grouping")[:2]
    acts.note_point(estimate, verdict="ok", note="Trois chantiers, trois devis.", by=by, at=at + DAY)
    fix, until = "Remplacer l’ancien panneau.", (at + 20 * DAY).date()
    words = {"note": "Panneau aux anciennes couleurs.", "photo": _photo("Nouvel Élec")}
    acts.note_point(board, verdict="partly", fix=fix, fix_by=until, by=by, at=at + DAY, **words)  # type: ignore[arg-type]
