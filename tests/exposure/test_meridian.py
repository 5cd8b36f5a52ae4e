"""Countries astride the 180th meridian: the same in every form their outline comes in, and the same as elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from garant.brief.mapped import Map, Sited, _areas, _sites, bar
from garant.claims import InputError
from garant.exposure.kernel import Bandwidth
from garant.exposure.measure import Record, measure
from garant.exposure.people import persons
from garant.exposure.ranking import worst
from garant.exposure.spread import spread
from garant.exposure.units import areas, cells
from garant.geo import Area, Areas, Lattice, area_km2, cell_of, read_areas, unrolled, wrapped

from .conftest import Events

#: Two provinces, one of them with a lake, west edge at 20° E: what is moved along the parallel.
#: No point of a lattice lies on an edge, where rounding would decide.
WEST = shapely.Polygon([(20.1031, -18.0127), (21.3041, -18.2083), (21.4057, -16.0019), (20.3077, -15.7013)])
EAST = shapely.Polygon(
    [(21.3041, -18.2083), (23.2011, -17.9029), (22.8093, -15.5057), (21.4057, -16.0019)],
    [[(22.0017, -17.0033), (22.4023, -17.0041), (22.4017, -16.5027), (22.0013, -16.5021)]],
)
YEAR = (date(2020, 1, 1), date(2020, 12, 31))


def beyond(outline: BaseGeometry, by: float) -> BaseGeometry:
    """Longitudes that run on beyond 180°."""
    return shapely.transform(outline, lambda xy: xy + np.array([by, 0.0]))


def jumping(outline: BaseGeometry, by: float) -> BaseGeometry:
    """Each vertex brought back for itself: edges jump from 179° to -179°."""
    return shapely.transform(beyond(outline, by), lambda xy: np.column_stack([turned(xy[:, 0]), xy[:, 1]]))


def from_the_west(outline: BaseGeometry, by: float) -> BaseGeometry:
    """Longitudes below -180°."""
    return beyond(outline, by - 360)


def cut(outline: BaseGeometry, by: float) -> BaseGeometry:
    """Cut at the meridian, as GeoJSON asks."""
    moved = beyond(outline, by)
    east = shapely.intersection(moved, shapely.box(-180, -90, 180, 90))
    west = beyond(shapely.intersection(moved, shapely.box(180, -90, 540, 90)), -360)
    return shapely.union_all([east, west])


def turned(x: np.ndarray) -> np.ndarray:
    return np.where(x > 180, x - 360, x)


FORMS = [beyond, jumping, from_the_west, cut]
Form = Callable[[BaseGeometry, float], BaseGeometry]


def country(form: Form, by: float) -> Areas:
    return Areas([Area("W", "West", form(WEST, by)), Area("E", "East", form(EAST, by))])


def told(events: Events, by: float) -> pd.DataFrame:
    places = [(20.5213, -17.0327), (21.9521, -16.1013), (21.3531, -17.0043), (22.6217, -17.0129), (20.2027, -15.9031)]
    kinds = ["point", "near", "district", "province", "area", "country"]
    return events(
        *(
            {"longitude": float(turned(np.array(x + by))), "latitude": y, "spread": kind, "best": 1 + n,
             "side_a": ("Reds", "Blues")[n % 2]}
            for n, ((x, y), kind) in enumerate((place, kind) for place in places for kind in kinds)
        )
    )  # fmt: skip


def measured(events: Events, outlines: Areas, by: float) -> tuple[Lattice, pd.DataFrame, pd.DataFrame]:
    lattice, frame = Lattice.over(outlines), told(events, by)
    record = Record(frame, spread(frame, lattice), YEAR, Bandwidth(30, 60))
    by_area = pd.DataFrame(measure(record, areas(record.ground, frame), [YEAR]))
    by_cell = pd.DataFrame(worst(record, cells(record.ground, frame), YEAR, draws=50))
    return lattice, by_area, by_cell


@settings(max_examples=12, deadline=None)
@given(st.integers(314, 319), st.sampled_from(FORMS))
def test_a_country_is_the_same_astride_the_meridian(events: Events, halves: int, form: Form) -> None:
    """Moved by 157 to 159.5 degrees, so that the meridian runs through it, in any form."""
    by = halves / 2
    here, by_area, by_cell = measured(events, country(beyond, 0.0), 0.0)
    there, moved_area, moved_cell = measured(events, country(form, by), by)
    assert there.shape == here.shape
    assert there.step == here.step
    assert there.surface_km2 == pytest.approx(here.surface_km2, rel=1e-12)
    assert there.weight == pytest.approx(here.weight, abs=1e-15)
    assert np.abs(there.longitude).max() < 180
    numbers = np.unique(here.cell[here.inside]), np.unique(there.cell[there.inside])
    assert len(numbers[0]) == len(numbers[1])
    assert area_km2(numbers[0]).sum() == pytest.approx(area_km2(numbers[1]).sum(), rel=1e-12)
    keys = ["unit", "perpetrator"]
    both = by_area.merge(moved_area, on=keys, suffixes=("", "_moved"))
    assert len(both) == len(by_area) == len(moved_area)
    for column in ("events", "best", "expected", "intensity"):
        assert both[column].to_numpy() == pytest.approx(both[f"{column}_moved"].to_numpy(), abs=1e-9)
    assert sorted(by_cell["expected"]) == pytest.approx(sorted(moved_cell["expected"]), abs=1e-9)
    assert sorted(by_cell["events"]) == sorted(moved_cell["events"])


@given(st.floats(-360, 360))
def test_wrapping_keeps_the_surface_and_wraps_once(by: float) -> None:
    outline = wrapped(beyond(EAST, by))
    assert outline.area == pytest.approx(EAST.area, abs=1e-9)
    assert outline.is_valid
    west, _, east, _ = outline.bounds
    assert west >= -180
    assert east <= 180
    assert wrapped(outline).equals(outline)


def test_what_does_not_cross_is_left_as_it_is() -> None:
    assert wrapped(EAST) is EAST
    assert unrolled(EAST, -180) is EAST
    assert country(beyond, 0.0).west == -180
    # two islands far apart, neither near the meridian: nothing is turned round
    assert Areas([Area("A", "A", shapely.box(-60, 0, -59, 1)), Area("B", "B", shapely.box(55, 0, 56, 1))]).west == -180


@pytest.mark.parametrize("form", FORMS)
def test_points_find_their_area_and_the_nearest_one_over_the_meridian(form: Form) -> None:
    outlines = country(form, 158.0)  # from 178.1° E to 178.8° W
    assert outlines.west == pytest.approx(178.1031)
    assert outlines.locate([178.9, 179.9, -179.9, -179.2, -178.0], [-17.2] * 5).tolist() == [0, 1, 1, 1, -1]
    assert outlines.nearest(-178.85, -17.7, 25) == 1
    only_west = Areas([Area("X", "X", shapely.box(179.5, -17, 180, -16))])
    assert only_west.nearest(-179.95, -16.5, 25) == 0  # 5 km over the meridian
    assert only_west.nearest(-179.5, -16.5, 25) == -1


def test_cells_of_the_two_edges_are_the_first_and_the_last_of_a_row() -> None:
    lattice = Lattice.over(country(cut, 158.0))
    columns = {int(cell - 1) % 720 for cell in lattice.cell[lattice.inside]}
    assert columns == {716, 717, 718, 719, 0, 1, 2}
    assert lattice.nearest_inside(-179.6, -17.6).tolist() == lattice.nearest_inside(180.4, -17.6).tolist()
    at = lattice.nearest_inside([179.99, -179.99], [-17.6, -17.6])
    assert np.abs(lattice.longitude[at] - [179.99, -179.99]).max() < lattice.step
    assert int(cell_of(180, -17)) % 720 == 0


def test_people_beyond_the_meridian_are_counted_once(tmp_path: Path) -> None:
    import geopandas

    lattice = Lattice.over(country(jumping, 158.0))
    shapes = [beyond(EAST, 158.0), shapely.Point(180.5, -17.3), shapely.Point(-179.6, -17.6)]
    frame = geopandas.GeoDataFrame({"people": [1000, 50, 7]}, geometry=shapes, crs="EPSG:4326")
    frame.to_parquet(tmp_path / "people.parquet")
    people = persons(lattice, tmp_path / "people.parquet")
    assert people.sum() == pytest.approx(1057)
    assert people[lattice.area == 1].sum() == pytest.approx(1057)
    east_of_it = people[lattice.inside & (lattice.longitude < 0)].sum()
    assert 57 + 300 < east_of_it < 57 + 1000


@pytest.mark.parametrize("form", FORMS)
def test_the_map_draws_one_country_not_two_edges_of_the_world(form: Form) -> None:
    outlines = country(form, 158.0)
    shown = Map(outlines, {"W": 12.0}, [Sited("Post", -179.5, -17, ("un",))], "invented")
    drawn = [shapely.from_geojson(json.dumps(area["geometry"])) for area in _areas(shown)]
    west, _, east, _ = shapely.union_all(drawn).bounds
    assert east - west < 3.2
    assert all(shape.geom_type == "Polygon" for shape in drawn)
    [site] = _sites(shown)
    assert west < site["x"] < east
    assert bar(outlines)["km"] <= 100


def test_an_outline_round_a_pole_or_the_globe_is_refused(tmp_path: Path) -> None:
    ring = [[-180, -70], [-90, -75], [0, -70], [90, -75], [180, -70], [180, -90], [-180, -90], [-180, -70]]
    world = [[-180, -80], [180, -80], [180, 80], [-180, 80], [-180, -80]]
    far = [[900, 0], [901, 0], [901, 1], [900, 0]]
    for coordinates, why in ((ring, "round a pole"), (world, "round the globe"), (far, "beyond the globe")):
        file = tmp_path / "areas.geojson"
        geometry = {"type": "Polygon", "coordinates": [coordinates]}
        feature = {"type": "Feature", "properties": {"name": "A"}, "geometry": geometry}
        file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
        with pytest.raises(InputError, match=why):
            read_areas(file)
