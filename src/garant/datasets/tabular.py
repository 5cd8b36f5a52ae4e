"""Tables of claims and of covariates: each layout has its reader, and the rows that were used are kept as Parquet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from garant.datasets import agreements, contributions, geopko, mandates, radpko
from garant.datasets.claimset import ClaimSet, Row, rows_of
from garant.datasets.events import Loaded, Unusable
from garant.datasets.opening import Table
from garant.datasets.registry import Dataset, Layout, fold_column
from garant.datasets.rejects import Rejects
from garant.datasets.states import States
from garant.errors import InputError

Reader = Callable[[Any, ClaimSet, Mapping[str, Any]], None]
_READERS: dict[tuple[str, str], Reader] = {
    ("geo-pko", "maps"): geopko.maps,
    ("geo-pko", "front-map"): geopko.front_map,
    ("geo-pko", "contributors-map"): geopko.contributors_map,
    ("radpko", "bases"): radpko.bases,
    ("un-contributions", "monthly"): contributions.un_monthly,
    ("un-contributions", "yearly-means"): contributions.yearly_means,
    ("ipi-contributions", "month-csv"): contributions.ipi_month,
    ("ipi-contributions", "month-json"): contributions.ipi_month,
    ("pa-x", "agreements"): agreements.agreements,
    ("unpmm", "mission-years"): mandates.mission_years,
}


def load_claims(table: Table, dataset: Dataset, layout: Layout, told: ClaimSet, file_name: str, work: Path) -> Loaded:
    """Read a table into claims of the case's country, collected in `told`; the snapshot keeps the rows they rest on.

    Raises InputError where the table is incomplete, empty, or no row can be used.
    """
    table = table.mended(work)
    told.rejects.extend_rows((r.row, r.reason, r.detail) for r in table.rejects.listed.values())
    rows = list(rows_of(table, layout))
    if not rows and not len(told.rejects):
        raise InputError("holds no rows", mend="download it again")
    if (dataset.name, layout.name) in _READERS:
        _READERS[dataset.name, layout.name](rows, told, dataset.codes)
    elif layout.name == "country-series":
        contributions.country_series(rows, told, _contributor_in(file_name, told.states))
    else:
        _located(rows, told)
    told.finish()
    used = told.used - set(told.rejects.listed)
    outside = len(rows) + len(table.rejects) - len(used) - len(told.rejects)
    if not used and not outside:
        reason, count = next(iter(told.rejects.by_reason().items()))
        raise Unusable(f"no row can be used ({count} of {len(told.rejects)}: {reason})", told.rejects)
    parquet = _keep(table, used, work)
    every = len(rows) + len(table.rejects)
    return Loaded(parquet, every, len(used), outside, told.rejects, [*table.notes, *told.notes])


def last_day(table: Table, layout: Layout) -> str | None:
    """The last day in a column of dates, for monthly tables; None for the others. The table is mended."""
    if "date" not in layout.needs or layout.name == "agreements":
        return None
    at = layout.places(table.header[1:]).get("date")
    told = {values[at] for _, values in table.rows()} if at is not None else set()
    return max((day for day in map(contributions.iso_day, told) if day), default=None)


def load_covariate(
    table: Table, layout: Layout, states: States, country: str | None, codes: Mapping[str, Any], work: Path
) -> Loaded:
    """Keep the rows of the case's country (all of them where it has none) as they are, with their row numbers."""
    table = table.mended(work)
    rejects, used, every = Rejects(dict(table.rejects.listed)), set(), len(table.rejects)
    by = {"gw": states.by_gw, "alpha": states.by_alpha, "name": states.by_name}[codes["state_by"]]
    for row in rows_of(table, layout):
        every += 1
        state = by(row["state"]) or states.by_name(row["name"])
        if country is None or state == country:
            used.add(row.number)
        elif state is None:
            rejects.add(row.number, "unknown state", row["name"] or row["state"])
    if not every:
        raise InputError("holds no rows", mend="download it again")
    parquet = _keep(table, used, work)
    return Loaded(parquet, every, len(used), every - len(used) - len(rejects), rejects, list(table.notes))


def _located(rows: list[Row], told: ClaimSet) -> None:
    """A table that tells of places of operations and of no numbers: its rows are kept, and no claim is made."""
    from garant.datasets.claimset import hosts_of

    for row in rows:
        hosts = hosts_of(row["mission"])
        if hosts is None:
            told.rejects.add(row.number, "unknown operation", row["mission"])
        elif told.country in hosts:
            told.silence(row, "it counts unit types, which no claim type holds; the rows are kept in the snapshot")
        else:
            told.outside += 1


def _contributor_in(file_name: str, states: States) -> str:
    """The state whose series a file is, from its name (countries_Rwanda.csv)."""
    state = states.by_name(Path(file_name).stem.removeprefix("countries_").replace("_", " "))
    if state is None:
        raise InputError(
            "does not say whose contributions it holds", mend="name the file countries_NAME.csv, as IPI does"
        )
    return state


def _keep(table: Table, used: Collection[int], work: Path) -> Path:
    """The used rows as Parquet: `row`, and the file's columns as text, an empty cell as null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kept = [(number, values) for number, values in table.rows() if number in used]
    columns: dict[str, Any] = {"row": pa.array([number for number, _ in kept], pa.int64())}
    for at, name in enumerate(table.header[1:]):
        key = fold_column(name) or f"column_{at + 1}"
        while key in columns:
            key += "_2"
        columns[key] = pa.array([values[at] or None for _, values in kept], pa.string())
    target = work / "rows.parquet"
    pq.write_table(pa.table(columns), target, compression="zstd")
    return target
