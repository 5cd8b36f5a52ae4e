"""garant exposure on the figures that come with the packaged case."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely

from garant.case import Case, init
from garant.claims import InputError
from garant.exposure.figures import figures_of
from garant.exposure.summed import among_worst
from tests.conftest import Run


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
