"""outcome: opposite judgements of one thing, or an attempt against a success."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from garant.names import fold
from garant.reconcile.edge import Edge, Rule, differing
from garant.reconcile.fact import Fact
from garant.reconcile.settings import cued
from garant.reconcile.subject import years

KIND = "outcome"
#: Types that may tell of power being seized.
SEIZING = ("leadership_change", "political_event", "attack")
_JUDGED = ("subject", "operator", "provider", "target")


def _by_judged(fact: Fact) -> Iterator[Hashable]:
    if fact.polarity in ("positive", "negative"):
        yield from fact.of(*_JUDGED)


def _compare_judgements(block: Sequence[Fact]) -> Iterator[Edge]:
    for one, other in differing(block, lambda f: f.polarity):
        if not _one_aspect(one, other):
            continue
        if one.span is not None and other.span is not None and not one.at.meets(other.at):
            continue
        readings = f"judged {one.polarity}ly", f"judged {other.polarity}ly"
        yield Edge(KIND, "slots", one.id, other.id, *readings, "opposite judgements of one thing", weight=0.5)


def _one_aspect(one: Fact, other: Fact) -> bool:
    left, right = (fold(str(f.slots.get("aspect", ""))) for f in (one, other))
    return not left or not right or left == right or set(left.split()) <= set(right.split())


def seizures(fact: Fact) -> Iterator[Hashable]:
    """Keys of claims that tell of power being seized, or of the try: state and year."""
    if fact.factual and fact.span is not None and _seizure(fact) is not None:
        for state in fact.country("target", "subject", "host") or frozenset(("",)):
            for year in years(fact.span):
                yield (state, year)


def _seizure(fact: Fact) -> str | None:
    """ "succeeded" or "attempted", where the claim tells of power being seized."""
    if fact.type == "leadership_change" and (fact.slots.get("manner") == "coup" or _told_as_coup(fact)):
        return "succeeded"
    if fact.type in ("political_event", "attack") and cued(fact.wording, "seizure") and cued(fact.wording, "attempt"):
        return "attempted"
    return None


def _told_as_coup(fact: Fact) -> bool:
    return "manner" not in fact.slots and bool(fact.of("attacker")) and cued(fact.wording, "seizure")


def _compare_seizures(block: Sequence[Fact]) -> Iterator[Edge]:
    for one, other in differing(block, _seizure):
        readings = _seizure(one), _seizure(other)
        if one.span is None or other.span is None or not one.at.meets(other.at):
            continue
        told = tuple(f"power {'seized' if r == 'succeeded' else 'not seized, only attempted'}" for r in readings)
        because = "power was seized, or somebody tried"
        yield Edge(KIND, "slots", one.id, other.id, told[0], told[1], because, weight=0.6)


RULES = (
    Rule("judgements", _by_judged, _compare_judgements),
    Rule("seizures of power", seizures, _compare_seizures, SEIZING),
)
