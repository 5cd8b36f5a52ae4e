"""Shapes: the geometries of a layer, of the kinds it may have, made valid, with nothing but areas left of an area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from garant.datasets.rejects import Rejects

if TYPE_CHECKING:
    import geopandas

AREAS = ("Polygon", "MultiPolygon")
POINTS = ("Point", "MultiPoint")
#: Degrees that a latitude and a longitude may have at most; longitudes of one outline may run on for a turn.
_POLE, _TURN = 90.0, 360.0
#: Rows named in a note.
_NAMED = 5


def shaped(
    frame: geopandas.GeoDataFrame, kinds: Sequence[str], rejects: Rejects, notes: list[str]
) -> geopandas.GeoDataFrame:
    """The rows whose geometry is of these kinds; the others are rejected by their number in `row`.

    So is what lies beyond the globe, as metres taken for degrees. An invalid polygon is made valid. Lines and points
    that this leaves beside the areas have no extent and are dropped, counted in a note; a row of which no area is left
    is rejected.
    """
    import geopandas  # here: it takes a second to load

    empty = frame.geometry.isna() | frame.geometry.is_empty
    for number in frame.loc[empty, "row"]:
        rejects.add(int(number), "no geometry")
    wrong = ~empty & ~frame.geometry.geom_type.isin(kinds)
    for number, kind in zip(frame.loc[wrong, "row"], frame.loc[wrong].geometry.geom_type, strict=True):
        rejects.add(int(number), "other kind of geometry", str(kind))
    frame = _on_the_globe(frame[~empty & ~wrong].copy(), rejects)
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


def _on_the_globe(frame: geopandas.GeoDataFrame, rejects: Rejects) -> geopandas.GeoDataFrame:
    """The rows whose coordinates can be degrees; longitudes may run on beyond 180, where an outline crosses it."""
    from garant.errors import InputError
    from garant.geo import wrapped

    bounds = frame.geometry.bounds
    kept = (
        (bounds["miny"] >= -_POLE) & (bounds["maxy"] <= _POLE) & (bounds[["minx", "maxx"]].abs() <= _TURN).all(axis=1)
    )
    reasons = dict.fromkeys(frame.loc[~kept, "row"], "coordinates beyond the globe")
    for at in frame.index[kept & frame.geometry.geom_type.isin(AREAS)]:
        try:
            wrapped(frame.geometry[at])
        except InputError as error:
            kept[at] = False
            reasons[frame.loc[at, "row"]] = error.what
    for number, why in reasons.items():
        rejects.add(int(number), why)
    return frame[kept]


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
