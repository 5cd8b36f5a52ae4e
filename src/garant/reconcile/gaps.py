"""Gaps: what a claim's type expects and no source that tells the event fills, and who would hold the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from garant.claims import vocabulary
from garant.claims.rules import gaps_of
from garant.reconcile.fact import Fact
from garant.reconcile.sameness import Event
from garant.reconcile.settings import cued, rules

#: Modalities that tell of something that was or is to be; a judgement leaves nothing to fill in.
_TELLING = frozenset({"asserted", "reported", "planned"})
_EMPTY = "expected of its type, and empty"


@dataclass(frozen=True, slots=True)
class Gap:
    """An empty field, role or slot of an event: `claim` is the first that tells it, `told` all that do.

    `holder` is a word of the vocabulary's list of holders (None where nobody is known to hold it); `why` says what
    makes it a gap; `weight` (0-2) how much hangs on
    such a claim, one more where a source itself says that something is missing.
    """

    claim: str
    slot: str
    holder: str | None
    why: str
    told: tuple[str, ...]
    weight: float

    @property
    def who(self) -> str:
        """Who would hold the answer, in words."""
        return vocabulary()["holder"][self.holder]["en"] if self.holder else "not known"


def gaps(facts: Mapping[str, Fact], events: Iterable[Event]) -> list[Gap]:
    """Gaps among claims, those on which most hangs first.

    Claims that tell one event fill each other's gaps. Besides what types expect: earlier members of a numbered series
    that nobody tells of, actors whom a source leaves unnamed, numbers that are withheld, and the value of a norm that
    is said to be exceeded.
    """
    told: dict[str, tuple[str, ...]] = {claim: (claim,) for claim in facts}
    for event in events:
        for claim in event.claims:
            told[claim] = event.claims
    found: list[Gap] = []
    seen: set[tuple[str, str]] = set()
    for fact in sorted(facts.values(), key=lambda f: f.order):
        if fact.claim.modality not in _TELLING:
            continue
        for slot, holder, why in (*_expected(fact, told[fact.id], facts), *_unnamed(fact), *_withheld(fact, facts)):
            key = (min(told[fact.id], key=lambda c: facts[c].order), slot)
            if key not in seen:
                seen.add(key)
                said = 0.0 if why == _EMPTY else 1.0  # what a source says is missing comes before what it leaves out
                found.append(Gap(fact.id, slot, holder, why, told[fact.id], said + _weight(fact)))
    found += _series(facts)
    return sorted(found, key=lambda g: (-g.weight, facts[g.claim].order, g.slot))


def _weight(fact: Fact) -> float:
    weights = rules()["severity"]
    return float(weights["types"].get(fact.type, weights["other_types"]))


def _expected(fact: Fact, told: tuple[str, ...], facts: Mapping[str, Fact]) -> Iterator[tuple[str, str | None, str]]:
    """Slots that the type expects, that this claim leaves empty and no other claim of its type on the event fills."""
    rivals = [facts[c] for c in told if facts[c].type == fact.type]
    missing = [dict(gaps_of(rival.claim)) for rival in rivals]
    for slot, holder in gaps_of(fact.claim):
        if all(slot in empty for empty in missing):
            yield slot, holder, _EMPTY


def _unnamed(fact: Fact) -> Iterator[tuple[str, str | None, str]]:
    for actor in fact.claim.actors:
        if cued(actor.name, "unnamed"):
            yield actor.role, "author", f"“{actor.name}”: the source does not name them"
    for slot, value in fact.slots.items():
        if isinstance(value, str) and cued(value, "unnamed"):
            yield slot, "parties" if fact.type == "agreement" else "author", f"“{value}”: the source does not name them"


def _withheld(fact: Fact, facts: Mapping[str, Fact]) -> Iterator[tuple[str, str | None, str]]:
    quantity = fact.claim.quantity
    if quantity is not None and quantity.undisclosed:
        own = fact.claim.regime == "national" or fact.type == "force_structure"
        yield "quantity", "host_defence" if own else "provider_defence", "withheld"
    if fact.slots.get("form") == "norm_exceeded":
        if quantity is None:
            yield "quantity", "host_defence", "a norm is said to be exceeded, and not by how much"
        told = [f for f in facts.values() if fact.instrument and f.instrument == fact.instrument and f.bounds]
        if not told:
            yield "norm", "host_government", "a norm is said to be exceeded, and its value is not told"


def _series(facts: Mapping[str, Fact]) -> Iterator[Gap]:
    """A third cohort implies a first and a second."""
    series: dict[tuple[object, ...], dict[int, Fact]] = {}
    for fact in sorted(facts.values(), key=lambda f: f.order):
        if fact.type == "training" and fact.factual and "cohort" in fact.slots:
            key = (fact.country("trainer"), fact.country("trainee"))
            series.setdefault(key, {}).setdefault(int(fact.slots["cohort"]), fact)
    for members in series.values():
        last = max(members)
        for number in range(1, last):
            if number not in members:
                fact = members[last]
                why = f"cohort {last} is told of, cohort {number} is not"
                yield Gap(
                    fact.id, f"quantity of cohort {number}", "provider_defence", why, (fact.id,), 1.0 + _weight(fact)
                )
