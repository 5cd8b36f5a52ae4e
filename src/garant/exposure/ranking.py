"""Which units are worst, how surely, and on whose word."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garant.exposure.events import begins_within, share_within
from garant.exposure.measure import Record
from garant.exposure.outlets import alone, large, outlets_of
from garant.exposure.settings import settings
from garant.exposure.simulate import place, predict, sums
from garant.exposure.units import OUTSIDE, Units

_Floats = NDArray[np.float64]


def worst(
    record: Record, units: Units, period: tuple[date, date], *, draws: int | None = None, seed: int | None = None
) -> list[dict[str, Any]]:
    """Rows {unit, name, from, to, events, low, best, high, expected, rank, p_worst, p_worst_place, rank_low, rank_high,
    unreported, without}, the worst first.

    `p_worst` is the share of posterior-predictive surfaces in which the unit is among the ten worst; `p_worst_place`
    the same if only place and day are uncertain; `rank_low`, `rank_high` are ranks under the other two counts;
    `unreported` says by which factor a unit's deaths would have to be under-recorded for it to come among the ten (or,
    for one of the ten, by which factor those of the eleventh, to push it out): a sensitivity, no correction. `without`
    names large outlets without whose events, where they alone tell them, the unit leaves or enters the ten.
    """
    rule = settings()["simulation"]
    random = np.random.default_rng(rule["seed"] if seed is None else seed)
    number, ten = len(units.ids), rule["worst"]
    shares = units.shares(record.ground)
    events = record.events
    counted = {c: events[c].to_numpy(float) for c in ("low", "best", "high")}
    inside = share_within(events, *period)
    expected = {c: shares.T @ (counted[c] * inside) for c in counted}
    placed = place(events, shares, period, rule["draws"] if draws is None else draws, random)
    by_place = _chance(sums(placed, counted["best"], number), ten, random)
    predicted = _chance(predict(placed, counted["best"], number, random), ten, random)
    ranks = {c: _ranks(expected[c]) for c in counted}
    raw = _raw(record, units, period)
    reversed_by = _without(record, shares, counted["best"] * inside, period, ten)
    factor = _factors(expected["best"], ten)
    return [
        {
            "unit": units.ids[at],
            "name": units.names[at],
            "from": period[0].isoformat(),
            "to": period[1].isoformat(),
            **raw[at],
            "expected": float(expected["best"][at]),
            "rank": int(ranks["best"][at]),
            "p_worst": float(predicted[at]),
            "p_worst_place": float(by_place[at]),
            "rank_low": int(ranks["low"][at]),
            "rank_high": int(ranks["high"][at]),
            "unreported": factor[at],
            "without": reversed_by.get(at, []),
        }
        for at in np.argsort(ranks["best"], kind="stable")
        if (expected["high"][at] > 0 or raw[at]["events"]) and units.ids[at] != OUTSIDE
    ]


def _chance(surfaces: _Floats, ten: int, random: np.random.Generator) -> _Floats:
    """Share of surfaces (draws × units) in which each unit is among the worst; ties by lot, never with 0."""
    lot = random.random(surfaces.shape)
    order = np.lexsort((lot, -surfaces), axis=-1)[:, :ten]
    among = np.zeros(surfaces.shape, dtype=bool)
    np.put_along_axis(among, order, True, axis=1)
    chance: _Floats = (among & (surfaces > 0)).mean(axis=0)
    return chance


def _ranks(values: _Floats) -> NDArray[np.int64]:
    """1 for the highest; equals share the better rank."""
    return np.array([1 + int((values > v).sum()) for v in values], dtype=np.int64)


def _raw(record: Record, units: Units, period: tuple[date, date]) -> list[dict[str, int]]:
    begun = begins_within(record.events, *period)
    told = record.events[begun]
    printed = units.printed[np.flatnonzero(begun)].T
    counts = {"events": printed @ np.ones(len(told))}
    counts |= {c: printed @ told[c].to_numpy(float) for c in ("low", "best", "high")}
    return [{c: round(by_unit[u]) for c, by_unit in counts.items()} for u in range(len(units.ids))]


def _factors(expected: _Floats, ten: int) -> list[float | None]:
    """Unit by unit, the factor of under-recording at which it changes sides of the ten; None where none would do."""
    order = np.sort(expected)[::-1]
    tenth = order[ten - 1] if len(order) >= ten else 0.0
    eleventh = order[ten] if len(order) > ten else 0.0
    factors: list[float | None] = []
    for value in expected:
        if value >= tenth and value > 0:
            factors.append(float(value / eleventh) if eleventh > 0 else None)
        else:
            factors.append(float(tenth / value) if value > 0 else None)
    return factors


def _without(record: Record, shares: Any, mass: _Floats, period: tuple[date, date], ten: int) -> dict[int, list[str]]:
    """Units that leave or enter the ten when what one large outlet alone tells is left out, with the outlets."""
    behind = outlets_of(record.events["outlets"])
    here = np.flatnonzero(share_within(record.events, *period) > 0)
    among = _ten(shares.T @ mass, ten)
    found: dict[int, list[str]] = {}
    for name in large([behind[at] for at in here]):
        left = _ten(shares.T @ np.where(alone(behind, name), 0.0, mass), ten)
        for unit in among ^ left:
            found.setdefault(unit, []).append(name)
    return found


def _ten(values: _Floats, ten: int) -> set[int]:
    order = np.argsort(-values, kind="stable")[:ten]
    return {int(at) for at in order if values[at] > 0}
