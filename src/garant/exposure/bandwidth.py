"""The bandwidths of the kernel, chosen by how well violence elsewhere foretells each event: blocked cross-validation.

A dataset prints events at the coordinates of towns. Where only the event itself is left out, the narrowest kernel wins
whatever the reach of violence is: most events have others at distance zero, and the score rewards a gazetteer.
So with event i all events at its place B(i) are left out (a block), and the score of a pair (h, b) is the held-out
log-likelihood of the kernel in use,

    L(h, b) = Σ_i log[ (1 - ε)/(n - |B(i)|) · Σ_{j ∉ B(i)} K_h(d_ij)/κ_j · k_b(t_i - t_j)/τ_j  +  ε/(A·T) ]

with K_h, k_b Gaussian densities (per km², per day), κ_j and τ_j their parts inside the country and inside the span of
the data (edge correction), A and T the country's surface and the span's days. Each event counts once, whatever its
deaths. Sources: Roberts et al. (2017), Cross-validation strategies for data with temporal, spatial, hierarchical, or
phylogenetic structure, Ecography 40, 913-929 (blocks); Silverman (1986), Density Estimation, section 3.4.4 (likelihood
cross-validation); Diggle (1985), Applied Statistics 34, 138-147 (edges).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from garant.exposure.kernel import Bandwidth, kept_inside, middle_day, part_within
from garant.exposure.settings import settings
from garant.geo import Lattice
from garant.geo.distance import EARTH_KM

if TYPE_CHECKING:
    import pandas as pd

_Floats = NDArray[np.float64]
_Singles = NDArray[np.float32]
#: Decimals of a degree to which coordinates are one place: about a kilometre, within which gazetteers differ.
_PLACE = 2


def choose(events: pd.DataFrame, lattice: Lattice, span: tuple[date, date]) -> Bandwidth:
    """The pair of bandwidths of exposure.yaml of the highest held-out log-likelihood; without data the middle ones."""
    rule = settings()["kernel"]
    used = usable(events)
    if len(used) < rule["least_events"] or len(_places(used)[0]) < rule["least_places"]:
        return Bandwidth(_middle(rule["space_km"]), _middle(rule["time_days"]))
    scores = {pair: float(score.sum()) for pair, score in likelihoods(used, lattice, span).items()}
    space, time = max(scores, key=scores.__getitem__)
    tried = ("space", space, rule["space_km"]), ("time", time, rule["time_days"])
    ends = tuple(what for what, value, listed in tried if value in (min(listed), max(listed)))
    return Bandwidth(space, time, len(used), ends)


def told(chosen: Bandwidth) -> list[str]:
    """What is said of a choice beside an intensity: the two bandwidths, and that one is an end of what was tried."""
    kernel = f"intensity: a kernel of {chosen.space_km:g} km and {chosen.time_days:g} days"
    if not chosen.events:
        return [f"{kernel}; too few events to choose its width by"]
    notes = [f"{kernel}, chosen on {chosen.events:,} events by how well those of other places foretell each"]
    for what in chosen.ends:
        value, unit = (chosen.space_km, "km") if what == "space" else (chosen.time_days, "days")
        end = "narrowest" if value == min(settings()["kernel"][f"{what}_{unit}"]) else "widest"
        notes.append(f"{value:g} {unit} is the {end} bandwidth that was tried: the data may want one beyond it")
    return notes


def usable(events: pd.DataFrame) -> pd.DataFrame:
    """Events that bandwidths are chosen on: place known within 25 km; a drawn part of them where they are many."""
    near = events[events["spread"].isin(["point", "near"])]
    most = settings()["kernel"]["most_events"]
    return near.sample(most, random_state=settings()["simulation"]["seed"]) if len(near) > most else near


def likelihoods(used: pd.DataFrame, lattice: Lattice, span: tuple[date, date]) -> dict[tuple[float, float], _Floats]:
    """By pair of bandwidths (km, days), the log-density at each event under the events of all other places.

    Densities are per km² and day; the events lie at two places at least.
    """
    rule = settings()["kernel"]
    at, of = _places(used)
    x, y = at.T
    size = np.bincount(of)
    # In single precision: a log-likelihood of thousands is exact to a thousandth, in half the time and memory.
    apart, day = _apart(x, y).astype(np.float32), middle_day(used, span)
    # Events in the order of their places: sums over the events of a place are sums over a run of columns.
    order, begins = np.argsort(of, kind="stable"), np.concatenate([[0], np.cumsum(size)[:-1]])
    lag = (day[:, None] - day[None, order]).astype(np.float32)
    raster = lattice.nearest_inside(x, y)
    days = (span[1] - span[0]).days + 1
    even = rule["even"] / (lattice.surface_km2 * days)
    others = (len(used) - size)[of]
    found = {}
    in_space = {h: _in_space(apart, h, kept_inside(lattice, h)[raster]) for h in rule["space_km"]}
    for b in rule["time_days"]:
        kept = part_within(day[order], *span, b)
        in_time = _gaussian(lag, b) / (np.sqrt(2 * np.pi) * b * kept).astype(np.float32)
        by_place = np.add.reduceat(in_time, begins, axis=1)
        for h, kernel in in_space.items():
            density = np.einsum("ip,ip->i", kernel[of], by_place).astype(np.float64) / others
            found[h, b] = np.log((1 - rule["even"]) * density + even)
    return found


def _gaussian(apart: _Singles, width: float) -> _Singles:
    made: _Singles = np.square(apart / np.float32(width))
    made *= np.float32(-0.5)
    np.exp(made, out=made)
    return made


def _in_space(apart: _Singles, h: float, kept: _Floats) -> _Singles:
    """K_h between places, corrected for the edge; none of a place on itself: the block that is left out."""
    kernel = _gaussian(apart, h)
    kernel /= np.asarray(2 * np.pi * h**2 * kept, dtype=np.float32)
    np.fill_diagonal(kernel, 0.0)
    return kernel


def _places(used: pd.DataFrame) -> tuple[_Floats, NDArray[np.int64]]:
    """Coordinates of the places (places × longitude, latitude), and the place of each event."""
    printed = used[["longitude", "latitude"]].to_numpy(float).round(_PLACE)
    at, of = np.unique(printed, axis=0, return_inverse=True)
    return at, of.ravel()


def _apart(x: _Floats, y: _Floats) -> _Floats:
    """Distances between points in km, on a sphere: the kernel needs no more, and it is fifty times quicker."""
    east, north = np.radians(x), np.radians(y)
    across = np.sin((north[:, None] - north) / 2) ** 2
    across += np.cos(north[:, None]) * np.cos(north) * np.sin((east[:, None] - east) / 2) ** 2
    apart: _Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(across))
    return apart


def _middle(listed: list[float]) -> float:
    return listed[len(listed) // 2]
