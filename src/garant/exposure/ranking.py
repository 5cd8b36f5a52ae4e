"""Which units are worst, how surely, and on whose word."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from garant.exposure.events import share_within, told_within
from garant.exposure.measure import Record
from garant.exposure.outlets import alone, large, outlets_of
from garant.exposure.settings import settings
from garant.exposure.simulate import place, predict, sums
from garant.exposure.units import OUTSIDE, UNPLACED, Units

_Floats = NDArray[np.float64]


def worst(
    record: Record, units: Units, period: tuple[date, date], *, draws: int | None = None, seed: int | None = None
) -> list[dict[str, Any]]:
    """Rows {unit, name, from, to, events, low, best, high, coarse_events, coarse_best, expected, rank, worst, p_worst,
    p_worst_place, rank_low, rank_high, unreported, without}, the worst first.

    `worst` is how many are called the worst: ten, or half of the units where there are ten or fewer. `p_worst` is the
    share of posterior-predictive surfaces in which the unit is among them; `p_worst_place` the same if only place and
    day are uncertain; `rank_low`, `rank_high` are ranks under the other two counts; `unreported` says by which factor a
    unit's deaths would have to be under-recorded for it to come among the worst (or, for one of them, by which factor
    those of the next one, to push it out): a sensitivity, no correction. `without` names large outlets without whose
    events, where they alone tell them, the unit leaves or enters the worst. With a population layer
    `expected_by_population` and `rank_by_population` stand beside. Every area and site has a row; a cell only if
    something may have happened in it.
    """
    rule = settings()["simulation"]
    random = np.random.default_rng(rule["seed"] if seed is None else seed)
    events, inside = record.events, share_within(record.events, *period)
    counted = {c: events[c].to_numpy(float) * inside for c in ("low", "best", "high")}
    shares = units.shares(record.ground)
    real = _real(units, shares.T @ counted["high"])
    shares = sparse.csr_matrix(shares[:, real])
    number, ten = len(real), rule["worst"] if len(real) > rule["worst"] else max(1, len(real) // 2)
    expected = {c: shares.T @ counted[c] for c in counted}
    if record.people is not None:
        expected["by_population"] = units.shares(record.people)[:, real].T @ counted["best"]
    placed = place(events, shares, period, rule["draws"] if draws is None else draws, random)
    deaths = events["best"].to_numpy(float)
    chances = {
        "p_worst_place": _chance(sums(placed, deaths, number), ten, random),
        "p_worst": _chance(predict(placed, deaths, number, random), ten, random),
    }
    ranks = {c: _ranks(values) for c, values in expected.items()}
    raw, factor = _raw(record, units, period), _factors(expected["best"], ten)
    reversed_by = _without(record, shares, counted["best"], period, ten)
    return [
        {
            "unit": units.ids[real[at]],
            "name": units.names[real[at]],
            "from": period[0].isoformat(),
            "to": period[1].isoformat(),
            **raw[real[at]],
            "expected": float(expected["best"][at]),
            "rank": int(ranks["best"][at]),
            "worst": ten,
            **{key: float(chance[at]) for key, chance in chances.items()},
            "rank_low": int(ranks["low"][at]),
            "rank_high": int(ranks["high"][at]),
            "unreported": factor[at],
            "without": reversed_by.get(at, []),
            **_by_population(expected, ranks, at),
        }
        for at in np.argsort(ranks["best"], kind="stable")
        if units.kind != "cell" or expected["high"][at] > 0 or raw[real[at]]["events"]
    ]


def _real(units: Units, expected: _Floats) -> NDArray[np.int64]:
    """Units that are ranked: those that are a place, and what lies outside them all only if something does."""
    kept = [u != UNPLACED and (u != OUTSIDE or expected[at] > 0) for at, u in enumerate(units.ids)]
    return np.flatnonzero(kept)


def _by_population(expected: dict[str, _Floats], ranks: dict[str, NDArray[np.int64]], at: int) -> dict[str, Any]:
    if "by_population" not in expected:
        return {}
    told = float(expected["by_population"][at])
    return {"expected_by_population": told, "rank_by_population": int(ranks["by_population"][at])}


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
    told_then = told_within(record.events, *period)
    told = record.events[told_then]
    printed = units.printed[np.flatnonzero(told_then)].T
    coarse = told["spread"].isin(settings()["coarse"]).to_numpy(float)
    counts = {"events": printed @ np.ones(len(told))}
    counts |= {c: printed @ told[c].to_numpy(float) for c in ("low", "best", "high")}
    counts |= {"coarse_events": printed @ coarse, "coarse_best": printed @ (coarse * told["best"].to_numpy(float))}
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
