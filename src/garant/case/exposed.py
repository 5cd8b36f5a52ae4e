"""What `exposure` returns: rows with outlines, as table, frame and map files."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garant.case.result import Column, Result, Row, column
from garant.claims import InputError
from garant.exposure.settings import BY_POPULATION

if TYPE_CHECKING:
    import geopandas as gpd

#: What a file with cells, sites or recent days carries.
WATERMARK = "For local use only: finer than a prefecture or more recent than six months. Do not pass on."
#: Reversals that are told in words; of more only the number.
_REVERSALS = 6
#: Deaths below which the table leaves a line out (JSON has it): traces of the kernel.
TRACE = 0.5


def period_of(row: Row) -> str:
    """A period as short as it can be said: a year or years, a month, or its two days."""
    first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and first.replace(day=last.day) == last:
        return first.isoformat()[:7]
    return f"{first.isoformat()} to {last.isoformat()}"


def _deaths(row: Row) -> str:
    return f"{row['best']} ({row['low']}-{row['high']})" if row["events"] else "-"


def _number(heading: str, key: str, show: str = "{:.1f}", *, spare: bool = False) -> Column:
    """A modelled column."""
    return Column(heading, lambda row: "" if row[key] is None else show.format(row[key]), wrap=False, spare=spare)


def rows_columns(rows: Sequence[Row], *, by_people: bool) -> list[Column]:
    """Columns of the table of exposure; with `by_people` also those with events spread by where people live."""
    head = [_WHERE, *_period_column(rows), column("perpetrator", "perpetrator")]
    expected, intensity = _number("expected", "expected"), _number("intensity", "intensity", spare=True)
    if not by_people:
        return [*head, _VIOLENCE, _EVENTS, _DEATHS, _COARSE, expected, intensity]
    fitting = [_number("by people", f"{key}{BY_POPULATION}", spare=True) for key in ("expected", "intensity")]
    return [*head, _EVENTS, _DEATHS, expected, fitting[0], intensity, fitting[1]]


def ranking_columns(rows: Sequence[Row], *, by_people: bool) -> list[Column]:
    """Columns of the table of a ranking, as many as fit 120 characters; with `by_people` as for rows."""
    worst = _number(f"worst {rows[0]['worst'] if rows else 10}", "p_worst", "{:.0%}")
    head = [column("rank", "rank", wrap=False), _WHERE, *_period_column(rows), _EVENTS, _DEATHS, _COARSE]
    expected = _number("expected", "expected")
    if by_people:
        fitting = _number("by people", f"expected{BY_POPULATION}", spare=True)
        chance = _number("by people", f"p_worst{BY_POPULATION}", "{:.0%}", spare=True)
        return [*head, expected, fitting, worst, chance, _LOW_HIGH]
    doubt = [
        (_number("place, day", "p_worst_place", "{:.0%}", spare=True), "p_worst_place"),
        (_LOW_HIGH, "rank_low"),
        (_number("turns at", "unreported", "× {:.1f}", spare=True), "unreported"),
    ]
    return [*head, expected, worst, *(col for col, key in doubt if any(row[key] is not None for row in rows))]


def _period_column(rows: Sequence[Row]) -> list[Column]:
    """The period, where there are several; a single one stands in the title."""
    return [Column("period", period_of, wrap=False)] if len({(row["from"], row["to"]) for row in rows}) > 1 else []


_WHERE = column("where", "name", wrap=False)
_VIOLENCE = Column("violence", lambda row: row["violence"].replace("_", " "), spare=True)
_EVENTS = column("events", "events", wrap=False)
_DEATHS = Column("best (low-high)", _deaths, wrap=False)
_COARSE = Column("coarse", lambda row: row["coarse_best"] or "", wrap=False, spare=True)
_LOW_HIGH = Column("low, high", lambda row: f"{row['rank_low']}, {row['rank_high']}", wrap=False, spare=True)


def reversals(rows: Sequence[Row]) -> list[str]:
    """What a ranking loses without a large outlet, in words: by period and outlet who leaves the worst, who enters."""
    turned: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        for ending in ("", BY_POPULATION):
            for outlet in row.get(f"without{ending}") or ():
                turned.setdefault((period_of(row), outlet, ending), []).append(row)
    if len(turned) > _REVERSALS:
        return [f"without one large outlet or another the worst change in {len(turned)} ways: see `without` in --json"]
    told = []
    for (period, outlet, ending), units in turned.items():
        leave = [row["name"] for row in units if row[f"rank{ending}"] <= row["worst"]]
        enter = [row["name"] for row in units if row[f"rank{ending}"] > row["worst"]]
        sides = ("out of", leave), ("into", enter)
        words = "; ".join(
            f"{side} the worst {units[0]['worst']} {' and '.join(names)}" for side, names in sides if names
        )
        how = ", spread by people" if ending else ""
        told.append(f"{period}{how}, without what {outlet} alone tells: {words}")
    return told


@dataclass(frozen=True, slots=True)
class Exposure(Result):
    """Rows with outlines. `watermark` is set where they are not to be passed on; `cite` is the data's citation."""

    outlines: Mapping[str, Any] = field(default_factory=dict)
    watermark: str = ""
    cite: str = ""
    data_end: str = ""

    def to_geopandas(self) -> gpd.GeoDataFrame:
        """One line a row with the outline of its unit (WGS 84)."""
        import geopandas as gpd

        frame = self.to_pandas()
        outlines = [self.outlines.get(unit) for unit in frame["unit"]] if len(frame) else []
        return gpd.GeoDataFrame(frame, geometry=outlines, crs="EPSG:4326")


def geojson_of(made: Exposure) -> bytes:
    """A FeatureCollection of the rows, with citation, end of the data, notes and watermark at its head."""
    features = [
        {"type": "Feature", "properties": row, "geometry": _geometry(made.outlines.get(row["unit"]))}
        for row in made.rows
    ]
    head = {"type": "FeatureCollection", "title": made.title, "cite": made.cite, "data_end": made.data_end}
    if made.watermark:
        head["watermark"] = made.watermark
    return json.dumps(head | {"notes": made.notes, "features": features}, ensure_ascii=False).encode()


def _geometry(outline: Any) -> Any:
    """GeoJSON of an outline; null for what has none, such as events outside every area."""
    import shapely

    return None if outline is None else json.loads(shapely.to_geojson(outline))


def geoparquet_of(made: Exposure) -> bytes:
    """GeoParquet of the rows; each carries the citation, the end of the data and the watermark."""
    import io

    frame = made.to_geopandas()
    for name, value in (("cite", made.cite), ("data_end", made.data_end), ("watermark", made.watermark)):
        frame[name] = value
    into = io.BytesIO()
    frame.to_parquet(into)
    return into.getvalue()


def write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise InputError(f"cannot be written ({error.strerror})", where=str(file), mend="name another") from None
