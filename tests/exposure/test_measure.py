"""Raw totals are those of the file; modelled columns stand apart and lose nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from garant.claims import InputError
from garant.exposure.events import CLASH, years
from garant.exposure.figures import figures_of, write_figures
from garant.exposure.kernel import Bandwidth
from garant.exposure.measure import Record, measure
from garant.exposure.spread import spread
from garant.exposure.summed import ranking_over
from garant.exposure.units import areas, cells
from garant.geo import Lattice

from .conftest import Events

SPAN = (date(2019, 1, 1), date(2020, 12, 31))


@pytest.fixture(scope="module")
def record(events: Events, lattice: Lattice) -> Record:
    frame = events(
        {"best": 5, "side_a": "Reds"},
        {"best": 7, "side_a": "Government of Invented", "side_a_kind": "state_forces",
         "spread": "province", "adm1": "East"},
        {"best": 11, "spread": "country", "start": "2019-03-01"},
        {"best": 2, "violence": "state_based", "side_a": "Government of Invented", "side_a_kind": "state_forces",
         "side_b": "Reds", "side_b_kind": "armed_group", "dyad": "Government of Invented - Reds"},
        {"best": 3, "start": "2019-12-30", "end": "2020-01-02"},
    )  # fmt: skip
    frame.loc[4, "end"] = pd.Timestamp("2020-01-02")
    return Record(frame, spread(frame, lattice), SPAN, Bandwidth(25, 120))


@pytest.mark.parametrize("kind", ["area", "cell"])
def test_sums_are_the_files_and_no_mass_is_lost(record: Record, kind: str) -> None:
    units = areas(record.ground, record.events) if kind == "area" else cells(record.ground, record.events)
    rows = pd.DataFrame(measure(record, units, years(*SPAN)))
    assert (rows["events"].sum(), rows["best"].sum(), rows["low"].sum(), rows["high"].sum()) == (5, 28, 20, 45)
    assert rows["expected"].sum() == pytest.approx(28, abs=1e-9)
    assert rows["intensity"].sum() == pytest.approx(28, abs=1e-6)
    in_2019 = rows[rows["from"] == "2019-01-01"]
    assert in_2019["best"].sum() == 14
    assert in_2019["expected"].sum() == pytest.approx(11 + 3 * 2 / 4, abs=1e-9)  # two of its four days
    assert sorted(name for names in rows["ids"] for name in names) == ["E1", "E2", "E3", "E4", "E5"]


def test_with_people_both_models_stand_side_by_side_and_lose_nothing(record: Record, lattice: Lattice) -> None:
    people = np.where(lattice.latitude > 6.5, 9.0, 1.0)
    both = replace(record, people=spread(record.events, lattice, people=people), inhabitants=people[lattice.inside])
    units = cells(record.ground, record.events)
    plain, rows = (pd.DataFrame(measure(r, units, [SPAN])) for r in (record, both))
    assert (plain["expected"] == rows["expected"]).all()
    assert (plain["intensity"] == rows["intensity"]).all()
    for column in ("expected_by_population", "intensity_by_population"):
        assert rows[column].sum() == pytest.approx(28, abs=1e-6)
        north = rows.loc[rows["name"].str.startswith("6.75"), [column, column.removesuffix("_by_population")]].sum()
        assert north.iloc[0] > 1.3 * north.iloc[1]  # where nine of twelve people live
    assert "expected_by_population" not in plain


def test_perpetrators_are_kept_and_a_clash_has_none_alone(record: Record) -> None:
    rows = pd.DataFrame(measure(record, areas(record.ground, record.events), [SPAN]))
    told = rows[rows["events"] > 0].groupby(["perpetrator", "perpetrator_kind"])["best"].sum().to_dict()
    assert told == {
        ("Reds", "armed_group"): 19,
        ("Government of Invented", "state_forces"): 7,
        ("Government of Invented - Reds", CLASH): 2,
    }


def test_coarse_events_stand_apart(record: Record) -> None:
    rows = pd.DataFrame(measure(record, areas(record.ground, record.events), [SPAN]))
    assert rows["coarse_events"].sum() == 2
    assert rows["coarse_best"].sum() == 18


def test_figures_come_back_as_they_were_measured(record: Record, tmp_path: Path) -> None:
    units = [areas(record.ground, record.events), cells(record.ground, record.events)]
    write_figures(tmp_path / "figures", record, units, {"dataset": "ucdp-ged", "released": "2021"})
    figures = figures_of(tmp_path)
    assert figures is not None
    assert figures.span == SPAN
    for unit in units:
        measured = pd.DataFrame(measure(record, unit, years(*SPAN)))
        read = pd.DataFrame(figures.rows(unit.kind))
        assert read["ids"].tolist() == measured["ids"].tolist()
        assert (read["best"] == measured["best"]).all()
        assert read["expected"].sum() == pytest.approx(28, abs=1e-9)
    surfaces = figures.surfaces("area", [2019, 2020])
    assert surfaces.deaths.shape == (200, len(surfaces.units))
    assert surfaces.of(["E", "nowhere"]).shape == (200, 2)
    assert not surfaces.of(["nowhere"]).any()
    assert surfaces.deaths.sum() == sum(figures.surfaces("area", [year]).deaths.sum() for year in (2019, 2020))
    by_reds = figures.surfaces("area", [2020], violence="one_sided", perpetrator_kind="armed_group")
    assert 0 < by_reds.deaths.sum() < figures.surfaces("area", [2020]).deaths.sum()
    assert (
        figures.surfaces("area", [2020], violence="one_sided").deaths.sum()
        == by_reds.deaths.sum() + figures.surfaces("area", [2020], perpetrator_kind="state_forces").deaths.sum()
    )
    several = ranking_over(figures, "area", *SPAN)
    assert sum(row["expected"] for row in several) == pytest.approx(28, abs=1e-9)
    assert {row["unit"] for row in several} == {"W", "E"}
    first = (tmp_path / "figures" / "surfaces.csv.gz").read_bytes()
    write_figures(tmp_path / "figures", record, units, {"dataset": "ucdp-ged", "released": "2021"})
    assert (tmp_path / "figures" / "surfaces.csv.gz").read_bytes() == first


@pytest.mark.parametrize("damage", ["", 'layout = "1"\n', "layout = ", "\xff"])
def test_figures_that_are_not_of_this_version_or_damaged_are_one_sentence(tmp_path: Path, damage: str) -> None:
    (tmp_path / "figures").mkdir()
    assert figures_of(tmp_path) is None
    (tmp_path / "figures" / "exposure.toml").write_bytes(damage.encode("latin-1"))
    with pytest.raises(InputError, match=r"another version|cannot be read"):
        figures_of(tmp_path)
