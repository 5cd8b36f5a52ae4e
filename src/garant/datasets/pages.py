"""Pages: JSON as the APIs of UCDP, ACLED and others give it becomes one delimited table."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from garant.errors import InputError

#: Keys under which an API tells that it gave no data.
_FAULTS = ("error", "message", "messages")


def pages_to_csv(files: Sequence[Path], target: Path) -> None:
    """Write the objects of all pages, in their order, as rows; every key of any object is a column.

    Raises InputError where a page is no JSON, is cut off, or holds no list of objects.
    """
    columns: dict[str, None] = {}
    for row in _objects(files):
        columns.update(dict.fromkeys(row))
    if not columns:
        raise InputError("holds no rows", where=str(files[0]), mend="check the query that it was downloaded with")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in _objects(files):
            writer.writerow([_text(row.get(key)) for key in columns])


def _objects(files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        for row in _listed(_parsed(file), file):
            if not isinstance(row, dict):
                raise InputError("holds something other than objects", where=str(file), mend="check the file")
            yield row


def _parsed(file: Path) -> Any:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("is not UTF-8 text", where=str(file), mend="save it as UTF-8") from None
    try:
        return json.loads(text)
    except ValueError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            return [json.loads(line) for line in lines] if len(lines) > 1 else _fail(error, file)
        except ValueError:
            return _fail(error, file)
    except RecursionError:
        raise InputError("is nested too deeply", where=str(file)) from None


def _fail(error: ValueError, file: Path) -> Any:
    raise InputError(f"is not whole JSON ({error})", where=str(file), mend="download it again") from None


def _listed(value: Any, file: Path) -> list[Any]:
    """The rows of a page: a list, or the longest list of objects under a key of an object; a list of pages too."""
    if isinstance(value, list):
        pages = [_longest(v) for v in value if isinstance(v, dict)]
        if value and len(pages) == len(value) and all(page is not None for page in pages):
            return [row for page in pages if page is not None for row in page]
        return value
    found = _longest(value) if isinstance(value, dict) else None
    if found is None:
        told = next((str(value[k]) for k in _FAULTS if isinstance(value, dict) and value.get(k)), "no list of objects")
        raise InputError(f"holds no data ({told[:100]})", where=str(file), mend="download it again")
    return found


def _longest(value: dict[str, Any]) -> list[Any] | None:
    lists = [v for v in value.values() if isinstance(v, list) and all(isinstance(i, dict) for i in v)]
    return max(lists, key=len, default=None)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
