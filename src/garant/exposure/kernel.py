"""A smooth intensity of violence in space and time: a Gaussian kernel whose bandwidths are chosen by cross-validation.

The intensity of a period P at lattice point s, in deaths:

    λ_P(s) = Σ_i m_i · ω_i(P) · Σ_g  p_i(g) · K_h(g, s) / Σ_t K_h(g, t)

with m_i the deaths of event i, p_i(g) the share of its ground at g (see spread), K_h a Gaussian of standard deviation h
km between g and s, summed over the points t of the country, so that no mass leaves it; and

    ω_i(P) = [Φ((P₁ - t_i)/b) - Φ((P₀ - t_i)/b)] / [Φ((T₁ - t_i)/b) - Φ((T₀ - t_i)/b)]

the part of a Gaussian of b days round the event's middle day t_i that falls in the period, of what falls in the span
[T₀, T₁] of the data. Over all periods of the span an event keeps exactly its deaths. Sources: Silverman (1986), Density
Estimation, ch. 4; Diggle (1985), A kernel method for smoothing point process data, Applied Statistics 34, 138-147 (edge
correction).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage, special

from garant.exposure.settings import settings
from garant.exposure.spread import Ground
from garant.geo.distance import EARTH_KM
from garant.geo.lattice import DEGREE_KM

if TYPE_CHECKING:
    import pandas as pd

_Floats = NDArray[np.float64]
#: Standard deviations after which a Gaussian is cut.
_CUT = 4.0


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """Standard deviations of the kernel: km in space, days in time; `events` that chose it (0: none did)."""

    space_km: float
    time_days: float
    events: int = 0


def choose(events: pd.DataFrame, surface_km2: float) -> Bandwidth:
    """The pair of bandwidths under which each event is best foreseen by the others: leave-one-out log-likelihood.

        Σ_i log[ (1 - ε)/(n - 1) · Σ_{j≠i} K_h(d_ij) k_b(t_i - t_j) + ε/(A·T) ]

    over pairs of exposure.yaml, on events whose place is known within 25 km; those of the same place and day as i are
    left out with it, since they may be one event told twice. `surface_km2` is the area A. Source: Silverman (1986),
    section 3.4.4.
    """
    rule = settings()["kernel"]
    usable = events[events["spread"].isin(["point", "near"])]
    middles = rule["space_km"][len(rule["space_km"]) // 2], rule["time_days"][len(rule["time_days"]) // 2]
    if len(usable) < rule["least_events"]:
        return Bandwidth(*middles)
    if len(usable) > rule["most_events"]:
        usable = usable.sample(rule["most_events"], random_state=settings()["simulation"]["seed"])
    x, y = usable["longitude"].to_numpy(float), usable["latitude"].to_numpy(float)
    days = middle_day(usable)
    apart, lag = _apart(x, y), np.abs(days[:, None] - days[None, :])
    others = ~((x[:, None] == x) & (y[:, None] == y) & (lag == 0))
    n, ground = len(usable), surface_km2 * max(float(np.ptp(days)) + 1, 1.0)
    best = (-np.inf, middles)
    in_space = {h: np.exp(-0.5 * (apart / h) ** 2) / (2 * np.pi * h**2) for h in rule["space_km"]}
    for b in rule["time_days"]:
        in_time = np.where(others, np.exp(-0.5 * (lag / b) ** 2) / (np.sqrt(2 * np.pi) * b), 0.0)
        for h, kernel in in_space.items():
            density = np.einsum("ij,ij->i", kernel, in_time) / (n - 1)
            likelihood = float(np.log((1 - rule["even"]) * density + rule["even"] / ground).sum())
            best = max(best, (likelihood, (h, b)))
    return Bandwidth(*best[1], events=n)


def _apart(x: _Floats, y: _Floats) -> _Floats:
    """Distances between points in km, on a sphere: the kernel needs no more, and it is fifty times quicker."""
    east, north = np.radians(x), np.radians(y)
    across = np.sin((north[:, None] - north) / 2) ** 2
    across += np.cos(north[:, None]) * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    apart: _Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(across))
    return apart


def middle_day(events: pd.DataFrame) -> _Floats:
    """Days since 1970 of the middle of each event's interval."""
    start = events["start"].to_numpy().astype("datetime64[D]").astype(np.int64)
    end = events["end"].to_numpy().astype("datetime64[D]").astype(np.int64)
    middle: _Floats = (start + end) / 2
    return middle


def in_period(events: pd.DataFrame, first: date, last: date, span: tuple[date, date], days: float) -> _Floats:
    """ω_i: the part of each event's kernel in time that falls in a period (both days included)."""
    at = middle_day(events)
    period = _part(at, first, last, days)
    share: _Floats = period / _part(at, *span, days)
    return share


def _part(at: _Floats, first: date, last: date, days: float) -> _Floats:
    low, high = (np.datetime64(d).astype(np.int64) for d in (first, last))
    part: _Floats = special.ndtr((high + 0.5 - at) / days) - special.ndtr((low - 0.5 - at) / days)
    return part


class Smoother:
    """Spreads mass over a country's lattice by K_h, with edge correction; one filter for each call."""

    def __init__(self, ground: Ground, bandwidth: Bandwidth) -> None:
        lattice = ground.lattice
        middle = float(np.radians(lattice.latitude[lattice.inside].mean()))
        per_point = DEGREE_KM * lattice.step
        self._sigma = bandwidth.space_km / per_point, bandwidth.space_km / (per_point * np.cos(middle))
        self._ground, self._shape = ground, lattice.shape
        self._mask = lattice.inside.reshape(lattice.shape).astype(float)
        reached = self._filtered(self._mask)
        self._kept = np.divide(1.0, reached, out=np.zeros_like(reached), where=self._mask > 0)

    def __call__(self, mass: _Floats) -> _Floats:
        """Intensity by lattice point inside the country, from the mass of each event; the sum is kept."""
        by_shape = np.bincount(self._ground.of_event, weights=mass, minlength=self._ground.shapes.shape[0])
        by_node = self._ground.shapes.T @ by_shape
        raster = np.bincount(self._ground.raster, by_node, self._mask.size).astype(float).reshape(self._shape)
        smooth = self._filtered(raster * self._kept) * self._mask
        total, made = float(mass.sum()), float(smooth.sum())
        inside: _Floats = smooth.ravel()[self._ground.lattice.inside]
        return inside * (total / made) if made > 0 else inside

    def _filtered(self, raster: _Floats) -> _Floats:
        out: _Floats = ndimage.gaussian_filter(raster, self._sigma, mode="constant", truncate=_CUT)
        return out
