"""Cases worked out by hand, one a line, as one would check them on paper.

Columns: seats | what happened | rule | outcome | present/quorum | for-against-abstentions | needed/counted on

What happened: A+ for, A- against, A0 abstains, A. is there without voting; B>A gives a proxy to A (B>A:budget only for
that subject); B-@A A votes against in B's name; !C withdrew for a conflict; ~C suspended; C=3 has three votes;
chair=A; casting=for; subject=budget.
Rule: the majority (or a fraction), q1/2 quorum, 2q1/3 quorum of the second call (2q- no second call), call2, all (of
all members), abst (abstentions are votes cast), chair (decides ties), weighted, p2 (two proxies a holder), secret.
"""

from fractions import Fraction

import pytest

from cordee.engines.sentences import number
from cordee.engines.voting import Proxy, Rule, Vote, Votes, count, explain

TABLE = """
quorum
ABCDEF  | A+ B+ C+ D+ E- F0             | two_thirds q1/2        | adopted   | 6/3 | 4-1-1 | 4/5
ABCDEF  | A+ B+                         | simple q1/2            | no_quorum | 2/3 | 2-0-0 | 2/2
ABCDEF  | A+ B+ C.                      | simple q1/2            | adopted   | 3/3 | 2-0-0 | 2/2
ABCDEF  | A+ B0 C0                      | simple q1/2            | adopted   | 3/3 | 1-0-2 | 1/1
ABCDE   | A+ B+                         | simple q1/2            | no_quorum | 2/3 | 2-0-0 | 2/2
ABCDE   | A+ B+ C-                      | simple q1/2            | adopted   | 3/3 | 2-1-0 | 2/3
ABC     | A+ B+                         | simple q2/3            | adopted   | 2/2 | 2-0-0 | 2/2
ABCD    | A+ B+                         | simple q2/3            | no_quorum | 2/3 | 2-0-0 | 2/2
ABCDEFG | A+ B+ C+ D+                   | simple q2/3            | no_quorum | 4/5 | 4-0-0 | 3/4
ABCDEFG | A+ B+ C+ D+ E-                | simple q2/3            | adopted   | 5/5 | 4-1-0 | 3/5
ABC     | A+                            | simple                 | adopted   | 1/0 | 1-0-0 | 1/1
ABC     |                               | simple                 | rejected  | 0/0 | 0-0-0 | 1/0
ABC     | A0 B0                         | simple q1/2            | rejected  | 2/2 | 0-0-2 | 1/0
ABCD    | A+ B+ C+                      | simple q1              | no_quorum | 3/4 | 3-0-0 | 2/3
ABCDEF  | A+                            | simple q1/2 call2      | adopted   | 1/0 | 1-0-0 | 1/1
ABCDEF  | A+                            | simple q1/2 2q1/3 call2| no_quorum | 1/2 | 1-0-0 | 1/1
ABCDEF  | A+ B-                         | simple q1/2 2q- call2  | no_quorum | 2/3 | 1-1-0 | 2/2

majorities
ABC     | A+ B- C0                      | simple                 | rejected  | 3/0 | 1-1-1 | 2/2
ABC     | A+ B0 C0                      | simple                 | adopted   | 3/0 | 1-0-2 | 1/1
ABC     | A+ B0 C0                      | simple abst            | rejected  | 3/0 | 1-0-2 | 2/3
ABC     | A+ B+ C0                      | simple abst            | adopted   | 3/0 | 2-0-1 | 2/3
ABCD    | A+ B+ C- D-                   | simple                 | rejected  | 4/0 | 2-2-0 | 3/4
ABCDE   | A+ B+ C+ D- E-                | absolute               | adopted   | 5/0 | 3-2-0 | 3/5
ABCDE   | A+ B+ C-                      | absolute               | rejected  | 3/0 | 2-1-0 | 3/5
ABCD    | A+ B+                         | absolute               | rejected  | 2/0 | 2-0-0 | 3/4
ABC     | A+ B+ C-                      | two_thirds             | adopted   | 3/0 | 2-1-0 | 2/3
ABCD    | A+ B+ C- D-                   | two_thirds             | rejected  | 4/0 | 2-2-0 | 3/4
ABCDE   | A+ B+ C+ D- E-                | two_thirds             | rejected  | 5/0 | 3-2-0 | 4/5
ABCDEF  | A+ B+ C+ D+ E- F-             | two_thirds             | adopted   | 6/0 | 4-2-0 | 4/6
ABCDEFG | A+ B+ C+ D+ E+ F- G-          | two_thirds             | adopted   | 7/0 | 5-2-0 | 5/7
ABCDE   | A+ B+ C+ D0 E0                | two_thirds             | adopted   | 5/0 | 3-0-2 | 2/3
ABCDE   | A+ B+ C+ D0 E0                | two_thirds abst        | rejected  | 5/0 | 3-0-2 | 4/5
ABCD    | A+ B+ C+ D-                   | three_quarters         | adopted   | 4/0 | 3-1-0 | 3/4
ABCDE   | A+ B+ C+ D- E-                | three_quarters         | rejected  | 5/0 | 3-2-0 | 4/5
ABCDE   | A+ B+ C+ D- E-                | 3/5                    | adopted   | 5/0 | 3-2-0 | 3/5
ABCDEF  | A+ B+ C+ D- E-                | two_thirds all         | rejected  | 5/0 | 3-2-0 | 4/6
ABCDE   | A+ B+ C+ D- E+                | unanimity              | rejected  | 5/0 | 4-1-0 | 5/5
ABC     | A+ B+ C0                      | unanimity              | adopted   | 3/0 | 2-0-1 | 2/2
ABC     | A+ B+ C0                      | unanimity abst         | rejected  | 3/0 | 2-0-1 | 3/3
ABC     | A+ B+                         | unanimity all          | rejected  | 2/0 | 2-0-0 | 3/3
ABC     | A+ B+ C+                      | unanimity all          | adopted   | 3/0 | 3-0-0 | 3/3
ABC     | A0 B0 C0                      | unanimity              | rejected  | 3/0 | 0-0-3 | 1/0

ties
ABCD    | A+ B+ C- D- chair=A           | simple chair           | adopted   | 4/0 | 2-2-0 | 3/4
ABCD    | A+ B+ C- D- chair=C           | simple chair           | rejected  | 4/0 | 2-2-0 | 3/4
ABCD    | A+ B+ C- D- chair=A           | simple                 | rejected  | 4/0 | 2-2-0 | 3/4
ABCD    | A+ B+ C- D-                   | simple chair           | tie       | 4/0 | 2-2-0 | 3/4
ABCD    | A+ B+ C- D- chair=A           | simple chair secret    | tie       | 4/0 | 2-2-0 | 3/4
ABCD    | A+ B+ C- D- chair=A casting=for | simple chair secret  | adopted   | 4/0 | 2-2-0 | 3/4
ABC     | A0 B+ C- chair=A              | simple chair           | tie       | 3/0 | 1-1-1 | 2/2
ABC     | A0 B+ C- chair=A casting=against | simple chair        | rejected  | 3/0 | 1-1-1 | 2/2
ABC     | !A B+ C- chair=A casting=for  | simple chair           | tie       | 2/0 | 1-1-0 | 2/2
ABCD    | A+ B+ C- D- chair=A           | absolute chair         | adopted   | 4/0 | 2-2-0 | 3/4
ABCDE   | A+ B+ C- D- chair=A           | absolute chair         | rejected  | 4/0 | 2-2-0 | 3/5
ABCD    | A+ C- chair=A                 | simple chair q3/4      | no_quorum | 2/3 | 1-1-0 | 2/2

proxies
ABC     | A+ C- B>A                     | simple q2/3            | adopted   | 3/2 | 2-1-0 | 2/3
ABCD    | A+ D- B>A C>A                 | simple q1/2            | adopted   | 3/2 | 2-1-0 | 2/3
ABCD    | A+ D- B>A C>A                 | simple q1/2 p2         | adopted   | 4/2 | 3-1-0 | 3/4
ABCD    | A+ B>A C>A D>A                | simple q1/2 p2         | adopted   | 3/2 | 3-0-0 | 2/3
AB      | A+ B- B>A                     | simple                 | rejected  | 2/0 | 1-1-0 | 2/2
AB      | A+ B-@A B>A                   | simple                 | rejected  | 2/0 | 1-1-0 | 2/2
ABC     | C+ B>A                        | simple q1/2            | no_quorum | 1/2 | 1-0-0 | 1/1
ABC     | A. C+ B>A                     | simple q1              | adopted   | 3/3 | 1-0-0 | 1/1
ABC     | A+ B>A                        | simple q2/3 p0         | no_quorum | 1/2 | 1-0-0 | 1/1
ABC     | A+ B>A:budget subject=budget  | simple q2/3            | adopted   | 2/2 | 2-0-0 | 2/2
ABC     | A+ B>A:budget subject=brand   | simple q2/3            | no_quorum | 1/2 | 1-0-0 | 1/1
ABC     | A+ B>A C>B                    | simple q1/3            | adopted   | 2/1 | 2-0-0 | 2/2
ABCD    | !A B>A C+ D-                  | simple q2/3            | rejected  | 2/2 | 1-1-0 | 2/2
ABC     | !B B>A A+ C-                  | simple q1/2            | rejected  | 2/1 | 1-1-0 | 2/2
ABC     | A+ B+@A                       | simple q2/3            | no_quorum | 1/2 | 1-0-0 | 1/1
ABC     | A+ C- B>A B>C                 | simple                 | adopted   | 3/0 | 2-1-0 | 2/3
ABC     | A0 C+ B>A                     | simple q1              | adopted   | 3/3 | 1-0-2 | 1/1

conflicts of interest and suspensions
ABCDEF  | !F A+ B+ C-                   | simple q1/2            | adopted   | 3/3 | 2-1-0 | 2/3
ABCDEF  | !E !F A+ B+                   | simple q1/2            | adopted   | 2/2 | 2-0-0 | 2/2
ABCD    | !D D+ A+ B-                   | simple                 | rejected  | 2/0 | 1-1-0 | 2/2
ABC     | !A !B !C A+                   | simple                 | no_quorum | 0/0 | 0-0-0 | 1/0
ABCDE   | ~E A+ B+ C- D-                | simple                 | rejected  | 4/0 | 2-2-0 | 3/4
ABC     | !C A+ B+                      | unanimity all          | adopted   | 2/0 | 2-0-0 | 2/2
ABCDE   | !A B+ C+ D-                   | absolute               | rejected  | 3/0 | 2-1-0 | 3/4
ABCDE   | !A ~B C+ D+ E-                | absolute               | adopted   | 3/0 | 2-1-0 | 2/3

weights
ABC     | A=3 A+ B- C-                  | simple weighted        | adopted   | 5/0 | 3-2-0 | 3/5
ABC     | A=3 A+ B- C-                  | simple                 | rejected  | 3/0 | 1-2-0 | 2/3
ABC     | A=4 B+ C+                     | simple weighted q1/2   | no_quorum | 2/3 | 2-0-0 | 2/2
AB      | A=2 A+ B-                     | two_thirds weighted    | adopted   | 3/0 | 2-1-0 | 2/3
AB      | A=0 A+ B-                     | simple weighted q1     | rejected  | 1/1 | 0-1-0 | 1/1
ABC     | A=2 B=3 C=4 A+ C- B>A         | simple weighted        | adopted   | 9/0 | 5-4-0 | 5/9
ABCD    | A=5 !A B+ C- D+               | simple weighted q2/3   | adopted   | 3/2 | 2-1-0 | 2/3
ABC     | A=1/2 B=1/4 C=1/4 A+ B- C-    | simple weighted q1/2   | rejected  | 1/0,5 | 0,5-0,5-0 | 0,5/1
ABC     | A=1/2 B=1/4 C=1/4 A+ B-       | simple weighted q3/5   | adopted   | 0,75/0,6 | 0,5-0,25-0 | 0,375/0,75
ABC     | A=1/2 B=1/4 C=1/4 A+ B-       | two_thirds weighted    | adopted   | 0,75/0 | 0,5-0,25-0 | 0,5/0,75
"""

