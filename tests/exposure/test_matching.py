"""One event in two datasets: what is surely one, what is surely not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from garant.exposure.matching import match

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
