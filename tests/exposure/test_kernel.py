"""A smooth intensity: what it keeps, and which bandwidths are chosen."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from garant.exposure.events import months, years
from garant.exposure.kernel import Bandwidth, Smoother, choose, in_period
from garant.exposure.spread import spread
from garant.geo import Lattice, distance_km
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


@pytest.mark.parametrize("scatter", [15.0, 60.0])
def test_the_bandwidth_follows_how_far_events_lie_apart(events: Events, scatter: float) -> None:
    """Clusters whose members lie a known distance round their centre: the kernel must be about as wide."""
    random = np.random.default_rng(7)
    told = []
    for _ in range(25):
        x, y, day = random.uniform(20, 30), random.uniform(0, 10), int(random.integers(0, 900))
        for _ in range(12):
            dx, dy = random.normal(0, scatter / DEGREE_KM, 2)
            start = str(np.datetime64("2019-01-01") + day + int(random.normal(0, 20)))
            told.append({"longitude": x + dx, "latitude": y + dy, "start": start})
    chosen = choose(events(*told), surface_km2=1.2e6)
    assert 0.4 * scatter <= chosen.space_km <= 1.7 * scatter
    assert chosen.time_days <= 60
    assert chosen.events == 300


def test_too_few_events_choose_nothing(events: Events) -> None:
    assert choose(events({}, {}), 1e5).events == 0
