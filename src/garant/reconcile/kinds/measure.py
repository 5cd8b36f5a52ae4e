"""measure: the number of those who came given as the number of those present."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from garant.claims.wording import quantity_text
from garant.reconcile.edge import Edge, Rule
from garant.reconcile.fact import Fact
from garant.reconcile.kinds.value import differ
from garant.reconcile.settings import rules
from garant.reconcile.subject import compatible, provider, same_force, same_regime, same_scope, years

KIND = "measure"
#: Types that tell of people present or coming.
_PEOPLE = ("force_strength", "deployment")


def _keys(fact: Fact) -> Iterator[Hashable]:
    if fact.factual and fact.bounds is not None and fact.type in _PEOPLE:
        for year in years(fact.span, rules()["measure"]["known_days"]):
            yield (provider(fact), year)


def _compare(block: Sequence[Fact]) -> Iterator[Edge]:
    stocks = [f for f in block if f.measure == "stock"]
    flows = [f for f in block if f.measure == "flow" and f.claim.quantity and f.claim.quantity.value]
    for flow in flows:
        for said in stocks:
            if not _same_number(said, flow) or not _one_force(said, flow) or not _near(said, flow):
                continue
            for stock in (f for f in stocks if _contradicts(f, said)):
                if stock.at.first - said.at.last <= rules()["measure"]["at_once_days"]:
                    yield _edge(said, flow, stock, frozenset((stock.id,)))
                    continue
                for earlier in block:
                    if _there_before(earlier, flow, said):
                        yield _edge(said, flow, stock, frozenset((stock.id, earlier.id)))


def _edge(said: Fact, flow: Fact, stock: Fact, needs: frozenset[str]) -> Edge:
    known = quantity_text(stock.claim.quantity)
    return Edge(
        KIND,
        "quantity",
        said.id,
        flow.id,
        f"{quantity_text(said.claim.quantity)} present",
        f"{quantity_text(flow.claim.quantity)} arrived, on top of those present",
        f"the number that arrived is given as the strength, which another claim puts at {known}",
        weight=0.6,
        needs=needs,
        explains=frozenset((frozenset((stock.id, said.id)),)),
    )


def _same_number(said: Fact, flow: Fact) -> bool:
    """Whether the strength is the number of the arrival: the same, or what "about" leaves open."""
    if said.exact is None:
        return False
    rounding = rules()["measure"]["rounding_share"] if flow.exact is None else 0.0
    return bool(abs(flow.range[0] - said.exact) <= rounding * said.exact)


def _contradicts(stock: Fact, said: Fact) -> bool:
    if not (compatible(stock, said) and same_scope(stock, said) and _still(stock, said)):
        return False
    return same_regime(stock, said) and differ(stock, said) and stock.range[0] >= said.range[0]


def _there_before(earlier: Fact, flow: Fact, said: Fact) -> bool:
    """Whether some of the force were there before the arrival."""
    return earlier.range[0] > 0 and earlier.at.before(flow.at) > 0 and _one_force(said, earlier)


def _one_force(said: Fact, flow: Fact) -> bool:
    if said.unit != flow.unit or not same_regime(said, flow):
        return False
    hosts = said.of("host"), flow.of("host")
    return same_force(said, flow) and (not all(hosts) or bool(hosts[0] & hosts[1]))


def _still(stock: Fact, said: Fact) -> bool:
    """Whether the other strength was that of about the same days: not long before, and hardly after."""
    limits = rules()["measure"]
    if max(stock.at.days, said.at.days) > rules()["value"]["dated_days"]:
        return False
    after, before = stock.at.first - said.at.last, said.at.first - stock.at.last
    return bool(after <= limits["after_days"] and before <= limits["before_days"])


def _near(said: Fact, flow: Fact) -> bool:
    return bool(said.at.gap(flow.at) <= rules()["value"]["dated_days"])


RULES = (Rule("measure", _keys, _compare, _PEOPLE),)
