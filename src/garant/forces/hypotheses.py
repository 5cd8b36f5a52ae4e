"""Hypotheses: a force's band once for each reading of what sources dispute about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

from garant.claims.wording import printed_time, quantity_text
from garant.forces.handover import Handed, handed_over
from garant.forces.history import Series, histories, personnel_of, present
from garant.forces.identity import Force
from garant.forces.strength import Point, band, rules
from garant.forces.units import Assumption, as_people
from garant.reconcile import Disagreement, Event, Fact

#: Kinds of disagreement whose sides give a force another size, and so another history.
_COUNTING = ("value", "regime", "measure", "scope")
#: Kinds that say of a claim whether it holds at all: a side that a decision has not taken is left out.
_HOLDING = (*_COUNTING, "date", "lifetime", "arithmetic")
#: A choice to be made: each option's reading, the claims that it sets aside, and those that it rests on.
_Choice = list[tuple[str, frozenset[str], frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Band:
    """One series under one hypothesis. `hypothesis` is empty where nothing about its size is disputed;
    `disputed` are the disagreements behind it, `predecessor` the force whose contingent it took over."""

    series: Series
    hypothesis: str
    points: tuple[Point, ...]
    disputed: tuple[str, ...] = ()
    predecessor: Force | None = None

    def at(self, day: int) -> Point | None:
        """The point that covers an ordinal day; None before the force and where it has gone."""
        found = next((p for p in self.points if p.start <= day and (p.end is None or day < p.end)), None)
        return None if found is None or found.low == found.high == 0 else found


def refuted(disagreements: Iterable[Disagreement]) -> frozenset[str]:
    """Claims on a side that a public decision has not taken, where the sides cannot both hold."""
    decided = [d for d in disagreements if d.decided]
    aside = {c for d in decided if d.kind in _HOLDING for c in d.claims}
    return frozenset(aside - {c for d in decided if d.decided for c in d.sides[d.decided - 1].claims})


def bands(
    facts: Sequence[Fact],
    events: Sequence[Event],
    disagreements: Iterable[Disagreement],
    assumed: Assumption | None = None,
) -> list[Band]:
    """Bands of every force, by host, provider, regime and personnel; rival hypotheses beside each other.

    Under an assumption on the size of a unit, series to which units are counted as people say so.

    A claim on a side that a public decision has not taken is left out of the history; where nobody has decided, each
    side gives a hypothesis.
    """
    found = list(disagreements)
    aside = refuted(found)
    facts = [fact for fact in facts if fact.id not in aside]
    forces = present(facts)
    of_event = {claim: number for number, event in enumerate(events) for claim in event.claims}
    handed = handed_over(forces, facts, events, of_event)
    units = list(as_people(facts, assumed)) if assumed else []
    for series, people in units:
        handed.told[series].append(people)
    open_ones = [d for d in found if d.kind in _COUNTING and not d.decided]
    told = []
    for force in sorted(forces):
        told += _of_force(force, forces[force], open_ones, of_event, handed)
    if assumed is None:
        return told
    touched = {series for series, _ in units}
    return [
        replace(b, hypothesis="; ".join(filter(None, [b.hypothesis, assumed.words]))) if b.series in touched else b
        for b in told
    ]


def _of_force(
    force: Force,
    facts: Sequence[Fact],
    disputes: Iterable[Disagreement],
    of_event: Mapping[str, int],
    handed: Handed,
) -> list[Band]:
    own = {fact.id for fact in facts}
    concerned = [d for d in disputes if own & set(d.claims)]
    choices: list[_Choice] = [
        [(side.reading, frozenset(d.claims) - frozenset(side.claims), frozenset(side.claims)) for side in d.sides]
        for d in concerned
    ]
    choices += _rival_stocks(facts, choices)
    while len(choices) > 1 and prod(len(c) for c in choices) > rules()["histories"]:
        choices.pop()  # the least damaging first: disagreements come with the most damaging at the front
    grouped: dict[tuple[str, tuple[Point, ...]], list[tuple[int, ...]]] = defaultdict(list)
    shown: dict[tuple[str, tuple[object, ...]], tuple[Point, ...]] = {}
    for chosen, dropped in _possible(choices):
        told = histories((f for f in facts if f.id not in dropped), of_event)
        for personnel in dict.fromkeys([*told, *handed.personnel(force)]):
            points = tuple(band([*told.get(personnel, ()), *handed.events_of(force, personnel)]))
            shape = tuple((p.start, p.end, p.low, p.high) for p in points)
            kept = shown.setdefault((personnel, shape), points)
            grouped[personnel, kept].append(chosen)
    disputed = tuple(d.id for d in concerned)
    alone = {personnel for personnel, _ in grouped if sum(p == personnel for p, _ in grouped) == 1}
    return [
        Band(
            Series(force, personnel),
            "" if personnel in alone else _label(choices, combined),
            points,
            () if personnel in alone else disputed,
            handed.predecessors.get(force),
        )
        for (personnel, points), combined in grouped.items()
        if points
    ]


def _possible(choices: Sequence[_Choice]) -> list[tuple[tuple[int, ...], frozenset[str]]]:
    """Ways of taking sides, with the claims that each sets aside; a side none of whose claims is left is not taken."""
    every = []
    for chosen in product(*(range(len(options)) for options in choices)):
        taken = [options[at] for options, at in zip(choices, chosen, strict=True)]
        every.append((chosen, frozenset(c for _, aside, _ in taken for c in aside), taken))
    kept = [(chosen, aside) for chosen, aside, taken in every if not any(rests <= aside for _, _, rests in taken)]
    return kept or [(chosen, aside) for chosen, aside, _ in every]


def _rival_stocks(facts: Sequence[Fact], choices: Sequence[_Choice]) -> list[_Choice]:
    """Stocks of one personnel that cover one date and lie further apart than `apart_share`, where no disagreement
    among the choices already sets them against each other."""
    against = [[aside for _, aside, _ in choice] for choice in choices]
    stocks = [f for f in facts if f.type == "force_strength" and f.bounds is not None and f.measure == "stock"]
    stocks = [f for f in stocks if f.slots.get("component") is None and f.unit == "people"]
    counting = {f.id: personnel_of(f) for f in stocks}
    pairs = [
        (one, other)
        for one, other in _overlapping(stocks)
        if counting[one.id] == counting[other.id] and _apart(one, other)
        if not any((one.id in sides) != (other.id in sides) for choice in against for sides in choice)
    ]
    return [_sides(group) for group in _hanging_together(pairs)]


def _overlapping(stocks: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Pairs that cover one day, in order of time."""
    ordered = sorted(stocks, key=lambda f: (f.at.first, f.order))
    for at, one in enumerate(ordered):
        for other in ordered[at + 1 :]:
            if other.at.first > one.at.last:
                break
            yield one, other


