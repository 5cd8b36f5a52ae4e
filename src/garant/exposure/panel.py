"""Panels for researchers: one row for each unit and period, zero where the data cover it and nothing happened.

The table is never held whole: DuckDB joins the few unit-periods with events to all of them as it writes.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garant.errors import InputError
from garant.exposure.settings import settings
from garant.geo.grid import COLUMNS, SIDE

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

UNITS = ("cell", "area", "country")
PERIODS = ("month", "year")
#: Rows written or handed over at a time, about.
BATCH = 500_000


@dataclass(frozen=True)
class Panel:
    """Counts by unit and period, as DuckDB computes them from a snapshot of events.

    Columns: `unit` (number of a PRIO-GRID cell, code of an area, or of a country), `year`, `month` (not in a yearly
    panel), `events`, `low`, `best`, `high`, `coarse_events`, `coarse_best` (place known only to a province or worse;
    cells and areas count them at their printed point), and `best_KIND` for each kind of violence of the dataset. Whole
    numbers; null where the period lies outside the days the data cover. A file with a `watermark` also has
    `local_only`.
    """

    snapshot: Path
    unit: str
    period: str
    units: Sequence[Any]
    first: date
    last: date
    covered: tuple[date, date]
    kinds: Sequence[str]
    of_event: pd.DataFrame | None = None
    everywhere: bool = False
    watermark: str = ""

    def __len__(self) -> int:
        return len(self.units) * self._periods

    @property
    def _periods(self) -> int:
        whole_years = self.last.year - self.first.year
        return 1 + (whole_years if self.period == "year" else whole_years * 12 + self.last.month - self.first.month)

    def to_pandas(self) -> pd.DataFrame:
        """The whole panel in memory."""
        with self._ready() as db:
            whole: pd.DataFrame = self._part(db, list(self.units)).to_pandas(types_mapper=_nullable)
        return whole

    def happened(self) -> pd.DataFrame:
        """Only the unit-periods with an event: what there is to hold."""
        with self._ready() as db:
            found: pd.DataFrame = db.sql("SELECT * FROM happened ORDER BY ALL").df()
        return found

    def batches(self) -> Iterator[pa.Table]:
        """The panel in tables of about BATCH rows, in order of unit and period; one is in memory at a time."""
        ordered, step = sorted(self.units), max(BATCH // self._periods, 1)
        with self._ready() as db:
            for at in range(0, len(ordered), step):
                yield self._part(db, ordered[at : at + step])

    def write(self, file: Path) -> None:
        """Write the panel as Parquet or CSV, by how the file's name ends; whole or not at all."""
        from pyarrow import csv, parquet

        ending = file.suffix.lower()
        if ending not in (".parquet", ".csv"):
            raise InputError(f"'{file.name}' ends in neither .parquet nor .csv", mend="name the file so")
        beside = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            parts = self._marked()
            first = next(parts)
            writer = (
                parquet.ParquetWriter(beside, first.schema, compression="zstd")
                if ending == ".parquet"
                else csv.CSVWriter(beside, first.schema)
            )
            with writer:
                for part in itertools.chain([first], parts):
                    writer.write_table(part)
            beside.replace(file)
        except OSError as error:
            raise InputError(f"cannot be written ({error.strerror})", where=str(file), mend="name another") from None
        finally:
            beside.unlink(missing_ok=True)

    def _marked(self) -> Iterator[pa.Table]:
        """The batches; of a file that is not to be passed on with the column `local_only`, true in each row, and the
        watermark in the schema (Parquet keeps it, CSV has no place for it)."""
        import pyarrow as pa

        for part in self.batches():
            if self.watermark:
                marked = part.append_column("local_only", pa.repeat(pa.scalar(value=True), len(part)))
                yield marked.replace_schema_metadata({"watermark": self.watermark})
            else:
                yield part

    def _part(self, db: duckdb.DuckDBPyConnection, units: Sequence[Any]) -> pa.Table:
        import pyarrow as pa

        db.register("units", pa.table({"unit": list(units)}))
        return db.sql(self._dense()).arrow().read_all()

    def _ready(self) -> duckdb.DuckDBPyConnection:
        """A connection with the table `happened`."""
        import duckdb

        db = duckdb.connect()
        if self.of_event is not None:
            db.register("of_event", self.of_event)
        db.execute(f"CREATE TABLE happened AS {self._counted()}", [str(self.snapshot)])
        return db

    def _counted(self) -> str:
        """Sums of the unit-periods with an event."""
        coarse = ", ".join(f"'{word}'" for word in settings()["coarse"])
        kinds = "".join(f", sum(best) FILTER (violence = '{k}') AS best_{k}" for k in self.kinds)
        cell = (
            f"CAST(least(floor((latitude + 90) / {SIDE}), 359) * {COLUMNS}"
            f" + least(floor((longitude + 180) / {SIDE}), {COLUMNS - 1}) + 1 AS BIGINT)"
        )
        unit = {"cell": cell, "area": "of_event.unit", "country": "coalesce(iso3, country)"}[self.unit]
        join = "JOIN of_event ON of_event.row = e.row" if self.unit == "area" else ""
        month = ", CAST(month(e.day) AS TINYINT) AS month" if self.period == "month" else ""
        where = "" if self.everywhere else "WHERE in_case"
        return f"""
            SELECT {unit} AS unit, year(e.day) AS year{month}, count(*) AS events, sum(low) AS low, sum(best) AS best,
                   sum(high) AS high, count(*) FILTER (spread IN ({coarse})) AS coarse_events,
                   sum(best) FILTER (spread IN ({coarse})) AS coarse_best{kinds}
            FROM read_parquet(?) AS e {join} {where} GROUP BY ALL"""  # noqa: S608  # words of our own YAML and vocabulary

    def _dense(self) -> str:
        """Every unit and period, with its sums: zero where covered, null where not."""
        step = self.period
        first, last = self.first.replace(day=1), self.last.replace(day=1)
        if step == "year":
            first, last = first.replace(month=1), last.replace(month=1)
        month = ", CAST(month(p.begun) AS TINYINT) AS month" if step == "month" else ""
        same = "AND h.month = month(p.begun)" if step == "month" else ""
        columns = ["events", "low", "best", "high", "coarse_events", "coarse_best", *(f"best_{k}" for k in self.kinds)]
        sums = ", ".join(f"CAST(CASE WHEN p.covered THEN coalesce(h.{c}, 0) END AS INTEGER) AS {c}" for c in columns)
        ends = f"begun + INTERVAL 1 {step} <= DATE '{self.covered[1]}' + INTERVAL 1 day"
        covers = f"begun >= DATE '{self.covered[0]}' AND {ends}"
        return f"""
            SELECT u.unit, CAST(year(p.begun) AS SMALLINT) AS year{month}, {sums}
            FROM units AS u CROSS JOIN (
                SELECT CAST(range AS DATE) AS begun, {covers} AS covered
                FROM range(DATE '{first}', DATE '{last}' + INTERVAL 1 day, INTERVAL 1 {step})
            ) AS p LEFT JOIN happened AS h ON h.unit = u.unit AND h.year = year(p.begun) {same}
            ORDER BY u.unit, p.begun"""  # noqa: S608  # dates and words of our own


def _nullable(kind: Any) -> Any:
    import pandas as pd
    import pyarrow as pa

    return {
        pa.int8(): pd.Int8Dtype(),
        pa.int16(): pd.Int16Dtype(),
        pa.int32(): pd.Int32Dtype(),
        pa.int64(): pd.Int64Dtype(),
    }.get(kind)
