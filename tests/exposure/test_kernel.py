"""A smooth intensity: what it keeps, and which bandwidths are chosen."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely

from garant.exposure.bandwidth import choose, likelihoods, told
from garant.exposure.events import months, years
from garant.exposure.kernel import Bandwidth, Smoother, in_period, kept_inside
from garant.exposure.spread import spread
from garant.geo import Area, Areas, Lattice, distance_km
from garant.geo.lattice import DEGREE_KM

from .conftest import Events

SPAN = (date(2019, 1, 1), date(2021, 12, 31))


def test_over_all_periods_an_event_keeps_its_deaths(events: Events) -> None:
    frame = events({"start": "2019-01-02"}, {"start": "2020-06-15"}, {"start": "2021-12-30"})
    kept = sum(in_period(frame, first, last, SPAN, 120) for first, last in months(*SPAN))
    assert np.allclose(kept, 1, atol=1e-9)
    assert len(years(*SPAN)) == 3


def test_no_mass_leaves_the_country(events: Events, lattice: Lattice) -> None:
    frame = events({"longitude": 20.01}, {"spread": "province", "adm1": "East"}, {"spread": "country"})
    ground = spread(frame, lattice)
    intensity = Smoother(ground, Bandwidth(40, 120))(np.array([3.0, 2.0, 1.0]))
    assert intensity.sum() == pytest.approx(6, abs=1e-9)
    assert (intensity >= 0).all()


def test_the_kernel_in_the_middle_is_the_gaussian(events: Events, lattice: Lattice) -> None:
    frame = events({"longitude": 21.005, "latitude": 6.005})
    ground = spread(frame, lattice)
    h = 15.0
    intensity = Smoother(ground, Bandwidth(h, 120))(np.array([1.0]))
    inside = np.flatnonzero(lattice.inside)
    x, y = lattice.longitude[inside], lattice.latitude[inside]
    apart = distance_km(x[intensity.argmax()], y[intensity.argmax()], x, y)
    surface = (DEGREE_KM * lattice.step) ** 2 * np.cos(np.radians(6))
    near = apart < 2 * h
    expected = np.exp(-0.5 * (apart / h) ** 2) / (2 * np.pi * h**2) * surface
    assert np.abs(intensity - expected)[near].max() < 0.02 * expected.max()


@pytest.fixture(scope="module")
def wide() -> Lattice:
    """A country of ten degrees each way."""
    return Lattice.over(Areas([Area("W", "Wide", shapely.box(20, 0, 30, 10))]))


def clusters(scatter: float, *, seed: int = 7) -> list[dict[str, object]]:
    """25 clusters of 12 events, which lie a known distance (km) and 20 days round their centre."""
    random = np.random.default_rng(seed)
    told = []
    for _ in range(25):
        x, y, day = random.uniform(21, 29), random.uniform(1, 9), int(random.integers(60, 900))
        for _ in range(12):
            dx, dy = random.normal(0, scatter / DEGREE_KM, 2)
            start = str(np.datetime64("2019-01-01") + day + int(random.normal(0, 20)))
            told.append({"longitude": x + dx, "latitude": y + dy, "start": start})
    return told


@pytest.mark.parametrize("scatter", [15.0, 60.0])
def test_the_bandwidth_follows_how_far_events_lie_apart(events: Events, wide: Lattice, scatter: float) -> None:
    """Clusters whose members lie a known distance round their centre: the kernel must be about as wide."""
    chosen = choose(events(*clusters(scatter)), wide, SPAN)
    assert 0.4 * scatter <= chosen.space_km <= 1.7 * scatter
    assert chosen.time_days <= 60
    assert chosen.events == 300
    assert chosen.ends == ()


def test_events_told_of_at_one_place_do_not_narrow_the_kernel(events: Events, wide: Lattice) -> None:
    """Each event told four times at its place, weeks apart: a gazetteer, which says nothing of violence elsewhere."""
    told = clusters(40.0)
    again = [e | {"start": str(np.datetime64(str(e["start"])) + later)} for e in told for later in (0, 9, 18, 27)]
    once, often = choose(events(*told), wide, SPAN), choose(events(*again), wide, SPAN)
    assert 20 <= often.space_km <= 60
    assert once.space_km == often.space_km


@pytest.mark.parametrize(("longitude", "kept"), [(25.0, 1.0), (20.05, 0.54)])
def test_what_lies_at_the_same_place_is_left_out_and_the_rest_is_a_density(
    events: Events, wide: Lattice, longitude: float, kept: float
) -> None:
    """Two places, in the middle or at the border: each event's score is that of the other place's events alone."""
    near = {"longitude": longitude, "latitude": 5.0, "start": "2020-06-01"}
    far = {"longitude": longitude, "latitude": 5.5, "start": "2020-06-11"}
    scores = likelihoods(events(near, near | {"start": "2020-06-02"}, far), wide, SPAN)[60, 30]
    assert kept_inside(wide, 60)[wide.nearest_inside(longitude, 5.5)] == pytest.approx(kept, abs=0.02)
    apart = 0.5 * 111.195
    space = np.exp(-0.5 * (apart / 60) ** 2) / (2 * np.pi * 60**2) / kept  # per km²
    time = np.exp(-0.5 * (10 / 30) ** 2) / (np.sqrt(2 * np.pi) * 30)  # per day
    even = 0.05 / (wide.surface_km2 * 1096)
    assert scores[0] == pytest.approx(np.log(0.95 * space * time + even), abs=0.04)
    assert scores[2] > scores[0]  # a mean of two, one of them a day nearer


def test_a_choice_at_an_end_of_what_is_tried_is_said(events: Events, wide: Lattice) -> None:
    chosen = choose(events(*clusters(0.7)), wide, SPAN)
    assert (chosen.space_km, chosen.ends) == (2, ("space",))
    assert "2 km is the narrowest bandwidth that was tried" in told(chosen)[1]
    assert len(told(Bandwidth(60, 30, 300))) == 1
    assert "too few events" in told(Bandwidth(60, 30))[0]


def test_an_event_whose_interval_leaves_the_span_does_not_choose_the_bandwidth(events: Events, wide: Lattice) -> None:
    told = clusters(40.0)
    long = [{"longitude": 25.0, "latitude": 6.0, "start": "2020-12-28", "end": "2030-12-28"}]
    chosen = choose(events(*told, *long), wide, SPAN)
    assert chosen.space_km == choose(events(*told), wide, SPAN).space_km
    assert all(np.isfinite(score).all() for score in likelihoods(events(*told, *long), wide, SPAN).values())
    share = in_period(events(*long), SPAN[0], SPAN[1], SPAN, 7.0)
    assert share == pytest.approx([1.0])


def test_too_few_events_or_places_choose_nothing(events: Events, wide: Lattice) -> None:
    assert choose(events({}, {}), wide, SPAN).events == 0
    assert choose(events(*[{"longitude": 25.0}] * 40), wide, SPAN).events == 0
