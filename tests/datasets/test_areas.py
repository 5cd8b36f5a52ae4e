"""Areas: valid shapes that are areas, a known level, one code for each, and the screen of points that they allow."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon

from garant.case import Case, init
from garant.datasets.areacodes import distinct
from garant.datasets.shapes import polygonal
from garant.errors import InputError
from tests.datasets.invented import ged, table
from tests.datasets.test_bad_files import listed, untouched
from tests.datasets.test_layers import SQUARE, layer, loaded

#: A square with a spike that leaves it and comes back on itself: made valid, an area and a line.
SPIKED = [(15, 4), (16, 4), (16, 5), (15, 5), (15, 4), (14, 3), (15, 4)]
FLAT = [(15, 4), (16, 4), (17, 4)]
CAF = [(14, 2), (28, 2), (28, 11), (14, 11)]


def areas(path: Path, columns: dict[str, list[Any]], *shapes: Polygon) -> Path:
    count = len(next(iter(columns.values())))
    layer(columns, list(shapes) or [Polygon(SQUARE)] * count).to_file(path)
    return path


def codes(case: Case) -> list[str]:
    return list(loaded(case, "boundaries")["code"])


def test_only_areas_are_left_of_areas(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "a.geojson"
    areas(file, {"admin1Name": ["Ford", "Spike", "Flat"]}, Polygon(SQUARE), Polygon(SPIKED), Polygon(FLAT))
    result = case.load("boundaries", file, rejects=tmp_path / "r.csv")
    found = loaded(case, "boundaries")
    assert list(found["name"]) == ["Ford", "Spike"]
    assert set(found.geometry.geom_type) <= {"Polygon", "MultiPolygon"}
    assert [round(shape.area, 9) for shape in found.geometry] == [1.0, 1.0]  # square degrees
    assert listed(tmp_path / "r.csv") == [(3, "no area is left once it is made valid", "Polygon")]
    assert "1 invalid geometries were made valid (rows 2)" in result.notes
    assert "of 1 of them lines or points beside the areas were left out (rows 2)" in result.notes
    columns = {"people": [10, 20]}
    areas(tmp_path / "p.geojson", columns, Polygon(SPIKED), Polygon(FLAT))
    row = case.load("population", tmp_path / "p.geojson")[0]
    assert (row["used"], row["rejected"]) == (1, {"no area is left once it is made valid": 1})


def test_the_polygons_of_a_geometry() -> None:
    square, other = Polygon(SQUARE), Polygon([(20, 4), (21, 4), (21, 5)])
    line = LineString([(0, 0), (1, 1)])
    mixed = GeometryCollection([square, line, Point(1, 2), MultiPolygon([other])])
    assert polygonal(mixed).equals(square.union(other))
    assert polygonal(square).equals(square)
    assert polygonal(GeometryCollection([line])) is None
    assert polygonal(line) is None
    assert polygonal(GeometryCollection()) is None


@pytest.mark.parametrize(
    ("column", "level"),
    [
        ("admin1Name", 1), ("ADM2_EN", 2), ("NAME_1", 1), ("adm0_name", 0), ("NAM_0", 0), ("adm3_fr", 3),
        ("ADM0_FR", 0), ("NAME_0", 0),
    ],
)  # fmt: skip
def test_the_level_is_told_by_the_column(case: Case, tmp_path: Path, column: str, level: int) -> None:
    case.load("boundaries", areas(tmp_path / "a.geojson", {column: ["Ford"]}))
    assert set(loaded(case, "boundaries")["level"]) == {level}


def test_the_level_is_told_by_a_column_for_it(case: Case, tmp_path: Path) -> None:
    columns = {"shapeName": ["A", "B"], "shapeID": ["1-A", "1-B"], "shapeGroup": ["CAF"] * 2, "shapeType": ["ADM2"] * 2}
    case.load("boundaries", areas(tmp_path / "geoBoundaries-CAF-ADM2.geojson", columns))
    assert loaded(case, "boundaries")[["name", "code", "level"]].values.tolist() == [["A", "1-A", 2], ["B", "1-B", 2]]
    mixed = columns | {"shapeType": ["ADM1", "ADM2"]}
    with pytest.raises(InputError, match="does not say of which level its areas are"):
        case.load("boundaries", areas(tmp_path / "mixed.geojson", mixed))


def test_the_level_is_told_by_codes_that_tell_the_areas_apart(case: Case, tmp_path: Path) -> None:
    file = areas(tmp_path / "a.geojson", {"name": ["A", "B"], "ADM2_PCODE": ["X1", "X2"]})
    case.load("boundaries", file)
    assert loaded(case, "boundaries")[["code", "level"]].values.tolist() == [["X1", 2], ["X2", 2]]
    parent = areas(tmp_path / "b.geojson", {"name": ["A", "B"], "ADM0_PCODE": ["X", "X"]})
    with pytest.raises(InputError, match="does not say of which level its areas are"):
        case.load("boundaries", parent)


def test_a_level_that_nobody_tells_is_asked_for(case: Case, tmp_path: Path) -> None:
    file = areas(tmp_path / "a.geojson", {"name": ["Ford"]})
    with pytest.raises(InputError, match=r"a\.geojson: does not say of which level its areas are; say with --level 0"):
        case.load("boundaries", file)
    assert untouched(case)
    case.load("boundaries", file, level="2")
    assert set(loaded(case, "boundaries")["level"]) == {2}


@pytest.mark.parametrize("level", ["4", "-1", "one", "", "01"])
def test_a_level_that_is_none(case: Case, tmp_path: Path, level: str) -> None:
    with pytest.raises(InputError, match=f"“{level}” is no level of areas; say 0"):
        case.load("boundaries", areas(tmp_path / "a.geojson", {"admin1Name": ["Ford"]}), level=level)
    assert untouched(case)


def test_another_level_is_another_load(case: Case, tmp_path: Path) -> None:
    file = areas(tmp_path / "a.geojson", {"name": ["Ford"]})
    case.load("boundaries", file, level="1")
    again = case.load("boundaries", file, level="1")
    assert "nothing was changed" in again.notes[0]
    case.load("boundaries", file, level="2")
    assert [int(s.origin.options["level"]) for s in case.snapshots()] == [1, 2]
    assert len({s.path for s in case.snapshots()}) == 2
    assert set(loaded(case, "boundaries")["level"]) == {2}


def test_a_column_of_another_level_than_was_said(case: Case, tmp_path: Path) -> None:
    result = case.load("boundaries", areas(tmp_path / "a.geojson", {"admin2Name": ["Ford"]}), level="1")
    assert any("tells another level than 1" in note for note in result.notes)


@pytest.mark.parametrize("column", ["pcode", "PCODE", "adm2_pcode", "ADM2_PCODE", "admin2Pcod", "pcode_adm2"])
def test_columns_that_hold_codes(case: Case, tmp_path: Path, column: str) -> None:
    case.load("boundaries", areas(tmp_path / "a.geojson", {"adm2_name": ["A", "B"], column: ["X1", "X2"]}))
    assert codes(case) == ["X1", "X2"]


def test_codes_of_a_higher_level_are_not_taken(case: Case, tmp_path: Path) -> None:
    file = areas(tmp_path / "a.geojson", {"adm2_name": ["A", "B"], "adm1_pcode": ["X", "Y"], "zip_code": ["1", "2"]})
    case.load("boundaries", file)
    assert codes(case) == ["A", "B"]


def test_areas_have_distinct_codes(case: Case, tmp_path: Path) -> None:
    columns = {
        "admin1Name": ["Ford", "Hill", "Hill", "Plain", "Bank"],
        "admin1Pcod": ["X1", "X2", None, "X2", "X5"],
    }
    result = case.load("boundaries", areas(tmp_path / "a.geojson", columns))
    assert codes(case) == ["X1", "Hill (row 2)", "Hill (row 3)", "Plain", "X5"]
    assert any("1 area has no code of its own (1 codes stand there more than once)" in n for n in result.notes)
    assert any("2 areas have neither a code nor a name of their own" in n for n in result.notes)


def test_numbers_as_codes_have_no_point(case: Case, tmp_path: Path) -> None:
    case.load("boundaries", areas(tmp_path / "a.gpkg", {"admin1Name": ["A", "B"], "admin1Pcod": [12.0, None]}))
    assert codes(case) == ["12", "B"]


@given(st.lists(st.tuples(st.sampled_from([None, "", "a", "b", "a (row 2)", "c"]), st.sampled_from(["a", "b", "x"]))))
def test_codes_are_always_distinct(drawn: list[tuple[str | None, str]]) -> None:
    given_codes, names = [code for code, _ in drawn], [name for _, name in drawn]
    made = distinct(given_codes, names, list(range(1, len(drawn) + 1)), [])
    assert len(set(made)) == len(drawn)
    assert all(made)
    for code, told in zip(given_codes, made, strict=True):
        assert told == code or not code or given_codes.count(code) > 1


def test_no_warning_of_a_library_reaches_the_user(case: Case, tmp_path: Path) -> None:
    shape = {"type": "Polygon", "coordinates": [[*map(list, SQUARE), list(SQUARE[0])]]}
    features = [
        {"type": "Feature", "properties": {"admin1Name": f"N{n}", "more": more}, "geometry": shape}
        for n, more in enumerate(([1], "in words"))
    ]
    file = tmp_path / "a.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        assert case.load("boundaries", file)[0]["used"] == 2


def test_the_screen_joins_the_newest_layers_of_level_0_and_1(case: Case, tmp_path: Path) -> None:
    west, east = Polygon([(14, 2), (20, 2), (20, 11), (14, 11)]), Polygon([(20, 2), (28, 2), (28, 11), (20, 11)])
    case.load("boundaries", areas(tmp_path / "0.geojson", {"adm0_name": ["C"]}, west))
    case.load("boundaries", areas(tmp_path / "1.geojson", {"adm1_name": ["E"]}, east))
    case.load("boundaries", areas(tmp_path / "2.geojson", {"adm2_name": ["P"]}, Polygon(SQUARE)))
    rows = [ged(1, longitude=15), ged(2, longitude=27), ged(3, longitude=32)]
    result = case.load("ucdp-ged", table(tmp_path / "e.csv", rows), rejects=tmp_path / "r.csv")
    assert listed(tmp_path / "r.csv") == [(3, "coordinates outside the country", "6.5 32.0")]
    assert not any("not checked" in note for note in result.notes)


def test_a_layer_of_level_2_alone_does_not_screen(case: Case, tmp_path: Path) -> None:
    case.load("boundaries", areas(tmp_path / "2.geojson", {"adm2_name": ["P"]}, Polygon(SQUARE)))
    rows = [ged(n, latitude=4.5, longitude=15.5) for n in (1, 2, 3)] + [ged(4, latitude=8, longitude=24)]
    result = case.load("ucdp-ged", table(tmp_path / "e.csv", rows))
    assert (result[0]["used"], result[0]["rejected"]) == (4, {})
    assert any("of level 2 only" in note and "was not checked" in note for note in result.notes)


def test_an_older_layer_of_a_level_does_not_widen_the_screen(case: Case, tmp_path: Path) -> None:
    wide = Polygon([(0, 0), (40, 0), (40, 20), (0, 20)])
    case.load("boundaries", areas(tmp_path / "old.geojson", {"adm0_name": ["C"]}, wide), released="2010")
    case.load("boundaries", areas(tmp_path / "new.geojson", {"adm0_name": ["C"]}, Polygon(CAF)), released="2020")
    row = case.load("ucdp-ged", table(tmp_path / "e.csv", [ged(1), ged(2), ged(3, longitude=38)]))[0]
    assert row["rejected"] == {"coordinates outside the country": 1}


def test_what_lies_beyond_the_globe_is_refused(case: Case, tmp_path: Path) -> None:
    metres, south = Polygon([(14000, 4), (15000, 4), (15000, 5)]), Polygon([(15, -95), (16, -95), (16, -94)])
    columns = {"admin1Name": ["Ford", "Metres", "South"]}
    row = case.load("boundaries", areas(tmp_path / "a.geojson", columns, Polygon(SQUARE), metres, south))[0]
    assert (row["used"], row["rejected"]) == (1, {"coordinates beyond the globe": 2})
    with pytest.raises(InputError, match=r"no row can be used .*coordinates beyond the globe"):
        case.load("boundaries", areas(tmp_path / "b.geojson", {"admin1Name": ["Metres"]}, metres))


def test_a_country_astride_the_180th_meridian_screens_points_on_both_sides(tmp_path: Path) -> None:
    case = Case.open(init(tmp_path / "case", country="FJI"))
    area = Polygon([(177, -19), (181.5, -19), (181.5, -16), (177, -16)])
    case.load("boundaries", areas(tmp_path / "a.geojson", {"ADM0_EN": ["Fiji"]}, area))
    places = [(178, -18), (179.9, -17), (-179, -17), (-178.2, -18), (-176, -18), (170, -18)]
    rows = [ged(n, latitude=y, longitude=x, country="Fiji", country_id=950) for n, (x, y) in enumerate(places, 1)]
    row = case.load(None, table(tmp_path / "GEDEvent_v23_1.csv", rows), rejects=tmp_path / "r.csv")[0]
    assert (row["used"], row["rejected"]) == (4, {"coordinates outside the country": 2})
    assert [number for number, *_ in listed(tmp_path / "r.csv")] == [5, 6]
