"""Shapes: the geometries of a layer, of the kinds it may have, made valid, with nothing but areas left of an area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from garant.datasets.rejects import Rejects

if TYPE_CHECKING:
    import geopandas

AREAS = ("Polygon", "MultiPolygon")
POINTS = ("Point", "MultiPoint")
#: Rows named in a note.
_NAMED = 5


def shaped(
    frame: geopandas.GeoDataFrame, kinds: Sequence[str], rejects: Rejects, notes: list[str]
) -> geopandas.GeoDataFrame:
    """The rows whose geometry is of these kinds; the others are rejected by their number in `row`.

    An invalid polygon is made valid. Lines and points that this leaves beside the areas have no extent and are dropped,
    counted in a note; a row of which no area is left is rejected.
    """
    import geopandas  # here: it takes a second to load

    empty = frame.geometry.isna() | frame.geometry.is_empty
    for number in frame.loc[empty, "row"]:
        rejects.add(int(number), "no geometry")
    wrong = ~empty & ~frame.geometry.geom_type.isin(kinds)
    for number, kind in zip(frame.loc[wrong, "row"], frame.loc[wrong].geometry.geom_type, strict=True):
        rejects.add(int(number), "other kind of geometry", str(kind))
    frame = frame[~empty & ~wrong].copy()
    invalid = ~frame.geometry.is_valid
    if not invalid.any():
        return frame
    mended, narrowed = {}, []
    for at, number, printed, shape in zip(
        frame.index[invalid],
        frame.loc[invalid, "row"],
        frame.loc[invalid].geometry.geom_type,
        frame.loc[invalid].geometry.make_valid(),
        strict=True,
    ):
        area = polygonal(shape)
        if area is None:
            rejects.add(int(number), "no area is left once it is made valid", str(printed))
            continue
        mended[at] = area
        if shape.geom_type not in AREAS:
            narrowed.append(int(number))
    lost = invalid & ~frame.index.isin(list(mended))
    if mended:
        frame.loc[list(mended), "geometry"] = geopandas.GeoSeries(mended, crs=frame.crs)
        notes.append(f"{len(mended)} invalid geometries were made valid ({_rows(frame.loc[list(mended), 'row'])})")
    if narrowed:
        notes.append(f"of {len(narrowed)} of them lines or points beside the areas were left out ({_rows(narrowed)})")
    return frame[~lost]


def polygonal(shape: Any) -> Any | None:
    """The polygons of a shapely geometry, as one; None where it has none with an extent."""
    import shapely

    if shape.geom_type in AREAS:
        return shape if shape.area > 0 else None
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in AREAS and part.area > 0]
    return shapely.union_all(parts) if parts else None


def _rows(numbers: Any) -> str:
    told = [str(int(number)) for number in numbers]
    return f"rows {', '.join(told[:_NAMED])}{', …' if len(told) > _NAMED else ''}"
