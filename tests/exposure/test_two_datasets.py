"""Two invented datasets in one case: compared, never added up; exposure, overlap and panels of each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from garant.case import Case, init
from tests.datasets.invented import ACLED_NEW, GED, acled, ged, table


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
