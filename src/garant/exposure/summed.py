"""Figures over a span of years, added up from those by year, and the ranking that the kept surfaces allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garant.exposure.figures import Figures
from garant.exposure.ranking import chances, factors, ranks_of, worst_of
from garant.exposure.settings import OUTSIDE, UNPLACED, settings
from garant.exposure.surfaces import Surfaces

Row = dict[str, Any]
#: Columns that add up over years and perpetrators.
_SUMS = ("events", "low", "best", "high", "coarse_events", "coarse_best", "expected")
_SCENARIOS = ("expected_low", "expected_high")


def rows_over(rows: Sequence[Row], first: date, last: date) -> list[Row]:
    """Yearly rows of `measure` added up over a span, by unit, violence and perpetrator."""
    held = [r for r in rows if first.isoformat() <= r["from"] and r["to"] <= last.isoformat()]
    if first.year == last.year:
        return held
    summed: dict[tuple[str, ...], Row] = {}
    for row in held:
        key = row["unit"], row["violence"], row["perpetrator"], row["perpetrator_kind"]
        whole = summed.get(key)
        if whole is None:
            summed[key] = row | {"from": first.isoformat(), "to": last.isoformat()}
            continue
        for what, value in row.items():
            if isinstance(value, int | float | list):
                whole[what] = whole[what] + value
    return list(summed.values())


def ranking_over(
    figures: Figures, by: str, first: date, last: date, *, violence: str | None = None, kind: str | None = None
) -> list[Row]:
    """Rows as `ranking.worst` has them, over whole years; `violence` and `kind` (of perpetrator) choose some of it.

    A year of all violence, and all years together, are as they were computed, from 1,000 draws. For anything else
    counts and `expected` are sums of the yearly figures, `rank` and `unreported` follow from them, and `p_worst` is the
    share of the 200 summed surfaces in which the unit is among the worst. `p_worst_place` and `without` need the events
    and are None; so are `expected_low`, `expected_high` and the ranks under them where only some violence is asked for.
    """
    held = [r for r in figures.rows(by, ranking=True) if first.isoformat() <= r["from"] and r["to"] <= last.isoformat()]
    chosen = violence is not None or kind is not None
    if not chosen and first.year == last.year:
        return held
    if not chosen and (first, last) == figures.span and (whole := figures.whole(by)):
        return whole
    names = {row["unit"]: row["name"] for row in held}
    parts: Sequence[Row] = held
    if chosen:
        told = rows_over(figures.rows(by), first, last)
        parts = [r for r in told if violence in (None, r["violence"]) and kind in (None, r["perpetrator_kind"])]
        parts = [r for r in parts if r["unit"] != UNPLACED and (r["unit"] != OUTSIDE or r["expected"] > 0)]
        names |= {row["unit"]: row["name"] for row in parts}
    sums = _summed(parts, names, (*_SUMS, *(() if chosen else _SCENARIOS)))
    units = list(sums)
    expected = np.array([sums[u]["expected"] for u in units])
    drawn = figures.surfaces(by, range(first.year, last.year + 1), violence=violence, perpetrator_kind=kind)
    ten = worst_of(len(units))
    columns: dict[str, Sequence[Any]] = {
        "rank": ranks_of(expected).tolist(),
        **{f"rank_{s}": _ranks(sums, units, f"expected_{s}") for s in ("low", "high")},
        "p_worst": among_worst(drawn, units, ten).tolist(),
        "unreported": factors(expected, ten),
    }
    span = {"from": first.isoformat(), "to": last.isoformat()}
    nothing = {"p_worst_place": None, "without": None} | dict.fromkeys(_SCENARIOS)
    made = [
        {"unit": unit, "name": names[unit], **span, "worst": ten, **nothing, **sums[unit]}
        | {name: values[at] for name, values in columns.items()}
        for at, unit in enumerate(units)
    ]
    made.sort(key=lambda row: row["rank"])
    return [row for row in made if by != "cell" or row["expected"] > 0 or row["events"]]


def among_worst(drawn: Surfaces, units: Sequence[str], ten: int) -> NDArray[np.float64]:
    """Share of surfaces in which each of some units is among the worst of all that were drawn."""
    others = [unit for unit in drawn.units if unit not in set(units)]
    random = np.random.default_rng(settings()["simulation"]["seed"])
    return chances(drawn.of([*units, *others]).astype(np.float64), ten, random)[: len(units)]


def _summed(parts: Sequence[Row], names: Mapping[str, str], columns: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Sums by unit, zero for those of which nothing is told."""
    sums: dict[str, dict[str, Any]] = {unit: dict.fromkeys(columns, 0) for unit in names}
    for row in parts:
        whole = sums.setdefault(row["unit"], dict.fromkeys(columns, 0))
        for what in columns:
            whole[what] += row[what]
    return sums


def _ranks(sums: Mapping[str, Mapping[str, Any]], units: Sequence[str], column: str) -> list[int | None]:
    """Ranks under another count; None where it is not known."""
    if not all(column in sums[unit] for unit in units):
        return [None] * len(units)
    ranks: list[int | None] = ranks_of(np.array([float(sums[unit][column]) for unit in units])).tolist()
    return ranks
