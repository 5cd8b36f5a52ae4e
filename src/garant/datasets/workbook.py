"""Workbooks (.xlsx): the first sheet with a table, read by GDAL, as delimited text."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from garant.errors import InputError


def workbook_to_csv(path: Path, target: Path) -> None:
    """Write the first sheet of a workbook as CSV. Raises InputError where it cannot be read or holds no table."""
    import pyogrio  # here: GDAL takes a while to load

    try:
        sheets = pyogrio.list_layers(str(path))
        # all cells as text: whether a first line names columns, GDAL guesses from the types of cells and may miss
        frame = pyogrio.read_dataframe(
            str(path), layer=sheets[0][0], read_geometry=False, HEADERS="DISABLE", FIELD_TYPES="STRING"
        )
    except (ValueError, IndexError, RuntimeError, pyogrio.errors.DataSourceError) as error:
        raise InputError(
            f"is a workbook that cannot be read ({error})", where=str(path), mend="save it as CSV"
        ) from None
    if not len(frame):
        raise InputError("is a workbook without rows", where=str(path), mend="check the file")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for values in frame.itertuples(index=False, name=None):
            writer.writerow([_text(value) for value in values])


def _text(value: Any) -> str:
    if value is None or value != value:  # noqa: PLR0124  # a cell without a value is NaN
        return ""
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)
