"""Two minutes for a leader who hesitates: is it necessary for me, with whom, and what could we do first?

Seven questions; each answer weighs for or against cooperating, and for one thing or another to begin with. The weights
are a rule of thumb, written down here for anyone to contest; « no » is an answer that the test gives.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Lang = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its words, what it weighs for cooperating, and for which first steps."""

    slug: str
    fr: str
    en: str
    need: int = 0
    steps: tuple[str, ...] = ()

    def words(self, lang: Lang = "fr") -> str:
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and its answers."""

    slug: str
    fr: str
    en: str
    choices: tuple[Choice, ...]

    def words(self, lang: Lang = "fr") -> str:
        return self.fr if lang == "fr" else self.en


QUESTIONS = (
    Asked("lost", "Ces deux dernières années, avez-vous laissé passer un marché trop grand pour vous ?",
          "In the last two years, did you let a contract go because it was too big for you?", (
        Choice("often", "Oui, plusieurs fois", "Yes, several times", 3, ("tender", "offer")),
        Choice("once", "Oui, une fois", "Yes, once", 2, ("tender",)),
        Choice("no", "Non", "No", 0),
    )),
    Asked("missing", "Que vous manque-t-il le plus ?", "What do you lack most?", (
        Choice("trade", "Un métier que je n’ai pas", "A trade that I do not have", 2, ("offer", "tender")),
        Choice("hands", "Des bras, de la capacité", "Hands, capacity", 2, ("tender",)),
        Choice("expert", "Une compétence à temps partiel (qualité, sécurité, commerce)",
               "A part-time skill (quality, safety, sales)", 2, ("employee",)),
        Choice("seen", "D’être vu, d’être connu", "Being seen, being known", 2, ("stand", "brand")),
        Choice("price", "De meilleurs prix d’achat", "Better purchase prices", 1, ("purchase",)),
        Choice("nothing", "Rien de tout cela", "None of these", 0),
    )),
    Asked("pressure", "D’où vient la pression ?", "Where does the pressure come from?", (
        Choice("bigger", "De concurrents plus grands ou étrangers", "From bigger or foreign competitors", 2,
               ("offer", "tender")),
        Choice("norms", "De normes et d’exigences nouvelles", "From new norms and demands", 2, ("employee", "study")),
        Choice("clients", "De clients qui veulent un seul interlocuteur", "From clients who want one contact", 3,
               ("offer",)),
        Choice("none", "Je n’en sens pas", "I feel none", 0),
    )),
    Asked("known", "Connaissez-vous deux dirigeants à qui vous confieriez un de vos clients ?",
          "Do you know two leaders to whom you would entrust one of your clients?", (
        Choice("several", "Oui, plusieurs", "Yes, several", 1),
        Choice("one", "Un seul", "Only one"),
        Choice("none", "Aucun encore", "None yet"),
    )),
    Asked("where", "Où croisez-vous vos pairs ?", "Where do you meet your peers?", (
        Choice("site", "Sur les chantiers, chez les clients", "On sites, at clients’"),
        Choice("union", "Au syndicat, au club, à la chambre", "At the federation, the club, the chamber"),
        Choice("fair", "Sur des salons", "At fairs", 0, ("stand",)),
        Choice("next", "Ce sont mes voisins", "They are my neighbours", 0, ("purchase", "employee")),
        Choice("nowhere", "Nulle part", "Nowhere"),
    )),
    Asked("time", "Combien de temps par mois pourriez-vous y donner ?", "How much time a month could you give to it?", (
        Choice("none", "Aucun en ce moment", "None at the moment", -2),
        Choice("two", "Deux heures", "Two hours"),
        Choice("day", "Une journée", "A day", 1, ("brand", "employee")),
    )),
    Asked("fear", "Qu’est-ce qui vous retient ?", "What holds you back?", (
        Choice("freedom", "Perdre ma liberté", "Losing my freedom"),
        Choice("clients", "Me faire prendre mes clients", "Having my clients taken"),
        Choice("money", "Payer pour les autres", "Paying for the others"),
        Choice("paper", "La paperasse", "The paperwork"),
        Choice("nothing", "Rien, je ne sais pas par où commencer", "Nothing, I do not know where to begin"),
    )),
)  # fmt: skip
"""The questions in their order. Every slug is unique in its place."""

STEPS: dict[str, tuple[str, str, str, str]] = {
    "tender": ("Répondre ensemble à un petit marché", "Answer one small tender together",
               "Choisissez un avis de cette semaine, et appelez les deux entreprises qui ont ce qui vous manque.",
               "Pick a notice of this week, and call the two companies that have what you lack."),
    "offer": ("Faire une offre commune à un de vos clients", "Make a joint offer to one of your clients",
              "Choisissez un client qui vous a déjà demandé plus que votre métier, et chiffrez à trois.",
              "Pick a client who has asked you for more than your trade, and price it as three."),
    "employee": ("Partager une compétence à temps partiel", "Share a part-time skill",
                 "Comptez les jours par mois dont vous auriez besoin, et demandez le même compte à deux voisins.",
                 "Count the days a month you would need, and ask two neighbours to do the same count."),
    "stand": ("Prendre un stand à plusieurs", "Take a stand together",
              "Choisissez un salon dans six mois, demandez le prix de 18 m², divisez par trois.",
              "Pick a fair in six months, ask the price of 18 m², divide by three."),
    "brand": ("Vous montrer sous un nom commun", "Show yourselves under one name",
              "Écrivez à trois une page qui dit ce que vous faites ensemble ; le nom viendra après.",
              "Write one page, the three of you, on what you do together; the name comes later."),
    "purchase": ("Acheter ensemble une chose", "Buy one thing together",
                 "Comparez à trois la facture d’une même fourniture, et demandez un prix pour le total.",
                 "Compare three bills for the same supply, and ask a price for the total."),
    "study": ("Payer une étude à plusieurs", "Pay for a study together",
              "Écrivez la question que vous vous posez tous, et demandez un devis pour tous.",
              "Write the question you all ask yourselves, and get one quote for all."),
    "talk": ("Déjeuner à trois, sans rien signer", "Have lunch as three, signing nothing",
             "Invitez deux dirigeants que vous estimez. Une seule question : qu’avons-nous laissé passer cette année ?",
             "Invite two leaders you esteem, ask one question: what did we let go this year?"),
}  # fmt: skip

WHO: dict[str, tuple[str, str]] = {
    "site": ("ceux que vous croisez sur les chantiers : vous savez déjà comment ils travaillent",
             "those you meet on sites: you already know how they work"),
    "union": ("ceux du syndicat ou du club : vous partagez les mêmes règles",
              "those of the federation or the club: you share the same rules"),
    "fair": ("ceux des salons voisins du vôtre : ils cherchent les mêmes clients sans vous faire concurrence",
             "those whose stands were near yours: they seek the same clients without competing"),
    "next": ("vos voisins : ce qui se partage sans camion se partage mieux",
             "your neighbours: what is shared without a lorry is shared better"),
    "nowhere": ("les fournisseurs de vos clients : demandez à deux clients avec qui d’autre ils aiment travailler",
                "your clients’ other suppliers: ask two clients whom else they like to work with"),
}  # fmt: skip

CALM: dict[str, tuple[str, str]] = {
    "freedom": ("Chacun garde ses clients, ses prix et sa voix, et part avec un préavis écrit d’avance.",
                "Each keeps its clients, its prices and its voice, and leaves with a notice written beforehand."),
    "clients": ("Un accord de confidentialité et une clause sur les clients se signent avant le premier nom échangé.",
                "A non-disclosure agreement and a clause on clients are signed before the first name is exchanged."),
    "money": ("La règle de partage est votée avant la première dépense, et chaque part s’explique ligne par ligne.",
              "The sharing rule is voted before the first cost, and each part is explained line by line."),
    "paper": ("Un échange ne demande aucun papier. Ils viennent quand on s’engage, déjà remplis.",
              "An exchange asks for no paper. They come when one commits, already filled in."),
    "nothing": ("Commencez petit : une chose, trois entreprises, trois mois.",
                "Begin small: one thing, three companies, three months."),
}  # fmt: skip

VERDICTS: dict[str, tuple[str, str]] = {
    "yes": ("Oui : seul, vous laissez passer des choses qui sont à votre portée à trois.",
            "Yes: alone, you let things go that three of you could reach."),
    "maybe": ("Peut-être : une chose à la fois, avec des gens que vous connaissez.",
              "Perhaps: one thing at a time, with people you know."),
    "no": ("Pas maintenant : rien ne vous y oblige, et c’est une bonne nouvelle.",
           "Not now: nothing makes you, and that is good news."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer of the test, in words: whether, with whom, what first, and what calms the worry."""

    verdict: str
    said: str
    who: str
    step: str
    title: str
    first: str
    calm: str


