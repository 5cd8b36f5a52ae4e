"""The units exposure is told by: cells of the grid, areas, or places with a radius."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from garant.exposure.events import share_within
from garant.exposure.settings import OUTSIDE, UNPLACED, settings
from garant.exposure.spread import Ground
from garant.geo import centre, distance_km

if TYPE_CHECKING:
    import pandas as pd

_NAMES = {OUTSIDE: "in no area of these boundaries", UNPLACED: "place known only roughly"}


@dataclass(frozen=True, slots=True)
class Place:
    """A place with a radius in km: a site, or a town."""

    id: str
    name: str
    longitude: float
    latitude: float
    radius_km: float


@dataclass(frozen=True)
class Units:
    """Units by position, with how much of each node lies in each (units × nodes, 0 or 1).

    `printed` (events × units) says where an event is counted by its printed place alone. Cells and areas share out
    every event; places may overlap and leave much out.
    """

    kind: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    member: sparse.csr_matrix
    printed: sparse.csr_matrix

    def shares(self, ground: Ground) -> sparse.csr_matrix:
        """Share of each event in each unit, by where it may have happened (events × units)."""
        return sparse.csr_matrix(ground.shapes @ self.member.T)[ground.of_event]

    def pieces(self, ground: Ground) -> tuple[sparse.csr_matrix, NDArray[np.int64]]:
        """The ground in pieces that lie in the same units: the share of each event in each (events × pieces), and the
        positions of its units (pieces × most units of any, -1: no more).

        Cells and areas are pieces themselves. Places that overlap are not: what falls on two counts for both.
        """
        if self.kind != "site":
            return self.shares(ground), np.arange(len(self.ids))[:, None]
        patterns, of = np.unique(self.member.toarray().T.astype(bool), axis=0, return_inverse=True)
        units = np.full((len(patterns), max(1, int(patterns.sum(axis=1).max()))), -1, dtype=np.int64)
        for piece, pattern in enumerate(patterns):
            inside = np.flatnonzero(pattern)
            units[piece, : len(inside)] = inside
        member = _partition(of.ravel(), len(patterns))
        return sparse.csr_matrix(ground.shapes @ member.T)[ground.of_event], units

    def gather(self, inside: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sums by unit of what stands on the lattice points inside the country."""
        gathered: NDArray[np.float64] = self.member[:, : len(inside)] @ inside
        return gathered


def cells(ground: Ground, events: pd.DataFrame) -> Units:
    """PRIO-GRID cells of the country and of its events, and events of which no cell is told."""
    from garant.geo import cell_of

    own = cell_of(events["longitude"].to_numpy(float), events["latitude"].to_numpy(float))
    ids = np.unique(np.concatenate([ground.cell, own]))
    printed = np.where(_unplaced(events, "cell"), len(ids), np.searchsorted(ids, own))
    return Units(
        "cell",
        (*map(str, ids), UNPLACED),
        (*(_corner(x, y) for x, y in zip(*centre(ids), strict=True)), _NAMES[UNPLACED]),
        _partition(np.searchsorted(ids, ground.cell), len(ids) + 1),
        _partition(printed, len(ids) + 1).T.tocsr(),
    )


def _corner(longitude: float, latitude: float) -> str:
    """The middle of a cell in words."""
    north, east = "N" if latitude >= 0 else "S", "E" if longitude >= 0 else "W"
    return f"{abs(latitude):g}°{north} {abs(longitude):g}°{east}"


def areas(ground: Ground, events: pd.DataFrame) -> Units:
    """Areas of the lattice's boundaries; what lies in none, and events of which no area is told."""
    known = ground.lattice.areas.areas
    outside, number = len(known), len(known) + 2
    node, printed = (np.where(found < 0, outside, found) for found in (ground.area, ground.printed_area))
    roughly = _unplaced(events, "area") | (events["spread"].eq("area").to_numpy() & ~ground.named_area)
    return Units(
        "area",
        (*(a.code for a in known), OUTSIDE, UNPLACED),
        (*(a.name for a in known), _NAMES[OUTSIDE], _NAMES[UNPLACED]),
        _partition(node, number),
        _partition(np.where(roughly, outside + 1, printed), number).T.tocsr(),
    )


def places(ground: Ground, events: pd.DataFrame, chosen: Sequence[Place]) -> Units:
    """Places with a radius; what is near several is counted for each, what is near none for none."""
    x, y = events["longitude"].to_numpy(float), events["latitude"].to_numpy(float)
    placed = ~_unplaced(events, "site")
    near = [distance_km(p.longitude, p.latitude, ground.longitude, ground.latitude) <= p.radius_km for p in chosen]
    own = [placed & (distance_km(p.longitude, p.latitude, x, y) <= p.radius_km) for p in chosen]
    return Units(
        "site",
        tuple(p.id for p in chosen),
        tuple(p.name for p in chosen),
        sparse.csr_matrix(np.array(near, dtype=float).reshape(len(chosen), len(ground.longitude))),
        sparse.csr_matrix(np.array(own, dtype=float).reshape(len(chosen), len(events)).T),
    )


def real(units: Units, shares: sparse.csr_matrix, events: pd.DataFrame, period: tuple[date, date]) -> NDArray[np.int64]:
    """Positions of the units that are ranked and drawn: those that are a place, and what lies outside them all only if
    something may have happened there."""
    expected = shares.T @ (events["high"].to_numpy(float) * share_within(events, *period))
    kept = [u != UNPLACED and (u != OUTSIDE or expected[at] > 0) for at, u in enumerate(units.ids)]
    return np.flatnonzero(kept)


def _unplaced(events: pd.DataFrame, kind: str) -> NDArray[np.bool_]:
    told: NDArray[np.bool_] = events["spread"].isin(settings()["unplaced"][kind]).to_numpy()
    return told


def _partition(unit: NDArray[np.int64], number: int) -> sparse.csr_matrix:
    """Units × members from the one unit of each."""
    made = (np.ones(len(unit)), (unit, np.arange(len(unit))))
    return sparse.csr_matrix(made, shape=(number, len(unit)))
