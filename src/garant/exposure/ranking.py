"""Which units are worst, how surely, and on whose word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from garant.exposure.events import share_within, told_within
from garant.exposure.measure import Record
from garant.exposure.outlets import alone, large, outlets_of
from garant.exposure.settings import BY_POPULATION, settings
from garant.exposure.simulate import fall, predict, sums
from garant.exposure.spread import Ground
from garant.exposure.units import Units, real

_Floats = NDArray[np.float64]


def worst(
    record: Record, units: Units, period: tuple[date, date], *, draws: int | None = None, seed: int | None = None
) -> list[dict[str, Any]]:
    """Rows {unit, name, from, to, events, low, best, high, coarse_events, coarse_best, worst} and the modelled columns
    {expected, expected_low, expected_high, rank, rank_low, rank_high, p_worst, p_worst_place, unreported, without}, the
    worst first.

    `worst` is how many are called the worst: ten, or half of the units where there are ten or fewer. `p_worst` is the
    share of posterior-predictive surfaces in which the unit is among them; `p_worst_place` the same if only place and
    day are uncertain; `rank_low`, `rank_high` are ranks under the other two counts; `unreported` says by which factor a
    unit's deaths would have to be under-recorded for it to come among the worst (or, for one of them, by which factor
    those of the next one, to push it out): a sensitivity, no correction. `without` names large outlets without whose
    events, where they alone tell them, the unit leaves or enters the worst.

    With a population layer each modelled column stands a second time, its name ending in `_by_population`: coarse
    events spread by where people live. Every area and site has a row; a cell only if something may have happened in it.
    """
    kept = real(units, units.shares(record.ground), record.events, period)
    ten = worst_of(len(kept))
    model = _Model(
        record, units, kept, period, ten, settings()["simulation"]["draws"] if draws is None else draws, seed
    )
    columns = model.columns(record.ground)
    order = np.argsort(columns["rank"], kind="stable")
    if record.people is not None:
        by_people = model.columns(record.people)
        columns |= {f"{name}{BY_POPULATION}": values for name, values in by_people.items()}
    raw = _raw(record, units, period)
    return [
        {
            "unit": units.ids[kept[at]],
            "name": units.names[kept[at]],
            "from": period[0].isoformat(),
            "to": period[1].isoformat(),
            **raw[kept[at]],
            "worst": ten,
            **{name: values[at] for name, values in columns.items()},
        }
        for at in order
        if units.kind != "cell" or columns["expected_high"][at] > 0 or raw[kept[at]]["events"]
    ]


def worst_of(units: int) -> int:
    """How many of some units are called the worst."""
    most: int = settings()["simulation"]["worst"]
    return most if units > most else max(1, units // 2)


@dataclass(frozen=True, slots=True)
class _Model:
    """What is asked of each way to spread events: the same counts, draws and seed."""

    record: Record
    units: Units
    kept: NDArray[np.int64]
    period: tuple[date, date]
    ten: int
    draws: int
    seed: int | None

    def columns(self, ground: Ground) -> dict[str, list[Any]]:
        """Modelled columns by unit, from where each event may have happened."""
        shares = sparse.csr_matrix(self.units.shares(ground)[:, self.kept])
        counted, number = _counted(self.record, self.period), len(self.kept)
        random = np.random.default_rng(settings()["simulation"]["seed"] if self.seed is None else self.seed)
        expected = {c: shares.T @ mass for c, mass in counted.items()}
        ranks = {c: ranks_of(values).tolist() for c, values in expected.items()}
        placed, deaths = fall(self.record, ground, self.units, self.kept, self.period, self.draws, random)
        by_place = chances(sums(placed, deaths, number), self.ten, random)
        reversed_by = _without(self.record, shares, counted["best"], self.period, self.ten)
        return {
            "expected": expected["best"].tolist(),
            "expected_low": expected["low"].tolist(),
            "expected_high": expected["high"].tolist(),
            "rank": ranks["best"],
            "rank_low": ranks["low"],
            "rank_high": ranks["high"],
            "p_worst": chances(predict(placed, deaths, number, random), self.ten, random).tolist(),
            "p_worst_place": by_place.tolist(),
            "unreported": factors(expected["best"], self.ten),
            "without": [reversed_by.get(at, []) for at in range(number)],
        }


def _counted(record: Record, period: tuple[date, date]) -> dict[str, _Floats]:
    """Deaths of each event under each count, as far as it may have happened in a period."""
    inside = share_within(record.events, *period)
    return {c: record.events[c].to_numpy(float) * inside for c in ("low", "best", "high")}


def chances(surfaces: _Floats, ten: int, random: np.random.Generator) -> _Floats:
    """Share of surfaces (draws × units) in which each unit is among the worst; ties by lot, never with 0."""
    lot = random.random(surfaces.shape)
    order = np.lexsort((lot, -surfaces), axis=-1)[:, :ten]
    among = np.zeros(surfaces.shape, dtype=bool)
    np.put_along_axis(among, order, True, axis=1)
    chance: _Floats = (among & (surfaces > 0)).mean(axis=0)
    return chance


def ranks_of(values: _Floats) -> NDArray[np.int64]:
    """1 for the highest; equals, to a billionth of a death, share the better rank."""
    told = values.round(9)
    return np.array([1 + int((told > v).sum()) for v in told], dtype=np.int64)


def _raw(record: Record, units: Units, period: tuple[date, date]) -> list[dict[str, int]]:
    told_then = told_within(record.events, *period)
    told = record.events[told_then]
    printed = units.printed[np.flatnonzero(told_then)].T
    coarse = told["spread"].isin(settings()["coarse"]).to_numpy(float)
    counts = {"events": printed @ np.ones(len(told))}
    counts |= {c: printed @ told[c].to_numpy(float) for c in ("low", "best", "high")}
    counts |= {"coarse_events": printed @ coarse, "coarse_best": printed @ (coarse * told["best"].to_numpy(float))}
    return [{c: round(by_unit[u]) for c, by_unit in counts.items()} for u in range(len(units.ids))]


def factors(expected: _Floats, ten: int) -> list[float | None]:
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