def advise(answers: Mapping[str, str], lang: Lang = "fr") -> Advice:
    """Say whether cooperation is necessary, with whom, and one first step.

    Shape   answers: for each question of QUESTIONS, the slug of one of its choices.
    Holds   one more reason to cooperate never turns a yes into a no; there is always a first step.
    Errors  ValueError for a question without answer, or an answer that is none of the choices.
    """
    chosen = {}
    for asked in QUESTIONS:
        found = next((one for one in asked.choices if one.slug == answers.get(asked.slug)), None)
        if found is None:
            raise ValueError(asked.slug)
        chosen[asked.slug] = found
    need = sum(one.need for one in chosen.values())
    verdict = "yes" if need >= 5 else "maybe" if need >= 2 else "no"
    votes: dict[str, int] = {}
    for one in chosen.values():
        for place, step in enumerate(one.steps):
            votes[step] = votes.get(step, 0) + (2 if place == 0 else 1)
    order = list(STEPS)
    best = max(votes, key=lambda step: (votes[step], -order.index(step)), default="talk")
    step = "talk" if verdict == "no" or chosen["known"].slug == "none" else best
    side = 0 if lang == "fr" else 1
    return Advice(
        verdict,
        VERDICTS[verdict][side],
        WHO[chosen["where"].slug][side],
        step,
        STEPS[step][side],
        STEPS[step][2 + side],
        CALM[chosen["fear"].slug][side],
    )
