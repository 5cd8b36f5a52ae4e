"""Histories: what claims tell of the size of each force, ready to become a band."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from garant.claims.period import AFTER_ALL_DAYS
from garant.forces.identity import EVERYWHERE, Force, by_force, served
from garant.forces.strength import Told, rules
from garant.names import fold
from garant.reconcile import Event, Fact
from garant.reconcile.timing import Span

#: Claim types that say somebody is there, and nothing of how many.
_SHOWING = ("support_role", "force_structure")
_OPEN = float("inf")


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """One force and one kind of personnel: troops, police, observers, staff or all_uniformed."""

    force: Force
    personnel: str


def personnel_of(fact: Fact) -> str:
    """Whom a claim counts: its slot, else what its unit or words say, else all in uniform."""
    said = fact.slots.get("personnel")
    if said is not None:
        return str(said)
    quantity = fact.claim.quantity
    printed = f"{quantity.unit if quantity and quantity.unit else ''} {fact.slots.get('unit', '')} {fact.wording}"
    words = set(fold(printed).split())
    for rule in rules()["personnel"]:
        if words & {fold(word) for word in rule["words"]}:
            return str(rule["personnel"])
    return str(rules()["otherwise"])


def present(facts: Iterable[Fact]) -> dict[Force, list[Fact]]:
    """Claims that shape a force's band: what is so, with a time, of one provider in hosts that are named."""
    told = (f for f in facts if f.factual and _dated(f))
    return {force: listed for force, listed in by_force(told).items() if _placed_in_hosts(force)}


def _dated(fact: Fact) -> bool:
    return fact.span is not None and not fact.span.open_start


def _placed_in_hosts(force: Force) -> bool:
    return force.host not in ("", EVERYWHERE)


def shapeless(facts: Iterable[Fact]) -> int:
    """How many factual claims on forces shape no band: they give no time, or name no host."""
    return sum(
        not (_dated(fact) and _placed_in_hosts(force))
        for force, told in by_force(f for f in facts if f.factual).items()
        if force.host != EVERYWHERE
        for fact in told
    )


@dataclass(slots=True)
class _Sorted:
    """What is told of one force: counts by personnel, what came or went, who is only said to be there.

    `placed` are the rows of a dataset that count a part of it at one place: they show that it is there. Their numbers
    are worked out from symbols or shares, place by place and month by month, and bound nothing.
    """

    counted: dict[str, list[Told]] = field(default_factory=lambda: defaultdict(list))
    moved: dict[tuple[str, int | str, str], list[Fact]] = field(default_factory=lambda: defaultdict(list))
    there: dict[tuple[str, int | str], list[Fact]] = field(default_factory=lambda: defaultdict(list))
    placed: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))


def _sort(facts: Iterable[Fact], of_event: Mapping[str, int]) -> _Sorted:
    told = _Sorted()
    for fact in facts:
        event: int | str = of_event.get(fact.id, fact.id)
        if fact.claim.coder.kind == "dataset" and _component(fact) is not None and fact.claim.place is not None:
            told.placed[personnel_of(fact)].append(fact)
        elif fact.type in _SHOWING or _only_present(fact):
            told.there[str(fact.slots.get("personnel", "")), event].append(fact)
        elif fact.type != "force_strength":
            of_whom = "" if fact.bounds is None and "personnel" not in fact.slots else personnel_of(fact)
            told.moved[of_whom, event, fact.type].append(fact)
        elif fact.unit == "people" and fact.measure == "stock" and _component(fact) not in rules()["wider"]:
            part = _component(fact) is not None
            told.counted[personnel_of(fact)].append(_told("part" if part else "stock", fact))
        elif fact.measure != "ceiling":  # it counts something else: that the force is there is all that it says
            told.there["", event].append(fact)
    return told


def _component(fact: Fact) -> object:
    return fact.slots.get("component")


def histories(facts: Iterable[Fact], of_event: Mapping[str, int]) -> dict[str, list[Told]]:
    """What is told of one force, by personnel; arrivals and departures that one event tells happen once.

    What tells of presence or departure without saying of whom counts for everybody; where only that is told, for all
    in uniform. `of_event` numbers the events by claim.
    """
    known = _sort(facts, of_event)
    found, moved, there = known.counted, known.moved, known.there
    everybody: list[Told] = []
    numbered = {(event, kind) for of_whom, event, kind in moved if of_whom}
    for (of_whom, event, kind), told in moved.items():
        if of_whom:
            found[of_whom].append(_moved(kind, told))
        elif (event, kind) not in numbered:
            everybody.append(_moved(kind, told))
    arrived = {event for _, event, kind in moved if kind == "deployment"}
    for (of_whom, event), told in there.items():
        if event not in arrived:  # an arrival shows the presence that others tell of it
            shown = [Told("start", f.at.begun, f.at.last, None, None, (f.id,), _said_on(f)) for f in told]
            (found[of_whom] if of_whom else everybody).extend(shown)
    for personnel, rows in known.placed.items():
        found[personnel] += _placed(rows)
    whole = str(rules()["otherwise"])
    for personnel in list(found) or [whole]:
        found[personnel] += everybody
        if personnel != whole:  # of people told as all in uniform, any may be of this kind
            found[personnel] += [replace(t, low=0) for t in found.get(whole, ()) if _sized_move(t)]
    return {personnel: told for personnel, told in found.items() if told}


