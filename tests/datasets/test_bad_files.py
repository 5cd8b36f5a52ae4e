"""Bad files: one sentence that says what, where and what to do, or rejects that are counted and listed."""

from __future__ import annotations

import csv
import gzip
import json
import zipfile
from pathlib import Path

import pytest

from garant.case import Case
from garant.errors import InputError
from tests.datasets.invented import ACLED_NEW, GED, acled, ged, table
from tests.datasets.test_events import events


def listed(path: Path) -> list[tuple[int, str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [(int(r["row"]), r["reason"], r["detail"]) for r in csv.DictReader(stream)]


def untouched(case: Case) -> bool:
    folder = case.snapshots_folder
    return not (folder.is_dir() and any(folder.iterdir())) and not list(case.folder.glob(".loading-*"))


def test_rows_that_cannot_be_used_are_listed_by_number(case: Case, tmp_path: Path) -> None:
    rows = [
        ged(1),
        ged(2, best=-3, low=-3),
        ged(3, latitude=120.5, longitude=6.5),
        ged(4, latitude="north"),
        ged(5, date_start="sometime"),
        ged(6, where_prec=9),
        ged(7, type_of_violence="war"),
        ged(8, date_end="2019-03-01"),
        ged(9, best="many"),
        ged(10),
        ged(11, latitude=95, longitude=200),
    ]
    rows[9]["id"] = ""
    result = case.load("ucdp-ged", table(tmp_path / "e.csv", rows), rejects=tmp_path / "r.csv")
    assert listed(tmp_path / "r.csv") == [
        (2, "negative fatalities", "-3 -3 7"),
        (3, "latitude and longitude swapped", "120.5 6.5"),
        (4, "no coordinates", "north 20.25"),
        (5, "no date", "sometime 2019-03-05 00:00:00.000"),
        (6, "unknown precision of the place", "9"),
        (7, "unknown type of violence", "war"),
        (8, "ends before it starts", "2019-03-05 00:00:00.000 2019-03-01"),
        (9, "fatalities are no number", "many"),
        (10, "no id", ""),
        (11, "coordinates out of range", "95 200"),
    ]
    assert sum(result[0]["rejected"].values()) == 10
    assert result[0]["used"] == 1


def test_repeated_ids(case: Case, tmp_path: Path) -> None:
    rows = [ged(1), ged(2), ged(1), ged(2, best=6), ged(3)]
    case.load("ucdp-ged", table(tmp_path / "e.csv", rows), rejects=tmp_path / "r.csv")
    assert listed(tmp_path / "r.csv") == [
        (2, "one id with different contents", "id 900002 in rows 2, 4"),
        (3, "the same row again", "duplicate of row 1"),
        (4, "one id with different contents", "id 900002 in rows 2, 4"),
    ]
    assert [e["row"] for e in events(case)] == [1, 5]


def test_semicolons_decimal_commas_and_mixed_encodings(case: Case, tmp_path: Path) -> None:
    file = table(
        tmp_path / "e.csv", [ged(1, latitude="6,5", where_coordinates="Délé"), ged(2, latitude="6,25")], separator=";"
    )
    body = file.read_bytes().splitlines(keepends=True)
    body[1] = body[1].decode().encode("latin-1")
    file.write_bytes(b"".join(body))
    result = case.load("ucdp-ged", file)
    assert [(e["latitude"], e["place"]) for e in events(case)] == [(6.5, "Délé"), (6.25, "Ford town")]
    assert any("1 lines are not UTF-8" in note for note in result.notes)


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (["2019-03-05", "2019-12-31"], ["2019-03-05", "2019-12-31"]),
        (["05 March 2019", "31-December-2019"], ["2019-03-05", "2019-12-31"]),
        (["05/03/2019", "31/12/2019"], ["2019-03-05", "2019-12-31"]),
        (["3/5/2019", "12/31/2019"], ["2019-03-05", "2019-12-31"]),
    ],
)
def test_dates_in_several_forms(case: Case, tmp_path: Path, days: list[str], read: list[str]) -> None:
    rows = [acled(n, event_date=day) for n, day in enumerate(days)]
    case.load("acled", table(tmp_path / "a.csv", rows, ACLED_NEW))
    assert [str(e["start"]) for e in events(case, "acled")] == read


@pytest.mark.parametrize("days", [["05/03/2019", "06/04/2019"], ["13/01/2019", "01/13/2019"]])
def test_dates_whose_order_cannot_be_told(case: Case, tmp_path: Path, days: list[str]) -> None:
    rows = [acled(n, event_date=day) for n, day in enumerate(days)]
    with pytest.raises(InputError, match="day"):
        case.load("acled", table(tmp_path / "a.csv", rows, ACLED_NEW))
    assert untouched(case)


