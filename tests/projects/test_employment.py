"""The cost of a shared person: the month to the cent, the year rebalanced, the reserve, and nobody reads another's."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from cordee.ground.kit.refusals import NotAllowed, NotYours, Refusal, Stale
from cordee.ground.register.acts import address
from cordee.money import acts as money
from cordee.money import reads as money_reads
from cordee.money.models import Invoice
from cordee.projects import acts
from cordee.projects.models import EmploymentAccount, EmploymentLine, Project, SharedPerson
from tests import factories
from tests.money.doors import IDENTITY
from tests.people import World, browser_of
from tests.projects.test_sheets import MONDAY, at, facts, shared, speaking

pytestmark = pytest.mark.django_db
COST: dict[str, Any] = {
    "costs": {"gross": 4_200_000, "charges": 1_764_000, "equipment": 430_000, "management": 325_000},
    "reserve": 200, "hours": 1527, "floor": 90,
}  # fmt: skip


def costed(world: World) -> tuple[Project, SharedPerson]:
    """Aude employs; in March, Aude had 3 h 30, Bruno 10 h 30, Denis 3 h 30."""
    made, person, link = shared(world)
    for name, halves in (("aude", 1), ("bruno", 3), ("denis", 1)):
        acts.agree_share(made, halves=halves, by=speaking(world, name), at=at(1, 8))
    acts.set_employment_cost(person, **COST, payer=world.seats["aude"], by=world.actor("aude"), at=at(1, 9))
    for day in (1, 2, 3):
        acts.confirm_day(person, link, day=date(2027, 3, day), at=at(4))
    return made, person


def drawn(world: World) -> tuple[Project, SharedPerson, EmploymentAccount]:
    made, person = costed(world)
    return made, person, acts.draw_statement(person, month=MONDAY, by=world.actor("aude"), at=at(20, month=4))


def line(account: EmploymentAccount, world: World, name: str) -> EmploymentLine:
    return account.lines.get(seat=world.seats[name])


def test_the_cost_is_written_by_who_leads_and_never_taken_from_who_employs(world: World) -> None:
    _made, person = costed(world)
    aude, bruno = world.seats["aude"], world.seats["bruno"]
    with pytest.raises(NotAllowed):
        acts.set_employment_cost(person, **COST, payer=bruno, version=1, by=world.actor("bruno"), at=at(2))
    with pytest.raises(NotYours):
        acts.set_employment_cost(person, **COST, payer=world.seats["emma"], version=1, by=world.actor("aude"), at=at(2))
    with pytest.raises(Stale):
        acts.set_employment_cost(person, **COST, payer=aude, by=world.actor("aude"), at=at(2))
    for wrong in (
        {"costs": {"gross": 0}}, {"costs": {"gross": 1, "travel": -1}}, {"costs": {"gross": 10**10}},
        {"hours": 0}, {"reserve": 10_001}, {"floor": 101},
    ):  # fmt: skip
        with pytest.raises(Refusal):
            acts.set_employment_cost(
                person, **{**COST, **wrong}, payer=aude, version=1, by=world.actor("aude"), at=at(2)
            )
    assert facts(world, "projects.employment_cost.set") == [{"year": 6_803_000, "hours": 1527, "floor": 90}]


def test_a_month_is_drawn_once_to_the_cent_by_who_employs(world: World) -> None:
    _made, person = costed(world)
    with pytest.raises(NotAllowed):
        acts.draw_statement(person, month=MONDAY, by=world.actor("bruno"), at=at(20, month=4))
    with pytest.raises(Refusal):
        acts.draw_statement(person, month=MONDAY, by=world.actor("aude"), at=at(20))
    account = acts.draw_statement(person, month=MONDAY, by=world.actor("aude"), at=at(20, month=4))
    # 6 803 000 cents over 1 527 h: 17 h 30 make 77 965 cents; the parts of the companies add up to it
    assert sorted(one.cents for one in account.lines.all()) == [15_593, 15_593, 46_779]
    mine = line(account, world, "bruno")
    assert (mine.minutes, sum(mine.rows.values())) == (630, mine.cents)
    # 577.6 cents of it for the reserve: the headings are cut whole, by largest remainder
    assert mine.rows == {"gross": 28_880, "charges": 12_130, "equipment": 2_957, "management": 2_235, "reserve": 577}
    assert mine.agreed == round(1527 * 60 / 12 * 3 / 5)
    with pytest.raises(acts.AlreadySettled):
        acts.draw_statement(person, month=MONDAY, by=world.actor("aude"), at=at(20, month=4))
    with pytest.raises(Refusal):
        acts.draw_statement(person, month=date(2027, 2, 1), by=world.actor("aude"), at=at(20, month=4))
    assert facts(world, "projects.employment_statement.drawn") == [{"month": "2027-03-01"}]
    with pytest.raises(NotAllowed):  # Bruno may not become the employer who reads all
        acts.set_employment_cost(
            person, **COST, payer=world.seats["bruno"], version=1, by=_lead(world, person, "bruno"), at=at(21, month=4)
        )


def _lead(world: World, person: SharedPerson, name: str) -> Any:
    acts.take_role(person.project, role="lead", by=speaking(world, name), at=at(20, month=4))
    return speaking(world, name)


def test_a_hostile_member_reads_only_its_own_line(world: World) -> None:
    made, _person, account = drawn(world)
    page, table = (reverse(f"projects:{name}", args=[made.public_id]) for name in ("employment", "employment_csv"))
    costs = reverse("money:project_costs", args=[world.grouping.public_id])
    with time_machine.travel(at(21, month=4), tick=False):
        denis = browser_of(world.seats["denis"].holder)
        told = denis.get(page).content.decode()
        assert "155,93" in told
        for where in (page, table, costs):
            said = denis.get(where).content.decode().split("<main", 1)[-1]
            for secret in ("467,79", "10\u202fh\u202f30", "Charpente Masson"):
                assert secret not in said, (where, secret)
        assert "à toutes, 779,65" in told  # three companies: the sum tells nobody’s part
        assert "La part de chacune" not in told
        assert "La part de chacune" in browser_of(world.aude).get(page).content.decode()  # who employs
        assert "467,79" in browser_of(world.aude).get(table).content.decode()
        assert browser_of(world.seats["emma"].holder).get(page).status_code == 404
        for what, words in (("draw", {"mois": "2027-03"}), ("reserve", {"back": "1"})):
            denis.post(reverse(f"projects:employment_{what}", args=[made.public_id, _person.public_id]), words)
    assert EmploymentAccount.objects.count() == 1
    bruno = line(account, world, "bruno")
    with pytest.raises(NotYours):
        money_reads.cost_at(world.seats["denis"], address(bruno))


def test_a_line_goes_into_accounts_between_two_only(world: World) -> None:
    _made, _person, account = drawn(world)
    by, source = world.actor("aude"), address(line(account, world, "bruno"))
    names = {"all": ("aude", "bruno", "denis"), "two": ("aude", "bruno")}
    pools = {
        key: money.open_pool(world.grouping, title=key, seats=[world.seats[one] for one in who], by=by, at=at(20))
        for key, who in names.items()
    }
    words: dict[str, Any] = {"source": source, "vat_rate": 0, "by": by, "at": at(21, month=4)}
    with pytest.raises(Refusal, match="reste entre"):
        money.bring_project_cost(pools["all"], **words)
    made = money.bring_project_cost(pools["two"], **words)
    assert (made.cents, made.parts) == (46_779, {world.seats["bruno"].public_id: 46_779})
    waiting = money_reads.costs_of_projects(world.seats["aude"]).waiting
    assert [one.cents for one in waiting] == [15_593]  # Denis's; one owes nothing to oneself


def test_a_line_becomes_a_draft_invoice_and_a_refund_a_credit_note(world: World) -> None:
    _made, person, account = drawn(world)
    aude, grouping, later = world.actor("aude"), world.grouping, at(21, month=4)
    source = address(line(account, world, "bruno"))
    words: dict[str, Any] = {"source": source, "at": later}
    with pytest.raises(money.NotIdentified):
        money.draft_project_cost(grouping, by=aude, **words)
    money.note_identity(grouping, values=IDENTITY, by=aude, at=later)
    money.note_identity(grouping, values=IDENTITY, by=world.actor("bruno"), at=later)
    with pytest.raises(NotAllowed):
        money.draft_project_cost(grouping, by=world.actor("bruno"), **words)
    with time_machine.travel(later, tick=False):
        page = reverse("money:project_costs", args=[grouping.public_id])
        assert "Préparer ma facture" in browser_of(world.aude).get(page).content.decode()
        send = reverse("money:draft_project_cost", args=[grouping.public_id])
        draft = browser_of(world.aude).post(send, {"source": source}, follow=True).content.decode()
        assert "QHSE à trois, Léa Roux" in draft
        assert "Facture en préparation" in browser_of(world.bruno).get(page).content.decode()
    first = Invoice.objects.get()
    assert (first.net_cents, first.gross_cents, first.buyer_name) == (46_779, 56_135, "Charpente Masson")
    with pytest.raises(money.AlreadyBrought):
        money.draft_project_cost(grouping, by=aude, **words)
    money.discard_draft(first, by=aude, at=later)
    made = money.draft_project_cost(grouping, by=aude, **words)  # a draft thrown away frees the cost
    acts.end_person(person, by=aude, at=later)
    year = acts.close_employment_year(person, year=2027, actual=50_000, by=aude, at=later)
    refund = address(line(year, world, "bruno"))
    assert line(year, world, "bruno").cents < 0
    with pytest.raises(Refusal, match="avoir"):
        money.draft_project_cost(grouping, source=refund, by=aude, at=later)  # nothing is issued yet
    money.issue_invoice(made, by=aude, at=later)
    credit = money.draft_project_cost(grouping, source=refund, by=aude, at=later)
    assert (credit.about_id, credit.is_credit, credit.net_cents) == (made.pk, True, -line(year, world, "bruno").cents)
    told = facts(world, "money.project_cost.invoiced")
    assert [one["source"] for one in told] == [source, source, refund]


def test_who_keeps_the_accounts_reads_the_totals_from_outside(world: World) -> None:
    made, _person, _account = drawn(world)
    page = reverse("projects:employment", args=[made.public_id])
    with time_machine.travel(at(21, month=4), tick=False):
        emma = browser_of(world.seats["emma"].holder)
        assert emma.get(page).status_code == 404
        factories.office(world.seats["emma"], "treasurer")
        told = emma.get(page).content.decode()
        assert "467,79" in told
        assert "Arrêter" not in told
        assert "467,79" in emma.get(reverse("projects:employment_csv", args=[made.public_id])).content.decode()
        assert emma.get(reverse("projects:sheets", args=[made.public_id])).status_code == 404  # never the days


def test_a_year_is_rebalanced_and_the_reserve_comes_back_at_the_end(world: World) -> None:
    made, person, account = drawn(world)
    aude, later = world.actor("aude"), at(10, month=5)
    year: dict[str, Any] = {"year": 2027, "actual": 70_000, "by": aude}
    with pytest.raises(Refusal, match="pas finie"):
        acts.close_employment_year(person, **year, at=later)
    with pytest.raises(Refusal, match="plus partagée"):
        acts.give_back_reserve(person, by=aude, at=later)
    acts.use_reserve(person, cents=100, why="Mutuelle de mai", by=aude, at=later)
    with pytest.raises(Refusal, match="pas autant"):
        acts.use_reserve(person, cents=100_000, why="Trop", by=aude, at=later)
    with pytest.raises(NotAllowed):
        acts.use_reserve(person, cents=1, why="À moi", by=world.actor("bruno"), at=later)
    acts.end_person(person, by=aude, at=later)
    with pytest.raises(Refusal, match="rééquilibrée"):
        acts.give_back_reserve(person, by=aude, at=later)
    acts.agree_share(made, halves=0, by=speaking(world, "bruno"), at=later)  # too late to owe less
    with pytest.raises(NotAllowed):
        acts.close_employment_year(person, **{**year, "by": world.actor("bruno")}, at=later)
    closed = acts.close_employment_year(person, **year, at=later)
    months = list(account.lines.all())
    billed = sum(one.cents - one.rows["reserve"] for one in months)
    lines = list(closed.lines.all())
    assert sum(one.cents for one in lines) == 70_000 - billed  # what it cost, less what was billed
    assert sum(one.agreed for one in lines) == 1527 * 60 * 3 // 12  # March to May, when the person left
    assert {one.agreed for one in lines} == {4581, 13743}  # as the half-days were agreed in March: 1, 3, 1
    with pytest.raises(acts.AlreadySettled):
        acts.close_employment_year(person, **year, at=later)
    aside = sum(one.rows["reserve"] for one in months)
    back = acts.give_back_reserve(person, by=aude, at=later)
    assert sum(one.cents for one in back.lines.all()) == 100 - aside
    for again in (
        lambda: acts.give_back_reserve(person, by=aude, at=later),
        lambda: acts.use_reserve(person, cents=1, why="Encore", by=aude, at=later),
    ):
        with pytest.raises(acts.AlreadySettled):
            again()
    assert facts(world, "projects.employment_year.closed") == [{"year": 2027, "actual": 70_000}]
    assert facts(world, "projects.reserve.used") == [{"cents": 100}]
    assert facts(world, "projects.reserve.given_back") == [{"cents": aside - 100}]
    with time_machine.travel(at(11, month=5), tick=False):
        told = browser_of(world.bruno).get(reverse("projects:employment", args=[made.public_id])).content.decode()
    for text in ("Rendue le", "h comptent, le minimum convenu", "Mutuelle de mai", "Il vous revient"):
        assert text in told
    refund = next(one for one in money_reads.costs_of_projects(world.seats["bruno"]).waiting if one.cents < 0)
    assert refund.payer.pk == world.seats["aude"].pk


def test_the_pages_walk_the_same_way_in_few_queries(world: World, django_assert_max_num_queries: Any) -> None:
    made, person = costed(world)
    args = [made.public_id, person.public_id]
    page = reverse("projects:employment", args=[made.public_id])
    with time_machine.travel(at(20, month=4), tick=False):
        aude = browser_of(world.aude)
        form = reverse("projects:employment_cost", args=args)
        assert aude.get(form).status_code == 200
        words = {"gross": "40000", "charges": "16800", "equipment": "0", "management": "0", "reserve": "12"}
        words |= {"hours": "1500", "floor": "80", "payer": world.seats["aude"].public_id, "version": "1"}
        assert "à vérifier" in aude.post(form, words, follow=True).content.decode()
        assert aude.post(form, {**words, "gross": "abc"}).status_code == 422
        assert "Arrêter le relevé" in aude.get(page).content.decode()
        aude.post(reverse("projects:employment_draw", args=args), {"mois": "2027-03"})
        with django_assert_max_num_queries(12):
            assert "La part de chacune" in aude.get(page).content.decode()
    with time_machine.travel(at(3, month=12).replace(year=2028), tick=False):
        aude = browser_of(world.aude)
        where = reverse("projects:employment_year", args=args)
        assert aude.post(where, {"year": "2027", "actual": "pas un montant"}).status_code == 422
        assert "minimum convenu" in aude.post(where, {"year": "2027", "actual": "900"}, follow=True).content.decode()
        where = reverse("projects:employment_reserve", args=args)
        assert aude.post(where, {"cents": "1", "why": ""}).status_code == 422
        assert "Un mois sans heures" in aude.post(
            where, {"cents": "1", "why": "Un mois sans heures"}, follow=True
        ).content.decode()  # fmt: skip
        acts.end_person(person, by=world.actor("aude"), at=at(3, month=12).replace(year=2028))
        assert "Rendue le" in aude.post(where, {"back": "1"}, follow=True).content.decode()
