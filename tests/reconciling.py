"""Reconciling records in memory, without a ledger, and matching disagreements against lists of known ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from garant.claims import Claim, Source
from garant.names import Entity, Names, world
from garant.reconcile import Disagreement, Fact, Reconciler, assemble
from tests.gold import lines

Record = dict[str, Any]


def reconciler(records: Iterable[Record]) -> tuple[Reconciler, list[Claim]]:
    """A reconciler over records (sources, entities and claims), and the claims among them in their order."""
    claims, sources, entities = [], {}, dict(world())
    for record in records:
        if "type" in record:
            claims.append(Claim.model_validate(record))
        elif "publisher" in record:
            sources[record["id"]] = Source.model_validate(record)
        else:
            entities[record["id"]] = Entity.model_validate(record)
    return Reconciler(Names(entities.values()), sources), claims


def disagreements(records: Iterable[Record]) -> tuple[list[Disagreement], dict[str, Fact]]:
    """What contradicts what among records."""
    found, claims = reconciler(records)
    facts = found.facts(claims)
    by_id = {fact.id: fact for fact in facts}
    return assemble(found.between(facts), by_id), by_id


def opposed(found: Disagreement, left: Iterable[str], right: Iterable[str], *, shown: bool = True) -> bool:
    """Whether any left and any right claim stand on opposite sides, among the claims shown, or among all."""
    sides = [set(side.claims) & found.shown if shown else set(side.claims) for side in found.sides]
    wanted = set(left), set(right)
    return any(one is not other and one & wanted[0] and other & wanted[1] for one in sides for other in sides)


def served(tags: Sequence[str], facts: dict[str, Fact]) -> set[str]:
    """Ids of claims that serve any of these tags."""
    return {key for key, fact in facts.items() if set(fact.claim.refs or ()) & set(tags)}


def rows_found(shared: Path, found: Sequence[Disagreement], facts: dict[str, Fact]) -> dict[str, bool]:
    """For every row of gold/disagreements.jsonl whether it is met: found, or silent where it is a control."""
    met = {}
    for row in lines(shared / "gold/disagreements.jsonl"):
        left, right = served(row["left"], facts), served(row["right"], facts)
        hits = [d for d in found if opposed(d, left, right)]
        met[row["row"]] = any(d.kind in row["kinds"] for d in hits) if row["kinds"] else not hits
    return met
