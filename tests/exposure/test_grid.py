"""PRIO-GRID by arithmetic, distances, areas."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from garant.claims import InputError
from garant.geo import Area, Areas, Lattice, area_km2, bounds, cell_of, centre, distance_km, read_areas
from garant.geo.areas import plain
from garant.geo.grid import CELLS


def test_cells_are_numbered_from_the_south_west() -> None:
    assert cell_of([-180, -179.4, -180], [-90, -90, -89.4]).tolist() == [1, 2, 721]
    assert cell_of(180, 90) == CELLS


@given(st.integers(1, CELLS), st.floats(0, 0.4999), st.floats(0, 0.4999))
def test_a_point_lies_in_the_bounds_of_its_cell(gid: int, across: float, up: float) -> None:
    west, south, _, _ = bounds(gid)
    assert int(cell_of(west + across, south + up)) == gid
    assert int(cell_of(*centre(gid))) == gid


def test_cells_together_are_the_earth() -> None:
    assert area_km2(np.arange(1, CELLS + 1)).sum() == pytest.approx(510_065_622, rel=1e-8)


def test_a_cell_at_the_equator_has_the_area_of_its_outline() -> None:
    from pyproj import Geod

    gid = cell_of(20.1, 0.1)
    edges = shapely.segmentize(shapely.box(*(float(e) for e in bounds(gid))), 0.01)
    around = abs(Geod(ellps="WGS84").geometry_area_perimeter(edges)[0]) / 1e6
    assert float(area_km2(gid)) == pytest.approx(around, rel=1e-5)


def test_a_point_off_the_globe_is_refused() -> None:
    with pytest.raises(InputError, match="outside the globe"):
        cell_of(200, 5)
    with pytest.raises(InputError, match="cell number"):
        bounds(0)


def test_a_degree_of_latitude_at_the_equator() -> None:
    assert float(distance_km(20, 0, 20, 1)) == pytest.approx(110.574, abs=0.001)  # WGS 84


def test_points_are_located_and_an_edge_belongs_to_one_area(country: Areas) -> None:
    assert country.locate([20.5, 21.5, 21.0, 19.0], [6, 6, 6, 6]).tolist() == [0, 1, 0, -1]


def test_a_town_beside_the_outline_belongs_to_the_nearest_area(country: Areas) -> None:
    assert country.nearest(22.1, 6, 25) == 1
    assert country.nearest(22.5, 6, 25) == -1


@pytest.mark.parametrize(
    ("printed", "means"), [("West Province", 0), ("province of West", 0), ("EAST", 1), ("North", -1)]
)
def test_names_of_areas_are_told_without_their_level(country: Areas, printed: str, means: int) -> None:
    assert country.named(printed) == means


def test_french_names_lose_accents_and_level() -> None:
    assert plain("Préfecture de la Nana-Grébizi") == plain("Nana-Grebizi province")


def test_the_lattice_stands_for_the_surface(lattice: Lattice) -> None:
    assert lattice.weight.sum() == pytest.approx(1, abs=1e-12)
    assert not lattice.weight[~lattice.inside].any()
    assert np.isin(
        lattice.cell[lattice.inside], cell_of([20.1, 20.6, 21.1, 21.6] * 4, np.repeat([5.1, 5.6, 6.1, 6.6], 4))
    ).all()
    assert lattice.weight[lattice.area == 0].sum() == pytest.approx(0.5, abs=1e-9)


def test_boundaries_from_geojson_find_their_columns(tmp_path: Path) -> None:
    outline = shapely.to_geojson(shapely.box(0, 0, 1, 1))
    file = tmp_path / "areas.geojson"
    feature = f'{{"type":"Feature","properties":{{"ADM1_EN":"North","ADM1_PCODE":"XX01"}},"geometry":{outline}}}'
    file.write_text(f'{{"type":"FeatureCollection","features":[{feature}]}}', encoding="utf-8")
    [area] = read_areas(file).areas
    assert (area.code, area.name) == ("XX01", "North")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nonsense", "no GeoJSON"),
        ('{"features": []}', "holds no features"),
        ('{"features": [{"properties": {"x": 1}, "geometry": null}]}', "no column of names"),
        ('{"features": [{"properties": {"name": "A"}, "geometry": null}]}', "no geometry"),
        (
            '{"features": [{"properties": {"name": "A"}, "geometry": {"type": "Point", "coordinates": [0, 0]}}]}',
            "Point",
        ),
    ],
)
def test_bad_boundaries_are_one_sentence(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "areas.geojson"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_areas(file)


def test_a_country_without_surface_is_refused() -> None:
    with pytest.raises(InputError, match="no surface"):
        Lattice.over(Areas([Area("X", "X", shapely.box(0, 0, 1e-9, 1e-9))]))
