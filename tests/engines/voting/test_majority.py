from fractions import Fraction

from cordee.engines.voting import Rule, Vote, Votes, count, explain


def test_the_result_is_said_with_its_arithmetic():
    cast = (*(Vote(seat, "for") for seat in "ABCD"), Vote("E", "against"), Vote("F", "abstain"))
    rule = Rule(quorum=Fraction(1, 2), majority="two_thirds")
    assert explain(count(Votes(tuple("ABCDEF"), cast), rule)) == (
        "4 voix pour, 1 contre, 1 abstention\u202f; quorum 6 sur 6 (il en fallait 3)\u202f; "
        "majorité des deux tiers\u00a0: il fallait 4 voix sur 5 exprimées. Adopté."
    )