def test_rows_of_another_length_keep_the_numbers_of_the_others(case: Case, tmp_path: Path) -> None:
    file = table(tmp_path / "e.csv", [ged(1, source_headline="two\nlines"), ged(2), ged(3)])
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines.insert(3, "broken,row\n")  # after the two lines of row 1
    lines.insert(4, "\n")
    file.write_text("".join(lines), encoding="utf-8")
    case.load("ucdp-ged", file, rejects=tmp_path / "r.csv")
    assert listed(tmp_path / "r.csv") == [(2, "other number of columns", f"2 instead of {len(GED)}")]
    assert [(e["row"], e["event_id"]) for e in events(case)] == [(1, "900001"), (3, "900002"), (4, "900003")]


def _cut(path: Path, keep: int) -> None:
    body = path.read_bytes()
    path.write_bytes(body[: len(body) - keep])


@pytest.mark.parametrize("how", ["row", "quote", "zip", "gzip", "json"])
def test_a_part_of_a_download_is_not_loaded(case: Case, tmp_path: Path, how: str) -> None:
    file = table(tmp_path / "e.csv", [ged(n) for n in range(1, 30)])
    if how == "row":
        _cut(file, 60)
    elif how == "quote":
        file.write_text(file.read_text(encoding="utf-8") + '900040,,2019,"never closed', encoding="utf-8")
    elif how == "zip":
        whole = file
        file = tmp_path / "e.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(whole, whole.name)
        _cut(file, 40)
    elif how == "gzip":
        packed = tmp_path / "e.csv.gz"
        packed.write_bytes(gzip.compress(file.read_bytes()))
        file = packed
        _cut(file, 40)
    else:
        file = tmp_path / "e.json"
        file.write_text(json.dumps({"Result": [ged(1), ged(2)]}), encoding="utf-8")
        _cut(file, 40)
    with pytest.raises(InputError, match="download it again") as raised:
        case.load("ucdp-ged", file)
    assert str(file) in str(raised.value)
    assert untouched(case)


@pytest.mark.parametrize(
    ("columns", "rows", "dataset", "said"),
    [
        (GED, [], "ucdp-ged", "holds no rows"),
        ([c for c in GED if c != "where_prec"], [ged()], "ucdp-ged", "it has no column where_prec"),
        (ACLED_NEW, [acled()], "ucdp-ged", "its columns are those of acled"),
        (("a", "b"), [{"a": 1, "b": 2}], None, "has not the columns of any dataset"),
        (GED, [ged()], "ucdp-gde", "is no dataset Garant loads"),
        (GED, [ged(1, best=-1, low=-1)], "ucdp-ged", "no row can be used"),
    ],
)
def test_one_sentence(
    case: Case, tmp_path: Path, columns: list[str], rows: list[dict[str, object]], dataset: str | None, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        case.load(dataset, table(tmp_path / "e.csv", rows, columns), rejects=tmp_path / "r.csv")
    assert untouched(case)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "is empty"),
        (b"<html>gone</html>", "is a web page"),
        (b"just one line", "names no columns"),
        (b'{"success": false, "error": "no such key"}', "no such key"),
        (b'{"Result": []}', "holds no rows"),
        (b"\xff\xfea\0b\0", "UTF-16"),
        (b"%PDF-1.4", "save it as CSV"),
    ],
)
def test_what_is_no_table(case: Case, tmp_path: Path, body: bytes, said: str) -> None:
    (tmp_path / "x").write_bytes(body)
    with pytest.raises(InputError, match=said):
        case.load("ucdp-ged", tmp_path / "x")
    assert untouched(case)


def test_points_outside_the_country_when_boundaries_are_loaded(case: Case, tmp_path: Path) -> None:
    square = [[[14, 2], [28, 2], [28, 11], [14, 11], [14, 2]]]
    areas = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"admin0Name": "Country"},
                "geometry": {"type": "Polygon", "coordinates": square},
            }
        ],
    }
    (tmp_path / "areas.geojson").write_text(json.dumps(areas), encoding="utf-8")
    case.load("boundaries", tmp_path / "areas.geojson", level="0")
    rows = [ged(1), ged(2, latitude=20.25, longitude=6.5), ged(3, latitude=-20), ged(4, latitude=-20, where_prec=7),
            ged(5, latitude=-20, country="Chad", country_id=483)]  # fmt: skip
    case.load("ucdp-ged", table(tmp_path / "e.csv", rows), rejects=tmp_path / "r.csv")
    assert listed(tmp_path / "r.csv") == [
        (2, "latitude and longitude swapped", "20.25 6.5"),
        (3, "coordinates outside the country", "-20.0 20.25"),
    ]


def test_boundaries_of_another_country_reject_nothing(case: Case, tmp_path: Path) -> None:
    square = [[[100, 2], [110, 2], [110, 11], [100, 11], [100, 2]]]
    shape = {"type": "Polygon", "coordinates": square}
    area = {"type": "Feature", "properties": {"name": "Elsewhere"}, "geometry": shape}
    file = tmp_path / "areas.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}), encoding="utf-8")
    case.load("boundaries", file, level="0")
    result = case.load("ucdp-ged", table(tmp_path / "e.csv", [ged(1), ged(2)]))
    assert result[0]["used"] == 2
    assert any("2 of 2 points lie outside the boundaries" in note for note in result.notes)
