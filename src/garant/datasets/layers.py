"""Layers: boundaries and population of a user become GeoParquet in WGS 84, their geometries checked."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garant.datasets.claimset import whole
from garant.datasets.events import Loaded, Unusable
from garant.datasets.registry import fold_column
from garant.datasets.rejects import Rejects
from garant.errors import InputError

if TYPE_CHECKING:
    import geopandas

_AREAS = ("Polygon", "MultiPolygon")
_POINTS = ("Point", "MultiPoint")
_WGS84 = "EPSG:4326"


def load_boundaries(path: Path, codes: Mapping[str, Any], options: Mapping[str, str], work: Path) -> Loaded:
    """Areas with `row`, `name`, `code`, `level` and their geometry.

    `options` may name the columns (`name_column`, `code_column`) and give the `level` (0 the country, 1 the largest
    divisions, …). An invalid polygon is made valid and counted. Raises InputError where no name column is found.
    """
    frame = _opened(path)
    rejects, notes = Rejects(), list[str]()
    name = _column(frame, options.get("name_column"), codes["names"], path, "names", "--name-column")
    code = _column(frame, options.get("code_column"), codes["codes"], path, "codes", None)
    frame = _shaped(frame, _AREAS, rejects, notes)
    level = options.get("level") or _level_in(fold_column(name))
    kept = frame[["row", "geometry"]].copy()
    kept["name"] = frame[name].astype("string").str.strip()
    kept["code"] = frame[code].astype("string").str.strip() if code else None
    kept["level"] = int(level) if level and level.isdigit() else None
    for number in kept.loc[kept["name"].isna() | (kept["name"] == ""), "row"]:
        rejects.add(int(number), "no name", name)
    notes.append(f"names are taken from “{name}”, codes from {f'“{code}”' if code else 'no column'}")
    if not level:
        notes.append("the level of the areas is not known; say it with --level")
    return _landed(kept, rejects, notes, work, path)


def load_population(path: Path, codes: Mapping[str, Any], options: Mapping[str, str], work: Path) -> Loaded:
    """Points or areas with `row`, `people` (a number of people) and their geometry; `count_column` names the count."""
    frame = _opened(path)
    rejects, notes = Rejects(), list[str]()
    column = _column(frame, options.get("count_column"), codes["counts"], path, "numbers of people", "--count-column")
    frame = _shaped(frame, (*_AREAS, *_POINTS), rejects, notes)
    kept = frame[["row", "geometry"]].copy()
    people = [whole(str(value)) for value in frame[column]]
    kept["people"] = people
    for number, count, printed in zip(kept["row"], people, frame[column], strict=True):
        if count is None or count < 0:
            why = "no number of people" if count is None else "negative number of people"
            rejects.add(int(number), why, str(printed))
    notes.append(f"numbers of people are taken from “{column}”")
    return _landed(kept, rejects, notes, work, path)


def _opened(path: Path) -> geopandas.GeoDataFrame:
    import geopandas
    import pyogrio

    try:
        source = f"/vsizip/{path.absolute()}" if zipfile.is_zipfile(path) else path
        layers = pyogrio.list_layers(source)
        with_shapes = [name for name, kind in layers if kind is not None]
        if len(with_shapes) != 1:
            held = ", ".join(with_shapes) or "no layer with geometries"
            raise InputError(f"holds {held}", where=str(path), mend="give a file with one layer")
        frame = geopandas.read_file(source, layer=with_shapes[0])
    except (ValueError, RuntimeError, OSError, pyogrio.errors.DataSourceError) as error:
        raise_as = InputError(
            f"is no layer that can be read ({error})",
            where=str(path),
            mend="give GeoJSON, GeoPackage or a zipped shapefile",
        )
        raise error if isinstance(error, InputError) else raise_as from None
    if not len(frame):
        raise InputError("holds no rows", where=str(path), mend="download it again")
    if frame.crs is None:
        raise InputError(
            "does not say its coordinate system", where=str(path), mend="save it with one, such as EPSG:4326"
        )
    frame = frame.to_crs(_WGS84)
    frame["row"] = range(1, len(frame) + 1)
    return frame


def _column(
    frame: geopandas.GeoDataFrame, wanted: str | None, usual: Sequence[str], path: Path, what: str, option: str | None
) -> Any:
    """The column the user names, else the first usual one there is; None if none fits and no `option` could name it."""
    there = {fold_column(str(c)): c for c in frame.columns if c not in ("geometry", "row")}
    if wanted is not None:
        if fold_column(wanted) not in there:
            raise InputError(
                f"has no column “{wanted}”", where=str(path), mend=f"it has {', '.join(map(str, there.values()))}"
            )
        return there[fold_column(wanted)]
    found = next((there[name] for name in usual if name in there), None)
    if found is None and option is not None:
        held = ", ".join(map(str, there.values())) or "no columns"
        raise InputError(
            f"does not say which column holds {what} ({held})", where=str(path), mend=f"name it with {option}"
        )
    return found


def _shaped(
    frame: geopandas.GeoDataFrame, kinds: Sequence[str], rejects: Rejects, notes: list[str]
) -> geopandas.GeoDataFrame:
    """Rows without a geometry of these kinds are rejected; invalid polygons are made valid."""
    empty = frame.geometry.isna() | frame.geometry.is_empty
    for number in frame.loc[empty, "row"]:
        rejects.add(int(number), "no geometry")
    wrong = ~empty & ~frame.geometry.geom_type.isin(kinds)
    for number, kind in zip(frame.loc[wrong, "row"], frame.loc[wrong].geometry.geom_type, strict=True):
        rejects.add(int(number), "other kind of geometry", str(kind))
    frame = frame[~empty & ~wrong].copy()
    invalid = ~frame.geometry.is_valid
    if invalid.any():
        rows = ", ".join(map(str, frame.loc[invalid, "row"].head(5)))
        frame.loc[invalid, "geometry"] = frame.loc[invalid].geometry.make_valid()
        notes.append(f"{int(invalid.sum())} invalid geometries were made valid (rows {rows})")
    return frame


def _landed(kept: geopandas.GeoDataFrame, rejects: Rejects, notes: list[str], work: Path, path: Path) -> Loaded:
    used = kept[~kept["row"].isin(list(rejects.listed))]
    rows = len(used) + len(rejects)
    if not len(used):
        reason, count = next(iter(rejects.by_reason().items()))
        raise Unusable(f"no row can be used ({count} of {rows}: {reason})", rejects, str(path))
    target = work / "layer.parquet"
    used.to_parquet(target, index=False)
    return Loaded(target, rows, len(used), 0, rejects, notes)


def _level_in(column: str) -> str | None:
    """The level that a column's name tells: "admin1name" is of level 1."""
    return next((c for c in column if c.isdigit()), None) if column.startswith(("adm", "name_")) else None
