"""value: two numbers of one quantity, at one time, that cannot both be right."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from garant.claims.wording import quantity_text
from garant.reconcile.edge import Edge, Rule, differing
from garant.reconcile.fact import Fact
from garant.reconcile.settings import rules
from garant.reconcile.subject import COUNTED, about, compatible, days_of, same_regime, same_scope, same_time, years

KIND = "value"


def tolerance(one: Fact, other: Fact) -> float:
    """Share of the larger number by which two numbers may differ and still be one."""
    limits = rules()["value"]
    if one.measure in ("rank", "ceiling") or one.unit in ("agreement",) or one.type == "force_structure":
        return 0.0
    share = limits["stock_share"] if one.measure in ("stock", "cumulative") else limits["event_share"]
    if any(f.claim.quantity is not None and f.claim.quantity.approx for f in (one, other)):
        share = max(share, limits["approximate_share"])
    vague = any(f.span is not None and f.at.days > limits["dated_days"] for f in (one, other))
    if vague and one.measure == "stock":
        share = max(share, limits["vague_share"])
    return float(share)


def apart(one: Fact, other: Fact) -> float:
    """How far two numbers lie apart as a share of the larger, between their nearest readings; 0 where they meet."""
    if one.bounds is None or other.bounds is None:
        return 0.0
    (low, high), (other_low, other_high) = one.bounds, other.bounds
    distance = max(other_low - high, low - other_high)
    return 0.0 if distance <= 0 else distance / max(low, other_low)


def differ(one: Fact, other: Fact) -> bool:
    """Whether two numbers differ by more than their tolerance."""
    distance = apart(one, other)
    return distance > 0 and distance > tolerance(one, other)


def _keys(fact: Fact) -> Iterator[Hashable]:
    subject = about(fact)
    if subject is None or fact.bounds is None:
        return
    if fact.factual:
        for year in years(fact.span, rules()["value"]["rank_days"]):
            yield (subject, year)
        if "cohort" in fact.slots:
            yield (subject, "cohort", fact.slots["cohort"])
    elif fact.slots.get("standing") == "planned" and fact.claim.modality == "planned":
        yield (subject, "planned")


def _compare(block: Sequence[Fact]) -> Iterator[Edge]:
    for one, other in differing(block, lambda f: f.bounds, days_of):
        if not same_scope(one, other):  # first, because it costs least: troops and police of a month are no dispute
            continue
        if not (same_time(one, other) or _planned(one, other) or _one_cohort(one, other)) or not differ(one, other):
            continue
        if not (same_regime(one, other) and compatible(one, other)):
            continue
        readings = quantity_text(one.claim.quantity), quantity_text(other.claim.quantity)
        if _planned(one, other):
            because = f"two plans for one thing: {readings[0]} against {readings[1]}"
        else:
            because = f"one quantity, one time: {readings[0]} against {readings[1]}"
        yield Edge(KIND, "quantity", one.id, other.id, *readings, because, _weight(one, other))


def _weight(one: Fact, other: Fact) -> float:
    """How far apart: half of the larger number or more is as far as it goes; places in a ranking lie close."""
    return 0.3 if one.measure == "rank" else min(1.0, apart(one, other) * 2)


def _planned(one: Fact, other: Fact) -> bool:
    """Two plans of one thing: a plan holds from its date until it is replaced."""
    return one.claim.modality == other.claim.modality == "planned" and one.instrument != other.instrument


def _one_cohort(one: Fact, other: Fact) -> bool:
    """Whether both count one numbered course: of another time and another size is another course, however numbered."""
    if "cohort" not in one.slots or one.slots["cohort"] != other.slots.get("cohort") or one.measure != other.measure:
        return False
    return one.span is None or other.span is None or one.at.meets(other.at)


def _series_keys(fact: Fact) -> Iterator[Hashable]:
    if not (fact.factual and fact.span is not None and fact.type == "force_structure"):
        return
    if fact.slots.get("standing") in (None, "actual"):
        yield fact.of("subject", "target", "operator")


def _compare_series(block: Sequence[Fact]) -> Iterator[Edge]:
    """The n-th of a series created after n or more of them are already counted."""
    numbered = [f for f in block if f.number_in_series and f.claim.quantity is None]
    counts = [f for f in block if f.bounds is not None and not f.number_in_series and f.measure == "count"]
    for nth in numbered:
        for count in counts:
            place = nth.number_in_series or 0
            if count.range[0] < place or not count.at.before(nth.at) or not _alike(nth, count):
                continue
            readings = quantity_text(count.claim.quantity), f"number {place} only created then"
            because = f"{readings[0]} already ({count.when}), yet number {place} of the series only created {nth.when}"
            yield Edge(KIND, "quantity", count.id, nth.id, *readings, because, weight=0.6)


def _alike(nth: Fact, count: Fact) -> bool:
    unit = count.unit.split()[-1]
    return unit in str(nth.slots.get("element", "")).lower()


RULES = (
    Rule("value", _keys, _compare, COUNTED),
    Rule("value in a series", _series_keys, _compare_series, ("force_structure",)),
)
