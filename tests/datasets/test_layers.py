"""Boundaries and population: areas and points with their names and numbers, checked, in WGS 84."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas
import pytest
from shapely.geometry import Point, Polygon

from garant.case import Case
from garant.errors import InputError

SQUARE = [(15, 4), (16, 4), (16, 5), (15, 5)]
BOW = [(17, 4), (18, 5), (18, 4), (17, 5)]  # crosses itself


def layer(columns: dict[str, list[Any]], shapes: list[Any], crs: str | None = "EPSG:4326") -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(columns, geometry=shapes, crs=crs)


def loaded(case: Case, dataset: str) -> geopandas.GeoDataFrame:
    return geopandas.read_parquet(case.snapshot(dataset).path)


@pytest.mark.parametrize("form", ["areas.geojson", "areas.gpkg", "areas.zip"])
def test_boundaries_in_three_forms(case: Case, tmp_path: Path, form: str) -> None:
    areas = layer(
        {"admin1Name": ["Ford", "Bow", None], "admin1Pcod": ["X1", "X2", "X3"]},
        [Polygon(SQUARE), Polygon(BOW), Polygon(SQUARE)],
    )
    if form == "areas.zip":
        areas.to_file(tmp_path / "areas.shp")
        with zipfile.ZipFile(tmp_path / form, "w") as archive:
            for part in tmp_path.glob("areas.*"):
                if part.suffix != ".zip":
                    archive.write(part, part.name)
    else:
        areas.to_file(tmp_path / form)
    result = case.load("boundaries", tmp_path / form, publisher="Us", licence="CC0")
    found = loaded(case, "boundaries")
    assert list(found["name"]) == ["Ford", "Bow"]
    assert list(found["code"]) == ["X1", "X2"]
    assert set(found["level"]) == {1}
    assert found.geometry.is_valid.all()
    assert result[0]["rejected"] == {"no name": 1}
    assert any("1 invalid geometries were made valid (rows 2)" in note for note in result.notes)
    assert (case.snapshot("boundaries").origin.publisher, case.snapshot("boundaries").origin.licence) == ("Us", "CC0")


def test_columns_that_the_user_names(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "areas.geojson"
    layer({"label": ["Ford"], "kode": ["X1"]}, [Polygon(SQUARE)]).to_file(file)
    with pytest.raises(InputError, match=r"which column holds names \(label, kode\); name it with --name-column"):
        case.load("boundaries", file)
    with pytest.raises(InputError, match="has no column “x”; it has label, kode"):
        case.load("boundaries", file, name_column="x")
    case.load("boundaries", file, name_column="label", code_column="kode", level="2")
    assert loaded(case, "boundaries")[["name", "code", "level"]].values.tolist() == [["Ford", "X1", 2]]


def test_population_of_points_in_another_projection(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "people.gpkg"
    shapes = [Point(15.5, 4.5), Point(15.6, 4.6), Point(15.7, 4.7), None]
    layer({"population": [1200.0, -4.0, None, 5.0]}, shapes).to_crs("EPSG:3857").to_file(file)
    result = case.load("population", file)
    found = loaded(case, "population")
    assert [(round(p.x, 6), round(p.y, 6)) for p in found.geometry] == [(15.5, 4.5)]
    assert list(found["people"]) == [1200]
    assert result[0]["rejected"] == {"negative number of people": 1, "no geometry": 1, "no number of people": 1}


def test_layers_that_cannot_be_used(case: Case, tmp_path: Path) -> None:
    (tmp_path / "bad.geojson").write_text('{"type": "FeatureCollection", "feat', encoding="utf-8")
    with pytest.raises(InputError, match="is no layer that can be read"):
        case.load("boundaries", tmp_path / "bad.geojson")
    file = tmp_path / "points.geojson"
    layer({"name": ["a"]}, [Point(1, 2)]).to_file(file)
    with pytest.raises(InputError, match="no row can be used"):
        case.load("boundaries", file, level="1")
    with pytest.raises(InputError, match="say what it is: boundaries or population"):
        case.load(None, file)
    empty = tmp_path / "empty.geojson"
    empty.write_text(json.dumps({"type": "FeatureCollection", "features": []}), encoding="utf-8")
    with pytest.raises(InputError, match=r"holds no rows|no layer with geometries"):
        case.load("boundaries", empty)
    assert not case.snapshots()


@pytest.mark.shared
def test_real_layers(case: Case, shared: Path) -> None:
    case.load("boundaries", shared / "data/boundaries/derived_ocha_adm1_17.geojson")
    assert len(loaded(case, "boundaries")) == 17
    case.load("population", shared / "data/covariates/subprefecture_population_2023_CAF.geojson")
    assert loaded(case, "population")["people"].sum() > 4_000_000
    result = case.load("ucdp-ged", shared / "data/ucdp/GEDEvent_v23_1_CAF.csv")
    assert result[0]["used"] + sum(result[0]["rejected"].values()) == 1848
    assert sum(result[0]["rejected"].values()) <= 5