def _hanging_together(pairs: Iterable[tuple[Fact, Fact]]) -> list[list[Fact]]:
    groups: list[dict[str, Fact]] = []
    for pair in pairs:
        joined = {f.id: f for f in pair}
        for group in [g for g in groups if joined.keys() & g.keys()]:
            joined |= group
            groups.remove(group)
        groups.append(joined)
    return [sorted(group.values(), key=lambda f: f.range) for group in groups]


def _sides(told: Sequence[Fact]) -> _Choice:
    """Numbers within `apart_share` of the least of their side are one side; each side sets all the others aside."""
    sides: list[list[Fact]] = []
    for fact in told:
        if sides and not _apart(sides[-1][0], fact):
            sides[-1].append(fact)
        else:
            sides.append([fact])
    everything = frozenset(f.id for f in told)
    return [
        (" and ".join(dict.fromkeys(_reading(f) for f in side)), everything - ids, ids)
        for side in sides
        for ids in [frozenset(f.id for f in side)]
    ]


def _apart(one: Fact, other: Fact) -> bool:
    (low, high), (least, most) = one.range, other.range
    gap = max(low - most, least - high)
    return gap > float(rules()["apart_share"]) * max(low, least)


def _reading(fact: Fact) -> str:
    return f"{quantity_text(fact.claim.quantity)}, {printed_time(fact.claim.time)}"


def _label(choices: Sequence[_Choice], combined: Sequence[tuple[int, ...]]) -> str:
    """The readings that lead to one history; what makes no difference to it is not told."""
    words = []
    for at, options in enumerate(choices):
        taken = sorted({chosen[at] for chosen in combined})
        if len(taken) < len(options):
            words.append(" or ".join(options[option][0] for option in taken))
    return "; ".join(words)
