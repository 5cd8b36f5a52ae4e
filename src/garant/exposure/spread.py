"""Where an event may have happened: each precision becomes the ground it stands for, with shares that sum to 1.

A point stays the point. A disc, a district, a province or the country is the lattice points in it, each with its share
of the surface (or of the people, where a population layer is given). No mass leaves the country and none is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from garant.exposure.settings import settings
from garant.geo import Areas, Lattice, cell_of, distance_km
from garant.geo.lattice import DEGREE_KM

if TYPE_CHECKING:
    import pandas as pd

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]
_Nodes = NDArray[np.bool_]


@dataclass(frozen=True)
class Ground:
    """The lattice points of the country and, behind them, the printed points of events: the nodes.

    `shapes` (shapes × nodes, rows sum to 1) are grounds, `of_event` the row of each event. `longitude`, `latitude`,
    `cell`, `area` (position, -1: none) and `raster` (position in the lattice) are of the nodes; `printed_area` is the
    area each event is printed in, `named_area` whether by its name, `beside` how many have it only because it is the
    nearest.
    """

    lattice: Lattice
    shapes: sparse.csr_matrix
    of_event: _Ints
    longitude: _Floats
    latitude: _Floats
    cell: _Ints
    area: _Ints
    raster: _Ints
    printed_area: _Ints
    named_area: _Nodes
    beside: int = 0


def spread(
    events: pd.DataFrame, lattice: Lattice, *, people: _Floats | None = None, districts: Areas | None = None
) -> Ground:
    """The ground of each event, from its `spread`, its point and the names of its areas.

    `people` are persons by lattice point: then a ground is shared out by where people live instead of by surface.
    `districts` are outlines of the second level; without them a district is a disc inside its province.
    """
    return _Grounds(events, lattice, people, districts).made()


class _Grounds:
    """Grounds as they are met; the same ground is kept once."""

    def __init__(self, events: pd.DataFrame, lattice: Lattice, people: _Floats | None, districts: Areas | None) -> None:
        self.lattice, self.districts = lattice, districts
        self.inside = np.flatnonzero(lattice.inside)
        self.surface = lattice.weight[self.inside]
        self.weight = self.surface if people is None else people[self.inside]
        self.x, self.y = lattice.longitude[self.inside], lattice.latitude[self.inside]
        self.area = lattice.area[self.inside]
        self.own_x, self.own_y = events["longitude"].to_numpy(float), events["latitude"].to_numpy(float)
        self.spreads = events["spread"].tolist()
        self.adm1, self.adm2 = _names(events["adm1"]), _names(events["adm2"])
        self.printed, self.beside = printed_areas(events, lattice.areas)
        self.points: list[int] = []
        self.rows: list[tuple[_Ints, _Floats]] = []
        self.seen: dict[Hashable, int] = {}

    def made(self) -> Ground:
        of_event = np.array([self._shape(event) for event in range(len(self.spreads))], dtype=np.int64)
        at = np.array(self.points, dtype=np.int64)
        x, y = self.own_x[at], self.own_y[at]
        pointers = np.cumsum([0, *(len(nodes) for nodes, _ in self.rows)])
        nodes = np.concatenate([r[0] for r in self.rows]) if self.rows else np.empty(0, dtype=np.int64)
        shares = np.concatenate([r[1] for r in self.rows]) if self.rows else np.empty(0)
        size = (len(self.rows), len(self.inside) + len(at))
        return Ground(
            lattice=self.lattice,
            shapes=sparse.csr_matrix((shares, nodes, pointers), shape=size),
            of_event=of_event,
            longitude=np.concatenate([self.x, x]),
            latitude=np.concatenate([self.y, y]),
            cell=np.concatenate([self.lattice.cell[self.inside], cell_of(x, y)]),
            area=np.concatenate([self.area, self.printed[at]]),
            raster=np.concatenate([self.inside, self.lattice.nearest_inside(x, y)]),
            printed_area=self.printed,
            named_area=np.array([bool(name) and self.lattice.areas.named(name) >= 0 for name in self.adm1], dtype=bool),
            beside=self.beside,
        )

    def _shape(self, event: int) -> int:
        """The ground of one event; what no outline knows falls back to the next larger ground."""
        printed, here, radii = int(self.printed[event]), self._here(event), settings()["radius_km"]
        match self.spreads[event]:
            case "point":
                return self._point(event)
            case "near":
                return self._nodes(event, ("near", here), lambda: self._disc(event, radii["near"]))
            case "district":
                return self._district(event, printed, radii["district"])
            case "province" if printed >= 0:
                return self._nodes(event, ("province", printed), lambda: self.area == printed)
            case "area":
                named = self.lattice.areas.named(self.adm1[event]) if self.adm1[event] else -1
                return self._part(event, ("area", here, named), radii["area"], named)
        return self._nodes(event, "country", lambda: np.ones(len(self.inside), dtype=bool))

    def _district(self, event: int, printed: int, km: float) -> int:
        """The district that the event names, if its outline is known; else a disc inside its province."""
        found = self.districts.named(self.adm2[event]) if self.districts is not None and self.adm2[event] else -1
        if found >= 0:
            return self._nodes(event, ("district", found), lambda: self._of_district == found)
        return self._part(event, ("district", self._here(event), printed), km, printed)

    def _part(self, event: int, key: Hashable, km: float, area: int) -> int:
        """A disc inside an area; all of the area where the two do not meet."""

        def chosen() -> _Nodes:
            disc = self._disc(event, km) & self._in(area)
            return disc if disc.any() or area < 0 else self.area == area

        return self._nodes(event, key, chosen)

    def _point(self, event: int) -> int:
        key = ("point", self._here(event), int(self.printed[event]))
        if key not in self.seen:
            self.points.append(event)
            self._keep(key, np.array([len(self.inside) + len(self.points) - 1]), np.ones(1))
        return self.seen[key]

    def _nodes(self, event: int, key: Hashable, chosen: Callable[[], _Nodes]) -> int:
        """A ground of lattice points; the printed point where it holds none, its surface where nobody lives on it."""
        if key not in self.seen:
            at = np.flatnonzero(chosen())
            if not at.size:
                return self._point(event)
            shares = self.weight[at] if self.weight[at].sum() > 0 else self.surface[at]
            self._keep(key, at, shares / shares.sum())
        return self.seen[key]

    def _keep(self, key: Hashable, nodes: _Ints, shares: _Floats) -> None:
        self.seen[key] = len(self.rows)
        self.rows.append((nodes, shares))

    def _here(self, event: int) -> tuple[float, float]:
        return self.own_x[event], self.own_y[event]

    def _in(self, area: int) -> _Nodes:
        return self.area == area if area >= 0 else np.ones(len(self.inside), dtype=bool)

    @cached_property
    def _of_district(self) -> _Ints:
        if self.districts is None:
            return np.full(len(self.x), -1, dtype=np.int64)
        return self.districts.locate(self.x, self.y)

    def _disc(self, event: int, km: float) -> _Nodes:
        """Lattice points within some km of the printed one, on the ellipsoid; only those near enough are measured."""
        x, y = self._here(event)
        box = np.abs(self.y - y) * DEGREE_KM <= km * 1.02
        across = (self.x - x + 180) % 360 - 180  # the shorter way round the globe
        box &= np.abs(across) * DEGREE_KM * np.cos(np.radians(np.minimum(np.abs(self.y), 89))) <= km * 1.02
        near = np.flatnonzero(box)
        found = np.zeros(len(self.x), dtype=bool)
        found[near] = distance_km(x, y, self.x[near], self.y[near]) <= km
        return found


def _names(column: pd.Series[str]) -> list[str]:
    return [name if isinstance(name, str) else "" for name in column]


def printed_areas(events: pd.DataFrame, areas: Areas) -> tuple[_Ints, int]:
    """The area of each event (-1: none): what its name means, else where its point lies, else the nearest (counted)."""
    names = _names(events["adm1"])
    x, y = events["longitude"].to_numpy(float), events["latitude"].to_numpy(float)
    by_name = {name: areas.named(name) if name else -1 for name in set(names)}
    found = np.array([by_name[name] for name in names], dtype=np.int64)
    missing = np.flatnonzero(found < 0)
    if missing.size:
        found[missing] = areas.locate(x[missing], y[missing])
    still = np.flatnonzero(found < 0)
    for event in still:
        found[event] = areas.nearest(x[event], y[event], settings()["nearest_area_km"])
    return found, int((found[still] >= 0).sum())
