"""Distances on the ellipsoid."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Geod

_EARTH = Geod(ellps="WGS84")
#: Mean radius of the earth, in km.
EARTH_KM = 6371.0088


def distance_km(
    longitude: ArrayLike, latitude: ArrayLike, to_longitude: ArrayLike, to_latitude: ArrayLike
) -> NDArray[np.float64]:
    """Geodesic distance between points (degrees, WGS 84), in km; the inputs are broadcast against each other.

    Karney's algorithm, as pyproj has it. Source: Karney (2013), Algorithms for geodesics, Journal of Geodesy 87, 43-55.
    """
    spread = np.broadcast_arrays(*(np.asarray(a, float) for a in (longitude, latitude, to_longitude, to_latitude)))
    shape = spread[0].shape
    x, y, to_x, to_y = (np.ascontiguousarray(a).ravel() for a in spread)
    _, _, metres = _EARTH.inv(x, y, to_x, to_y)
    return np.asarray(metres, dtype=np.float64).reshape(shape) / 1000
