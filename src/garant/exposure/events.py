"""Events of a snapshot as a frame, with who did it and who reported it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

#: Columns of a snapshot that exposure reads.
COLUMNS = (
    "event_id", "row", "day", "start", "end", "violence", "dyad", "side_a", "side_b", "side_a_kind", "side_b_kind",
    "longitude", "latitude", "spread", "place", "adm1", "adm2", "best", "low", "high", "deaths_civilians", "outlets",
)  # fmt: skip
#: What a clash is called where both sides did violence: nobody alone is its perpetrator.
CLASH = "clash"


def read_events(snapshot: Path, *, lethal: bool = True) -> pd.DataFrame:
    """Events of the case's country, by day and row; lethal ones alone, whose high count is a death at least.

    UCDP GED has no others; ACLED has, and they are no exposure (`nonlethal` counts them).

    Adds `perpetrator` and `perpetrator_kind`: the side that did violence to civilians, or, where two sides fought, both
    under the kind "clash"; and `start`, `end` as numpy days.
    """
    import pandas as pd  # only verbs on events need it

    frame = pd.read_parquet(
        snapshot, columns=[*COLUMNS], filters=[("in_case", "==", True), ("high", ">=", int(lethal))]
    )
    for column in ("day", "start", "end"):
        frame[column] = frame[column].astype("datetime64[s]").to_numpy().astype("datetime64[D]")
    return named(frame).sort_values(["day", "row"], kind="stable", ignore_index=True)


def nonlethal(snapshot: Path, until: date) -> int:
    """How many events of the case's country up to a day have no recorded death."""
    from pyarrow import parquet

    wanted = [("in_case", "==", True), ("high", "<=", 0), ("day", "<=", until)]
    return int(parquet.read_table(snapshot, columns=["row"], filters=wanted).num_rows)


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with `perpetrator` and `perpetrator_kind`."""
    against_nobody = frame["side_b"].isna() | frame["side_b_kind"].isin(["civilians"])
    civilians = against_nobody | frame["violence"].eq("one_sided")
    both = frame["dyad"].fillna(frame["side_a"].fillna("unknown") + " - " + frame["side_b"].fillna("unknown"))
    return frame.assign(
        perpetrator=frame["side_a"].fillna("unknown").where(civilians, both),
        perpetrator_kind=frame["side_a_kind"].fillna("unknown").where(civilians, CLASH),
    )


def told_within(frame: pd.DataFrame, first: date, last: date) -> NDArray[np.bool_]:
    """Which events have their day in a span (both included): how raw totals are counted, by the dataset's own day."""
    day = frame["day"].to_numpy().astype("datetime64[D]")
    told: NDArray[np.bool_] = (day >= np.datetime64(first)) & (day <= np.datetime64(last))
    return told


def share_within(frame: pd.DataFrame, first: date, last: date) -> NDArray[np.float64]:
    """Share of each event's possible days that lie in a span of days, both included: 1 for a dated event within."""
    start = frame["start"].to_numpy().astype("datetime64[D]").astype(np.int64)
    end = frame["end"].to_numpy().astype("datetime64[D]").astype(np.int64)
    low, high = np.datetime64(first).astype(np.int64), np.datetime64(last).astype(np.int64)
    days = np.minimum(end, high) - np.maximum(start, low) + 1
    share: NDArray[np.float64] = np.maximum(days, 0) / (end - start + 1)
    return share


def months(first: date, last: date) -> list[tuple[date, date]]:
    """First and last day of each calendar month in a span, the outer ones cut to it."""
    starts = np.arange(np.datetime64(first, "M"), np.datetime64(last, "M") + 1)
    return _cut([(s.astype("datetime64[D]"), (s + 1).astype("datetime64[D]") - 1) for s in starts], first, last)


def years(first: date, last: date) -> list[tuple[date, date]]:
    """First and last day of each calendar year in a span, the outer ones cut to it."""
    return [(max(first, date(y, 1, 1)), min(last, date(y, 12, 31))) for y in range(first.year, last.year + 1)]


def _cut(spans: Sequence[tuple[np.datetime64, np.datetime64]], first: date, last: date) -> list[tuple[date, date]]:
    return [(max(first, a.astype(object)), min(last, b.astype(object))) for a, b in spans]
