"""When entities begin and end and who belongs to what, as accepted claims tell it.

Which claim types tell what is declared in their YAML (`life`, `membership`); nothing here knows a type.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from garant.claims import Claim, claim_types
from garant.names.resolver import Names

#: Modalities under which a claim tells what is so (a plan or a denial does not found anything).
FACTUAL = frozenset({"asserted", "reported"})


@dataclass(slots=True)
class Lifetime:
    """What claims say of one entity's beginning and end: each entry is (EDTF time, claim id)."""

    begun: list[tuple[str, str]] = field(default_factory=list)
    ended: list[tuple[str, str]] = field(default_factory=list)

    def to_record(self) -> dict[str, list[dict[str, str]]]:
        """The entries by event, oldest first, absent ones omitted."""
        return {
            name: [{"time": time, "claim": claim} for time, claim in sorted(entries)]
            for name, entries in (("begun", self.begun), ("ended", self.ended))
            if entries
        }


@dataclass(frozen=True, slots=True)
class Membership:
    """One claim's word that `member` stands to `body` as `relation` (member, joined, left, chair…)."""

    member: str
    body: str
    relation: str
    time: str | None
    claim: str


def lifetimes(claims: Iterable[Claim], names: Names) -> dict[str, Lifetime]:
    """Lifetimes by entity id. Rival dates are all kept: which is right is not decided here."""
    lives: dict[str, Lifetime] = defaultdict(Lifetime)
    for claim in claims:
        if claim.time is None or claim.modality not in FACTUAL:
            continue
        for rule in claim_types()[claim.type].life:
            if not _holds(rule.when, claim):
                continue
            for entity in _entities(rule.of, claim, names):
                entries = lives[entity].begun if rule.event == "begun" else lives[entity].ended
                entries.append((claim.time, str(claim.id)))
    return dict(lives)


def memberships(claims: Iterable[Claim], names: Names) -> list[Membership]:
    """Every membership that the claims state, in the claims' order."""
    found: list[Membership] = []
    for claim in claims:
        if claim.modality not in FACTUAL:
            continue
        for rule in claim_types()[claim.type].membership:
            if not _holds(rule.when, claim):
                continue
            for body in _entities(rule.of, claim, names):
                found.extend(
                    Membership(member, body, rule.relation, claim.time, str(claim.id))
                    for member in _entities(rule.member, claim, names)
                )
    return found


def _holds(when: tuple[tuple[str, tuple[Any, ...]], ...], claim: Claim) -> bool:
    return all(claim.slots.get(slot) in values for slot, values in when)


def _entities(of: str, claim: Claim, names: Names) -> list[str]:
    if of == "instrument":
        if claim.instrument is None:
            return []
        resolved = [names.resolve(claim.instrument.name, "instrument", claim.instrument.entity).entity]
    else:
        resolved = [names.resolve(a.name, a.kind, a.entity).entity for a in claim.actors if a.role == of]
    return [entity for entity in resolved if entity is not None]
