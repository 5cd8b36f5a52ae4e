"""garant exposure, overlap and panel as a user meets them: on the packaged case, and on the real dataset."""

from __future__ import annotations

import csv
import gzip
import json
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
from garant.exposure.figures import figures_of
from garant.exposure.summed import among_worst
from garant.ledger import Clocks
from tests.conftest import Run
from tests.datasets.invented import ACLED_NEW, GED, acled, ged, table
from tests.datasets.test_layers import layer


@pytest.fixture(scope="module")
def loaded(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The packaged case with UCDP GED 23.1 of the CAR in it."""
    case = Case.open(init(tmp_path_factory.mktemp("exposure") / "case", from_="caf"))
    case.load("ucdp-ged", shared / "data/ucdp/GEDEvent_v23_1_CAF.csv")
    return case


# ---- the figures that come with the case ------------------------------------------------------------------------


def test_the_packaged_figures_sum_to_the_dataset(caf: Case) -> None:
    rows = caf.exposure(by="area")
    cells = caf.exposure(by="cell")
    for answer in (rows, cells):
        assert sum(r["events"] for r in answer) == 1848
        assert sum(r["best"] for r in answer) == 14948
        assert sum(r["expected"] for r in answer) == pytest.approx(14948, abs=1e-6)
    assert {r["perpetrator_kind"] for r in rows} >= {"armed_group", "state_forces", "clash"}


def test_every_packaged_event_is_counted_once(caf: Case) -> None:
    named = Counter(name for row in caf.exposure(every="year") for name in row["ids"])
    assert len(named) == 1848
    assert set(named.values()) == {1}


def test_chances_and_ranks_come_with_the_case(caf: Case) -> None:
    rows = caf.exposure("2021", "2021", rank=True)
    assert [r["name"] for r in rows[:4]] == ["Ouaka", "Ouham-Pendé", "Ouham", "Nana-Mambéré"]
    assert sum(r["p_worst"] for r in rows) <= 10 + 1e-9
    assert {r["name"] for r in rows if r["without"]} == {"Mambéré-Kadéï", "Basse-Kotto", "Bangui", "Lobaye"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"by": "prefecture"}, "prefecture"),
        ({"by": "site"}, "by year, area and cell"),
        ({"from_": "2021-03", "to": "2021-04"}, "whole years"),
        ({"from_": "2021", "to": "2020"}, "before it begins"),
        ({"from_": "2030"}, "cover 1989-01-01 to 2022-12-31"),
        ({"known_on": "2020"}, "released in 2023-06"),
        ({"dataset": "acled"}, "no events of acled"),
        ({"from_": "2021", "rank": True, "draws": 5}, "need the events"),
        ({"from_": "2019", "to": "2021", "rank": True, "perpetrator": "anti-Balaka"}, "by kind of perpetrator"),
        ({"from_": "2020", "as_of": "2020-06"}, "no whole year had passed"),
        ({"from_": "soon"}, "soon"),
        ({"perpetrator": "nobody"}, "nobody"),
        ({"violence": "nonsense"}, "nonsense"),
    ],
)
def test_what_the_figures_cannot_answer_is_said(caf: Case, words: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        caf.exposure(**words)  # type: ignore[arg-type]


def test_events_without_a_place_are_pinned_nowhere(caf: Case) -> None:
    """In 2001 all deaths that a centroid would give to Ouaka are known only to the country."""
    rows = caf.exposure("2001", "2001")
    ouaka = [r for r in rows if r["name"] == "Ouaka"]
    assert sum(r["events"] for r in ouaka) == 0
    unplaced = [r for r in rows if r["unit"] == "unplaced"]
    assert sum(r["events"] for r in unplaced) == 10
    assert sum(r["expected"] for r in unplaced) == 0
    assert sum(r["best"] for r in rows) == 216


@pytest.mark.parametrize("by", ["area", "cell"])
def test_surfaces_give_the_chances_of_a_year_within_their_error(caf: Case, by: str) -> None:
    """1,000 draws of the ranking against 200 kept surfaces, every year since 2006: a standard normal difference."""
    figures = figures_of(caf.folder)
    assert figures is not None
    off: list[float] = []
    for year in range(2006, 2023):
        rows = caf.exposure(str(year), str(year), by=by, rank=True)
        told = np.array([row["p_worst"] for row in rows])
        drawn = among_worst(figures.surfaces(by, [year]), [row["unit"] for row in rows], rows[0]["worst"])
        pooled = (1000 * told + 200 * drawn) / 1200
        error = np.sqrt(pooled * (1 - pooled) * (1 / 1000 + 1 / 200))
        off += ((drawn - told)[error > 0] / error[error > 0]).tolist()
    assert len(off) > 200
    assert abs(np.mean(off)) < 0.15
    assert 0.9 < np.std(off) < 1.1
    assert np.abs(off).max() < 4.5


@pytest.mark.parametrize("by", ["area", "cell"])
def test_several_years_are_ranked_from_surfaces(caf: Case, by: str) -> None:
    answer = caf.exposure("2019", "2021", by=by, rank=True)
    years = [caf.exposure(year, year, by=by, rank=True) for year in ("2019", "2020", "2021")]
    expected = {row["unit"]: 0.0 for row in answer}
    for rows in years:
        for row in rows:
            expected[row["unit"]] += row["expected"]
    assert all(row["expected"] == pytest.approx(expected[row["unit"]], abs=1e-9) for row in answer)
    assert sum(row["events"] for row in answer) == sum(row["events"] for rows in years for row in rows)
    assert [row["rank"] for row in answer] == sorted(row["rank"] for row in answer)
    assert all((row["p_worst_place"], row["without"]) == (None, None) for row in answer)
    assert all(row["rank_low"] >= 1 for row in answer)
    chances = sum(row["p_worst"] for row in answer)
    assert 9.5 < chances <= 10 + 1e-9
    assert answer[0]["p_worst"] > 0.6
    assert {(row["from"], row["to"]) for row in answer} == {("2019-01-01", "2021-12-31")}
    assert any("200 surfaces" in note for note in answer.notes)
    assert "place, day" not in [column.heading for column in answer.columns]
    assert answer.to_json()


def test_all_years_together_are_ranked_as_the_events_give_it(caf: Case) -> None:
    answer = caf.exposure(rank=True)
    assert {(row["from"], row["to"]) for row in answer} == {("1989-01-01", "2022-12-31")}
    assert all(row["p_worst_place"] is not None for row in answer)
    assert sum(row["best"] for row in answer) == sum(r["best"] for r in caf.exposure() if r["unit"] != "unplaced")
    assert not any("200 surfaces" in note for note in answer.notes)


def test_a_kind_of_perpetrator_that_the_data_do_not_have_is_an_empty_answer(caf: Case) -> None:
    answer = caf.exposure("1985", "2021", perpetrator="foreign_company")
    assert not sum(row["events"] for row in answer)
    assert "the data begin on 1989-01-01" in answer.notes
    with pytest.raises(InputError, match="'foreign_firm' is not a perpetrator Garant knows"):
        caf.exposure("2021", perpetrator="foreign_firm")


def test_damaged_figures_are_one_sentence(tmp_path: Path) -> None:
    case = Case.open(init(tmp_path / "case", from_="caf"))
    file = case.folder / "figures" / "exposure.csv.gz"
    file.write_bytes(gzip.compress(b"unit,from\nX,2019-01-01\n"))
    with pytest.raises(InputError, match=r"exposure\.csv\.gz: is damaged; replace the folder"):
        case.exposure("2021", "2021")
    origin = case.folder / "figures" / "exposure.toml"
    origin.write_text(origin.read_text(encoding="utf-8").replace("bandwidth_ends", "other"), encoding="utf-8")
    with pytest.raises(InputError, match="layout of another version"):
        case.exposure("2021", "2021")
    assert str(tmp_path) not in str(case.brief_text("html", sections=["exposure"]))


def test_a_ranking_of_years_can_be_written_as_a_map(caf: Case, tmp_path: Path) -> None:
    import geopandas as gpd

    caf.exposure("2019", "2021", rank=True, geoparquet=tmp_path / "map.parquet", geojson=tmp_path / "map.geojson")
    frame = gpd.read_parquet(tmp_path / "map.parquet")
    assert frame["p_worst_place"].isna().all()
    assert frame["p_worst"].between(0, 1).all()
    told = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))
    assert told["features"][0]["properties"]["without"] is None
    assert "200 surfaces" in " ".join(told["notes"])


def test_a_kind_of_perpetrator_is_ranked_from_its_own_surfaces(caf: Case) -> None:
    rows = caf.exposure("2019", "2021", rank=True, perpetrator="state_forces", violence="one_sided")
    raw = caf.exposure("2019", "2021", perpetrator="state_forces", violence="one_sided")
    # what no area is told of is in no ranking
    assert sum(row["best"] for row in rows) == sum(row["best"] for row in raw if row["unit"] != "unplaced")
    assert len(rows) == 17
    assert all(row["rank_low"] is None for row in rows)
    assert rows[0]["p_worst"] > 0.5


def test_the_figures_tell_nothing_that_came_after_the_day_asked_for(caf: Case) -> None:
    whole = caf.exposure(as_of="2020-06")
    assert {(row["from"], row["to"]) for row in whole} == {("1989-01-01", "2019-12-31")}
    december = caf.exposure("2018", "2019", every="year", as_of="2020-01")
    told = {row["from"][:4]: row["intensity"] is not None for row in december}
    assert told == {"2018": True, "2019": False}  # the kernel of January 2020 reaches back into 2019
    assert str(december)


def test_layers_without_events_do_not_change_the_figures(caf: Case, tmp_path: Path) -> None:
    case = Case.open(init(tmp_path / "case", from_="caf"))
    areas = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"admin1Name": "All", "admin1Pcod": "X"},
             "geometry": json.loads(shapely.to_geojson(shapely.box(14, 2, 28, 12)))}
        ],
    }  # fmt: skip
    (tmp_path / "areas.geojson").write_text(json.dumps(areas), encoding="utf-8")
    case.load("boundaries", tmp_path / "areas.geojson")
    answer = case.exposure("2021", "2021")
    assert answer.rows == caf.exposure("2021", "2021").rows
    assert answer.to_geopandas().geometry.notna().sum() == sum(row["unit"] != "unplaced" for row in answer)
    assert any("boundaries you loaded" in note for note in answer.notes)


def test_the_table_names_areas_in_a_narrow_terminal_and_tells_reversals_in_words(caf: Case) -> None:
    from rich.console import Console

    answer = caf.exposure("2021", "2021", rank=True)
    for width in (80, 120):
        console = Console(width=width, color_system=None)
        with console.capture() as captured:
            console.print(answer.to_table(width))
        lines = captured.get().splitlines()
        assert any("Bamingui-Bangoran" in line for line in lines)
        assert all(len(line) <= width for line in lines)
    assert "2021" in answer.title
    [told] = [note for note in answer.notes if "without what" in note]
    assert "out of the worst 10 Mambéré-Kadéï and Basse-Kotto; into the worst 10 Lobaye and Bangui" in told


def test_what_has_no_place_is_no_area_in_the_title(caf: Case) -> None:
    answer = caf.exposure("2001", "2001")
    named = {row["unit"] for row in answer if row["events"]}
    assert "unplaced" in named
    assert answer.title.startswith(f"{len(named) - 1} area")


def test_every_area_is_ranked(caf: Case) -> None:
    assert len(caf.exposure("2022", "2022", rank=True)) == 17


def test_a_map_file_says_where_its_data_end_and_a_fine_one_needs_local(caf: Case, tmp_path: Path) -> None:
    file = tmp_path / "map.geojson"
    caf.exposure("2022", "2022", geojson=file)
    told = json.loads(file.read_text(encoding="utf-8"))
    assert told["data_end"] == "2022-12-31"
    assert "Melander" in told["cite"]
    assert "watermark" not in told
    assert sum(f["properties"]["best"] for f in told["features"]) == 773
    with pytest.raises(InputError, match="finer than areas"):
        caf.exposure("2022", "2022", by="cell", geojson=tmp_path / "cells.geojson")
    assert not (tmp_path / "cells.geojson").exists()
    caf.exposure("2022", "2022", by="cell", geojson=tmp_path / "cells.geojson", local=True)
    assert "local use only" in json.loads((tmp_path / "cells.geojson").read_text(encoding="utf-8"))["watermark"]


def test_what_needed_no_local_is_not_marked(caf: Case, tmp_path: Path) -> None:
    import geopandas as gpd

    answer = caf.exposure("2022", "2022", local=True, geoparquet=tmp_path / "areas.parquet")
    assert answer.watermark == ""
    assert not any("local_only" in row for row in answer)
    caf.exposure("2022", "2022", by="cell", local=True, geoparquet=tmp_path / "cells.parquet")
    frame = gpd.read_parquet(tmp_path / "cells.parquet")
    assert frame["local_only"].all()
    assert frame["watermark"].str.contains("local use only").all()


def test_recent_days_are_marked_by_local_alone(tmp_path: Path) -> None:
    from datetime import date, timedelta

    copy = Case.open(init(tmp_path / "case", from_="caf"))
    yesterday = (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011  # the user's own day
    rows = [acled(1, event_date="2019-03-05"), acled(2, event_date=yesterday)]
    copy.load("acled", table(tmp_path / "acled.csv", rows, ACLED_NEW))
    assert sum(r["events"] for r in copy.exposure(dataset="acled")) == 1
    marked = copy.exposure(dataset="acled", local=True, geojson=tmp_path / "areas.geojson")
    assert sum(r["events"] for r in marked) == 2
    assert all(row["local_only"] for row in marked)
    assert "local use only" in json.loads((tmp_path / "areas.geojson").read_text(encoding="utf-8"))["watermark"]
    with pytest.raises(InputError, match="last six months"):
        copy.panel("area-month", dataset="acled", output=tmp_path / "panel.csv")
    copy.panel("area-month", dataset="acled", output=tmp_path / "panel.csv", local=True)
    assert pd.read_csv(tmp_path / "panel.csv")["local_only"].all()


def test_geoparquet_has_outlines_and_citation(caf: Case, tmp_path: Path) -> None:
    import geopandas as gpd

    caf.exposure("2022", "2022", geoparquet=tmp_path / "map.parquet")
    frame = gpd.read_parquet(tmp_path / "map.parquet")
    assert frame["best"].sum() == 773
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.notna().all()
    assert frame["data_end"].eq("2022-12-31").all()


def test_nothing_of_the_last_six_months_without_local() -> None:
    from datetime import date, timedelta

    from garant.case.recorded import lag_day

    assert lag_day(183) == date.today() - timedelta(days=183)  # noqa: DTZ011


def test_figures_travel_with_copies_and_exports(tmp_path: Path) -> None:
    copy = Case.open(init(tmp_path / "copy", from_="caf"))
    assert len(copy.exposure("2021", "2021")) > 0
    copy.export(tmp_path / "text")
    again = Case.open(init(tmp_path / "again", from_=str(tmp_path / "text")))
    assert again.exposure("2021", "2021").rows == copy.exposure("2021", "2021").rows


def test_a_case_without_events_says_what_to_load(case: Case, run: Run) -> None:
    with pytest.raises(InputError, match="garant load ucdp-ged"):
        case.exposure()
    shown = run("panel", "cell-month", "--output", "panel.parquet")
    assert shown.returncode == 1
    assert "garant load ucdp-ged" in shown.stderr


# ---- the real dataset ------------------------------------------------------------------------------------------


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


# ---- two invented datasets -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The packaged case with an invented GED and an invented ACLED file."""
    folder = tmp_path_factory.mktemp("both")
    case = Case.open(init(folder / "case", from_="caf"))
    days = [f"2019-03-{day:02}" for day in range(5, 25)]
    places = [{"latitude": 6.0 + at / 25, "longitude": 19.0 + at / 12} for at in range(20)]
    ged_rows = [
        ged(at, date_start=f"{day} 00:00:00.000", date_end=f"{day} 00:00:00.000", **where)
        for at, (day, where) in enumerate(zip(days, places, strict=True))
    ]
    acled_rows = [
        acled(
            at,
            event_date=day,
            event_type="Violence against civilians",
            actor2="Civilians",
            inter2=7,
            fatalities=5,
            **where,
        )
        for at, (day, where) in enumerate(zip(days[:12], places[:12], strict=True))
    ]
    acled_rows += [acled(at, event_type="Protests", fatalities=0, inter1=6) for at in range(50, 57)]
    acled_rows.append(
        acled(90, event_date="2019-09-01", actor2="", inter2=0, latitude=9.9, longitude=22.5, fatalities=2)
    )
    case.load("ucdp-ged", table(folder / "GEDEvent_v25_1.csv", ged_rows, GED))
    case.load("acled", table(folder / "acled.csv", acled_rows, ACLED_NEW))
    return case


def test_acled_tells_of_lethal_events_alone_and_counts_the_others(both: Case) -> None:
    answer = both.exposure("2019", "2019", dataset="acled")
    assert (sum(r["events"] for r in answer), sum(r["best"] for r in answer)) == (13, 62)
    assert "events without a recorded death are not counted (7 up to 2019-09-01)" in answer.notes
    assert {(r["perpetrator"], r["perpetrator_kind"]) for r in answer} == {("Group of the Hills", "armed_group")}


def test_two_datasets_are_compared_and_never_added_up(both: Case) -> None:
    assert sum(r["events"] for r in both.exposure("2019", "2019")) == 20
    pairs = both.overlap("2019", "2019")
    assert len({r["one"] for r in pairs}) == 12
    assert all(r["agrees"] for r in pairs)
    assert "8 of 20 events of ucdp-ged" in pairs.notes[0]
    assert "25 deaths in a year" in " ".join(pairs.notes)  # the rules of inclusion stand beside the comparison


def test_panels_count_every_event_whatever_the_unit(both: Case) -> None:
    panels = {unit: both.panel(f"{unit}-month", dataset="acled") for unit in ("country", "cell", "area")}
    assert {unit: int(panel.happened()["events"].sum()) for unit, panel in panels.items()} == dict.fromkeys(panels, 20)


def test_what_an_export_does_not_cover_is_null_and_no_quiet_year_is_missing(both: Case) -> None:
    acled_months = both.panel("country-month", from_="2019-01", to="2019-12", dataset="acled").to_pandas()
    assert acled_months["events"].notna().sum() == 5  # whole months between the first and last event of the export
    ged_years = both.panel("country-year", from_="2022", to="2025", dataset="ucdp-ged").to_pandas()
    assert ged_years["events"].tolist()[:3] == [0, 0, 0]  # version 25.1 covers them, and nothing happened
    assert ged_years["events"].isna().tolist() == [False, False, False, True]
    assert not sum(r["events"] for r in both.exposure("2023", "2023", rank=True))


def test_nothing_after_the_day_asked_for_reaches_the_intensity(both: Case) -> None:
    early = both.exposure(as_of="2019-03-10")
    assert sum(r["best"] for r in early) == 30
    assert sum(r["intensity"] for r in early) == pytest.approx(30, abs=1e-6)
    assert sum(r["intensity"] for r in both.exposure(to="2019-03-10")) > 30.5  # later events reach back


def test_an_older_export_is_named_and_not_pooled(both: Case, tmp_path: Path) -> None:
    copy = tmp_path / "case"
    shutil.copytree(both.folder, copy)
    case = Case.open(copy)
    rows = [acled(200, event_date="2020-02-03", fatalities=1)]
    case.load("acled", table(tmp_path / "later.csv", rows, ACLED_NEW))
    answer = case.exposure("2020", "2020", dataset="acled")
    assert sum(r["events"] for r in answer) == 1
    assert any("acled.csv" in note and "never pooled" in note for note in answer.notes)
