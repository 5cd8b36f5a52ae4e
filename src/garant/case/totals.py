"""totals: yearly totals of recorded violence, beside those that the dataset's publisher counts by country and year."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from garant.case.exposure import ExposureVerbs
from garant.case.recorded import EVENTS, covered
from garant.case.result import Column, Result, Row, column
from garant.claims import InputError, Period
from garant.claims.rules import unknown
from garant.ledger import Clocks

_Sums = dict[tuple[int, str], Counter[str]]

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
        null where it is not loaded, `difference` is of the best counts. Whole years only. As a rule the two are of
        different versions: events are revised and re-dated, and the table counts a state's own territory. Raises
        InputError where no events are at hand.
        """
        clocks = Clocks.read(known_on=known_on)
        sums, span, notes = self._sums(dataset, clocks)
        first = (Period.parse(from_).first_day if from_ else None) or span[0]
        last = (Period.parse(to).last_day if to else None) or span[1]
        years = range(max(first.year, span[0].year), min(last.year, span[1].year) + 1)
        found = self._newest(TABLE, clocks) if self.settings.country else None
        table = {} if found is None else _read(found.path)
        kinds = sorted({kind for _, kind in sums})
        rows = [
            _row((year, kind), sums.get((year, kind), Counter()), table.get((year, kind)), known=bool(table))
            for year in years
            for kind in kinds
            if (year, kind) in sums or any(table.get((year, kind), {}).values())
        ]
        if found is None:
            notes.append(f"the publisher's own totals are not loaded: 'garant load {TABLE} FILE'")
        else:
            differ = sum(any(row[k] != row[f"table_{k}"] for k in _COUNTS) for row in rows)
            notes.append(f"{differ} of {len(rows)} totals differ from {found.origin.title} {found.origin.version}")
        return Result("Totals by year and kind of violence", _COLUMNS, rows, notes)

    def _sums(self, dataset: str | None, clocks: Clocks) -> tuple[_Sums, tuple[date, date], list[str]]:
        """Plain sums by year and kind of violence, from the newest events, else from the figures of the case."""
        if dataset is not None and dataset not in EVENTS:
            raise InputError(unknown("dataset of events", dataset, EVENTS))
        sums: _Sums = {}
        for name in EVENTS if dataset is None else (dataset,):
            found = self._newest(name, clocks)
            if found is not None:
                import pandas as pd

                here = [("in_case", "==", True)]
                frame = pd.read_parquet(found.path, columns=["day", "violence", *_COUNTS], filters=here)
                years = pd.to_datetime(frame["day"]).dt.year
                for year, kind in {*zip(years, frame["violence"], strict=True)}:
                    part = frame[(years == year) & (frame["violence"] == kind)]
                    counts = {key: int(part[key].sum()) for key in _COUNTS}
                    sums[int(year), str(kind)] = Counter({"events": len(part), **counts})
                span = covered(found)
                notes = [f"{found.origin.title} {found.origin.version}; it covers {span[0]} to {span[1]}"]
                return sums, span, notes + self._other_versions(found, clocks)
        evidence = self._from_figures(dataset, clocks)
        assert evidence.figures is not None  # noqa: S101  # it comes from figures
        for row in evidence.figures.rows("area"):
            key = int(row["from"][:4]), row["violence"]
            sums.setdefault(key, Counter()).update({k: row[k] for k in ("events", *_COUNTS)})
        counted = {key: count for key, count in sums.items() if count["events"]}
        return counted, evidence.span, list(evidence.notes)


def _row(key: tuple[int, str], sums: Counter[str], table: dict[str, int] | None, *, known: bool) -> Row:
    """One total; where the table is loaded, what it does not count is 0."""
    told = table or dict.fromkeys(_COUNTS, 0)
    row: Row = {"year": key[0], "violence": key[1], **{k: sums[k] for k in ("events", *_COUNTS)}}
    row |= {f"table_{k}": told[k] if known else None for k in _COUNTS}
    return row | {"difference": sums["best"] - told["best"] if known else None}


def _read(snapshot: Path) -> dict[tuple[int, str], dict[str, int]]:
    """The table's counts of the case's country by year and kind of violence."""
    import pandas as pd

    return {
        (int(row["year_cy"]), kind): {key: int(row[f"{column_of}_{key}_cy"]) for key in _COUNTS}
        for row in pd.read_parquet(snapshot).to_dict("records")
        for kind, column_of in _KINDS.items()
    }
