"""Events: a file of UCDP GED or ACLED becomes a Parquet snapshot, set by set, with every row accounted for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garant.datasets import projections
from garant.datasets.columns import Columns, columns_of, quoted, scanned
from garant.datasets.eventchecks import count_of, doubts, misplaced, name_actors, name_states, refuse, repeated, write
from garant.datasets.opening import Table
from garant.datasets.outline import Outline
from garant.datasets.registry import Dataset, Layout
from garant.datasets.rejects import Rejects
from garant.datasets.states import States
from garant.errors import InputError

if TYPE_CHECKING:
    import duckdb

#: Most memory for DuckDB; what does not fit goes to a file in the folder of the load.
_MEMORY = "700MB"
_PROJECTIONS: dict[str, Callable[[Columns, Mapping[str, Any]], dict[str, str]]] = {
    "ucdp-ged": projections.ged,
    "acled": projections.acled,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a file: its rows, by what happened to them, the Parquet file written, and notes.

    `days` are the first and the last day of an event in the file, wherever it happened; None where there are no events.
    """

    parquet: Path
    rows: int
    used: int
    outside: int
    rejects: Rejects
    notes: list[str] = field(default_factory=list)
    stamp: str | None = None
    days: tuple[date, date] | None = None


def load_events(
    table: Table,
    dataset: Dataset,
    layout: Layout,
    states: States,
    country: str | None,
    outline: Outline | None,
    work: Path,
) -> Loaded:
    """Read a table of events, check each row, and write the snapshot of the contract in docs/methods/datasets.md.

    `used` are the valid rows of the case's country (all of them where the case has none), `outside` those elsewhere,
    which the snapshot keeps too. Raises InputError where the file is incomplete or no row can be used.
    """
    with _connected(work) as db:
        table = _scan(db, table, dataset, layout, work)
        rejects = Rejects(dict(table.rejects.listed))
        rejects.extend_rows(db.execute("SELECT row, reason, detail FROM numbered WHERE reason IS NOT NULL").fetchall())
        rejects.extend_rows(repeated(db))
        name_states(db, dataset.name, states, country)
        unfit: str | None = None
        if outline is not None:
            far, unfit = misplaced(db, outline)
            rejects.extend_rows(far)
        name_actors(db, dataset.name)
        refuse(db, rejects)
        rows = count_of(db, "SELECT count(*) FROM numbered") + len(table.rejects)
        used, every, stamp, *days = db.execute(_SUMMARY).fetchall()[0]
        if not rows:
            raise InputError("holds no rows", mend="download it again")
        if not every:
            reason, count = next(iter(rejects.by_reason().items()))
            raise Unusable(f"no row can be used ({count} of {rows}: {reason})", rejects)
        parquet = work / "events.parquet"
        write(db, parquet)
        notes = [*table.notes, *([unfit] if unfit else []), *doubts(db)]
        return Loaded(parquet, rows, used, every - used, rejects, notes, stamp, (days[0], days[1]))


#: What is told of the usable rows: how many, of the case and in all; the newest stamp; the days they cover.
_SUMMARY = """
    SELECT count(*) FILTER (in_case), count(*), strftime(to_timestamp(max(stamp)), '%Y-%m-%d'),
           least(min(day), current_date), least(max(last_day), current_date)
    FROM kept"""


class Unusable(InputError):  # noqa: N818  # it says what the file is
    """No row of a file can be used; `rejects` lists why."""

    def __init__(self, what: str, rejects: Rejects, where: str | None = None) -> None:
        super().__init__(what, where=where, mend="list the rows with --rejects FILE")
        self.rejects = rejects


def _connected(work: Path) -> duckdb.DuckDBPyConnection:
    import duckdb  # here: it takes a while to load

    db = duckdb.connect(":memory:")
    db.execute(f"SET memory_limit = '{_MEMORY}'; SET temp_directory = {quoted(work / 'spill')}")
    db.execute("SET preserve_insertion_order = true; SET enable_progress_bar = false; SET TimeZone = 'UTC'")
    return db


def _scan(db: duckdb.DuckDBPyConnection, table: Table, dataset: Dataset, layout: Layout, work: Path) -> Table:
    """Read the file into `scan`, typed; a file that DuckDB finds malformed is rewritten first."""
    import duckdb

    places = layout.places(table.header)
    try:
        db.execute(_selecting(table, columns_of(table, places, ("start", "end")), dataset))
    except duckdb.Error:
        if table.numbered:
            raise
        table = table.mended(work)
        db.execute(_selecting(table, columns_of(table, places, ("start", "end")), dataset))
    number = "number" if table.numbered else "rowid + 1"
    db.execute(f"CREATE VIEW numbered AS SELECT {number} AS row, * FROM scan")  # noqa: S608  # a constant
    return table


def _selecting(table: Table, at: Columns, dataset: Dataset) -> str:
    fields = _PROJECTIONS[dataset.name](at, dataset.codes)
    listed = ", ".join(f'{sql} AS "{name}"' for name, sql in fields.items())
    refusals = projections.refusals(at, dataset.codes)
    reasons = " ".join(f"WHEN {condition} THEN {quoted(reason)}" for condition, reason, _ in refusals)
    details = " ".join(f"WHEN {condition} THEN {detail}" for condition, _, detail in refusals)
    # seconds since 1970; what lies after the day of loading is none, as milliseconds
    seconds = at.number("stamp", "BIGINT")
    stamp = f"CASE WHEN {seconds} BETWEEN 0 AND epoch(current_date + 2) THEN {seconds} END"
    number = "c0::BIGINT" if table.numbered else "NULL::BIGINT"
    later = projections.worked_out(dataset.name)
    names = ", ".join(f'"{name}"' for name in (*fields, *later))
    read = f"SELECT {listed}, {stamp} AS stamp, * FROM {scanned(table)}"  # noqa: S608  # our own SQL; the path is quoted
    if later:
        read = (
            f"SELECT *, {', '.join(f'{sql} AS {chr(34)}{name}{chr(34)}' for name, sql in later.items())} FROM ({read})"  # noqa: S608  # as above
        )
    checked = f"SELECT *, CASE {reasons} END AS reason FROM ({read})"  # noqa: S608  # as above
    # what stands there is looked at only where it is refused
    detail = f"CASE WHEN reason IS NOT NULL THEN CASE {details} END END AS detail"
    told = f"{number} AS number, {names}, stamp, reason, {detail}"
    return f"CREATE OR REPLACE TABLE scan AS SELECT {told} FROM ({checked})"  # noqa: S608  # as above
