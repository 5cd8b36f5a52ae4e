"""Events: UCDP GED and ACLED become snapshots in which every row of the file is accounted for."""

from __future__ import annotations

import csv
import json
import zipfile
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from garant.case import Case
from tests.datasets.invented import ACLED_NEW, ACLED_OLD, GED, Record, acled, ged, table

COLUMNS = {
    "event_id": "string", "row": "int64", "in_case": "bool", "iso3": "string", "country": "string",
    "day": "date32[day]", "start": "date32[day]", "end": "date32[day]", "date_precision": "int8",
    "violence": "string", "sub_type": "string", "dyad": "string",
    "side_a": "string", "side_b": "string", "side_a_kind": "string", "side_b_kind": "string", "latitude": "double",
    "longitude": "double", "where_precision": "int8", "spread": "string", "place": "string", "adm1": "string",
    "adm2": "string", "best": "int32", "low": "int32", "high": "int32", "deaths_a": "int32", "deaths_b": "int32",
    "deaths_civilians": "int32", "deaths_unknown": "int32", "clarity": "int8", "outlets": "list<element: string>",
    "headline": "string",
}  # fmt: skip


def events(case: Case, dataset: str = "ucdp-ged") -> list[Record]:
    found = pq.read_table(case.snapshot(dataset).path).to_pylist()
    return sorted(found, key=lambda e: e["row"])


@pytest.mark.shared
def test_totals_of_the_real_file_are_a_plain_sum(case: Case, shared: Path) -> None:
    file = shared / "data/ucdp/GEDEvent_v23_1_CAF.csv"
    plain: dict[str, Counter[str]] = {}
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            year = plain.setdefault(row["year"], Counter())
            year.update({"events": 1, **{k: int(row[k]) for k in ("best", "low", "high")}})
    result = case.load(None, file)
    assert result[0] == {
        "dataset": "ucdp-ged", "version": "23.1", "rows": 1848, "used": 1848, "outside": 0, "rejected": {},
        "claims": {"added": 0, "known": 0},
    }  # fmt: skip
    loaded: dict[str, Counter[str]] = {}
    years = {r["id"]: r["year"] for r in csv.DictReader(file.open(encoding="utf-8", newline=""))}
    for event in events(case):
        year = loaded.setdefault(years[event["event_id"]], Counter())
        year.update({"events": 1, **{k: event[k] for k in ("best", "low", "high")}})
    assert loaded == plain
    origin = case.snapshot("ucdp-ged").origin
    assert (origin.released, origin.licence, origin.kind, origin.country) == ("2023-06~", "CC BY 4.0", "events", "CAF")


def test_columns_are_those_of_the_contract(case: Case, tmp_path: Path) -> None:
    case.load(None, table(tmp_path / "GEDEvent_v23_1.csv", [ged()]))
    schema = pq.read_schema(case.snapshot("ucdp-ged").path)
    assert {f.name: str(f.type) for f in schema} == COLUMNS
    case.load(None, table(tmp_path / "acled.csv", [acled()], ACLED_NEW))
    schema = pq.read_schema(case.snapshot("acled").path)
    assert {f.name: str(f.type) for f in schema} == COLUMNS


def test_an_event_of_ucdp(case: Case, tmp_path: Path) -> None:
    rows = [
        ged(1, where_prec=4, source_office=""),
        ged(
            2,
            type_of_violence=1,
            side_a="Government of Central African Republic",
            side_b="Group of the Hills",
            where_prec=6,
        ),
        ged(
            3,
            type_of_violence=2,
            side_a="Peuhl militia (Ford)",
            side_b="Group of the Plain",
            source_office="",
            source_article="A letter",
        ),
        ged(4, country="Chad", country_id=483, side_a="Wagner Group"),
    ]
    result = case.load("ucdp-ged", table(tmp_path / "events.csv", rows))
    assert (result[0]["used"], result[0]["outside"]) == (3, 1)
    one, two, three, four = events(case)
    assert (one["spread"], one["outlets"], one["violence"]) == ("province", ["Invented Agency"], "one_sided")
    assert (one["side_a_kind"], one["side_b_kind"]) == ("armed_group", "civilians")
    assert (two["side_a_kind"], two["side_b_kind"], two["spread"]) == ("state_forces", "armed_group", "country")
    assert (three["side_a_kind"], three["side_b_kind"], three["outlets"]) == ("communal", "unknown", ["A letter"])
    assert (four["in_case"], four["iso3"], four["side_a_kind"]) == (False, "TCD", "foreign_company")
    assert two["outlets"] == ["Invented Agency", "Invented Radio"]


