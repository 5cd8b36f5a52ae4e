"""validity: an instrument whose end is told twice, or that is relied on after its end."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from garant.claims import Period
from garant.claims.wording import duration, printed_time
from garant.reconcile.edge import Edge, Rule, pairs
from garant.reconcile.fact import Fact
from garant.reconcile.settings import rules
from garant.reconcile.timing import Span

KIND = "validity"
#: Types that rely on an instrument at a time.
_RELYING = ("deployment", "support_role", "training", "force_strength", "recruitment", "consent_given")


def _end(fact: Fact) -> Span | None:
    """When the instrument ends, as the claim tells it: the end of `valid`, or `expires`."""
    said = fact.slots.get("valid") or fact.slots.get("expires")
    if said is None:
        return None
    period = Period.parse(str(said))
    if period.end is None:
        return None
    return Span.of(Period.parse(str(said).rpartition("/")[2]), None)


def _keys(fact: Fact) -> Iterator[Hashable]:
    if not fact.factual or fact.paper is None:
        return
    if _end(fact) is not None or (fact.type in _RELYING and fact.span is not None) or _ended(fact):
        yield fact.paper


def _ended(fact: Fact) -> bool:
    return fact.span is not None and (
        fact.slots.get("stage") in ("expired", "revoked") or fact.slots.get("step") == "expired"
    )


def _compare(block: Sequence[Fact]) -> Iterator[Edge]:
    ends = [(f, span) for f in block if (span := _end(f) or (f.span if _ended(f) else None)) is not None]
    for (one, left), (other, right) in _two(ends):
        if one.type == other.type and left.gap(right):
            readings = f"until {_printed(one)}", f"until {_printed(other)}"
            late = abs(left.last - right.last)
            because = f"two ends of one instrument, {duration(late)} apart"
            weight = min(1.0, 0.3 + late / 1000)
            yield Edge(KIND, "slots", one.id, other.id, *readings, because, weight)
    for relying in (f for f in block if f.type in _RELYING and f.span is not None and _end(f) is None):
        for teller, end in ends:
            late = end.before(relying.at)
            if late > rules()["validity"]["grace_days"]:
                readings = f"relied on, {relying.when}", f"until {_printed(teller)}"
                because = f"relied on {duration(late)} after its end"
                yield Edge(KIND, "time", relying.id, teller.id, *readings, because, min(1.0, 0.3 + late / 1000))


def _two(ends: Sequence[tuple[Fact, Span]]) -> Iterator[tuple[tuple[Fact, Span], tuple[Fact, Span]]]:
    spans = {fact.id: span for fact, span in ends}
    for one, other in pairs([fact for fact, _ in ends]):
        yield (one, spans[one.id]), (other, spans[other.id])


def _printed(fact: Fact) -> str:
    said = fact.slots.get("valid") or fact.slots.get("expires")
    return printed_time(str(said).rpartition("/")[2]) if said else printed_time(fact.claim.time)


RULES = (Rule("validity", _keys, _compare),)
