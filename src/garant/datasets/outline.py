"""Outline: whether a point that is said to lie in the case's country does, where the user has loaded boundaries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: A row that is refused: its number, the reason, what stands there.
Told = tuple[int, str, str]
#: Degrees by which a point may lie outside: places on a river or a road that is the border, and coarse outlines.
TOLERANCE = 0.5
#: Share of points outside from which on the outline, and not the points, is taken to be wrong.
MOST = 0.5


@dataclass(frozen=True, slots=True)
class Outline:
    """The union of the areas that the user loaded for the country, widened by TOLERANCE degrees."""

    shape: Any

    @staticmethod
    def of(parquet: Path) -> Outline:
        """From a snapshot of boundaries."""
        import geopandas  # here: it takes a second to load

        return Outline(geopandas.read_parquet(parquet).geometry.union_all().buffer(TOLERANCE))

    def misplaced(self, rows: Any, x: Any, y: Any) -> tuple[list[Told], str | None]:
        """Of points (arrays of row, longitude, latitude) those outside: swapped if the swapped point is inside.

        Where most points lie outside either way the outline is another country's: nothing is rejected, and the sentence
        that comes second says so.
        """
        import numpy as np
        import shapely

        shapely.prepare(self.shape)
        outside = ~shapely.intersects_xy(self.shape, x, y)
        turned = outside & shapely.intersects_xy(self.shape, y, x)
        lost = int((outside & ~turned).sum())
        if lost > len(rows) * MOST:
            where = "points lie outside the boundaries that are loaded: nothing was rejected by them"
            return [], f"{lost} of {len(rows)} {where}"
        told = []
        for i in np.flatnonzero(outside):
            why = "latitude and longitude swapped" if turned[i] else "coordinates outside the country"
            told.append((int(rows[i]), why, f"{y[i]} {x[i]}"))
        return told, None
