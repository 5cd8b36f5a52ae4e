"""Coverage: of which days a file of events tells, the dataset's own day of an event, and dates that cannot be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from garant.case import Case
from garant.datasets import Origin, datasets
from tests.datasets.invented import ACLED_NEW, MONTHLY, acled, ged, month, table
from tests.datasets.test_bad_files import listed
from tests.datasets.test_events import events


def covered(case: Case, dataset: str = "ucdp-ged") -> tuple[str | None, str | None]:
    snapshot = case.snapshot(dataset)
    origin = Origin.read(snapshot.path.with_suffix(".toml"))
    return origin.covers_from, origin.covers_to


@pytest.mark.parametrize(
    ("name", "version", "last"),
    [
        ("GEDEvent_v23_1.csv", None, "2022-12-31"),
        ("GEDEvent_v24_1.csv", None, "2023-12-31"),
        ("ged171.csv", None, "2016-12-31"),
        ("mine.csv", "25.1", "2024-12-31"),
    ],
)
def test_a_listed_version_covers_its_years(
    case: Case, tmp_path: Path, name: str, version: str | None, last: str
) -> None:
    days = {"date_start": "2015-03-05", "date_end": "2015-03-05"}
    result = case.load(None, table(tmp_path / name, [ged(**days)]), version=version)
    assert covered(case) == ("1989-01-01", last)
    assert not any("covers" in note for note in result.notes)


def test_every_listed_version_has_its_last_year() -> None:
    for version in datasets()["ucdp-ged"].versions:
        assert version.last_year == 1999 + int(version.version.split(".")[0])


def test_events_beyond_what_the_version_covers_are_told(case: Case, tmp_path: Path) -> None:
    rows = [ged(1), ged(2, date_start="2023-02-01", date_end="2023-02-02")]
    result = case.load(None, table(tmp_path / "GEDEvent_v23_1.csv", rows))
    assert covered(case) == ("1989-01-01", "2022-12-31")
    told = "the file has events of 2019-03-05 to 2023-02-02, but version 23.1 covers 1989-01-01 to 2022-12-31"
    assert told in result.notes


@pytest.mark.parametrize("name", ["mine.csv", "GEDEvent_v24_10_24_12.csv"])
def test_other_files_cover_their_events_of_all_countries(case: Case, tmp_path: Path, name: str) -> None:
    rows = [
        ged(1, date_start="2019-03-05", date_end="2019-03-09"),
        ged(2, country="Chad", country_id=483, date_start="2018-01-02", date_end="2018-01-02"),
        ged(3, country="Chad", country_id=483, date_start="2020-05-01", date_end="2020-05-31"),
        ged(4, date_start="9999-12-31", date_end="9999-12-31"),
    ]
    case.load(None, table(tmp_path / name, rows))
    assert covered(case) == ("2018-01-02", "2020-05-31")


def test_the_day_of_acled_is_printed_and_not_the_interval(case: Case, tmp_path: Path) -> None:
    rows = [acled(1, time_precision=2), acled(2, event_date="2019-06-10", time_precision=3)]
    case.load(None, table(tmp_path / "a.csv", rows, ACLED_NEW))
    one, two = events(case, "acled")
    assert (one["day"], one["start"], one["end"]) == (date(2019, 3, 5), date(2019, 3, 2), date(2019, 3, 8))
    assert (two["day"], two["start"], two["end"]) == (date(2019, 6, 10), date(2019, 6, 1), date(2019, 6, 30))
    assert covered(case, "acled") == ("2019-03-05", "2019-06-10")


def test_the_day_of_ucdp_is_the_first(case: Case, tmp_path: Path) -> None:
    case.load(None, table(tmp_path / "mine.csv", [ged(date_end="2019-03-20", date_prec=4)]))
    (one,) = events(case)
    assert (one["day"], one["end"]) == (date(2019, 3, 5), date(2019, 3, 20))


def test_no_coverage_where_there_are_no_events(case: Case, tmp_path: Path) -> None:
    case.load(None, table(tmp_path / "un.csv", [month("Rwanda", "Troops", 1, 9)], MONTHLY))
    assert covered(case, "un-contributions") == (None, None)


def test_dates_that_cannot_be_are_rejected(case: Case, tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    tomorrow, late = (str(today + timedelta(days=n)) for n in (1, 3))
    rows = [
        ged(1, date_start="1899-12-31"),
        ged(2, date_end="9999-12-31"),
        ged(3, date_start=late, date_end=late),
        ged(4, date_start=tomorrow, date_end=tomorrow),
        ged(5),
    ]
    result = case.load("ucdp-ged", table(tmp_path / "e.csv", rows), rejects=tmp_path / "r.csv")
    assert result[0]["rejected"] == {"date after the day of loading": 2, "date before 1900": 1}
    assert [row for row, _, _ in listed(tmp_path / "r.csv")] == [1, 2, 3]
    assert listed(tmp_path / "r.csv")[1][2] == "2019-03-05 00:00:00.000 9999-12-31"
    assert [e["row"] for e in events(case)] == [4, 5]
    assert covered(case) == ("2019-03-05", str(today))


@pytest.mark.parametrize("day", ["9999-12-31", "infinity", "5881580-07-10", "1066-10-14"])
@pytest.mark.parametrize("precision", [1, 2, 3])
def test_impossible_dates_of_acled_at_any_precision(case: Case, tmp_path: Path, day: str, precision: int) -> None:
    rows = [acled(1), acled(2, event_date=day, time_precision=precision)]
    rejected = case.load("acled", table(tmp_path / "a.csv", rows, ACLED_NEW))[0]["rejected"]
    assert rejected == {"date before 1900" if day < "1900" else "date after the day of loading": 1}


def test_a_month_that_is_not_over_is_kept(case: Case, tmp_path: Path) -> None:
    today = str(datetime.now(UTC).date())
    case.load("acled", table(tmp_path / "a.csv", [acled(1, event_date=today, time_precision=3)], ACLED_NEW))
    assert len(events(case, "acled")) == 1


def test_fatalities_that_are_no_whole_number(case: Case, tmp_path: Path) -> None:
    rows = [ged(1, best=3.7), ged(2, best="5.0"), ged(3, deaths_civilians="4.5")]
    case.load("ucdp-ged", table(tmp_path / "e.csv", rows), rejects=tmp_path / "r.csv")
    assert [(row, reason) for row, reason, _ in listed(tmp_path / "r.csv")] == [
        (1, "fatalities are not a whole number"),
        (3, "fatalities are not a whole number"),
    ]
    assert "3.7" in listed(tmp_path / "r.csv")[0][2]
    assert [e["best"] for e in events(case)] == [5]
    rows = [acled(1), acled(2, fatalities="3.7")]
    rejected = case.load("acled", table(tmp_path / "a.csv", rows, ACLED_NEW))[0]["rejected"]
    assert rejected == {"fatalities are not a whole number": 1}
