"""What leaves the desk: map files, what they say of themselves, and what needs --local."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from garant.case import Case, init
from garant.claims import InputError
from tests.datasets.invented import ACLED_NEW, acled, table


def test_a_ranking_of_years_can_be_written_as_a_map(caf: Case, tmp_path: Path) -> None:
    import geopandas as gpd

    caf.exposure("2019", "2021", rank=True, geoparquet=tmp_path / "map.parquet", geojson=tmp_path / "map.geojson")
    frame = gpd.read_parquet(tmp_path / "map.parquet")
    assert frame["p_worst_place"].isna().all()
    assert frame["p_worst"].between(0, 1).all()
    told = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))
    assert told["features"][0]["properties"]["without"] is None
    assert "200 surfaces" in " ".join(told["notes"])


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
