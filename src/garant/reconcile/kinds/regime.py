"""regime: one arrival of people told under two regimes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from garant.claims import vocabulary
from garant.claims.wording import quantity_text
from garant.reconcile.edge import Edge, Rule, differing
from garant.reconcile.fact import Fact
from garant.reconcile.settings import rules
from garant.reconcile.subject import provider, same_force, same_regime, years

KIND = "regime"


def _keys(fact: Fact) -> Iterator[Hashable]:
    if fact.type == "deployment" and fact.factual and fact.measure == "flow":
        for year in years(fact.span, rules()["regime"]["echo_days"]):
            yield (provider(fact), year)


def _compare(block: Sequence[Fact]) -> Iterator[Edge]:
    for one, other in differing(block, lambda f: f.claim.regime):
        if same_regime(one, other) or one.of("host") != other.of("host") or one.exact is None:
            continue
        if one.exact != other.exact or one.unit != other.unit:
            continue
        if one.at.gap(other.at) <= rules()["value"]["event_days"]:
            because = "one arrival, one number, two regimes"
            yield _edge(one, other, because, 0.9)
        elif one.at.gap(other.at) <= rules()["regime"]["echo_days"] and one.exact >= rules()["regime"]["echo_least"]:
            yield from _echo(one, other, block)


def _echo(one: Fact, other: Fact, block: Sequence[Fact]) -> Iterator[Edge]:
    """The same exact number in two regimes within a year, where a third claim on one of the arrivals withholds it."""
    for doubted in (one, other):
        for third in block:
            quantity = third.claim.quantity
            if quantity is None or not quantity.undisclosed or third.source == doubted.source:
                continue
            if not _one_arrival(third, doubted):
                continue
            because = (
                f"{quantity_text(one.claim.quantity)} in two regimes within a year, and another claim says that "
                f"the number of {doubted.when} was not given out"
            )
            yield _edge(one, other, because, 0.8, frozenset((third.id,)))


def _one_arrival(third: Fact, doubted: Fact) -> bool:
    return (
        same_regime(third, doubted)
        and third.of("host") == doubted.of("host")
        and third.at.meets(doubted.at)
        and same_force(third, doubted)
    )


def _edge(one: Fact, other: Fact, because: str, weight: float, needs: frozenset[str] = frozenset()) -> Edge:
    return Edge(KIND, "regime", one.id, other.id, _reading(one), _reading(other), because, weight, needs)


def _reading(fact: Fact) -> str:
    label = vocabulary()["regime"][str(fact.claim.regime)]["en"]
    return f"{quantity_text(fact.claim.quantity)}, {fact.when}: {label}"


RULES = (Rule("regime", _keys, _compare, ("deployment",)),)