ROWS = [row for row in TABLE.splitlines() if "|" in row]


def read_votes(seats: str, happened: str, call: int) -> Votes:
    cast, proxies, weights, marks = [], [], {}, {"!": set(), "~": set(), ".": set()}
    named = {}
    for word in happened.split():
        name, _, value = word.partition("=")
        if value and len(name) > 1:
            named[name] = value
        elif value:
            weights[name] = Fraction(value)
        elif ">" in word:
            who, _, scope = word.partition(":")
            proxies.append(Proxy(who[0], who[2], frozenset({scope} - {""})))
        elif word[0] in "!~":
            marks[word[0]].add(word[1])
        elif word[1] == ".":
            marks["."].add(word[0])
        else:
            choice = {"+": "for", "-": "against", "0": "abstain"}[word[1]]
            cast.append(Vote(word[0], choice, word.partition("@")[2]))
    return Votes(
        tuple(seats),
        tuple(cast),
        weights,
        frozenset(marks["!"]),
        frozenset(marks["~"]),
        frozenset(marks["."]),
        tuple(proxies),
        call=call,
        **named,
    )


def read_rule(words: str) -> tuple[Rule, int]:
    majority, *rest = words.split()
    given: dict[str, object] = {"majority": majority}
    if "/" in majority:
        given = {"majority": "fraction", "threshold": Fraction(majority)}
    flags = {
        "all": {"of_all": True},
        "abst": {"abstentions_count": True},
        "chair": {"tie": "chair"},
        "weighted": {"weighted": True},
        "secret": {"secret": True},
        "2q-": {"second_quorum": None},
    }
    for word in rest:
        if word in flags:
            given |= flags[word]
        elif word.startswith("2q"):
            given["second_quorum"] = Fraction(word[2:])
        elif word.startswith("q"):
            given["quorum"] = Fraction(word[1:])
        elif word.startswith("p"):
            given["proxies"] = int(word[1:])
    return Rule(**given), 2 if "call2" in rest else 1


@pytest.mark.parametrize("row", ROWS, ids=[" ".join(row.split()[:9]) for row in ROWS])
def test_by_hand(row: str) -> None:
    seats, happened, words, outcome, quorum, sides, bar = (cell.strip() for cell in row.split("|"))
    rule, call = read_rule(words)
    tally = count(read_votes(seats, happened, call), rule)
    assert tally.outcome == outcome
    assert f"{number(tally.present)}/{number(tally.quorum_needed)}" == quorum
    assert tally.quorum_met == (outcome != "no_quorum")
    assert "-".join(number(n) for n in (tally.in_favour, tally.against, tally.abstain)) == sides
    assert f"{number(tally.needed)}/{number(tally.cast)}" == bar
    assert explain(tally, "fr") != explain(tally, "en")


def test_there_are_enough_cases() -> None:
    assert len(ROWS) == len(set(ROWS)) >= 60
