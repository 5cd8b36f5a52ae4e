"""One event in two datasets: what is surely one, what is surely not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from garant.exposure.matching import comparable, fit, match, rules
from garant.exposure.matching_actors import Actors

from .conftest import Events


@pytest.fixture(scope="module")
def told_twice(events: Events) -> tuple[pd.DataFrame, pd.DataFrame]:
    """300 invented events; half of them also in the other set, a little off, beside 150 others."""
    random = np.random.default_rng(11)
    groups = ["Red Column", "Blue Front", "River Union", "Hill Guard"]
    one, other = [], []
    for number in range(300):
        start = str(np.datetime64("2020-01-01") + int(random.integers(0, 360)))
        told = {
            "start": start, "longitude": random.uniform(20, 22), "latitude": random.uniform(5, 7),
            "side_a": groups[number % 4], "best": int(random.integers(1, 12)),
        }  # fmt: skip
        told |= {"low": told["best"], "high": told["best"] + 2}
        one.append(told)
        if number % 2 == 0:
            near = told | {
                "longitude": told["longitude"] + random.normal(0, 0.02),
                "start": str(np.datetime64(start) + int(random.random() < 0.2)),  # one in five, as among labelled pairs
                "side_a": f"{told['side_a']} (militia)", "best": told["best"] + int(random.integers(0, 2)),
            }  # fmt: skip
            other.append(near | {"event_id": f"A{number}"})
        else:
            far = {
                "start": str(np.datetime64("2020-01-01") + int(random.integers(0, 360))),
                "longitude": random.uniform(20, 22), "latitude": random.uniform(5, 7),
                "side_a": groups[number % 3], "best": int(random.integers(1, 12)),
            }  # fmt: skip
            other.append(far | {"event_id": f"B{number}"})
    return events(*one), events(*other)


def test_pairs_that_are_one_stand_out(told_twice: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    pairs = match(*told_twice)
    pairs["true"] = [f"A{int(name[1:]) - 1}" == other for name, other in zip(pairs["one"], pairs["other"], strict=True)]
    sure = pairs[pairs["probability"] >= 0.5]
    assert sure["true"].mean() >= 0.9
    assert sure["true"].sum() >= 0.9 * 150
    assert pairs["probability"].between(0, 1).all()
    assert len(pairs) > 2 * len(sure)


def test_far_apart_is_no_pair(events: Events) -> None:
    one = events({"start": "2020-01-01"})
    assert len(match(one, events({"start": "2020-02-01"}))) == 0
    assert len(match(one, events({"start": "2020-01-01", "longitude": 25.0}))) == 0
    assert len(match(one, events({"start": "2020-01-02"}))) == 1


def test_a_coarse_place_allows_for_its_distance(events: Events) -> None:
    one, other = events({"spread": "province"}), events({"longitude": 21.8})
    [pair] = match(one, other).to_dict("records")
    assert pair["km"] == 0


def test_no_events_no_pairs(events: Events) -> None:
    assert len(match(events({}).iloc[:0], events({}))) == 0


def test_alike_events_share_the_chance_of_being_the_one(events: Events) -> None:
    alone = match(events({}), events({"event_id": "A"}))["probability"].sum()
    both = match(events({}, {}), events({"event_id": "A"}))["probability"]
    assert both[0] == pytest.approx(both[1])
    assert both[0] < alone
    assert both.sum() <= 2


def test_an_event_without_a_toll_is_compared_and_a_protest_is_not(events: Events) -> None:
    untold = {"best": 0, "low": 0, "high": 0}
    other = events(untold | {"violence": "battles"}, untold | {"violence": "protests"}, {"violence": "riots"})
    assert comparable(other)["event_id"].tolist() == ["E1", "E3"]


def test_a_place_that_is_not_named_counts_neither_way(events: Events) -> None:
    names = [(None, None), ("Ford town", None), ("Ford town", "Ford"), ("Ford town", "Mill village")]
    chances = [match(events({"place": x}), events({"place": y}))["probability"].item() for x, y in names]
    assert chances[0] == chances[1]
    assert chances[3] < chances[0] < chances[2]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Government of Central African Republic", "Military Forces of the Central African Republic (2016-)", 0.8),
        ("Government of Central African Republic", "Wagner Group", 0.8),
        ("anti-Balaka", "Anti-Balaka", 1.0),
        ("UPC", "UPC: Union for Peace in the Central African Republic", 1.0),
        ("CPC", "3R: Return, Reclamation, Rehabilitation", 0.8),
        ("FPRC", "Ex-Séléka", 0.8),
        ("LRA", "Unidentified Armed Group (Central African Republic)", 0.5),
        ("LRA", None, 0.5),
        ("LRA", "FPRC", 0.0),
        ("Government of Central African Republic", "Ex-Séléka", 0.0),
    ],
)
def test_sides_are_alike_by_name_or_family(events: Events, one: str, other: str | None, alike: float) -> None:
    a, b = ({"side_a": name, "side_b": "Civilians"} for name in (one, other))
    [found] = Actors(rules()["actors"]).similarity(events(a), events(b))
    assert found == pytest.approx((alike + 1) / 2)


_PAIR = st.tuples(*(st.integers(low, high) for low, high in ((0, 7), (0, 5), (-1, 1), (0, 3), (0, 4), (0, 3))))


@given(st.lists(_PAIR, min_size=1, max_size=40))
def test_chances_are_chances_and_no_event_is_more_than_two(pairs: list[tuple[int, ...]]) -> None:
    days, km, place, actors, deaths, event = np.array(pairs).T
    chance = fit({"days": days, "km": km, "place": place, "actors": actors, "deaths": deaths}, event)
    assert ((chance >= 0) & (chance <= 1)).all()
    assert (np.bincount(event, weights=chance) <= 2 + 1e-9).all()
