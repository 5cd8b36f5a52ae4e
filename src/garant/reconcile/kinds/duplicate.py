"""duplicate: one event that one source tells twice, and that would be counted as two."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from garant.claims.wording import anchor
from garant.reconcile.edge import Edge, Rule, pairs
from garant.reconcile.fact import Fact
from garant.reconcile.subject import same_force, same_regime

KIND = "duplicate"
#: Types that tell events (and not states, tasks or judgements), with the roles that must agree.
_EVENTS: dict[str, tuple[str, ...]] = {
    "meeting_visit": ("visitor", "participant", "host"),
    "deployment": ("provider", "host"),
    "withdrawal": ("provider", "operator"),
    "agreement": ("party", "signatory"),
    "operation_handover": ("predecessor", "successor"),
    "election": ("subject", "host"),
    "training": ("trainer", "trainee"),
    "recruitment": ("recruiter",),
    "attack": ("attacker", "target"),
}
_MONTHS = 124
#: Slots that tell one event of its kind from another.
_TELLING = ("cohort", "round", "vote", "unit", "stage", "element", "task", "component", "procedure", "curriculum")


def _keys(fact: Fact) -> Iterator[Hashable]:
    if not (fact.type in _EVENTS and fact.claim.modality in ("asserted", "reported") and fact.span is not None):
        return
    if fact.claim.quantity is not None and fact.measure in ("cumulative", "stock", "ceiling"):
        return  # a total, and no event
    if not fact.at.open_end and fact.at.days <= _MONTHS:
        yield (fact.source, fact.type)


def _compare(block: Sequence[Fact]) -> Iterator[Edge]:
    told = sorted(block, key=lambda f: (f.position, f.id))
    for one, other in pairs(told):
        if one.position == other.position or not one.at.meets(other.at) or not _same(one, other):
            continue
        readings = f"told first ({anchor(one.claim)})", "told again"
        because = "one source tells one event twice; it counts once"
        yield Edge(KIND, "event", one.id, other.id, *readings, because, weight=0.3)


def _same(one: Fact, other: Fact) -> bool:
    """Whether the same people do the same, and nothing that both say tells the two apart."""
    roles = _EVENTS[one.type]
    left, right = one.of(*roles), other.of(*roles)
    if not (left <= right or right <= left) or not left or not right or not same_regime(one, other):
        return False
    if one.instrument != other.instrument and one.claim.instrument and other.claim.instrument:
        return False
    if one.claim.quantity is not None and other.claim.quantity is not None and one.bounds != other.bounds:
        return False
    for slot in _TELLING:
        if slot in one.slots and slot in other.slots and one.slots[slot] != other.slots[slot]:
            return False
    hosts = one.of("host"), other.of("host")
    return same_force(one, other) and (not all(hosts) or bool(hosts[0] & hosts[1]))


RULES = (Rule("duplicate", _keys, _compare, _EVENTS),)
