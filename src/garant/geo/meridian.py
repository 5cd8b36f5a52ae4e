"""Outlines that cross the 180th meridian: one form for all of them, and one without the cut.

Boundaries of Fiji or Russia come in three forms: cut at the meridian, with longitudes beyond 180°, or with edges that
jump from 179° to -179°. `wrapped` brings all to the first, which RFC 7946 (section 3.1.9) asks of GeoJSON; `unrolled`
puts the parts together again, with longitudes that run on, for a lattice, a map or a distance in the plane.
"""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from garant.errors import InputError

_EAST, _TURN = 180.0, 360.0
#: Turns of the globe that longitudes may have run on.
_TURNS = range(-2, 3)


def wrapped(outline: BaseGeometry) -> BaseGeometry:
    """The same polygons with longitudes from -180 to 180, cut at the meridian where they cross it.

    Of an edge that spans more than half the globe the shorter way round is meant. Raises InputError for an outline that
    goes round a pole, or beyond the globe.
    """
    x = shapely.get_coordinates(outline)[:, 0]
    if not x.size or (np.abs(x).max() <= _EAST and not _jumps(outline)):
        return outline
    parts = [_cut(part) for part in shapely.get_parts(outline) if part.geom_type == "Polygon"]
    return shapely.union_all([piece for pieces in parts for piece in pieces])


def unrolled(outline: BaseGeometry, west: float) -> BaseGeometry:
    """The polygons of a wrapped outline, each at longitudes from `west` on eastward, joined where the meridian cut
    them."""
    if west <= -_EAST:
        return outline
    parts = [
        _moved(part, _TURN) if part.bounds[2] <= west else part
        for part in shapely.get_parts(shapely.make_valid(outline))
    ]
    return shapely.union_all(parts)


def beside(longitude: ArrayLike, middle: float) -> NDArray[np.float64]:
    """Longitudes as they run on from a place: within half a turn of `middle`."""
    x = np.asarray(longitude, dtype=np.float64)
    turned: NDArray[np.float64] = x + _TURN * np.round((middle - x) / _TURN)
    return turned


def round_globe(longitude: ArrayLike) -> NDArray[np.float64]:
    """Longitudes that run on, from -180 to 180 again; 180 itself stays."""
    x = np.asarray(longitude, dtype=np.float64)
    turned: NDArray[np.float64] = np.where(np.abs(x) <= _EAST, x, (x + _EAST) % _TURN - _EAST)
    return turned


def western_edge(outline: BaseGeometry) -> float:
    """Where a wrapped outline begins, seen from the west: after the widest stretch of longitudes that it leaves free.

    -180 where that stretch is the one round the meridian, as for most countries.
    """
    spans = sorted((part.bounds[0], part.bounds[2]) for part in shapely.get_parts(outline))
    reached, begins, widest = spans[0][1], -_EAST, 0.0
    for west, east in spans[1:]:
        if west - reached > widest:
            begins, widest = west, west - reached
        reached = max(reached, east)
    return begins if widest > spans[0][0] + _TURN - reached else -_EAST


def _jumps(outline: BaseGeometry) -> bool:
    """Whether an edge spans more than half the globe."""
    return any(
        np.abs(np.diff(shapely.get_coordinates(ring)[:, 0])).max(initial=0.0) > _EAST
        for part in shapely.get_parts(outline)
        if part.geom_type == "Polygon"
        for ring in (part.exterior, *part.interiors)
    )


def _cut(part: BaseGeometry) -> list[BaseGeometry]:
    """One polygon, run on without jumps, cut into the turns of the globe, each brought back to -180 to 180."""
    rings = [_run_on(ring) for ring in (part.exterior, *part.interiors)]
    # A hole runs on from its own first point: bring it to the turn in which its shell lies.
    shell = rings[0]
    holes = [hole - [_TURN * np.round((hole[:, 0].mean() - shell[:, 0].mean()) / _TURN), 0.0] for hole in rings[1:]]
    polygon = shapely.make_valid(shapely.Polygon(shell, holes))
    west, _, east, _ = polygon.bounds
    if west < _TURN * _TURNS[0] or east > _TURN * _TURNS[-1] or east - west >= _TURN:
        raise InputError("an outline has longitudes beyond the globe", mend="give degrees from -180 to 180")
    pieces = []
    for turn in _TURNS:
        middle = _TURN * turn
        piece = _moved(shapely.intersection(polygon, shapely.box(middle - _EAST, -90, middle + _EAST, 90)), -middle)
        pieces += [p for p in shapely.get_parts(piece) if p.geom_type == "Polygon" and p.area > 0]
    if not pieces:
        raise InputError("an outline goes round the globe", mend="give boundaries of one country")
    return pieces


def _moved(outline: BaseGeometry, degrees: float) -> BaseGeometry:
    """The same outline some degrees further east."""
    moved: BaseGeometry = shapely.transform(outline, lambda xy: xy + np.array([degrees, 0.0]))
    return moved


def _run_on(ring: BaseGeometry) -> NDArray[np.float64]:
    """Coordinates of a ring whose longitudes run on over the meridian instead of jumping."""
    xy: NDArray[np.float64] = shapely.get_coordinates(ring).copy()
    xy[:, 0] = np.unwrap(xy[:, 0], period=_TURN)
    if abs(xy[-1, 0] - xy[0, 0]) > _EAST:
        raise InputError("an outline goes round a pole", mend="give boundaries that enclose none")
    return xy