@pytest.mark.parametrize(("columns", "layout"), [(ACLED_OLD, "older"), (ACLED_NEW, "newer")])
@pytest.mark.parametrize("upper", [False, True])
def test_both_layouts_of_acled_in_any_case(
    case: Case, tmp_path: Path, columns: list[str], layout: str, upper: bool
) -> None:
    rows = [
        acled(1, time_precision=2),
        acled(2, time_precision=3, geo_precision=3),
        acled(
            3,
            event_type="Violence against civilians",
            inter1="External/Other forces",
            actor1="Wagner Group",
            actor2="Civilians",
            inter2="Civilians",
        ),
        acled(4, inter1=8, actor1="Unidentified Armed Group", inter2="", actor2=""),
    ]
    named = [c.upper() for c in columns] if upper else columns
    cased = [{k.upper(): v for k, v in r.items()} for r in rows] if upper else rows
    case.load(None, table(tmp_path / "a.csv", cased, named))
    one, two, three, four = events(case, "acled")
    assert case.snapshot("acled").origin.layout == layout
    assert (str(one["start"]), str(one["end"]), one["date_precision"]) == ("2019-03-02", "2019-03-08", 2)
    assert (str(two["start"]), str(two["end"]), two["spread"]) == ("2019-03-01", "2019-03-31", "province")
    assert (three["side_a_kind"], three["side_b_kind"], three["violence"]) == (
        "foreign_company", "civilians", "violence_against_civilians",
    )  # fmt: skip
    assert (four["side_a_kind"], four["side_b_kind"], four["side_b"]) == ("unknown", "unknown", None)
    assert (one["side_a_kind"], one["side_b_kind"]) == ("armed_group", "state_forces")
    assert one["best"] == one["low"] == one["high"] == 3
    assert one["deaths_a"] is None
    assert "notes" not in one


def test_codes_are_whole_numbers_and_spaces_of_any_kind_are_trimmed(case: Case, tmp_path: Path) -> None:
    space = "\u00a0"
    rows = [
        ged(1, type_of_violence="2.6"), ged(2, where_prec="2.6"), ged(3, date_prec="1.4"), ged(4, where_prec="2.0"),
        ged(5), ged(5, id=f"{space}900005", best=9), ged(6, side_a=f"{space}Group of the Hills{space}"),
        ged(7, side_b="  Civilians "),
    ]  # fmt: skip
    row = case.load(None, table(tmp_path / "GEDEvent_v23_1.csv", rows))[0]
    assert row["rejected"] == {
        "one id with different contents": 2, "unknown precision of the date": 1,
        "unknown precision of the place": 1, "unknown type of violence": 1,
    }  # fmt: skip
    found = {e["event_id"]: e for e in events(case)}
    assert found["900004"]["where_precision"] == 2
    assert {(e["side_a"], e["side_b"]) for e in found.values()} == {("Group of the Hills", "Civilians")}


def test_a_stamp_in_milliseconds_is_no_date(case: Case, tmp_path: Path) -> None:
    case.load(None, table(tmp_path / "a.csv", [acled(1, timestamp=1700000000000)], ACLED_NEW))
    case.load(None, table(tmp_path / "b.csv", [acled(1, timestamp=1700000000000), acled(2)], ACLED_NEW))
    released = [(s.origin.released_by, s.origin.released[:2]) for s in case.snapshots()]
    assert sorted(released) == [("file", "20"), ("loading", "20")]


