"""scope: numbers that count different people, or one number told of two circles of people."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import permutations

from garant.claims.wording import quantity_text
from garant.reconcile.edge import Edge, Rule, differing
from garant.reconcile.fact import Fact
from garant.reconcile.kinds.value import differ, tolerance
from garant.reconcile.settings import rules
from garant.reconcile.subject import about, compatible, days_of, same_regime, same_scope, same_time, scope, years

KIND = "scope"
_NAMES = {"all_uniformed": "all in uniform", "host": "in one host", "mission": "in one mission", "force": "the force"}


def _keys(fact: Fact) -> Iterator[Hashable]:
    if fact.factual and fact.bounds is not None and fact.measure in ("stock", "rank"):
        for year in years(fact.span, rules()["scope"]["rank_days"]):
            yield (about(fact), year)


def _compare(block: Sequence[Fact]) -> Iterator[Edge]:
    for one, other in differing(block, _scope, days_of):
        if one.measure != "rank" and one.exact != other.exact and not (_exceeds(one, other) or _exceeds(other, one)):
            continue  # nearly all pairs of a series: nothing below would be said of them
        if not same_time(one, other) or not compatible(one, other):
            continue
        if not same_regime(one, other) and "world" not in (scope(one), scope(other)):
            continue  # a count of all operations has a regime of its own
        if same_scope(one, other):
            continue
        if one.measure == "rank":
            if differ(one, other) and _circles(one, other):
                yield _edge(one, other, "two ranks at one time that count different people", 0.4)
        else:
            yield from _larger_part(one, other)
            yield from _borrowed(one, other, block)


def _circles(one: Fact, other: Fact) -> bool:
    """Ranks in one list: the same circle of operations, people counted differently."""
    return one.slots.get("scope") == other.slots.get("scope")


def _larger_part(one: Fact, other: Fact) -> Iterator[Edge]:
    """More troops than people in uniform, at one date."""
    for part, whole in permutations((one, other)):
        if _exceeds(part, whole) and _one_circle(part, whole):
            yield _edge(part, whole, "a part that is larger than the whole it belongs to", 0.6)


def _exceeds(part: Fact, whole: Fact) -> bool:
    """Whether one counts some of the people in uniform, the other all of them, and there are more of the former."""
    if whole.slots.get("personnel") != "all_uniformed" or part.slots.get("personnel") in (None, "all_uniformed"):
        return False
    if part.range[0] <= whole.range[1]:
        return False
    return part.range[0] > whole.range[1] * (1 + tolerance(part, whole))


def _one_circle(part: Fact, whole: Fact) -> bool:
    """Whether both count people of the same operations, whoever among them is counted."""
    circles = {scope(part), scope(whole)}
    return len(circles) == 1 or circles == {"host", "mission"}


def _borrowed(one: Fact, other: Fact, block: Sequence[Fact]) -> Iterator[Edge]:
    """One exact number in two scopes, where another claim gives one of the scopes another number."""
    if one.exact is None or one.exact != other.exact:
        return
    for third in block:
        for borrower, lender in permutations((one, other)):
            if _scope(third) != _scope(borrower) or third in (one, other) or not same_time(third, borrower):
                continue
            if same_regime(third, borrower) and differ(third, borrower) and compatible(third, borrower):
                told = frozenset((third.id, borrower.id))
                because = "one number told of two circles of people, and another number known for one of them"
                yield _edge(borrower, lender, because, 0.7, needs=frozenset((third.id,)), explains=told)


def _scope(fact: Fact) -> tuple[object, object]:
    return fact.slots.get("personnel"), fact.slots.get("scope")


def _edge(
    one: Fact,
    other: Fact,
    because: str,
    weight: float,
    needs: frozenset[str] = frozenset(),
    explains: frozenset[str] | None = None,
) -> Edge:
    told = frozenset((explains,)) if explains else frozenset()
    return Edge(KIND, "slots", one.id, other.id, _reading(one), _reading(other), because, weight, needs, told)


def _reading(fact: Fact) -> str:
    words = [_NAMES.get(str(word), str(word)) for word in _scope(fact) if word]
    return f"{quantity_text(fact.claim.quantity)} ({', '.join(words) or 'scope not said'})"


RULES = (Rule("scope", _keys, _compare),)
