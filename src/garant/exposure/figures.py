"""Exposure figures that a case carries without the events: yearly, by cell and area, with simulated surfaces.

Three gzipped CSV files and a TOML with their origin, written by `write_figures` from a record of events:
`exposure.csv.gz` holds the rows of `measure` by year, `ranking.csv.gz` those of `worst`, and `surfaces.csv.gz` one line
for each unit, year, kind of violence and kind of perpetrator (and for all together) with the deaths of each
posterior-predictive surface.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from garant.errors import InputError
from garant.exposure.events import years
from garant.exposure.kernel import Bandwidth
from garant.exposure.measure import Record, Span, measure
from garant.exposure.ranking import worst
from garant.exposure.settings import settings
from garant.exposure.surfaces import ALL, Surfaces, by_class
from garant.exposure.units import Units

FOLDER = "figures"
_ORIGIN, _ROWS, _RANKING, _SURFACES = "exposure.toml", "exposure.csv.gz", "ranking.csv.gz", "surfaces.csv.gz"
#: Changes with the columns of these files and the keys of their origin.
LAYOUT = "2"
#: Keys of the origin that are read.
_KEYS = {"first_day", "last_day", "space_km", "time_days", "bandwidth_events", "bandwidth_ends", "surfaces"}
_MEND = f"replace the folder by that of a new copy ('garant init DIR --from caf' makes DIR/{FOLDER})"
#: Simulated surfaces kept for each year.
SURFACES = 200
_INTEGERS = ("events", "low", "best", "high", "coarse_events", "coarse_best", "rank", "rank_low", "rank_high", "worst")
_DECIMALS = {
    "expected": 12, "expected_low": 9, "expected_high": 9, "intensity": 6, "p_worst": 3, "p_worst_place": 3,
    "unreported": 3,
}  # fmt: skip
_LISTS = ("ids", "without")


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of a case: where they come from, and the years they cover."""

    folder: Path
    origin: Mapping[str, Any]

    @property
    def span(self) -> tuple[date, date]:
        """First and last day of the data."""
        return date.fromisoformat(self.origin["first_day"]), date.fromisoformat(self.origin["last_day"])

    @property
    def bandwidth(self) -> Bandwidth:
        """The kernel under which their intensity was computed."""
        told = self.origin
        ends = tuple(told["bandwidth_ends"].split())
        return Bandwidth(float(told["space_km"]), float(told["time_days"]), int(told["bandwidth_events"]), ends)

    def rows(self, by: str, *, ranking: bool = False) -> list[dict[str, Any]]:
        """Rows of all years by cell or area."""
        found = [row for row in _read(self.folder / (_RANKING if ranking else _ROWS)) if row.pop("by") == by]
        return [row for row in found if row["from"][:4] == row["to"][:4]]

    def whole(self, by: str) -> list[dict[str, Any]]:
        """The ranking of all years together, as the events gave it."""
        found = [row for row in _read(self.folder / _RANKING) if row.pop("by") == by]
        return [row for row in found if (row["from"], row["to"]) == tuple(day.isoformat() for day in self.span)]

    def surfaces(
        self, by: str, years: Iterable[int], *, violence: str | None = None, perpetrator_kind: str | None = None
    ) -> Surfaces:
        """Simulated deaths of a span of years by cell or area: draws × units, 200 draws.

        Without `violence` and `perpetrator_kind` they are drawn for all together, as `ranking.worst` draws them; with
        either, they are the sum over the kinds that fit, each drawn apart. Draws of different years are independent
        given the data and are added one by one (see garant.exposure.surfaces).
        """
        told, wanted = {str(year) for year in years}, (violence, perpetrator_kind)
        classes = (ALL, ALL) if wanted == (None, None) else wanted
        drawn: dict[str, NDArray[np.int64]] = {}
        for row in _read(self.folder / _SURFACES):
            kinds = row["violence"], row["perpetrator_kind"]
            fits = all(w in (None, k) and (w is not None or k != ALL) for w, k in zip(classes, kinds, strict=True))
            if fits and row["by"] == by and row["year"] in told:
                deaths = np.fromstring(row["deaths"], dtype=np.int64, sep=" ")
                drawn[row["unit"]] = drawn.get(row["unit"], 0) + deaths
        number = int(self.origin["surfaces"])
        columns = [drawn[unit] for unit in sorted(drawn)]
        return Surfaces(tuple(sorted(drawn)), np.array(columns, dtype=np.int64).reshape(len(columns), number).T)