def test_json_pages_and_their_folder(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    day = "2019-03-05T00:00:00"  # as UCDP's API prints it
    rows = [ged(n, date_start=day, date_end=day) for n in range(1, 13)]
    for page in range(12):  # page-10 comes after page-9
        body = {"TotalCount": 12, "TotalPages": 12, "PreviousPageUrl": "", "NextPageUrl": "", "Result": [rows[page]]}
        (folder / f"page-{page}.json").write_text(json.dumps(body), encoding="utf-8")
    assert case.load("ucdp-ged", folder, released="2023-06")[0]["used"] == 12
    assert [e["event_id"] for e in events(case)] == [str(r["id"]) for r in rows]
    assert {str(e["start"]) for e in events(case)} == {"2019-03-05"}
    one_list = tmp_path / "acled.json"
    one_list.write_text(json.dumps({"success": True, "data": [acled(1), acled(2)]}), encoding="utf-8")
    assert case.load(None, one_list)[0]["used"] == 2


def test_a_zip_and_a_newer_layout_with_more_columns(case: Case, tmp_path: Path) -> None:
    plain = table(tmp_path / "GEDEvent_v25_1.csv", [ged(1, extra="x"), ged(2, extra="y")], [*GED, "extra"])
    packed = tmp_path / "ged251-csv.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(plain, plain.name)
    row = case.load(None, packed)[0]
    assert (row["version"], row["used"]) == ("25.1", 2)


def test_names_of_columns_in_older_versions(case: Case, tmp_path: Path) -> None:
    older = {"best": "best_est", "low": "low_est", "high": "high_est"}
    rows = [{older.get(key, key): value for key, value in ged().items()}]
    case.load(None, table(tmp_path / "ged171.csv", rows, [older.get(c, c) for c in GED]))
    assert [(e["low"], e["best"], e["high"]) for e in events(case)] == [(4, 5, 7)]
    assert case.snapshot("ucdp-ged").origin.released == "2017~"


def test_a_newer_version_lives_beside_the_older(case: Case, tmp_path: Path) -> None:
    case.load(None, table(tmp_path / "GEDEvent_v23_1.csv", [ged(1)]))
    case.load(None, table(tmp_path / "GEDEvent_v24_1.csv", [ged(1), ged(2)]))
    assert [s.origin.version for s in case.snapshots()] == ["23.1", "24.1"]
    assert case.snapshot("ucdp-ged").origin.version == "24.1"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(-2, 9), st.sampled_from(["2019-03-05", "soon", ""]), st.text("ab\n\"',;é", max_size=6)),
        min_size=1,
        max_size=12,
    )
)
def test_every_row_is_accounted_for(
    tmp_path_factory: pytest.TempPathFactory, drawn: list[tuple[int, str, str]]
) -> None:
    """Whatever stands in it, a row is used, outside or rejected, under the number that a plain reader gives it."""
    folder = tmp_path_factory.mktemp("any")
    from garant.case import init

    case = Case.open(init(folder / "case", country="CAF"))
    rows = [
        ged(n, best=deaths, low=deaths, high=deaths, date_start=day, date_end=day, source_headline=text)
        for n, (deaths, day, text) in enumerate(drawn, start=1)
    ]
    rows.append(ged(99))
    file = table(folder / "e.csv", rows)
    row = case.load("ucdp-ged", file, rejects=folder / "rejects.csv")[0]
    assert row["rows"] == len(rows) == row["used"] + row["outside"] + sum(row["rejected"].values())
    bad = {n for n, (deaths, day, _) in enumerate(drawn, start=1) if deaths < 0 or day != "2019-03-05"}
    with (folder / "rejects.csv").open(encoding="utf-8", newline="") as stream:
        assert {int(r["row"]) for r in csv.DictReader(stream)} == bad
    kept = {e["row"]: e["headline"] for e in events(case)}
    assert set(kept) == set(range(1, len(rows) + 1)) - bad
    assert all((kept[n] or "") == rows[n - 1]["source_headline"].strip(" ") for n in kept if n != len(rows))
