"""garant exposure, totals and panel on the real dataset, with and without where people live."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely
from pyarrow import parquet

from garant.case import Case, init
from garant.claims import InputError
from garant.ledger import Clocks
from tests.datasets.invented import ged, table
from tests.datasets.test_layers import layer


@pytest.fixture(scope="module")
def loaded(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The packaged case with UCDP GED 23.1 of the CAR in it."""
    case = Case.open(init(tmp_path_factory.mktemp("exposure") / "case", from_="caf"))
    case.load("ucdp-ged", shared / "data/ucdp/GEDEvent_v23_1_CAF.csv")
    return case


@pytest.mark.shared
@pytest.mark.parametrize("by", ["area", "cell"])
def test_yearly_totals_are_plain_sums_of_the_file(loaded: Case, shared: Path, by: str) -> None:
    plain: dict[str, Counter[str]] = {}
    with (shared / "data/ucdp/GEDEvent_v23_1_CAF.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            year = plain.setdefault(row["year"], Counter())
            year.update({"events": 1, **{key: int(row[key]) for key in ("best", "low", "high")}})
    told: dict[str, Counter[str]] = {}
    rows = loaded.exposure(by=by, every="year")
    for row in rows:
        told.setdefault(row["from"][:4], Counter()).update({k: row[k] for k in ("events", "best", "low", "high")})
    assert {year: +count for year, count in told.items() if count["events"]} == {y: +c for y, c in plain.items()}
    assert sum(r["expected"] for r in rows) == pytest.approx(14948, abs=1e-9 * 14948)


@pytest.mark.shared
def test_the_packaged_figures_are_what_this_code_computes(loaded: Case, caf: Case) -> None:
    shipped = pd.DataFrame(caf.exposure("2021", "2021", by="cell").rows)
    computed = pd.DataFrame(loaded.exposure("2021", "2021", by="cell").rows)
    keys = ["unit", "violence", "perpetrator", "perpetrator_kind"]
    both = shipped.merge(computed, on=keys, suffixes=("", "_computed"))
    assert len(both) == len(shipped) == len(computed)
    for column in ("events", "low", "best", "high", "coarse_events", "coarse_best"):
        assert (both[column] == both[f"{column}_computed"]).all()
    assert (both["expected"] - both["expected_computed"]).abs().max() < 1e-9
    assert (both["intensity"] - both["intensity_computed"]).abs().max() < 1e-5
    ranked = zip(caf.exposure("2021", "2021", rank=True), loaded.exposure("2021", "2021", rank=True), strict=True)
    for row, again in ranked:
        assert row == {
            key: pytest.approx(value, abs=1e-3) if isinstance(value, float) else value for key, value in again.items()
        }


@pytest.mark.shared
def test_a_ranking_of_years_is_about_that_of_the_events(loaded: Case, caf: Case) -> None:
    """Counts and ranks are those of the events; chances differ, since one year alone borrows more from the country."""
    for span, most in ((("2012", "2022"), 0.15), (("2019", "2021"), 0.25)):
        events = {row["unit"]: row for row in loaded.exposure(*span, rank=True)}
        figures = caf.exposure(*span, rank=True)
        for row in figures:
            told = events[row["unit"]]
            for key in ("events", "low", "best", "high", "coarse_best", "rank", "rank_low", "rank_high", "worst"):
                assert row[key] == told[key]
            assert row["expected"] == pytest.approx(told["expected"], abs=1e-9)
            assert row["unreported"] == pytest.approx(told["unreported"], rel=1e-9)
        off = [abs(row["p_worst"] - events[row["unit"]]["p_worst"]) for row in figures]
        assert max(off) < most
        assert np.mean(off) < 0.08


@pytest.mark.shared
def test_one_outlet_carries_much_of_2021_and_2022(loaded: Case) -> None:
    whole = sum(r["events"] for r in loaded.exposure("2021", "2022"))
    without = sum(r["events"] for r in loaded.exposure("2021", "2022", without="Corbeau News Centrafrique"))
    assert (whole, whole - without) == (272, 116)


@pytest.mark.shared
def test_months_sites_and_perpetrators_need_the_events_and_get_them(loaded: Case) -> None:
    months = loaded.exposure("2021", "2021", every="month")
    assert len({r["from"] for r in months}) == 12
    assert sum(r["best"] for r in months) == 1080
    near = loaded.exposure("2021", "2021", by="site", site=["Bambari"], radius=30)
    wide = loaded.exposure("2021", "2021", by="site", site=["Bambari"], radius=100)
    assert 0 < sum(r["best"] for r in near) < sum(r["best"] for r in wide) < 1080
    assert {r["name"] for r in near} == {"Bambari"}
    state = loaded.exposure("2021", "2021", perpetrator="state_forces")
    assert {r["perpetrator_kind"] for r in state} == {"state_forces"}
    with pytest.raises(InputError, match="no place"):
        loaded.exposure("2021", by="site", site=["Atlantis"])


@pytest.fixture(scope="module")
def peopled(loaded: Case, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The same with other outlines and where people live."""
    folder = tmp_path_factory.mktemp("peopled") / "case"
    shutil.copytree(loaded.folder, folder)
    case = Case.open(folder)
    case.load("boundaries", shared / "data/boundaries/derived_ocha_adm1_17.geojson")
    case.load("population", shared / "data/covariates/subprefecture_population_2023_CAF.geojson")
    return case


@pytest.mark.shared
def test_by_people_an_event_near_the_capital_is_where_they_live(peopled: Case) -> None:
    rows = {r["name"]: r for r in peopled.exposure("2021", "2021", rank=True)}
    bangui, round_it = rows["Bangui"], rows["Ombella M'Poko"]
    assert (round(bangui["expected"]), round(bangui["expected_by_population"])) == (6, 23)
    assert (round(round_it["expected"]), round(round_it["expected_by_population"])) == (88, 71)
    assert bangui["p_worst"] < bangui["p_worst_by_population"]
    answer = peopled.exposure("2021", "2022")
    assert sum(r["expected_by_population"] for r in answer) == pytest.approx(1853, abs=1e-6)
    assert [c.heading for c in answer.columns].count("by people") == 2
    assert "by people" in peopled.brief_text("md", sections=["exposure"])
    assert "outlines: Boundaries of administrative areas (derived_ocha_adm1_17.geojson, licence unknown)" in answer.cite
    assert "people: Population by place or area (subprefecture_population_2023_CAF.geojson" in answer.cite
    assert not any("of the country's surface" in note for note in answer.notes)


def test_a_population_layer_of_a_part_of_the_country_says_so(tmp_path: Path) -> None:
    case = Case.open(init(tmp_path / "case", country="CAF"))
    halves = [shapely.box(14, 2, 21, 11), shapely.box(21, 2, 28, 11)]
    layer({"admin1Name": ["West", "East"]}, halves).to_file(tmp_path / "areas.geojson")
    layer({"population": [1000]}, halves[:1]).to_file(tmp_path / "west.geojson")
    case.load("boundaries", tmp_path / "areas.geojson")
    case.load("ucdp-ged", table(tmp_path / "GEDEvent_v23_1.csv", [ged(1)]))
    case.load("population", tmp_path / "west.geojson", publisher="Census Office")
    told = case.exposure("2019", "2019")
    layer({"population": [0]}, halves[1:]).to_file(tmp_path / "nobody.geojson")
    assert any("the population layer tells of 50% of the country's surface" in note for note in told.notes)
    assert "people: Census Office, Population by place or area (west.geojson, licence unknown)" in told.cite
    case.load("population", tmp_path / "nobody.geojson")
    told = case.exposure("2019", "2019")
    assert any("has nobody in this country: it is not used" in note for note in told.notes)
    assert "people" not in told.cite


@pytest.mark.shared
def test_totals_show_where_the_publishers_table_differs(loaded: Case, shared: Path, tmp_path: Path) -> None:
    copy = tmp_path / "case"
    shutil.copytree(loaded.folder, copy)
    case = Case.open(copy)
    assert all(row["difference"] is None for row in case.totals())
    case.load("ucdp-country-year", shared / "data/ucdp/organizedviolencecy_v25_1.csv")
    rows = {(r["year"], r["violence"]): r for r in case.totals("2012", "2022")}
    assert sum(r["best"] for r in rows.values()) == 13584
    with (shared / "data/ucdp/organizedviolencecy_v25_1.csv").open(encoding="utf-8") as file:
        table = {r["year_cy"]: r for r in csv.DictReader(file) if r["country_cy"] == "Central African Republic"}
    for (year, kind), row in rows.items():
        column = {"state_based": "sb", "non_state": "ns", "one_sided": "os"}[kind]
        told = int(table[str(year)][f"{column}_total_deaths_best_cy"])
        assert (row["table_best"] or 0) == told
        assert row["difference"] is None or row["difference"] == row["best"] - told
    assert {key: row["difference"] for key, row in rows.items() if row["difference"]} == {
        (2015, "state_based"): -1, (2017, "state_based"): -17, (2019, "state_based"): -10,
    }  # fmt: skip


@pytest.mark.shared
def test_a_later_version_was_not_known_before_its_release(loaded: Case) -> None:
    assert loaded._evidence(None, Clocks.read(known_on="2023-12")).record is not None
    with pytest.raises(InputError, match="released in 2023-06"):
        loaded.exposure(known_on="2022")


@pytest.mark.shared
def test_panels_of_the_real_data(loaded: Case, tmp_path: Path) -> None:
    country = loaded.panel("country-year").to_pandas()
    assert country["best"].sum() == 14948
    assert country.loc[country["year"] == 2021, "best"].tolist() == [1080]
    cells = loaded.panel("cell-month", from_="2021", to="2023-06").to_pandas()
    assert cells["best"].sum() == 1080 + 773
    assert cells.loc[cells["year"] == 2023, "best"].isna().all()
    with pytest.raises(InputError, match="add --local"):
        loaded.panel("cell-year", output=tmp_path / "cells.parquet")
    loaded.panel("cell-year", output=tmp_path / "cells.parquet", local=True)
    assert b"local use only" in parquet.read_schema(tmp_path / "cells.parquet").metadata[b"watermark"]
    loaded.panel("cell-year", output=tmp_path / "cells.csv", local=True)
    assert pd.read_csv(tmp_path / "cells.csv")["local_only"].all()
    loaded.panel("area-year", from_="2021", to="2021", output=tmp_path / "areas.csv", local=True)
    assert "local_only" not in pd.read_csv(tmp_path / "areas.csv")  # it did not need it
    areas = loaded.panel("area-year", from_="2021", to="2021", output=tmp_path / "areas.csv").to_pandas()
    assert len(areas) == 17
    assert areas["best"].sum() == 1080
    assert len(pd.read_csv(tmp_path / "areas.csv")) == 17
