"""Areas with names, codes and outlines: which one a point lies in, which one a name means."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import shapely
import shapely.ops
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

from garant.claims.definitions import read_yaml
from garant.errors import InputError
from garant.geo.distance import distance_km
from garant.geo.meridian import unrolled, western_edge, wrapped
from garant.names.entity import fold

_WORDS: dict[str, list[str]] = read_yaml(
    resources.files(__package__).joinpath("areas.yaml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Area:
    """One area: its code and name, and its outline (degrees, WGS 84)."""

    code: str
    name: str
    outline: BaseGeometry


class Areas:
    """The areas of one level that cover a country. `cite` says where the outlines stand.

    Outlines on both sides of the 180th meridian are cut there, whatever form they come in (see meridian).
    """

    def __init__(self, areas: Sequence[Area], *, title: str = "", cite: str = "") -> None:
        if not areas:
            raise InputError("there is no area in these boundaries")
        self.areas = tuple(replace(area, outline=wrapped(area.outline)) for area in areas)
        self.title, self.cite = title, cite

    def __len__(self) -> int:
        return len(self.areas)

    @cached_property
    def outline(self) -> BaseGeometry:
        """The whole country."""
        merged: BaseGeometry = shapely.union_all([shapely.make_valid(a.outline) for a in self.areas])
        shapely.prepare(merged)
        return merged

    @cached_property
    def west(self) -> float:
        """The longitude at which the country begins, seen from the west; -180 but for one astride the meridian."""
        return western_edge(self.outline)

    @cached_property
    def whole(self) -> BaseGeometry:
        """The whole country in one piece: longitudes run on from `west`, beyond 180 for one astride the meridian."""
        whole = unrolled(self.outline, self.west)
        shapely.prepare(whole)
        return whole

    def locate(self, longitude: ArrayLike, latitude: ArrayLike) -> NDArray[np.int64]:
        """Position of the area in which each point lies; -1 for none. A point on an edge belongs to the first."""
        x, y = np.atleast_1d(np.asarray(longitude, float)), np.atleast_1d(np.asarray(latitude, float))
        found = np.full(x.shape, -1, dtype=np.int64)
        points, hits = shapely.STRtree([a.outline for a in self.areas]).query(shapely.points(x, y), "intersects")[:2]
        order = np.lexsort((hits, points))[::-1]
        found[points[order]] = hits[order]
        return found

    def nearest(self, longitude: float, latitude: float, km: float) -> int:
        """Position of the area nearest to a point and within some km of it (geodesic); -1 for none."""
        outlines = [a.outline for a in self.areas]
        # The plane does not know that 180° is -180°: the point stands in it three times.
        points = shapely.points([longitude - 360, longitude, longitude + 360], latitude)
        apart = shapely.distance(np.array(outlines)[:, None], points)
        best, turn = np.unravel_index(int(np.argmin(apart)), apart.shape)
        point = points[turn]
        there = shapely.ops.nearest_points(outlines[best], point)[0]
        return int(best) if distance_km(longitude, latitude, there.x, there.y) <= km else -1

    def named(self, name: str) -> int:
        """Position of the area that a printed name means ("Ouaka province"); -1 for none."""
        return self._by_name.get(plain(name), -1)

    @cached_property
    def _by_name(self) -> dict[str, int]:
        return {plain(area.name): at for at, area in reversed(list(enumerate(self.areas)))}


def plain(name: str) -> str:
    """A name without accents, case, and the words that only say what level it is."""
    generic = _WORDS["generic"]
    return " ".join(word for word in fold(name).replace("-", " ").split() if word not in generic)


def read_areas(file: Path, *, code: str | None = None, name: str | None = None) -> Areas:
    """Areas of a GeoJSON file; the columns with code and name are found by areas.yaml where they are not given.

    Raises InputError where it is no GeoJSON of polygons, or a column is missing.
    """
    where = str(file)
    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=where) from None
    except ValueError:
        raise InputError("is no GeoJSON", where=where, mend="give a FeatureCollection of polygons") from None
    features = raw.get("features") if isinstance(raw, dict) else None
    if not features:
        raise InputError("holds no features", where=where, mend="give a FeatureCollection of polygons")
    columns = list(features[0].get("properties") or {})
    code_column = code or _column(columns, "code") or _column(columns, "name")
    name_column = name or _column(columns, "name") or code_column
    if code_column is None or name_column is None or not {code_column, name_column} <= set(columns):
        raise InputError(f"no column of names among {', '.join(columns) or 'none'}", where=where, mend="name it")
    return Areas(
        [_area(feature, code_column, name_column, where) for feature in features],
        title=str(raw.get("title", file.stem)),
        cite=str(raw.get("cite", "")),
    )


def _area(feature: dict[str, Any], code: str, name: str, where: str) -> Area:
    try:
        outline = shapely.geometry.shape(feature["geometry"])
    except (AttributeError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError):
        raise InputError("a feature has no geometry", where=where) from None
    if outline.geom_type not in ("Polygon", "MultiPolygon"):
        raise InputError(f"a feature is a {outline.geom_type}", where=where, mend="give polygons")
    properties = feature.get("properties") or {}
    return Area(str(properties[code]), str(properties[name]), outline)


def _column(columns: Sequence[str], what: str) -> str | None:
    """The column that holds codes or names: the first pattern of areas.yaml that fits one, the deepest level first."""
    import re

    for pattern in _WORDS[what]:
        fitting = [c for c in columns if re.fullmatch(pattern, c, re.IGNORECASE)]
        if fitting:
            return sorted(fitting)[-1]
    return None
