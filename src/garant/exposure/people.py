"""Where people live: a population layer on the lattice."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from garant.geo import Area, Areas, Lattice, wrapped
from garant.geo.meridian import round_globe


def persons(lattice: Lattice, snapshot: Path) -> NDArray[np.float64]:
    """Persons by lattice point, from a loaded layer of points or polygons with counts.

    A polygon's people are shared out over the lattice points in it by surface; those of a polygon too small for one,
    and of a point, go to the nearest point of the lattice inside the country. What lies outside it is left out.
    """
    outlines, counts = _layer(snapshot, "people")
    people = np.zeros(len(lattice.inside))
    x, y = lattice.longitude, lattice.latitude
    inside = np.flatnonzero(lattice.inside)
    tree = shapely.STRtree(shapely.points(x[inside], y[inside]))
    for outline, count in zip(outlines, counts, strict=True):
        within = inside[tree.query(outline, "intersects")] if outline.geom_type.endswith("Polygon") else inside[:0]
        if within.size:
            people[within] += count * lattice.weight[within] / lattice.weight[within].sum()
        elif lattice.areas.outline.intersects(outline):
            point = shapely.point_on_surface(outline)
            people[lattice.nearest_inside(point.x, point.y)[0]] += count
    return people


def told_of(lattice: Lattice, snapshot: Path) -> float | None:
    """Share of the country's surface that a layer of polygons tells of; None for a layer of points, which may be all
    there is or a part of it."""
    outlines, _ = _layer(snapshot, "people")
    if not all(outline.geom_type.endswith("Polygon") for outline in outlines):
        return None
    inside = np.flatnonzero(lattice.inside)
    tree = shapely.STRtree(shapely.points(lattice.longitude[inside], lattice.latitude[inside]))
    within = np.zeros(len(lattice.inside), dtype=bool)
    for outline in outlines:
        within[inside[tree.query(outline, "intersects")]] = True
    return float(lattice.weight[within].sum() / lattice.weight[inside].sum())


def areas_of(snapshot: Path, level: int, *, title: str, cite: str) -> Areas | None:
    """Outlines of a level from loaded boundaries; None where they have none. Those of no known level are the first."""
    import pandas as pd

    frame = pd.read_parquet(snapshot, columns=["name", "code", "level", "geometry"])
    told = frame["level"].fillna(1).astype(int)
    chosen = frame[told == level]
    outlines = shapely.from_wkb(chosen["geometry"].to_numpy())
    areas = [
        Area(str(name if pd.isna(code) else code), str(name), outline)
        for name, code, outline in zip(chosen["name"], chosen["code"], outlines, strict=True)
    ]
    return Areas(areas, title=title, cite=cite) if areas else None


def _layer(snapshot: Path, count: str) -> tuple[NDArray[np.object_], NDArray[np.float64]]:
    import pandas as pd

    frame = pd.read_parquet(snapshot, columns=[count, "geometry"])
    outlines = [_wrapped(outline) for outline in shapely.from_wkb(frame["geometry"].to_numpy())]
    return np.array(outlines, dtype=object), frame[count].to_numpy(float)


def _wrapped(outline: BaseGeometry) -> BaseGeometry:
    """A polygon cut at the 180th meridian, a point at a longitude from -180 to 180."""
    if outline.geom_type.endswith("Polygon"):
        return wrapped(outline)
    return shapely.transform(outline, lambda xy: np.column_stack([round_globe(xy[:, 0]), xy[:, 1]]))
