"""lifetime: somebody acts, or something is in force, outside the time in which it existed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Literal

from garant.claims import claim_types
from garant.claims.wording import duration
from garant.reconcile.edge import Edge, Rule
from garant.reconcile.fact import Fact
from garant.reconcile.settings import rules

KIND = "lifetime"
#: Kinds of actors that begin and end within the time a case covers.
_MORTAL = ("mission", "armed_group", "institution", "company", "military", "police")
#: Types that tell of an actor's doing at a time, with the roles in which it does it.
_ACTS: dict[str, tuple[str, ...]] = {
    "deployment": ("operator", "provider", "subject"),
    "force_strength": ("operator", "provider", "subject"),
    "support_role": ("operator", "provider", "supporter"),
    "attack": ("attacker",),
    "training": ("trainer", "operator"),
    "meeting_visit": ("participant", "host", "visitor"),
    "agreement": ("party", "signatory"),
    "recruitment": ("recruiter",),
    "institution": ("member", "chair", "leader"),
    "contribution_rank": ("host",),
}
_FOUNDING = "founded"
#: Relations that a body can have only while it exists.
_LIVING = ("participant", "member", "joins", "leaves", "rejoins", "leads", "chairs", "exists", "role")


def _keys(fact: Fact) -> Iterator[Hashable]:
    if not fact.factual or fact.span is None:
        return
    yield from {entity for _, entity in _turns(fact)} | _acting(fact)


def _turns(fact: Fact) -> Iterator[tuple[Literal["begun", "ended"], str]]:
    """What the claim tells of beginnings and ends, by the rules of its type's YAML."""
    for rule in claim_types()[fact.type].life:
        if rule.of == "instrument" or not all(fact.slots.get(slot) in values for slot, values in rule.when):
            continue
        if rule.event == "begun" and fact.type == "operation_handover":
            continue  # a successor takes over some time after it was established
        for entity in fact.of(rule.of):
            yield rule.event, entity
    if fact.type == "withdrawal" and fact.slots.get("complete"):
        for entity in fact.of("operator"):
            yield "ended", entity


def _acting(fact: Fact) -> frozenset[str]:
    return fact.cast.of_kind(_acting_roles(fact), _MORTAL)


def _acting_roles(fact: Fact) -> tuple[str, ...]:
    """Roles in which the claim shows somebody at work; a body is where others take part in it."""
    roles = _ACTS.get(fact.type, ())
    if fact.type == "institution" and fact.slots.get("relation") in _LIVING:
        return (*roles, "subject")
    return roles


def _compare(block: Sequence[Fact]) -> Iterator[Edge]:
    turning = [(event, fact, who) for fact in block for event, who in _turns(fact)]
    for entity in dict.fromkeys(who for _, _, who in turning):
        turns = [(event, fact) for event, fact, who in turning if who == entity]
        tellers = {fact.id for _, fact in turns}
        if all(fact.id in tellers or entity in _acting(fact) for fact in block):
            acts = [f for f in block if f.id not in tellers and entity in _acting(f)]
            yield from _of_entity(turns, acts)


def _of_entity(turns: Sequence[tuple[str, Fact]], acts: Sequence[Fact]) -> Iterator[Edge]:
    founded = [f for event, f in turns if event == "begun" and f.slots.get("relation") == _FOUNDING]
    grace = rules()["lifetime"]["grace_days"]
    for event, turn in turns:
        for act in acts:
            late = _days_outside(event, turn, act)
            if late > grace:
                yield _edge(act, turn, event, late)
        if event == "ended":
            for founding in founded:
                late = _days_outside(event, turn, founding)
                if late > grace:
                    yield _edge(founding, turn, event, late)


def _days_outside(event: str, turn: Fact, act: Fact) -> int:
    if turn.at.open_end and event == "ended":
        return 0
    if event == "begun":
        return 0 if turn.at.open_start else act.at.before(turn.at)
    if act.at.open_end and not act.at.open_start:
        # said to go on: up to the day its source was published, which must lie after the end
        return max(0, act.at.last - turn.at.latest)
    return turn.at.before(act.at)


def _edge(act: Fact, turn: Fact, event: str, days: int) -> Edge:
    side = "before it began" if event == "begun" else "after it had ended"
    readings = (
        f"active, {act.when}",
        f"{'begun' if event == 'begun' else 'ended'}, {turn.when}",
    )
    because = f"active {duration(days)} {side}"
    return Edge(KIND, "time", act.id, turn.id, *readings, because, weight=min(1.0, 0.4 + days / 1000))


RULES = (Rule("lifetime", _keys, _compare),)
