"""What Cordée is for, told to somebody who has never come."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Told:
    """One step of the way, or one thing that is protected."""

    icon: str
    label: str
    text: str
    tone: str = ""
    state: str = ""


def steps() -> list[Told]:
    """The way of a groupement, in five steps. The first is where the reader stands."""
    return [
        Told(
            "message-plus",
            _("Échanger"),
            _("Trois dirigeants qui se connaissent écrivent ce qu’aucun ne peut seul. Aucun papier."),
            "rope",
            "now",
        ),
        Told(
            "thumb-up",
            _("Décider"),
            _("Une entreprise, une voix. On vote depuis son téléphone, et chacun voit la règle appliquée."),
        ),
        Told(
            "writing-sign",
            _("S’engager"),
            _("La convention se remplit avec ce que Cordée sait déjà. Vous la lisez en clair avant de signer."),
        ),
        Told(
            "calculator",
            _("Partager"),
            _("Les dépenses communes, au centime, avec la raison de chaque part. Qui paie qui, en peu de virements."),
        ),
        Told(
            "flag",
            _("Clore"),
            _("Quand le but est atteint, on s’arrête proprement : comptes soldés, registre remis à chacun."),
        ),
    ]


def together() -> list[Told]:
    """What companies do together that none does alone: what one recognises oneself in."""
    return [
        Told(
            "target",
            _("Répondre à un marché trop grand"),
            _("Menuisier, charpentier, électricien : une seule réponse, chacun pour sa part, un mandataire."),
        ),
        Told(
            "users",
            _("Partager une personne"),
            _("Un responsable qualité deux jours chez l’un, trois chez les autres, et le coût au jour près."),
        ),
        Told(
            "building-community",
            _("Se montrer ensemble"),
            _("Un stand de 18 m² pour quatre, un nom commun, et les contacts notés équitablement."),
        ),
        Told(
            "package",
            _("Offrir un tout au client"),
            _("Un prix, un délai, un interlocuteur. Le client ne fait plus le tour des artisans."),
        ),
    ]


def safe() -> list[Told]:
    """What is protected and how, plainly."""
    return [
        Told(
            "lock",
            _("Votre compte"),
            _("Pas de mot de passe à retenir ni à voler : un code par e-mail, ou votre empreinte sur votre appareil."),
        ),
        Told(
            "eye-off",
            _("Vos échanges"),
            _("Seuls les membres d’un groupement voient ce qui s’y passe. Les autres ne savent pas qu’il existe."),
        ),
        Told(
            "shield-check",
            _("Ce qui a été décidé"),
            _(
                "Chaque acte est daté et scellé dans un registre. Un mot changé se voit, et vous en gardez une copie "
                "que vous vérifiez sans nous."
            ),
        ),
        Told(
            "download",
            _("Votre liberté"),
            _("Vous partez avec vos données. Cordée est un logiciel libre : chacun peut lire son code."),
        ),
    ]
