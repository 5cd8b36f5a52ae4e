"""Where things are: the PRIO-GRID, distances on the ellipsoid, areas with their outlines, points of a country."""

from garant.geo.areas import Area, Areas, read_areas
from garant.geo.distance import distance_km
from garant.geo.grid import area_km2, bounds, cell_of, centre
from garant.geo.lattice import Lattice
from garant.geo.meridian import beside, unrolled, wrapped

__all__ = [
    "Area", "Areas", "Lattice", "area_km2", "beside", "bounds", "cell_of", "centre", "distance_km", "read_areas",
    "unrolled", "wrapped",
]  # fmt: skip
