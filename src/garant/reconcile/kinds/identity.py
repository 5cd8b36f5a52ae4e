"""identity: a printed name that is another's, two instruments behind one act, a reference that may mean several."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from garant.reconcile.edge import Edge, Rule, pairs
from garant.reconcile.fact import Fact, Slip
from garant.reconcile.references import Hypothesis, hypotheses, is_vague, keys
from garant.reconcile.settings import rules
from garant.reconcile.subject import provider, same_force, same_regime, years

KIND = "identity"
#: Types that tell of an act that rests on an instrument.
_ACTS = ("deployment", "consent_given")


def _by_name(fact: Fact) -> Iterator[Hashable]:
    named = set(fact.everybody)
    if fact.instrument:
        named.add(fact.instrument)
    for slip in fact.slips:
        named.add(slip.entity)
        if slip.bearer:
            named.add(slip.bearer)
    yield from named


def _compare_names(block: Sequence[Fact]) -> Iterator[Edge]:
    for slipped in (f for f in block if f.slips):
        for slip in slipped.slips:
            for other in block:
                if other.id != slipped.id and _speaks(slip, slipped, other):
                    yield _slip_edge(slip, slipped, other)


def _speaks(slip: Slip, slipped: Fact, other: Fact) -> bool:
    """Whether a claim shows what the printed name should have been, or whose it is."""
    if any(s.entity == slip.entity and s.printed == slip.printed for s in other.slips):
        return False
    named = other.everybody | ({other.instrument} if other.instrument else set())
    if slip.bearer is None:
        return slip.entity in named and other.source != slipped.source
    if slip.bearer in named and (other.source == slipped.source or other.type == slipped.type):
        return True
    return slip.entity in named and other.type == slipped.type


def _slip_edge(slip: Slip, slipped: Fact, other: Fact) -> Edge:
    if slip.bearer is not None and slip.bearer in other.everybody | {other.instrument}:
        right = f"“{slip.printed}” is somebody else"
        because = f"“{slip.printed}” is printed for another that does not bear this name"
    else:
        right = "named rightly"
        because = f"“{slip.printed}” is printed for one whom others name otherwise"
    return Edge(KIND, "name", slipped.id, other.id, f"printed “{slip.printed}”", right, because, weight=0.4)


def _by_act(fact: Fact) -> Iterator[Hashable]:
    if fact.type in _ACTS and fact.factual and fact.paper:
        for year in years(fact.span):
            yield (fact.type, provider(fact), fact.of("host"), year)


def _compare_bases(block: Sequence[Fact]) -> Iterator[Edge]:
    for one, other in pairs(block):
        if one.paper == other.paper or not same_regime(one, other) or not _one_act(one, other):
            continue
        left, right = one.instrument_name, other.instrument_name
        because = f"one act, two instruments it is said to rest on ({one.when})"
        yield Edge(KIND, "instrument", one.id, other.id, left, right, because, weight=0.6)


def _one_act(one: Fact, other: Fact) -> bool:
    dated = rules()["value"]["dated_days"]
    if max(one.at.days, other.at.days) > dated or not one.at.meets(other.at):
        return False
    return same_force(one, other)


def _compare_references(block: Sequence[Fact]) -> Iterator[Edge]:
    for vague in (f for f in block if is_vague(f)):
        found = hypotheses(vague, block)
        for one in found:
            for claim in one.claims:
                if len(found) > 1:
                    for rival in (h for h in found if h is not one):
                        yield _reference(vague, claim, one, found, frozenset((rival.claims[0].id,)))
                elif vague.type == "agreement" and vague.span and claim.span and claim.span.gap(vague.span):
                    yield _reference(vague, claim, one, found, frozenset())


def _reference(vague: Fact, claim: Fact, one: Hypothesis, found: Sequence[Hypothesis], needs: frozenset[str]) -> Edge:
    printed = vague.claim.instrument.as_printed if vague.claim.instrument else None
    fitting = "; ".join(f"{h.label} ({', '.join(h.because)})" for h in found)
    if len(found) == 1:
        because = f"it may be {fitting}, dated {claim.when}, or another of its own"
    else:
        because = f"it is not identified, and {len(found)} instruments may be meant: {fitting}"
    return Edge(
        KIND,
        "instrument",
        vague.id,
        claim.id,
        f"refers to “{printed or vague.instrument_name}”",
        f"may be meant: {one.label}",
        because,
        weight=one.support * 0.6 - 0.001 * one.claims.index(claim),  # the claim that tells most of it comes first
        needs=needs,
        topic=f"{vague.source} {vague.instrument_name.casefold()}",
    )


RULES = (
    Rule("names", _by_name, _compare_names),
    Rule("bases of one act", _by_act, _compare_bases, _ACTS),
    Rule("references", keys, _compare_references),
)
