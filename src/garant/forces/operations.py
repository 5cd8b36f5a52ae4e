"""Operations: a register of peace operations with sponsor, dates, succession, defects and opposed judgements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from garant.claims import Source, claim_types
from garant.claims.wording import statement
from garant.forces.relations import holder
from garant.reconcile import Fact

#: Roles of those who stand behind an operation, by type of claim.
_SPONSORING = {"institution": ("leader", "member", "overseer"), "mandate": ("authorizer",), "deployment": ("provider",)}
_SPONSORS = ("igo", "state", "institution")


@dataclass(frozen=True, slots=True)
class Dated:
    """Something told with a time: its words, the time as printed, the claim."""

    words: str
    when: str
    day: int | None
    claim: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """How somebody judges an operation: polarity (positive, negative, mixed), whose judgement, and where."""

    polarity: str
    holder: str
    told: Dated


@dataclass(slots=True)
class Operation:
    """One operation as claims tell it; every list keeps rival tellings, oldest first."""

    operation: str
    sponsors: list[str] = field(default_factory=list)
    begun: list[Dated] = field(default_factory=list)
    ended: list[Dated] = field(default_factory=list)
    predecessors: list[str] = field(default_factory=list)
    successors: list[str] = field(default_factory=list)
    defects: list[Dated] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)

    @property
    def earliest(self) -> int | None:
        """The first ordinal day that a claim gives it."""
        return min((d.day for d in (*self.begun, *self.ended) if d.day is not None), default=None)


def operations(facts: Sequence[Fact], sources: Mapping[str, Source]) -> list[Operation]:
    """Every mission that a claim names, by the earliest day told of it, those without any last."""
    named: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for entity, kind in fact.kinds.items():
            if kind == "mission":
                named[entity].append(fact)
    found = [_operation(entity, told, sources) for entity, told in named.items()]
    return sorted(found, key=lambda o: (o.earliest is None, o.earliest or 0, o.operation))


def _operation(entity: str, told: list[Fact], sources: Mapping[str, Source]) -> Operation:
    one = Operation(entity, claims=[f.id for f in told])
    for fact in sorted(told, key=lambda f: (f.span is None, f.at.first if f.span else 0, f.order)):
        names = dict(fact.named)
        if entity in fact.of("operator", "subject"):
            _add(one.sponsors, (names[e] for e in _sponsors(fact)))
        if entity in fact.of("successor"):
            _add(one.predecessors, (names[e] for e in fact.of("predecessor") if fact.kinds.get(e) == "mission"))
        if entity in fact.of("predecessor"):
            _add(one.successors, (names[e] for e in fact.of("successor") if fact.kinds.get(e) == "mission"))
        if fact.factual:
            one.begun += _turn(fact, entity, "begun")
            one.ended += _turn(fact, entity, "ended")
        if "defect" in fact.slots and entity in fact.of("subject", "operator", "target"):
            one.defects.append(_dated(fact, str(fact.slots["defect"])))
        if fact.polarity and entity in fact.of("subject", "operator", "target"):
            words = statement(fact.claim)
            one.judgements.append(Judgement(fact.polarity, holder(fact, sources), _dated(fact, words)))
    return one


def _sponsors(fact: Fact) -> Iterable[str]:
    wanted = _SPONSORS[:1] if fact.type == "deployment" else _SPONSORS  # a state that sends troops is no sponsor yet
    return sorted(e for e in fact.of(*_SPONSORING.get(fact.type, ())) if fact.kinds.get(e) in wanted)


def _add(listed: list[str], new: Iterable[str]) -> None:
    listed += [name for name in dict.fromkeys(sorted(new)) if name not in listed]


def _turn(fact: Fact, entity: str, event: str) -> list[Dated]:
    """What a claim tells of the operation's beginning or end, by the life rules of its type."""
    return [
        _dated(fact, claim_types()[fact.type].label["en"].lower())
        for rule in claim_types()[fact.type].life
        if rule.event == event
        and rule.of != "instrument"
        and entity in fact.of(rule.of)
        and all(fact.slots.get(slot) in values for slot, values in rule.when)
    ][:1]


def _dated(fact: Fact, words: str) -> Dated:
    day = fact.at.first if fact.span is not None and not fact.at.open_start else None
    return Dated(words, fact.when, day, fact.id)
