"""A smooth intensity of violence in space and time: a Gaussian kernel, its mass kept inside the country.

The intensity of a period P at lattice point s, in deaths:

    λ_P(s) = Σ_i m_i · ω_i(P) · Σ_g  p_i(g) · K_h(g, s) / Σ_t K_h(g, t)

with m_i the deaths of event i, p_i(g) the share of its ground at g (see spread), K_h a Gaussian of standard deviation h
km between g and s, summed over the points t of the country, so that no mass leaves it; and

    ω_i(P) = [Φ((P₁ - t_i)/b) - Φ((P₀ - t_i)/b)] / [Φ((T₁ - t_i)/b) - Φ((T₀ - t_i)/b)]

the part of a Gaussian of b days round the event's middle day t_i that falls in the period, of what falls in the span
[T₀, T₁] of the data. Over all periods of the span an event keeps exactly its deaths. Sources: Silverman (1986), Density
Estimation, ch. 4; Diggle (1985), A kernel method for smoothing point process data, Applied Statistics 34, 138-147 (edge
correction). Its two bandwidths are chosen by `garant.exposure.bandwidth`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from garant.exposure.spread import Ground
from garant.geo.lattice import DEGREE_KM, Lattice

if TYPE_CHECKING:
    import pandas as pd

_Floats = NDArray[np.float64]
#: Standard deviations after which a Gaussian is cut.
_CUT = 4.0


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """Standard deviations of the kernel: km in space, days in time; `events` that chose it (0: none did).

    `ends` are those of the two that are the narrowest or widest that was tried: the data may want one beyond.
    """

    space_km: float
    time_days: float
    events: int = 0
    ends: tuple[str, ...] = ()


def middle_day(events: pd.DataFrame, span: tuple[date, date]) -> _Floats:
    """Days since 1970 of the middle of each event's interval, of what lies of it in the span of the data.

    An event that began in the span may have an interval that ends far beyond it, where the span is cut.
    """
    low, high = (np.datetime64(d).astype(np.int64) for d in span)
    start = events["start"].to_numpy().astype("datetime64[D]").astype(np.int64)
    end = events["end"].to_numpy().astype("datetime64[D]").astype(np.int64)
    middle: _Floats = (np.clip(start, low, high) + np.clip(end, low, high)) / 2
    return middle


def in_period(events: pd.DataFrame, first: date, last: date, span: tuple[date, date], days: float) -> _Floats:
    """ω_i: the part of each event's kernel in time that falls in a period (both days included)."""
    at = middle_day(events, span)
    period = part_within(at, first, last, days)
    share: _Floats = period / part_within(at, *span, days)
    return share


def part_within(at: _Floats, first: date, last: date, days: float) -> _Floats:
    """Part of a Gaussian of some days round each day (since 1970) that falls in a span, both of its days included."""
    from scipy import special

    low, high = (np.datetime64(d).astype(np.int64) for d in (first, last))
    part: _Floats = special.ndtr((high + 0.5 - at) / days) - special.ndtr((low - 0.5 - at) / days)
    return part


def kept_inside(lattice: Lattice, km: float) -> _Floats:
    """Part of a Gaussian of some km round each point of the lattice that falls in the country: Σ_t K_h(g, t)."""
    return _filtered(lattice.inside.reshape(lattice.shape).astype(float), _sigma(lattice, km)).ravel()


class Smoother:
    """Spreads mass over a country's lattice by K_h, with edge correction; one filter for each call."""

    def __init__(self, ground: Ground, bandwidth: Bandwidth) -> None:
        lattice = ground.lattice
        self._ground, self._sigma = ground, _sigma(lattice, bandwidth.space_km)
        self._inside = lattice.inside
        reached = kept_inside(lattice, bandwidth.space_km)
        self._kept = np.divide(1.0, reached, out=np.zeros_like(reached), where=self._inside)

    def __call__(self, mass: _Floats) -> _Floats:
        """Intensity by lattice point inside the country, from the mass of each event; the sum is kept."""
        by_shape = np.bincount(self._ground.of_event, weights=mass, minlength=self._ground.shapes.shape[0])
        by_node = self._ground.shapes.T @ by_shape
        raster = np.bincount(self._ground.raster, by_node, self._inside.size).astype(float)
        shape = self._ground.lattice.shape
        smooth = _filtered((raster * self._kept).reshape(shape), self._sigma).ravel()[self._inside]
        total, made = float(mass.sum()), float(smooth.sum())
        return smooth * (total / made) if made > 0 else smooth


def _sigma(lattice: Lattice, km: float) -> tuple[float, float]:
    """A standard deviation in steps of the lattice, up and across, at the country's middle latitude."""
    middle = float(np.radians(lattice.latitude[lattice.inside].mean()))
    up = km / (DEGREE_KM * lattice.step)
    return up, up / float(np.cos(middle))


def _filtered(raster: _Floats, sigma: tuple[float, float]) -> _Floats:
    from scipy import ndimage  # slow to import, and figures that come with a case need no filter

    out: _Floats = ndimage.gaussian_filter(raster, sigma, mode="constant", truncate=_CUT)
    return out
