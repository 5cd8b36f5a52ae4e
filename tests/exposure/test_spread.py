"""Where an event may have happened: no mass is lost, and each precision reaches as far as it says."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from garant.exposure.spread import Ground, spread
from garant.exposure.units import areas, cells
from garant.geo import Area, Areas, Lattice, distance_km

from .conftest import Events

KINDS = ["point", "near", "district", "province", "area", "country", "international"]


def ground_of(ground: Ground, event: int) -> np.ndarray:
    """Nodes of one event's ground."""
    row = ground.of_event[event]
    return ground.shapes.indices[ground.shapes.indptr[row] : ground.shapes.indptr[row + 1]]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.floats(19.5, 22.5), st.floats(4.5, 7.5), st.integers(0, 500)),
        min_size=1,
        max_size=8,
    )
)
def test_no_mass_is_lost_wherever_events_lie(
    events: Events, lattice: Lattice, told: list[tuple[str, float, float, int]]
) -> None:
    frame = events(*({"spread": s, "longitude": x, "latitude": y, "best": n} for s, x, y, n in told))
    ground = spread(frame, lattice)
    for units in (areas(ground, frame), cells(ground, frame)):
        shares = units.shares(ground)
        assert np.allclose(shares.sum(axis=1), 1, atol=1e-12)
        assert (shares.T @ frame["best"].to_numpy(float)).sum() == pytest.approx(frame["best"].sum(), abs=1e-9)
        assert np.allclose(units.printed.sum(axis=1), 1)


def test_a_point_stays_the_point(events: Events, lattice: Lattice) -> None:
    frame = events({"spread": "point"})
    ground = spread(frame, lattice)
    [node] = ground_of(ground, 0)
    assert (ground.longitude[node], ground.latitude[node]) == (20.52, 6.03)


def test_near_reaches_25_km_and_a_district_50_within_its_province(events: Events, lattice: Lattice) -> None:
    frame = events({"spread": "near", "longitude": 20.9}, {"spread": "district", "longitude": 20.9})
    ground = spread(frame, lattice)
    near, district = ground_of(ground, 0), ground_of(ground, 1)
    far = distance_km(20.9, 6.03, ground.longitude, ground.latitude)
    assert far[near].max() <= 25 < far[district].max() <= 50
    assert set(ground.area[near]) == {0, 1}
    assert set(ground.area[district]) == {0}


def test_a_named_district_is_its_outline(events: Events, lattice: Lattice) -> None:
    districts = Areas(
        [Area("D1", "Inner", shapely.box(20.2, 5.2, 20.4, 5.4)), Area("D2", "Other", shapely.box(21, 6, 22, 7))]
    )
    frame = events({"spread": "district", "adm2": "Inner District"}, {"spread": "district", "adm2": "Unheard of"})
    ground = spread(frame, lattice, districts=districts)
    inner = ground_of(ground, 0)
    assert ground.longitude[inner].min() > 20.2
    assert ground.longitude[inner].max() < 20.4
    assert len(ground_of(ground, 1)) > len(inner)


def test_a_province_is_the_one_named_not_the_one_of_its_centroid(events: Events, lattice: Lattice) -> None:
    frame = events({"spread": "province", "adm1": "East Province", "longitude": 20.9})
    ground = spread(frame, lattice)
    assert set(ground.area[ground_of(ground, 0)]) == {1}
    assert areas(ground, frame).printed.toarray().tolist() == [[0, 1, 0, 0]]


def test_a_country_is_all_of_it(events: Events, lattice: Lattice) -> None:
    ground = spread(events({"spread": "country"}), lattice)
    assert len(ground_of(ground, 0)) == int(lattice.inside.sum())


def test_people_draw_the_mass_to_where_they_live(events: Events, lattice: Lattice) -> None:
    people = np.where(lattice.latitude > 6.5, 9.0, 1.0)
    ground = spread(events({"spread": "country"}), lattice, people=people)
    north = ground.latitude[ground_of(ground, 0)] > 6.5
    share = ground.shapes.data[north].sum()
    assert share == pytest.approx(9 / 12, abs=0.02)  # a quarter of the country with nine times the people


def test_where_nobody_lives_the_surface_counts(events: Events, lattice: Lattice) -> None:
    ground = spread(events({"spread": "country"}), lattice, people=np.zeros(len(lattice.longitude)))
    assert ground.shapes.sum() == pytest.approx(1)


def test_an_event_beside_every_outline_is_counted_and_far_ones_are_in_no_area(events: Events, lattice: Lattice) -> None:
    frame = events({"longitude": 22.1}, {"longitude": 23.0})
    ground = spread(frame, lattice)
    assert ground.beside == 1
    assert ground.printed_area.tolist() == [1, -1]
    assert areas(ground, frame).printed.toarray().tolist() == [[0, 1, 0, 0], [0, 0, 1, 0]]


def test_what_has_no_place_is_printed_in_no_unit_and_spread_over_all(events: Events, lattice: Lattice) -> None:
    frame = events(
        {"spread": "country"}, {"spread": "area", "adm1": "East"}, {"spread": "area"}, {"spread": "province"}
    )
    ground = spread(frame, lattice)
    by_area, by_cell = areas(ground, frame), cells(ground, frame)
    assert by_area.printed.argmax(axis=1).A1.tolist() == [3, 1, 3, 0]
    assert set(by_cell.printed.argmax(axis=1).A1.tolist()) == {len(by_cell.ids) - 1}
    assert by_area.ids[3] == by_cell.ids[-1] == "unplaced"
    assert np.allclose(by_area.shares(ground).sum(axis=1), 1)
    assert not by_area.shares(ground)[:, 3].sum()


def test_a_disc_that_misses_its_province_becomes_the_province(events: Events, lattice: Lattice) -> None:
    frame = events({"spread": "district", "adm1": "East", "longitude": 20.05})
    ground = spread(frame, lattice)
    assert set(ground.area[ground_of(ground, 0)]) == {1}
    assert len(ground_of(ground, 0)) == int((lattice.area == 1).sum())
