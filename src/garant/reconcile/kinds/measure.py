"""measure: the number of those who came given as the number of those present."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from garant.claims.wording import quantity_text
from garant.reconcile.edge import Edge, Rule
from garant.reconcile.fact import Fact
from garant.reconcile.kinds.value import differ
from garant.reconcile.settings import rules
from garant.reconcile.subject import compatible, force, provider, same_regime, same_scope, same_time, years

KIND = "measure"


def _keys(fact: Fact) -> Iterator[Hashable]:
    if fact.factual and fact.bounds is not None and fact.type in ("force_strength", "deployment"):
        for year in years(fact.span, rules()["value"]["dated_days"]):
            yield (provider(fact), year)


def _compare(block: Sequence[Fact]) -> Iterator[Edge]:
    stocks = [f for f in block if f.measure == "stock"]
    flows = [f for f in block if f.measure == "flow" and f.exact is not None]
    for flow in flows:
        for said in stocks:
            if said.exact != flow.exact or not _one_force(said, flow) or not _near(said, flow):
                continue
            for stock in stocks:
                if not (compatible(stock, said) and same_scope(stock, said) and same_time(stock, said)):
                    continue
                if not same_regime(stock, said) or not differ(stock, said):
                    continue
                if stock.range[0] < said.range[0]:
                    continue
                yield Edge(
                    KIND,
                    "quantity",
                    said.id,
                    flow.id,
                    f"{quantity_text(said.claim.quantity)} present",
                    f"{quantity_text(flow.claim.quantity)} arrived, on top of those present",
                    f"the number that arrived is given as the strength, which another claim puts at "
                    f"{quantity_text(stock.claim.quantity)}",
                    weight=0.6,
                    needs=frozenset((stock.id,)),
                    explains=frozenset((frozenset((stock.id, said.id)),)),
                )


def _one_force(said: Fact, flow: Fact) -> bool:
    if said.unit != flow.unit or not same_regime(said, flow):
        return False
    hosts, forces = (said.of("host"), flow.of("host")), (force(said), force(flow))
    return all(not a or not b or bool(a & b) for a, b in (hosts, forces))


def _near(said: Fact, flow: Fact) -> bool:
    return bool(said.at.gap(flow.at) <= rules()["value"]["dated_days"])


RULES = (Rule("measure", _keys, _compare),)
