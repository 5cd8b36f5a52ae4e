"""A lattice of points that stand for the surface of a country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from garant.errors import InputError
from garant.geo.areas import Areas
from garant.geo.grid import SIDE, cell_of
from garant.geo.meridian import beside, round_globe

#: Points along the side of a half-degree cell; a finer lattice for small countries, a coarser one for huge ones.
_ALONG = (50, 25, 10, 5)
#: As many points as stand for a country without trouble.
_MOST = 150_000
#: Length of a degree of latitude, in km (mean of WGS 84).
DEGREE_KM = 111.195


@dataclass(frozen=True)
class Lattice:
    """Points every `step` degrees over a country's bounding box, none on the edge of a cell.

    `west` and `south` are the coordinates of the first point, from which longitudes run on, beyond 180° too; `shape` is
    (rows from the south, columns from the west); `inside` says by point whether it lies in the country; `weight` is its
    share of the country's surface (0 outside, sums to 1).
    """

    areas: Areas
    step: float
    west: float
    south: float
    shape: tuple[int, int]
    inside: NDArray[np.bool_]
    weight: NDArray[np.float64]

    @classmethod
    def over(cls, areas: Areas) -> Lattice:
        """The lattice of a country. Raises InputError where its outline holds no point."""
        west, south, east, north = areas.whole.bounds
        for along in _ALONG:
            step = SIDE / along
            edge = np.floor((west + 180) / SIDE) * SIDE - 180, np.floor((south + 90) / SIDE) * SIDE - 90
            shape = int(np.ceil((north - edge[1]) / step)), int(np.ceil((east - edge[0]) / step))
            if shape[0] * shape[1] <= _MOST or along == _ALONG[-1]:
                break
        x, y = edge[0] + step / 2 + step * np.arange(shape[1]), edge[1] + step / 2 + step * np.arange(shape[0])
        longitude, latitude = np.meshgrid(x, y)
        inside = shapely.contains_xy(areas.whole, longitude.ravel(), latitude.ravel())
        surface = np.where(inside, np.cos(np.radians(latitude.ravel())), 0.0)
        if not inside.any():
            raise InputError("the boundaries enclose no surface", mend="give polygons in degrees (WGS 84)")
        return cls(areas, step, float(x[0]), float(y[0]), shape, inside, surface / surface.sum())

    @cached_property
    def longitude(self) -> NDArray[np.float64]:
        """Longitude of each point, row by row, from -180 to 180."""
        return np.tile(round_globe(self.west + self.step * np.arange(self.shape[1])), self.shape[0])

    @cached_property
    def latitude(self) -> NDArray[np.float64]:
        """Latitude of each point, row by row."""
        return np.repeat(self.south + self.step * np.arange(self.shape[0]), self.shape[1])

    @cached_property
    def cell(self) -> NDArray[np.int64]:
        """PRIO-GRID cell of each point."""
        return cell_of(self.longitude, self.latitude)

    @cached_property
    def area(self) -> NDArray[np.int64]:
        """Position of the area in which each point lies; -1 for none."""
        found = np.full(self.inside.shape, -1, dtype=np.int64)
        found[self.inside] = self.areas.locate(self.longitude[self.inside], self.latitude[self.inside])
        return found

    @cached_property
    def surface_km2(self) -> float:
        """Surface of the country, in km²: that of the squares round the points in it."""
        square = (DEGREE_KM * self.step) ** 2
        return float(square * np.cos(np.radians(self.latitude[self.inside])).sum())

    def nearest_inside(self, longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.int64]:
        """The point inside the country that is nearest to each place (degrees)."""
        x, y = (np.atleast_1d(np.asarray(a, float)) for a in (longitude, latitude))
        x = beside(x, self.west + self.step * self.shape[1] / 2)
        column = np.clip(np.rint((x - self.west) / self.step), 0, self.shape[1] - 1)
        row = np.clip(np.rint((y - self.south) / self.step), 0, self.shape[0] - 1)
        found: NDArray[np.int64] = (row * self.shape[1] + column).astype(np.int64)
        inside = np.flatnonzero(self.inside)
        for at in np.flatnonzero(~self.inside[found]):
            east = beside(self.longitude[inside] - x[at], 0.0) * np.cos(np.radians(y[at]))
            found[at] = inside[int(np.argmin(east**2 + (self.latitude[inside] - y[at]) ** 2))]
        return found
