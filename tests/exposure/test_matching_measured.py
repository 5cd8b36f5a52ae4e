"""overlap on incidents coded and labelled by hand: the sample's shape, and the quality that is promised."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from garant.case import Case
from garant.exposure.events import read_events
from garant.exposure.matching import comparable, compare, rules
from garant.geo import read_areas
from tests.conftest import ROOT

from .labelled import Measured, agreement, half, loaded, measured, nearest, numbered, pairs, sample, second, truth

HELD = ("held out",)
_TYPES = {"Battles", "Violence against civilians", "Explosions/Remote violence", "Riots", "Strategic developments"}


@pytest.fixture(scope="module")
def case(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return loaded(shared, tmp_path_factory.mktemp("labelled"))


@pytest.fixture(scope="module")
def found(case: Case) -> pd.DataFrame:
    return pairs(case)


@pytest.fixture(scope="module")
def held(found: pd.DataFrame) -> Measured:
    return measured(found, HELD)


def test_each_incident_is_cited_dated_placed_and_labelled() -> None:
    country = read_areas(ROOT / "src/garant/cases/caf/figures/boundaries.geojson")
    sources, used = sample()["sources"], set()
    for each in sample()["incidents"]:
        assert "2013-01-01" <= str(date.fromisoformat(each["when"]["event_date"])) <= "2022-12-31"
        assert each["when"]["time_precision"] in (1, 2, 3)
        assert each["place"]["geo_precision"] in (1, 2, 3)
        assert each["place"]["coordinates"]
        # Bangui and other towns stand on the river that is the border: a coarse outline may pass behind them.
        assert country.nearest(each["place"]["longitude"], each["place"]["latitude"], km=10) >= 0, each["id"]
        assert each["what"]["event_type"] in _TYPES
        assert each["what"]["fatalities"] >= 0
        assert each["what"]["actor1"]
        assert each["told"]["where"]
        assert all(type(event) is int for event in each["ged"]["ids"])
        assert each["ged"]["certainty"] in ("sure", "likely")
        assert each["ged"]["because"]
        used.add(each["told"]["source"])
    assert used == set(sources)
    assert all(s["publisher"] and s["title"] and s["url"].startswith("http") for s in sources.values())


def test_ids_are_unique_and_split_the_sample_in_two() -> None:
    numbers = [each["id"] for each in sample()["incidents"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {half(1), half(2)} == {"held out", "tuning"}
    assert len(numbers) >= 150


@pytest.mark.shared
def test_the_labels_are_events_of_the_dataset(shared: Path) -> None:
    known = set(pd.read_csv(shared / "data/ucdp/GEDEvent_v23_1_CAF.csv", usecols=["id"])["id"])
    assert {event for each in sample()["incidents"] for event in each["ged"]["ids"]} <= known


@pytest.mark.shared
def test_pairs_of_the_held_out_half_keep_their_quality(held: Measured, shared: Path) -> None:
    assert held.precision >= 0.77
    assert held.recall >= 0.61
    assert held.first >= 0.86
    assert held.alone >= 0.76
    assert held.brier <= 0.075
    simple = measured(nearest(shared), HELD)
    assert held.precision > simple.precision
    assert held.recall > simple.recall + 0.1
    assert held.first > simple.first + 0.2


def test_two_readers_agree_on_the_labels() -> None:
    assert {half(incident) for _, incident in second()} == {"held out"}
    readers = agreement()
    assert readers.f1 >= 0.9
    assert readers.kappa >= 0.9


@pytest.mark.shared
def test_by_the_second_readers_labels_the_quality_is_the_same(held: Measured, found: pd.DataFrame) -> None:
    other = measured(found, HELD, second())
    assert other.precision == pytest.approx(held.precision, abs=0.05)
    assert other.recall == pytest.approx(held.recall, abs=0.05)


@pytest.mark.shared
def test_what_agreement_is_worth_is_counted_on_the_tuning_half(case: Case) -> None:
    """The counts of matching.yaml; nothing of the held-out half is in them."""
    [one], [other] = (list(case.folder.glob(f"snapshots/{name}-*.parquet")) for name in ("ucdp-ged", "acled"))
    candidates, levels = compare(read_events(one), comparable(read_events(other, lethal=False)))
    candidates = numbered(candidates)
    tuning = candidates["other"].map(half).eq("tuning").to_numpy()
    true = np.array([pair in truth() for pair in zip(candidates["one"], candidates["other"], strict=True)])
    for feature, level in levels.items():
        told = rules()["features"][feature]
        size = len(told["same"])
        assert np.bincount(level[tuning & true], minlength=size).tolist() == told["same"], feature
        assert np.bincount(level[tuning & ~true], minlength=size).tolist() == told["other"], feature


@pytest.mark.shared
def test_a_probability_means_what_it_says(held: Measured) -> None:
    """In each fifth of the held-out half the share of true pairs is near the mean probability."""
    assert len(held.bins) == 5
    assert all(abs(chance - true) <= 0.15 for _, chance, true in held.bins)


@pytest.mark.shared
def test_the_answer_states_the_quality_that_was_measured(held: Measured) -> None:
    told = rules()["measured"]
    assert told["incidents"] == held.incidents
    assert told["precision"] == pytest.approx(held.precision, abs=0.01)
    assert told["recall"] == pytest.approx(held.recall, abs=0.01)
