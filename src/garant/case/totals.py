"""totals: yearly totals of recorded violence, beside those that the dataset's publisher counts by country and year."""

from __future__ import annotations

from collections import Counter
from typing import Any

from garant.case.exposure import ExposureVerbs
from garant.case.result import Column, Result, Row, column
from garant.ledger import Clocks

#: The publisher's own table by country and year, and the beginnings of its columns by kind of violence.
TABLE = "ucdp-country-year"
_KINDS = {"state_based": "sb_total_deaths", "non_state": "ns_total_deaths", "one_sided": "os_total_deaths"}
_COUNTS = ("low", "best", "high")


def _range(prefix: str) -> Column:
    def show(row: Row) -> str:
        low, best, high = (row[f"{prefix}{key}"] for key in _COUNTS)
        return "" if best is None else f"{best:,} ({low:,}-{high:,})"

    return Column("in the publisher's table" if prefix else "deaths: best (low-high)", show, wrap=False)


_COLUMNS = (
    column("year", "year", wrap=False),
    Column("violence", lambda row: row["violence"].replace("_", " "), wrap=False),
    column("events", "events", wrap=False),
    _range(""),
    _range("table_"),
    Column("difference", lambda row: "" if not row["difference"] else f"{row['difference']:+,}", wrap=False),
)


class TotalsVerbs(ExposureVerbs):
    """totals."""

    def totals(
        self, from_: str | None = None, to: str | None = None, *,
        dataset: str | None = None, known_on: str | None = None,
    ) -> Result:  # fmt: skip
        """Events and deaths by year and kind of violence, as plain sums, beside UCDP's country-year table if loaded.

        Rows `{year, violence, events, low, best, high, table_low, table_best, table_high, difference}`; the table's are
        null where it has no row, `difference` is of the best counts. As a rule the two are of different versions:
        events are revised and re-dated, and the table counts a state's own territory.
        """
        clocks = Clocks.read(known_on=known_on)
        told = self.exposure(from_, to, every="year", dataset=dataset, known_on=known_on)
        sums: dict[tuple[int, str], Counter[str]] = {}
        for row in told:
            sums.setdefault((int(row["from"][:4]), row["violence"]), Counter()).update(
                {key: row[key] for key in ("events", *_COUNTS)}
            )
        found = self._newest(TABLE, clocks)
        table = {} if found is None else _read(found.path)
        years = {year for year, _ in sums}
        keys = sorted({*sums, *(key for key in table if min(years, default=0) <= key[0] <= max(years, default=0))})
        rows = [_row(key, sums.get(key, Counter()), table.get(key)) for key in keys]
        notes = [note for note in told.notes if "absence" not in note]
        if found is None:
            notes.append(f"the publisher's own totals are not loaded: 'garant load {TABLE} FILE'")
        else:
            differ = sum(bool(row["difference"]) for row in rows)
            notes.append(f"{differ} of {len(rows)} totals differ from {found.origin.title} {found.origin.version}")
        return Result("Totals by year and kind of violence", _COLUMNS, rows, notes)


def _row(key: tuple[int, str], sums: Counter[str], table: dict[str, int] | None) -> Row:
    row: Row = {"year": key[0], "violence": key[1], **{k: sums[k] for k in ("events", *_COUNTS)}}
    row |= {f"table_{k}": table[k] if table else None for k in _COUNTS}
    return row | {"difference": sums["best"] - table["best"] if table else None}


def _read(snapshot: Any) -> dict[tuple[int, str], dict[str, int]]:
    """The table's counts by year and kind of violence; years of which it counts no death are in it."""
    import pandas as pd

    frame = pd.read_parquet(snapshot)
    found = {}
    for row in frame.to_dict("records"):
        for kind, column_of in _KINDS.items():
            counts = {key: int(row[f"{column_of}_{key}_cy"]) for key in _COUNTS}
            if any(counts.values()):
                found[int(row["year_cy"]), kind] = counts
    return found