def _placed(rows: Sequence[Fact]) -> list[Told]:
    """The first rows of a dataset in each operation show that the force is there, later ones that it still was.

    An operation may have ended before the next began, and its contingents with it: the next one's rows begin anew.
    """
    first: dict[frozenset[str], int] = {}
    for fact in rows:
        first[served([fact])] = min(fact.at.first, first.get(served([fact]), fact.at.first))
    return [
        Told(
            "start" if f.at.first == first[served([f])] else "seen",
            f.at.begun, f.at.last, None, None, (f.id,), _said_on(f),
        )
        for f in rows
    ]  # fmt: skip


def _sized_move(told: Told) -> bool:
    return told.what in ("inflow", "outflow") and told.high is not None


def _only_present(fact: Fact) -> bool:
    """Whether it says that a force is there, and not that anybody came or how many."""
    if fact.type == "force_strength":
        return fact.bounds is None
    if fact.slots.get("rotation") or (fact.of("provider") and fact.country("provider") <= fact.of("host")):
        return True  # as many come as go, or a state moves its own people about
    if fact.type != "deployment" or fact.claim.quantity is not None:
        return False
    return fact.at.open_end or (fact.is_first and "unit" not in fact.slots)


def _told(what: Any, fact: Fact) -> Told:
    """A count. One of a month or less is of the whole of it, whenever in it the source spoke."""
    low, high = fact.range
    last, period = fact.at.last, fact.claim.period
    if period is not None and period.end is not None and fact.at.bounded:
        whole = period.end.last
        last = whole if whole - fact.at.first < rules()["dated_days"] else last
    high = _OPEN if high == _OPEN else max(0.0, high)
    said = _said_on(fact)
    return Told(what, fact.at.first, last, max(0.0, low), None if high == _OPEN else high, (fact.id,), said)


def _said_on(fact: Fact) -> int | None:
    """The day that a statement without an end speaks of, where its source bears no date: its beginning."""
    return fact.at.begun if fact.at.last >= AFTER_ALL_DAYS else None


def _moved(kind: str, told: Sequence[Fact]) -> Told:
    """One arrival or departure: dated by its narrowest telling, sized by all that give a number of people.

    Numbers that allow each other ("750" and "several hundred") leave what all of them allow, others what any does.
    What came or went some time in a month had certainly done so by its last day, or by the day its source spoke.
    """
    narrow = min(told, key=lambda f: (f.at.days, f.order))
    numbers = [f.range for f in told if f.bounds is not None and f.unit == "people"]
    claims = tuple(f.id for f in sorted(told, key=lambda f: f.order))
    low, high = _size(numbers)
    if kind == "withdrawal" and any(f.slots.get("complete") or f.slots.get("all_of") == "contingent" for f in told):
        return Told("end", narrow.at.begun, narrow.at.begun, 0, 0, claims)
    what: Any = "inflow" if kind == "deployment" else "outflow"
    return Told(what, narrow.at.begun, narrow.at.last, low, None if high == _OPEN else high, claims)


def _size(numbers: Sequence[tuple[float, float]]) -> tuple[float | None, float | None]:
    if not numbers:
        return None, None
    least, most = max(n[0] for n in numbers), min(n[1] for n in numbers)
    return (least, most) if least <= most else (min(n[0] for n in numbers), max(n[1] for n in numbers))


def rehatted(facts: Sequence[Fact], events: Sequence[Event]) -> list[tuple[str, str, Span, tuple[str, ...]]]:
    """Handovers in which contingents stayed under a new authority: predecessor, successor, day, claims.

    One telling of the handover says that they stayed, another may date it.
    """
    by_id = {fact.id: fact for fact in facts}
    groups = [[by_id[c] for c in event.claims if c in by_id] for event in events]
    seen = {f.id for group in groups for f in group}
    groups += [[f] for f in facts if f.id not in seen]
    found = []
    for group in groups:
        told = [f for f in group if f.type == "operation_handover" and f.factual]
        dated = [f for f in told if f.span is not None and f.at.bounded]
        if not any(f.slots.get("rehatted") for f in told) or not dated:
            continue
        day = min(dated, key=lambda f: (f.at.days, f.order))
        claims = tuple(sorted({day.id} | {f.id for f in told if f.slots.get("rehatted")}))
        found += [(old, new, day.at, claims) for old in day.of("predecessor") for new in day.of("successor")]
    return found
