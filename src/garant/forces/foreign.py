"""Foreign personnel in a host on one day: who provides how many, as bounds, and the rest of each operation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from garant.forces.hypotheses import Band
from garant.forces.identity import Force, by_force, served
from garant.forces.strength import rules
from garant.reconcile import Fact


@dataclass(slots=True)
class Present:
    """One provider's personnel in the host: bounds over every hypothesis, `high` infinite where it is open.

    Only here are regimes put together, and `forces` says which. `unknown` are forces of theirs that are there in
    unknown strength; `stale` says that some number is old.
    """

    provider: str
    low: float = 0
    high: float = 0
    forces: list[Force] = field(default_factory=list)
    unknown: list[Force] = field(default_factory=list)
    stale: bool = False
    claims: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class Whole:
    """An operation counted as a whole: its own bounds, and those of what its known contingents leave of it."""

    operation: str
    regime: str
    low: float
    high: float
    rest_low: float
    rest_high: float
    stale: bool
    claims: dict[str, None] = field(default_factory=dict)


_Strength = tuple[float, float, bool, tuple[str, ...]]


def silent(bands: Iterable[Band], day: int) -> frozenset[Force]:
    """Forces that no source says have left, and that nobody has told of for `silent_days` (bands.yaml) before a day."""
    last: dict[Force, int] = {}
    for each in bands:
        point = each.at(day)
        if point is not None:
            told = point.start if point.seen is None else point.seen
            last[each.series.force] = max(told, last.get(each.series.force, told))
    return frozenset(force for force, told in last.items() if day - told > rules()["silent_days"])


def strength_on(bands: Iterable[Band], day: int) -> dict[Force, tuple[float, float, bool, tuple[str, ...]]]:
    """Everybody of each force on an ordinal day: (low, high, stale, claims), over all hypotheses.

    Where all in uniform are told that is the number; parts (troops, police, …) add up below it. A force of unknown
    strength is (0, infinite). Forces that are not there are left out.
    """
    told: dict[Force, dict[str, list[Band]]] = defaultdict(lambda: defaultdict(list))
    for each in bands:
        told[each.series.force][each.series.personnel].append(each)
    found = {}
    for force, by_personnel in told.items():
        bounds: dict[str, tuple[float, float]] = {}
        stale, claims = False, dict[str, None]()
        for personnel, rivals in by_personnel.items():
            points = [b.at(day) for b in rivals]
            there = [p for p in points if p is not None]
            if not there:
                continue
            lows = [0 if p is None or p.low is None else p.low for p in points]
            highs = [0 if p is None else inf if p.high is None else p.high for p in points]
            bounds[personnel] = min(lows), max(highs)
            stale |= any(p.stale for p in there)
            claims |= dict.fromkeys(c for p in there for c in p.claims)
        if bounds:
            found[force] = (*_everybody(bounds), stale, tuple(claims))
    return found


def _everybody(bounds: Mapping[str, tuple[float, float]]) -> tuple[float, float]:
    parts = [b for personnel, b in bounds.items() if personnel != "all_uniformed"]
    low, high = sum(b[0] for b in parts), sum(b[1] for b in parts)
    whole = bounds.get("all_uniformed")
    if whole is None or whole == (0, inf):
        return (low, high) if parts else (0, inf)
    return max(whole[0], low), max(whole[1], low)


def foreign(facts: Iterable[Fact], bands: Iterable[Band], host: str, day: int) -> tuple[list[Present], list[Whole]]:
    """Providers with personnel in the host on an ordinal day, and the operations there counted as wholes.

    Forces not told of for long (see `silent`) are left out.
    """
    bands = list(bands)
    unheard = silent(bands, day)
    told = strength_on((b for b in bands if b.series.force not in unheard), day)
    there = {f: _share_of(f, s) for f, s in told.items() if host in f.hosts and f.foreign_to(host)}
    serving = {force: served(told) for force, told in by_force(facts).items()}
    operations = frozenset(e for missions in serving.values() for e in missions)
    providers: dict[str, Present] = {}
    wholes: dict[str, Whole] = {}
    for force, (low, high, stale, claims) in there.items():
        if force.provider in operations:
            wholes[force.provider] = Whole(
                force.provider, force.regime, low, high, low, high, stale, dict.fromkeys(claims)
            )
            continue
        one = providers.setdefault(force.provider, Present(force.provider))
        one.low, one.high, one.stale = one.low + low, one.high + high, one.stale or stale
        one.forces.append(force)
        one.claims |= dict.fromkeys(claims)
        if (low, high) == (0, inf):
            one.unknown.append(force)
    for operation, whole in wholes.items():
        inside = [s for f, s in there.items() if operation in serving.get(f, ()) and f.provider not in operations]
        whole.rest_low = max(0.0, whole.low - sum(s[1] for s in inside))
        whole.rest_high = max(0.0, whole.high - sum(s[0] for s in inside))
    ranked = sorted(providers.values(), key=lambda p: (-p.low, -p.high, p.provider))
    return ranked, sorted(wholes.values(), key=lambda w: (-w.low, w.operation))


def _share_of(force: Force, strength: tuple[float, float, bool, tuple[str, ...]]) -> _Strength:
    """Of a force that is in several states nobody tells how many are in one."""
    low, high, stale, claims = strength
    return (low if len(force.hosts) == 1 else 0.0, high, stale, claims)


def ranked(strengths: Sequence[tuple[str, float, float]]) -> list[tuple[str, float, float, int, int]]:
    """Best and worst rank that bounds leave open, among those given: [(provider, low, high, best, worst)].

    >>> ranked([("A", 900, 900), ("B", 500, 1000), ("C", 100, 200)])
    [('A', 900, 900, 1, 2), ('B', 500, 1000, 1, 2), ('C', 100, 200, 3, 3)]
    """
    found = []
    for at, (who, low, high) in enumerate(strengths):
        others = [s for n, s in enumerate(strengths) if n != at]
        best = 1 + sum(other[1] > high for other in others)
        worst = 1 + sum(other[2] > low for other in others)
        found.append((who, low, high, best, worst))
    return found
