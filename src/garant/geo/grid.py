"""PRIO-GRID by arithmetic: half-degree cells numbered from the south-west corner of the world.

Cells are numbered row by row from 90° S, 180° W, beginning with 1: `gid = row * 720 + column + 1`. A cell holds its
southern and western edge. Source: Tollefsen, Strand & Buhaug (2012), PRIO-GRID: a unified spatial data structure,
Journal of Peace Research 49(2), 363-374.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from garant.errors import InputError

#: Side of a cell, in degrees; columns and rows of the world.
SIDE = 0.5
COLUMNS, ROWS = 720, 360
CELLS = COLUMNS * ROWS
_EAST, _NORTH = 180.0, 90.0
#: WGS 84: half the minor axis in km, and the first eccentricity.
_MINOR_KM = 6356.752314245
_ECCENTRICITY = 0.0818191908426215


def cell_of(longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.int64]:
    """Cells in which points lie (degrees, WGS 84), in the shape of the input.

    The eastern and northern edge of the world belong to its last cells. Raises InputError for a point that is on no
    globe.
    """
    x, y = np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)
    if not (np.all(np.abs(x) <= _EAST) and np.all(np.abs(y) <= _NORTH)):
        raise InputError(
            "a coordinate is outside the globe", mend="give degrees: longitude -180 to 180, latitude -90 to 90"
        )
    column = np.minimum(np.floor((x + 180) / SIDE), COLUMNS - 1).astype(np.int64)
    row = np.minimum(np.floor((y + 90) / SIDE), ROWS - 1).astype(np.int64)
    return row * COLUMNS + column + 1


def bounds(gid: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    """West, south, east and north edges of cells, in degrees. Raises InputError for a number that is no cell."""
    number = np.asarray(gid, dtype=np.int64)
    if number.size and not (number.min() >= 1 and number.max() <= CELLS):
        raise InputError(f"a cell number lies outside 1 to {CELLS}", mend="give numbers of PRIO-GRID cells")
    row, column = np.divmod(number - 1, COLUMNS)
    west, south = column * SIDE - 180, row * SIDE - 90
    return west, south, west + SIDE, south + SIDE


def centre(gid: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and latitude of the middle of cells, in degrees."""
    west, south, _, _ = bounds(gid)
    return west + SIDE / 2, south + SIDE / 2


def area_km2(gid: ArrayLike) -> NDArray[np.float64]:
    """Area of cells on the WGS 84 ellipsoid, in km².

    A cell is a strip between two parallels: `b² Δλ / 2 · [s/(1 - e²s²) + artanh(e s)/e]` from its southern to its
    northern edge, with s the sine of the latitude. Source: Snyder (1987), Map Projections, eq. 3-12.
    """
    _, south, _, north = bounds(gid)
    width = np.radians(SIDE)
    strip: NDArray[np.float64] = _MINOR_KM**2 / 2 * width * (_zone(north) - _zone(south))
    return strip


def _zone(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    s = np.sin(np.radians(latitude))
    part: NDArray[np.float64] = s / (1 - (_ECCENTRICITY * s) ** 2) + np.arctanh(_ECCENTRICITY * s) / _ECCENTRICITY
    return part