def figures_of(case: Path) -> Figures | None:
    """The figures a case carries; None if it has none. Raises InputError where they are damaged."""
    folder = case / FOLDER
    try:
        origin = tomllib.loads((folder / _ORIGIN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read ({error})", where=str(folder / _ORIGIN)) from None
    if origin.get("layout") != LAYOUT or not origin.keys() >= _KEYS:
        raise InputError("holds figures in the layout of another version of Garant", where=str(folder), mend=_MEND)
    return Figures(folder, origin)


def write_figures(folder: Path, record: Record, units: Sequence[Units], origin: Mapping[str, str]) -> Figures:
    """Compute and write the figures of every year the record covers, and the ranking of all years together."""
    folder.mkdir(parents=True, exist_ok=True)
    spans = years(*record.span)
    rows = [{"by": u.kind} | row for u in units for row in measure(record, u, spans)]
    ranked = [*spans, record.span] if len(spans) > 1 else spans
    ranking = [{"by": u.kind} | row for u in units for span in ranked for row in worst(record, u, span)]
    _write(folder / _ROWS, rows)
    _write(folder / _RANKING, ranking)
    _write(folder / _SURFACES, (line for u in units for span in spans for line in _surfaces(record, u, span)))
    told = {
        **origin,
        "layout": LAYOUT,
        "first_day": record.span[0].isoformat(),
        "last_day": record.span[1].isoformat(),
        "space_km": f"{record.bandwidth.space_km:g}",
        "time_days": f"{record.bandwidth.time_days:g}",
        "bandwidth_events": str(record.bandwidth.events),
        "bandwidth_ends": " ".join(record.bandwidth.ends),
        "surfaces": str(SURFACES),
        "seed": str(settings()["simulation"]["seed"]),
    }
    text = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items())
    (folder / _ORIGIN).write_text(text, encoding="utf-8")
    return Figures(folder, told)


def _surfaces(record: Record, units: Units, year: Span) -> Iterable[dict[str, Any]]:
    for violence, kind, drawn in by_class(record, units, year, SURFACES):
        for at in np.flatnonzero(drawn.deaths.any(axis=0)):
            yield {
                "by": units.kind,
                "unit": drawn.units[at],
                "year": year[0].year,
                "violence": violence,
                "perpetrator_kind": kind,
                "deaths": " ".join(map(str, drawn.deaths[:, at])),
            }


def _write(file: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    text = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(text, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({key: _printed(key, value) for key, value in row.items()})
    # mtime=0: the same figures are the same bytes.
    file.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))


def _printed(key: str, value: Any) -> Any:
    if value is None:
        return ""
    if key in _LISTS:
        return "|".join(value)
    return f"{value:.{_DECIMALS[key]}f}".rstrip("0").rstrip(".") if key in _DECIMALS else value


def _read(file: Path) -> list[dict[str, Any]]:
    try:
        text = gzip.decompress(file.read_bytes()).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read ({error})", where=str(file)) from None
    try:
        rows = [{key: _value(key, cell) for key, cell in row.items()} for row in csv.DictReader(io.StringIO(text))]
    except (TypeError, ValueError):
        rows = []
    if not rows or not {"by", "unit"} <= rows[0].keys():
        raise InputError("is damaged", where=str(file), mend=_MEND)
    return rows


def _value(key: str, cell: str) -> Any:
    if key in _LISTS:
        return cell.split("|") if cell else []
    if key in _INTEGERS:
        return int(cell)
    if key in _DECIMALS:
        return float(cell) if cell else None
    return cell
