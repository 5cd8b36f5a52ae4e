"""What the map of exposure shows: areas with a grey, sites with a mark for each regime, a scale bar."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from math import cos, radians
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garant.brief.drawn import kept
from garant.claims.definitions import read_yaml
from garant.version import __version__

if TYPE_CHECKING:
    from garant.geo import Areas


@dataclass(frozen=True, slots=True)
class Sited:
    """A site on the map: where, whose (regimes), and since when told."""

    name: str
    longitude: float
    latitude: float
    regimes: tuple[str, ...]


@dataclass(frozen=True)
class Map:
    """Areas, deaths by the code of each, spread over where events may have happened (absent: none), sites, and the line
    beneath with source and end."""

    areas: Areas
    deaths: Mapping[str, float]
    sites: Sequence[Sited]
    source: str


#: Changes with how a map is drawn, so that none drawn before is taken for it.
_DRAWN = "map 2"


@cache
def style() -> dict[str, Any]:
    """map.yaml."""
    loaded: dict[str, Any] = read_yaml(resources.files(__package__).joinpath("map.yaml").read_text(encoding="utf-8"))
    return loaded


def class_of(deaths: float) -> int:
    """Position of the grey that a number of deaths has."""
    return max(at for at, step in enumerate(style()["classes"]) if deaths >= step["least"])


def svg_of(shown: Map, keep: Path | None) -> str:
    """SVG text of the map; greys and shapes only."""
    values = {"areas": _areas(shown), "sites": _sites(shown), "bar": bar(shown.areas), "source": shown.source}

    def draw() -> str:
        from garant.brief.mapsvg import draw_svg  # Altair is slow to import, and only a new map needs it

        return draw_svg(values, style())

    return kept([values, style(), _DRAWN, __version__], keep, draw)


def flat(areas: Areas) -> float:
    """The factor by which longitudes are shortened so that the country has its shape: cosine of its middle latitude."""
    _, south, _, north = areas.outline.bounds
    return cos(radians((south + north) / 2))


def bar(areas: Areas) -> dict[str, float]:
    """The scale bar: its length in km and in degrees of longitude, flattened as the map is."""
    from garant.geo import distance_km

    west, south, east, north = areas.whole.bounds
    middle = (south + north) / 2
    wide = float(distance_km(west, middle, east, middle))
    km = max([length for length in style()["bar"] if length <= wide * style()["bar_share"]], default=style()["bar"][0])
    degrees = km / float(distance_km(west, middle, west + 1, middle))
    return {"km": km, "degrees": degrees * flat(areas), "west": west * flat(areas), "south": south}


def _areas(shown: Map) -> list[dict[str, Any]]:
    import shapely  # only a brief with a map needs it

    from garant.geo import unrolled

    narrow = flat(shown.areas)
    made = []
    for area in shown.areas.areas:
        outline = shapely.transform(unrolled(area.outline, shown.areas.west), lambda xy: (xy * [narrow, 1.0]).round(3))
        label = shapely.point_on_surface(outline)
        made.append(
            {
                "geometry": json.loads(shapely.to_geojson(outline)),
                "name": area.name,
                "class": class_of(shown.deaths.get(area.code, 0.0)),
                "x": round(label.x, 3),
                "y": round(label.y, 3),
            }
        )
    return made


def _sites(shown: Map) -> list[dict[str, Any]]:
    from garant.geo import beside

    narrow, (west, _, east, _) = flat(shown.areas), shown.areas.whole.bounds
    across = [float(beside(site.longitude, (west + east) / 2)) * narrow for site in shown.sites]
    return [
        {**asdict(site), "regime": regime, "x": round(x, 3), "y": site.latitude, "beside": at}
        for site, x in zip(shown.sites, across, strict=True)
        for at, regime in enumerate(site.regimes)
    ]
