"""Panels: zero where the data cover a unit and nothing happened, null where they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from garant.claims import InputError
from garant.exposure import panel as panels
from garant.exposure.panel import Panel
from garant.geo import cell_of

from .conftest import Events

COVERED = (date(2020, 1, 1), date(2020, 12, 31))
HERE, EMPTY = int(cell_of(20.52, 6.03)), int(cell_of(21.9, 5.1))


@pytest.fixture
def snapshot(events: Events, tmp_path: Path) -> Path:
    frame = events(
        {"best": 5}, {"best": 2, "spread": "province"}, {"best": 4, "start": "2020-07-01", "violence": "state_based"}
    )
    file = tmp_path / "events.parquet"
    frame.drop(columns=["perpetrator", "perpetrator_kind"]).to_parquet(file)
    return file


def made(snapshot: Path, period: str = "month", last: date = date(2021, 2, 28)) -> Panel:
    return Panel(snapshot, "cell", period, [HERE, EMPTY], date(2020, 1, 1), last, COVERED, ["one_sided", "state_based"])


def test_every_unit_has_every_month(snapshot: Path) -> None:
    panel = made(snapshot)
    frame = panel.to_pandas()
    assert len(frame) == len(panel) == 2 * 14
    assert frame["best"].sum() == 11
    june = frame[(frame["unit"] == HERE) & (frame["year"] == 2020) & (frame["month"] == 6)].iloc[0]
    assert (june["events"], june["best"], june["coarse_events"], june["coarse_best"]) == (2, 7, 1, 2)
    assert (june["best_one_sided"], june["best_state_based"]) == (7, 0)
    assert (frame[frame["unit"] == EMPTY]["best"].dropna() == 0).all()
    assert frame[frame["year"] == 2021]["best"].isna().all()
    assert frame[frame["year"] == 2020]["best"].notna().all()
    assert len(panel.happened()) == 2


def test_years_sum_months(snapshot: Path) -> None:
    frame = made(snapshot, "year", date(2020, 12, 31)).to_pandas()
    assert sorted(frame[["best", "year", "unit"]].values.tolist()) == [[0, 2020, EMPTY], [11, 2020, HERE]]


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_a_file_is_the_panel(snapshot: Path, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "BATCH", 5)  # several batches
    panel, file = made(snapshot), tmp_path / f"panel.{ending}"
    panel.write(file)
    read = pd.read_parquet(file) if ending == "parquet" else pd.read_csv(file)
    assert len(read) == len(panel)
    assert read["best"].sum() == 11
    assert read["best"].isna().sum() == 4
    assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".")] == []


@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_a_file_not_to_be_passed_on_says_so_in_every_row(
    snapshot: Path, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "BATCH", 5)
    panel, file = replace(made(snapshot), watermark="Do not pass on."), tmp_path / f"panel.{ending}"
    panel.write(file)
    read = pd.read_parquet(file) if ending == "parquet" else pd.read_csv(file)
    assert len(read) == len(panel)
    assert read["local_only"].all()
    assert read["local_only"].dtype == bool
    made(snapshot).write(file)
    assert "local_only" not in (pd.read_parquet(file) if ending == "parquet" else pd.read_csv(file))


def test_another_ending_is_refused(snapshot: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"neither \.parquet nor \.csv"):
        made(snapshot).write(tmp_path / "panel.xls")
