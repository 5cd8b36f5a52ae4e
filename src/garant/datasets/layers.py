"""Layers: boundaries and population of a user become GeoParquet in WGS 84, their geometries checked."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from garant.datasets.areacodes import checked, code_column, distinct, level_in, of_another_level
from garant.datasets.claimset import whole
from garant.datasets.events import Loaded, Unusable
from garant.datasets.registry import fold_column
from garant.datasets.rejects import Rejects
from garant.datasets.shapes import AREAS, POINTS, shaped
from garant.errors import InputError

if TYPE_CHECKING:
    import geopandas

_WGS84 = "EPSG:4326"


def load_boundaries(path: Path, codes: Mapping[str, Any], options: Mapping[str, str], work: Path) -> Loaded:
    """Areas with `row`, `name`, `code`, `level` and their geometry; no two have the same code.

    `options` may name the columns (`name_column`, `code_column`) and give the `level` (0 the country, 1 the largest
    divisions, 2, 3). An invalid polygon is made valid and counted. Raises InputError where no name column is found, or
    where neither the user nor the names of the columns tell the level.
    """
    told = checked(options.get("level"))
    frame = _opened(path)
    rejects, notes = Rejects(), list[str]()
    name = _column(frame, options.get("name_column"), codes["names"], path, "names", "--name-column")
    wanted = options.get("code_column")
    columns = [str(c) for c in frame.columns if c not in ("geometry", "row")]
    tellers = [_printed_level(frame, codes), str(name), wanted, _own_code(frame, columns, codes)]
    level = told or level_in(tellers, codes, path)
    code = _column(frame, wanted, (), path, "codes", None) if wanted else code_column(columns, codes, level)
    frame = shaped(frame, AREAS, rejects, notes)
    kept = frame[["row", "geometry"]].copy()
    kept["name"] = frame[name].astype("string").str.strip()
    kept["level"] = int(level)
    for number in kept.loc[kept["name"].isna() | (kept["name"] == ""), "row"]:
        rejects.add(int(number), "no name", str(name))
    kept = kept[~kept["row"].isin(list(rejects.listed))]
    notes.append(f"names are taken from “{name}”, codes from {f'“{code}”' if code else 'no column'}, level {level}")
    printed = [_code(value) for value in frame.loc[kept.index, code]] if code else [None] * len(kept)
    if of_another_level(str(name), codes, level):
        notes.append(f"the name of the column “{name}” tells another level than {level}, which was said")
    kept["code"] = distinct(printed, list(kept["name"]), list(kept["row"]), notes)
    return _landed(kept, rejects, notes, work, path)


def load_population(path: Path, codes: Mapping[str, Any], options: Mapping[str, str], work: Path) -> Loaded:
    """Points or areas with `row`, `people` (a number of people) and their geometry; `count_column` names the count."""
    frame = _opened(path)
    rejects, notes = Rejects(), list[str]()
    column = _column(frame, options.get("count_column"), codes["counts"], path, "numbers of people", "--count-column")
    frame = shaped(frame, (*AREAS, *POINTS), rejects, notes)
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
        with warnings.catch_warnings():
            # of a column with JSON in some cells only; it stays text, which is all that is made of any column here
            warnings.filterwarnings("ignore", "Could not parse column '.*' as JSON", UserWarning)
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


def _landed(kept: geopandas.GeoDataFrame, rejects: Rejects, notes: list[str], work: Path, path: Path) -> Loaded:
    used = kept[~kept["row"].isin(list(rejects.listed))]
    rows = len(used) + len(rejects)
    if not len(used):
        reason, count = next(iter(rejects.by_reason().items()))
        raise Unusable(f"no row can be used ({count} of {rows}: {reason})", rejects, str(path))
    target = work / "layer.parquet"
    used.to_parquet(target, index=False)
    return Loaded(target, rows, len(used), 0, rejects, notes)


def _printed_level(frame: geopandas.GeoDataFrame, codes: Mapping[str, Any]) -> str | None:
    """What a column for it says of the level of all areas; None without such a column, or where they differ."""
    there = {fold_column(str(c)): c for c in frame.columns}
    printed = {str(v) for name in codes["level_columns"] if name in there for v in frame[there[name]].dropna().unique()}
    return printed.pop() if len(printed) == 1 else None


def _own_code(frame: geopandas.GeoDataFrame, columns: Sequence[str], codes: Mapping[str, Any]) -> str | None:
    """The column of codes where it tells the areas apart; codes that repeat are those of a higher level."""
    found = code_column(columns, codes, None)
    return found if found is not None and frame[found].is_unique else None


def _code(value: Any) -> str | None:
    """A code as text, a whole number without a point; None where there is none."""
    if value is None or value != value:  # noqa: PLR0124  # a cell without a value is NaN
        return None
    return (str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()) or None
