"""What `exposure` returns: rows with outlines, as table, frame and map files."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garant.case.result import Column, Result, Row, column
from garant.claims import InputError

if TYPE_CHECKING:
    import geopandas as gpd

#: What a file with cells, sites or recent days carries.
WATERMARK = "For local use only: finer than a prefecture or more recent than six months. Do not pass on."
_TEN = 10
#: Deaths below which the table leaves a line out (JSON has it): traces of the kernel.
TRACE = 0.05


def period_of(row: Row) -> str:
    """A period as short as it can be said: a year, a month, or its two days."""
    first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    return f"{first.isoformat()} to {last.isoformat()}"


def _deaths(row: Row) -> str:
    return f"{row['best']} ({row['low']}-{row['high']})" if row["events"] else "-"


def _fewer(row: Row) -> str:
    """How many are called the worst where these are not ten."""
    return "" if row["worst"] == _TEN else f" of {row['worst']}"


def _number(key: str, digits: int = 1) -> Column:
    return Column(key.replace("_", " "), lambda row: "" if row[key] is None else f"{row[key]:.{digits}f}", wrap=False)


ROWS = (
    column("where", "name"),
    Column("period", period_of, wrap=False),
    column("perpetrator", "perpetrator"),
    Column("violence", lambda row: row["violence"].replace("_", " "), spare=True),
    column("events", "events", wrap=False),
    Column("deaths: best (low-high)", _deaths, wrap=False),
    Column("of them coarse", lambda row: row["coarse_best"] or "", wrap=False),
    _number("expected"),
    _number("intensity"),
)
RANKING = (
    column("rank", "rank", wrap=False),
    Column("where", lambda row: row["name"], share=3),
    Column("period", period_of, wrap=False),
    column("events", "events", wrap=False),
    Column("deaths: best (low-high)", _deaths, wrap=False),
    _number("expected"),
    Column("of them coarse", lambda row: row["coarse_best"] or "", wrap=False),
    Column("worst ten", lambda row: f"{row['p_worst']:.0%}" + _fewer(row), wrap=False),
    Column("place, day", lambda row: f"{row['p_worst_place']:.0%}", wrap=False),
    Column("low, high", lambda row: f"{row['rank_low']}, {row['rank_high']}", wrap=False),
    Column("turns at", lambda row: f"× {row['unreported']:.1f}" if row["unreported"] else "", wrap=False),
    Column("turns without", lambda row: ", ".join(row["without"]), share=3),
)


#: What stands beside where a population layer is loaded.
BY_PEOPLE = Column("by people", lambda row: f"{row['expected_by_population']:.1f}", wrap=False)
BY_PEOPLE_RANK = Column(
    "by people (rank)", lambda row: f"{row['expected_by_population']:.1f} ({row['rank_by_population']})", wrap=False
)


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
