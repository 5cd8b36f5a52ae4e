"""Outline: whether a point that is said to lie in the case's country does, where the user has loaded boundaries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: A row that is refused: its number, the reason, what stands there.
Told = tuple[int, str, str]
#: Degrees by which a point may lie outside: places on a river or a road that is the border, and coarse outlines.
TOLERANCE = 0.5


@dataclass(frozen=True, slots=True)
class Outline:
    """The union of the areas that the user loaded for the country, widened by TOLERANCE degrees."""

    shape: Any

    @staticmethod
    def of(parquet: Path) -> Outline:
        """From a snapshot of boundaries."""
        import geopandas  # here: it takes a second to load

        return Outline(geopandas.read_parquet(parquet).geometry.union_all().buffer(TOLERANCE))

    def misplaced(self, points: Sequence[tuple[int, float, float]]) -> list[Told]:
        """Rows (row, longitude, latitude) outside: swapped if the swapped point is inside, else outside the country."""
        import numpy as np
        import shapely

        if not points:
            return []
        rows, x, y = (np.array(column) for column in zip(*points, strict=True))
        shapely.prepare(self.shape)
        outside = ~shapely.intersects_xy(self.shape, x, y)
        turned = shapely.intersects_xy(self.shape, y, x)
        return [
            (
                int(rows[i]),
                "latitude and longitude swapped" if turned[i] else "coordinates outside the country",
                f"{y[i]} {x[i]}",
            )
            for i in np.flatnonzero(outside)
        ]
