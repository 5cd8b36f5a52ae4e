"""Pages: JSON as the APIs of UCDP, ACLED and others give it becomes one delimited table."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from garant.errors import InputError

#: Keys under which an API tells that it gave no data.
_FAULTS = ("error", "message", "messages")
#: Keys, in lower case, under which an API tells how many rows and pages its query gives in all.
_ROWS, _PAGES = "totalcount", "totalpages"


def pages_to_csv(files: Sequence[Path], target: Path) -> None:
    """Write the objects of all pages, in their order, as rows; every key of any object is a column.

    Raises InputError where a page is no JSON, is cut off, or holds no list of objects, and where the pages announce
    more rows or pages than there are.
    """
    columns: dict[str, None] = {}
    told: dict[_Announced, _Held] = defaultdict(_Held)
    for announced, rows in _pages(files):
        held = told[announced]
        held.pages += 1
        for row in rows:
            columns.update(dict.fromkeys(row))
            if announced.rows is not None:
                held.rows.add(hash(json.dumps(row, sort_keys=True)))
    for announced, held in told.items():
        _complete(announced, held, files)
    if not columns:
        raise InputError("holds no rows", where=str(files[0]), mend="check the query that it was downloaded with")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for _, rows in _pages(files):
            for row in rows:
                writer.writerow([_text(row.get(key)) for key in columns])


@dataclass(frozen=True, slots=True)
class _Announced:
    """How many rows and pages the query of a page gives in all, as the page says (UCDP: TotalCount, TotalPages)."""

    rows: int | None
    pages: int | None


@dataclass(slots=True)
class _Held:
    """What is there of a query: its pages, and its rows by their hash, so that a page saved twice counts once."""

    pages: int = 0
    rows: set[int] = field(default_factory=set)


def _complete(announced: _Announced, held: _Held, files: Sequence[Path]) -> None:
    """InputError where less is there than was announced. The number of rows decides; else that of pages."""
    if announced.rows is not None:
        there, whole, what = len(held.rows), announced.rows, "rows"
    else:
        there, whole, what = held.pages, announced.pages or 0, "pages"
    if there >= whole:
        return
    pages = f", on {held.pages} of {announced.pages} pages" if announced.pages and what == "rows" else ""
    raise InputError(
        f"holds {there} of the {whole} {what} that it announces{pages}",
        where=str(files[0] if len(files) == 1 else files[0].parent),
        mend="download the other pages too, into one folder, and load the folder",
    )


def _announced(page: Any) -> _Announced:
    folded = {str(key).lower(): value for key, value in page.items()} if isinstance(page, dict) else {}
    numbers = [_whole(folded.get(key)) for key in (_ROWS, _PAGES)]
    return _Announced(*numbers)


def _whole(value: Any) -> int | None:
    """A number of JSON, or a text of digits, as a whole number; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    return int(value) if str(value).strip().isdigit() else None


def _pages(files: Sequence[Path]) -> Iterator[tuple[_Announced, list[dict[str, Any]]]]:
    """What each page announces and its rows; a file holds one page, or a list of pages, or a list of rows."""
    for file in files:
        for page, rows in _listed(_parsed(file), file):
            if not all(isinstance(row, dict) for row in rows):
                raise InputError("holds something other than objects", where=str(file), mend="check the file")
            yield _announced(page), rows


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


def _listed(value: Any, file: Path) -> list[tuple[Any, list[Any]]]:
    """Pages and their rows: a list, or the longest list of objects under a key of an object; a list of pages too."""
    if isinstance(value, list):
        pages = [(v, _longest(v)) for v in value if isinstance(v, dict)]
        if value and len(pages) == len(value) and all(rows is not None for _, rows in pages):
            return [(page, rows) for page, rows in pages if rows is not None]
        return [(None, value)]
    found = _longest(value) if isinstance(value, dict) else None
    if found is None:
        told = next((str(value[k]) for k in _FAULTS if isinstance(value, dict) and value.get(k)), "no list of objects")
        raise InputError(f"holds no data ({told[:100]})", where=str(file), mend="download it again")
    return [(value, found)]


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
