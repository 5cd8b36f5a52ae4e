"""Outline: whether a point that is said to lie in the case's country does, where the user has loaded boundaries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from garant.datasets.snapshot import Snapshot

#: A row that is refused: its number, the reason, what stands there.
Told = tuple[int, str, str]
#: Degrees by which a point may lie outside: places on a river or a road that is the border, and coarse outlines.
TOLERANCE = 0.5
#: Share of points outside from which on the outline, and not the points, is taken to be wrong.
MOST = 0.5
#: Levels whose areas are taken to make up a whole country; a layer of smaller areas is often one of a part of it.
WHOLE = (0, 1)


@dataclass(frozen=True, slots=True)
class Outline:
    """The union of the areas that the user loaded for the country, widened by TOLERANCE degrees."""

    shape: Any

    @staticmethod
    def of(layers: Sequence[Path]) -> Outline:
        """From snapshots of boundaries."""
        import geopandas  # here: it takes a second to load
        import shapely

        from garant.geo import wrapped

        shapes = [geometry for file in layers for geometry in geopandas.read_parquet(file).geometry]
        whole = shapely.union_all([wrapped(shape) for shape in shapes])
        return Outline(wrapped(whole.buffer(TOLERANCE)))  # what is beyond 180 degrees lies west of it

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


def outline_of(loaded: Iterable[Snapshot]) -> tuple[Outline | None, str | None]:
    """The newest layer of level 0 and the newest of level 1 together, from snapshots in order of release.

    None where neither is loaded, with the sentence that says so.
    """
    newest: dict[int | None, Path] = {}
    for snapshot in loaded:
        if snapshot.origin.kind == "boundaries":
            newest[_level(snapshot.path)] = snapshot.path
    layers = [newest[level] for level in WHOLE if level in newest]
    if layers:
        return Outline.of(layers), None
    unchecked = "whether points lie in the country was not checked"
    if not newest:
        return None, f"no boundaries are loaded: {unchecked}"
    held = " and ".join("unknown level" if level is None else f"level {level}" for level in sorted(newest, key=str))
    return None, f"boundaries are loaded of {held} only, which may be those of a part of the country: {unchecked}"


def _level(parquet: Path) -> int | None:
    """The level of a layer; None where it was loaded without one."""
    import pyarrow.compute
    import pyarrow.parquet

    level = pyarrow.compute.min(pyarrow.parquet.read_table(parquet, columns=["level"]).column("level")).as_py()
    return None if level is None else int(level)
