"""What else could have been recorded: surfaces drawn from where, when and how often the same violence may happen.

A draw has three steps. Location and date: each event takes one place of its ground and one day of its interval.
Process: the number of events of a unit is drawn anew,

    N*_u ~ Poisson(λ_u),   λ_u ~ Gamma(a + n_u, rate b + 1),

with n_u the events that fell to it in this draw and Gamma(a, b) the units' own distribution, fitted by moments
(b = m/(v - m), a = m·b from mean m and variance v of the n_u; without overdispersion the units are alike but for
Poisson). Severity: each of the N*_u events takes the deaths of one of the unit's own events with probability
n_u/(n_u + κ), else of any event of the country. Sums of deaths are one posterior-predictive surface. Deaths are the
best counts; under low and high, scenarios of their own, units are only ranked. Sources: Gelman et al. (2013), Bayesian
Data Analysis, sections 2.6 and 5.1; Clayton & Kaldor (1987), Biometrics 43, 671-681 (moments for area counts).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from garant.exposure.events import share_within
from garant.exposure.settings import settings

if TYPE_CHECKING:
    import pandas as pd

    from garant.exposure.measure import Record
    from garant.exposure.spread import Ground
    from garant.exposure.units import Units

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]


def place(
    events: pd.DataFrame, shares: sparse.csr_matrix, period: tuple[date, date], draws: int, random: np.random.Generator
) -> _Ints:
    """The unit of each event in each draw (draws × events): -1 where it fell outside the period or every unit."""
    chance = share_within(events, *period)
    unit = np.full((draws, len(events)), -1, dtype=np.int64)
    for at in np.flatnonzero(chance > 0):
        row = slice(shares.indptr[at], shares.indptr[at + 1])
        into, part = shares.indices[row], np.cumsum(shares.data[row])
        if not into.size:
            continue
        if into.size == 1 and part[-1] > 1 - 1e-12 and chance[at] >= 1:
            unit[:, at] = into[0]
            continue
        drawn = random.random(draws)
        chosen = np.searchsorted(part, drawn, side="right")
        found = np.where(chosen < into.size, into[np.minimum(chosen, into.size - 1)], -1)
        if part[-1] > 1 - 1e-12:
            found = np.where(found < 0, into[-1], found)
        unit[:, at] = np.where(random.random(draws) < chance[at], found, -1)
    return unit


def fall(
    record: Record, ground: Ground, units: Units, kept: _Ints, period: tuple[date, date], draws: int,
    random: np.random.Generator,
) -> tuple[_Ints, _Floats]:  # fmt: skip
    """Where events fall, and their deaths: the unit, among those `kept`, of each event in each draw (draws × events).

    Where units overlap an event stands once for each that it may be in at a time.
    """
    deaths = record.events["best"].to_numpy(float)
    shares, units_of = units.pieces(ground)
    if units.kind != "site":
        return place(record.events, sparse.csr_matrix(shares[:, kept]), period, draws, random), deaths
    placed = place(record.events, shares, period, draws, random)
    nowhere = np.full((1, units_of.shape[1]), -1, dtype=np.int64)
    found = np.concatenate([units_of, nowhere])[placed]  # a place of -1 is the last row
    return np.moveaxis(found, 2, 1).reshape(draws, -1), np.tile(deaths, units_of.shape[1])


def sums(unit: _Ints, deaths: _Floats, units: int) -> _Floats:
    """Deaths by draw and unit (draws × units) from the unit of each event."""
    draws = unit.shape[0]
    flat = np.where(unit >= 0, unit + units * np.arange(draws)[:, None], draws * units).ravel()
    weights = np.broadcast_to(deaths, unit.shape).ravel()
    added: _Floats = np.bincount(flat, weights=weights, minlength=draws * units + 1)[:-1].astype(np.float64)
    return added.reshape(draws, units)


def predict(unit: _Ints, deaths: _Floats, units: int, random: np.random.Generator) -> _Floats:
    """Posterior-predictive deaths by draw and unit (draws × units)."""
    draws = unit.shape[0]
    number = sums(unit, np.ones(unit.shape[1]), units)
    rate = _rates(number, random)
    events = random.poisson(rate)
    return _severities(unit, deaths, number, events, random).reshape(draws, units)


def _rates(number: _Floats, random: np.random.Generator) -> _Floats:
    """Rates of the units, drawn from their posteriors."""
    mean, variance = (
        number.mean(axis=1, keepdims=True),
        number.var(axis=1, ddof=1, keepdims=True) if number.shape[1] > 1 else 0.0,
    )
    excess = np.maximum(variance - mean, 1e-9)
    b = np.where(mean > 0, mean / excess, 1.0)
    drawn: _Floats = random.gamma(mean * b + number + 1e-12, 1.0) / (b + 1)
    return np.where(mean > 0, drawn, 0.0)


def _severities(unit: _Ints, deaths: _Floats, number: _Floats, events: _Ints, random: np.random.Generator) -> _Floats:
    """Deaths of each draw and unit, from as many severities as it has events."""
    draws, units = number.shape
    into = np.repeat(np.arange(draws * units), events.ravel())
    if not into.size:
        return np.zeros(draws * units)
    key = np.where(unit >= 0, unit + units * np.arange(draws)[:, None], draws * units).ravel()
    order = np.argsort(key, kind="stable")
    severity = np.broadcast_to(deaths, unit.shape).ravel()[order]
    counts = number.ravel().astype(np.int64)
    begins = np.concatenate([[0], np.cumsum(counts)])[:-1]
    borrowed = settings()["simulation"]["borrowed_events"]
    own = random.random(into.size) < counts[into] / (counts[into] + borrowed)
    position = begins[into] + np.minimum(
        (random.random(into.size) * counts[into]).astype(np.int64), np.maximum(counts[into] - 1, 0)
    )
    draw = into // units
    per_draw = counts.reshape(draws, units).sum(axis=1)
    first = np.concatenate([[0], np.cumsum(per_draw)])[:-1]
    anywhere = first[draw] + (random.random(into.size) * per_draw[draw]).astype(np.int64)
    added: _Floats = np.bincount(into, severity[np.where(own, position, anywhere)], draws * units).astype(np.float64)
    return added
