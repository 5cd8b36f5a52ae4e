"""Rankings: drawn surfaces, outlets, under-recording."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from garant.exposure.kernel import Bandwidth
from garant.exposure.measure import Record
from garant.exposure.outlets import alone, large, outlet, outlets_of
from garant.exposure.ranking import worst
from garant.exposure.simulate import place, predict, sums
from garant.exposure.spread import spread
from garant.exposure.units import Place, areas, cells, places
from garant.geo import Lattice

from .conftest import Events

YEAR = (date(2020, 1, 1), date(2020, 12, 31))


def record_of(frame: pd.DataFrame, lattice: Lattice) -> Record:
    return Record(frame, spread(frame, lattice), YEAR, Bandwidth(25, 120))


def test_an_event_falls_where_its_ground_is_as_often_as_it_should(events: Events, lattice: Lattice) -> None:
    frame = events({"spread": "near", "longitude": 20.93}, {"start": "2019-12-01", "end": "2020-02-28"})
    frame.loc[1, "end"] = np.datetime64("2020-02-28")
    ground = spread(frame, lattice)
    units = areas(ground, frame)
    shares = units.shares(ground)
    placed = place(frame, shares, YEAR, 40_000, np.random.default_rng(1))
    assert (placed[:, 0] == 0).mean() == pytest.approx(shares[0, 0], abs=0.01)
    assert 0.55 < shares[0, 0] < 0.9
    assert (placed[:, 1] >= 0).mean() == pytest.approx(59 / 90, abs=0.01)  # of 90 possible days, 59 lie in 2020


def test_the_sum_of_a_surface_is_what_fell_into_it() -> None:
    placed = np.array([[0, 1, 1], [0, -1, 2]])
    assert sums(placed, np.array([5.0, 2.0, 3.0]), 3).tolist() == [[5, 5, 0], [5, 0, 3]]


def test_predicted_surfaces_keep_the_mean_and_are_wider() -> None:
    placed = np.tile(np.repeat([0, 1, 2], [30, 10, 2]), (4000, 1))
    deaths = np.full(42, 4.0)
    drawn = predict(placed, deaths, 3, np.random.default_rng(3))
    assert drawn.sum(axis=1).mean() == pytest.approx(168, rel=0.05)
    assert drawn.std(axis=0).min() > 0
    means = drawn.mean(axis=0)
    assert means[0] > means[1] > means[2] > 0


def test_without_events_nothing_is_predicted() -> None:
    assert not predict(np.full((10, 0), -1), np.empty(0), 3, np.random.default_rng(3)).any()


@pytest.fixture(scope="module")
def cluster(events: Events) -> pd.DataFrame:
    """Twelve cells with 12, 11, … 1 times ten deaths; the second rests on one outlet alone."""
    told = []
    for place_number in range(12):
        x, y = 20.25 + 0.5 * (place_number % 4), 5.25 + 0.5 * (place_number // 4)
        who = ["Radio Un"] if place_number == 1 else ["Radio Un", "Gazette"]
        told += [{"longitude": x, "latitude": y, "best": 10, "low": 1, "high": 20, "outlets": who}] * (
            12 - place_number
        )
    return events(*told)


def test_the_worst_ten_and_what_would_change_them(cluster: pd.DataFrame, lattice: Lattice) -> None:
    record = record_of(cluster, lattice)
    units = cells(record.ground, record.events)
    rows = worst(record, units, YEAR)
    assert [row["best"] for row in rows] == [120, 110, 100, 90, 80, 70, 60, 50, 40, 30, 20, 10]
    assert [row["rank"] for row in rows] == list(range(1, 13))
    assert all(row["p_worst_place"] == (1.0 if row["rank"] <= 10 else 0.0) for row in rows)
    assert sum(row["p_worst"] for row in rows) <= 10
    assert rows[0]["p_worst"] > rows[9]["p_worst"] > rows[11]["p_worst"]
    assert rows[0]["unreported"] == pytest.approx(120 / 20)  # the eleventh has 20
    assert rows[11]["unreported"] == pytest.approx(30 / 10)  # the tenth has 30
    by_rank = {row["rank"]: row["without"] for row in rows}
    assert by_rank[2] == ["Radio Un"]  # leaves the ten
    assert by_rank[11] == ["Radio Un"]  # and the eleventh takes its place
    assert not any(by_rank[rank] for rank in (1, 3, 10, 12))


MODELLED = {
    "expected", "expected_low", "expected_high", "rank", "rank_low", "rank_high", "p_worst", "p_worst_place",
    "unreported", "without",
}  # fmt: skip


def test_with_people_the_whole_model_stands_twice(events: Events, lattice: Lattice) -> None:
    """Ten deaths somewhere in the country, and nine people in ten in the East: it is the worse one for them alone."""
    told = [{"spread": "country", "best": 3, "outlets": ["Gazette"]}] * 10
    frame = events(*told, *[{"longitude": 20.25, "best": 1, "outlets": ["Radio Un"]}] * 6)
    people = np.where(lattice.area == 1, 9.0, 1.0)
    plain = record_of(frame, lattice)
    both = replace(plain, people=spread(frame, lattice, people=people))
    units = areas(plain.ground, frame)
    rows = {row["unit"]: row for row in worst(both, units, YEAR)}
    assert {row["unit"]: row for row in worst(plain, units, YEAR)} == {
        unit: {key: value for key, value in row.items() if not key.endswith("_by_population")}
        for unit, row in rows.items()
    }
    assert {key.removesuffix("_by_population") for key in rows["W"] if key.endswith("_by_population")} == MODELLED
    assert sum(row["expected_by_population"] for row in rows.values()) == pytest.approx(36, abs=1e-9)
    assert rows["E"]["expected_by_population"] == pytest.approx(27, abs=0.2)
    assert (rows["W"]["rank"], rows["E"]["rank_by_population"]) == (1, 1)
    assert rows["W"]["p_worst"] > 0.5
    assert rows["W"]["p_worst_by_population"] < 0.4
    assert rows["W"]["without"] == []  # by surface the West is worse without the Gazette too
    assert rows["W"]["without_by_population"] == ["Gazette"]


def test_the_same_seed_is_the_same_ranking(cluster: pd.DataFrame, lattice: Lattice) -> None:
    record = record_of(cluster, lattice)
    units = cells(record.ground, record.events)
    assert worst(record, units, YEAR, seed=5, draws=50) == worst(record, units, YEAR, seed=5, draws=50)
    assert worst(record, units, YEAR, seed=5, draws=50) != worst(record, units, YEAR, seed=6, draws=50)


def test_places_count_what_is_near_and_may_overlap(events: Events, lattice: Lattice) -> None:
    frame = events({"longitude": 20.5, "latitude": 6.0}, {"longitude": 21.5, "latitude": 6.0})
    ground = spread(frame, lattice)
    units = places(ground, frame, [Place("a", "A", 20.5, 6.0, 10), Place("b", "B", 21.0, 6.0, 60)])
    assert units.printed.toarray().tolist() == [[1, 1], [0, 1]]
    assert units.shares(ground).toarray().tolist() == [[1, 1], [0, 1]]


def test_what_falls_on_two_places_counts_for_both(events: Events, lattice: Lattice) -> None:
    """A and B overlap where ten deaths happened, C lies apart with six: A and B are the two worst of four."""
    told = [{"longitude": 20.75, "latitude": 6.0, "best": 1}] * 10 + [
        {"longitude": 21.75, "latitude": 6.0, "best": 1}
    ] * 6
    record = record_of(events(*told), lattice)
    chosen = [Place("a", "A", 20.5, 6.0, 40), Place("b", "B", 21.0, 6.0, 40), Place("c", "C", 21.8, 6.0, 20),
              Place("d", "D", 20.2, 5.2, 5)]  # fmt: skip
    rows = {row["unit"]: row for row in worst(record, places(record.ground, record.events, chosen), YEAR)}
    assert {unit: row["p_worst_place"] for unit, row in rows.items()} == {"a": 1.0, "b": 1.0, "c": 0.0, "d": 0.0}
    assert rows["a"]["expected"] == rows["b"]["expected"] == 10
    assert rows["a"]["p_worst"] == pytest.approx(rows["b"]["p_worst"], abs=0.06)
    assert rows["a"]["p_worst"] > rows["c"]["p_worst"] > rows["d"]["p_worst"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("HRW", "Human Rights Watch"),
        ("Human Rights Watch", "Human Rights Watch"),
        ("CNC", "Corbeau News Centrafrique"),
        ("Corbeau News", "Corbeau News Centrafrique"),
        ("AFP 14/9-09", "Agence France-Presse"),
        ("Reuters2001-05-29", "Reuters"),
        ("APA News", "APA News"),  # not AP
        ("S/2014/928", "UN Security Council"),
        (" - ", ""),
        ("", ""),
    ],
)
def test_an_outlet_has_one_name(printed: str, name: str) -> None:
    assert outlet(printed) == name


def test_large_outlets_are_those_on_which_much_rests_alone() -> None:
    behind = outlets_of([["CNC"]] * 6 + [["Corbeau News"]] * 4 + [["CNC", "AFP"]] * 20 + [["AFP"]] * 2)
    assert large(behind) == {"Corbeau News Centrafrique": 10}
    assert int(alone(behind, "Corbeau News Centrafrique").sum()) == 10
