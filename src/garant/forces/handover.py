"""Operations that end, and re-hatting: contingents that stay under a new authority keep identity and size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from garant.claims import claim_types
from garant.forces.history import Series, histories, rehatted
from garant.forces.identity import Force, served
from garant.forces.strength import Point, Told, band
from garant.reconcile import Event, Fact
from garant.reconcile.timing import Span


@dataclass(slots=True)
class Handed:
    """What operations do to forces: `told` of one series, `whole` of all of a force; who took over from whom."""

    told: dict[Series, list[Told]] = field(default_factory=lambda: defaultdict(list))
    whole: dict[Force, list[Told]] = field(default_factory=lambda: defaultdict(list))
    predecessors: dict[Force, Force] = field(default_factory=dict)

    def events_of(self, force: Force, personnel: str) -> list[Told]:
        """What a handover adds to the history of one series."""
        return [*self.told.get(Series(force, personnel), ()), *self.whole.get(force, ())]

    def personnel(self, force: Force) -> list[str]:
        """Kinds of personnel of which something is told only here."""
        return [series.personnel for series in self.told if series.force == force]


def handed_over(
    forces: Mapping[Force, Sequence[Fact]], facts: Sequence[Fact], events: Sequence[Event], of_event: Mapping[str, int]
) -> Handed:
    """The old force ends on the day of the handover, and the new one begins with what the old one had.

    Where an operation ends, what served in it and in no other by then is gone.
    """
    handed = Handed()
    operations = {force: served(told) | {force.provider} for force, told in forces.items()}
    for operation, (last, ending, successors) in _ended(facts).items():
        for force in (f for f in forces if operation in operations[f]):
            others = operations[force] - {operation, force.provider}
            still = any(fact.of("operator") & others and fact.at.first <= last for fact in forces[force])
            if not still and not operations[force] & successors:
                handed.whole[force].append(Told("end", last, last, 0, 0, ending))
    for fact in facts:
        if fact.type == "mandate" and fact.factual and fact.span is not None and _renews(fact):
            for force in (f for f in forces if f.provider in fact.of("operator")):
                handed.whole[force].append(Told("seen", fact.at.begun, fact.at.begun, None, None, (fact.id,)))
    for old, new, day, claims in rehatted(facts, events):
        for before in (f for f in forces if old in operations[f]):
            for after in (f for f in forces if new in operations[f]):
                if (before.host, before.provider) != (after.host, after.provider) or before.regime == after.regime:
                    continue
                handed.predecessors[after] = before
                handed.whole[before].append(Told("end", day.first, day.last, 0, 0, claims))
                for personnel, history in histories(forces[before], of_event).items():
                    held = [p for p in band(history) if p.start <= day.first and (p.end is None or p.end > day.first)]
                    if held and not held[0].low == held[0].high == 0:
                        handed.told[Series(after, personnel)].append(_heir(held[0], day, claims))
    return handed


def _renews(fact: Fact) -> bool:
    """Whether a decision presupposes that the operation is there."""
    return fact.slots.get("verb") in ("extend", "increase", "reduce") and not fact.at.open_start


def _ended(facts: Sequence[Fact]) -> dict[str, tuple[int, tuple[str, ...], frozenset[str]]]:
    """Operations of which claims date the end, by the life rules of their types: last day, claims, successors."""
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.factual and fact.span is not None and fact.at.bounded:
            for rule in claim_types()[fact.type].life:
                if rule.event == "ended" and all(fact.slots.get(slot) in values for slot, values in rule.when):
                    for entity in (e for e in fact.of(rule.of) if fact.kinds.get(e) == "mission"):
                        told[entity].append(fact)
    found = {}
    for entity, listed in told.items():
        surest = min(listed, key=lambda f: (f.at.days, f.order))
        same = [f for f in listed if f.at.last == surest.at.last]
        successors = frozenset(e for f in listed for e in f.of("successor"))
        found[entity] = surest.at.last, tuple(f.id for f in same), successors
    return found


def _heir(held: Point, day: Span, claims: tuple[str, ...]) -> Told:
    """What the old force had arrives in the new one; its number is as old as it was."""
    behind = tuple(dict.fromkeys((*claims, *held.claims)))
    return Told("inflow", day.first, day.last, held.low, held.high, behind, held.counted)
