"""Delimited text: separators, encodings, rows that are too short or too long, and files that end too early."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from garant.datasets.rejects import Rejects
from garant.errors import InputError

_SEPARATORS = ",;\t|"
#: Longest value of one column, in characters: a longer one means that a quotation mark is never closed.
_LONGEST = 10_000_000
#: Bytes in which the line of column names must end.
_HEAD = 1 << 20
_AGAIN = "download it again"
NUMBER = "row"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written: its separator and the names of its columns.

    `decimal_comma` says that "4,5" may be a number, because no comma separates its columns.
    """

    separator: str
    header: tuple[str, ...]
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class Mended:
    """A file rewritten so that every reader takes it the same way, and what could not be taken over."""

    path: Path
    dialect: Dialect
    rejects: Rejects
    notes: tuple[str, ...]


def dialect_of(path: Path) -> Dialect:
    """Separator and column names of a file, from its first line; InputError where it has only one column."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("is UTF-16 text", where=str(path), mend="save it as UTF-8")
    text, _ = _decoded(head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0])
    separator = max(_SEPARATORS, key=text.count)
    names = next(csv.reader([text], delimiter=separator), [])
    if len(names) < 2:  # noqa: PLR2004  # a table has two columns at least
        raise InputError("is no table: its first line names no columns", where=str(path), mend="check the file")
    return Dialect(separator, tuple(name.strip() for name in names), separator != ",")


def records(path: Path, dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Rows after the header, with their numbers from 1; blank lines count for nothing.

    Each line is UTF-8, or else Windows-1252. Raises InputError where the file ends within a row.
    """
    for number, values, _ in _records(path, dialect):
        yield number, values


def mend(path: Path, dialect: Dialect, target: Path) -> Mended:
    """Rewrite a file as UTF-8 with commas and a first column of row numbers; rows of another length are rejected.

    Raises InputError where the file ends within a row: a part of a download is not loaded.
    """
    rejects = Rejects()
    width = len(dialect.header)
    foreign = 0
    last: list[str] | None = None
    number = 0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow((NUMBER, *dialect.header))
        for number, values, decoded in _records(path, dialect):
            foreign += decoded
            last = values
            while len(values) > width and not values[-1].strip():
                values.pop()
            if len(values) == width:
                writer.writerow((number, *values))
            else:
                rejects.add(number, "other number of columns", f"{len(values)} instead of {width}")
    if last is not None and len(last) < width and not _ends_whole(path):
        raise InputError(
            f"ends in the middle of row {number} ({len(last)} of {width} columns)", where=str(path), mend=_AGAIN
        )
    notes = (f"{foreign} lines are not UTF-8 and were read as Windows-1252",) if foreign else ()
    return Mended(target, Dialect(",", (NUMBER, *dialect.header), dialect.decimal_comma), rejects, notes)


def _records(path: Path, dialect: Dialect) -> Iterator[tuple[int, list[str], int]]:
    """Number, values, and how many of its lines were not UTF-8."""
    csv.field_size_limit(_LONGEST)
    taken: list[str] = []
    foreign = 0

    def lines(stream: io.BufferedReader) -> Iterator[str]:
        nonlocal foreign
        for at, raw in enumerate(stream):
            text, other = _decoded(raw.removeprefix(b"\xef\xbb\xbf") if at == 0 else raw)
            foreign += other
            taken.append(text)
            yield text.replace("\0", "")

    number = 0
    final: list[str] = []
    with path.open("rb") as stream:
        reader = csv.reader(lines(stream), delimiter=dialect.separator)
        try:
            next(reader, None)
            taken.clear()
            for values in reader:
                final = list(taken)
                if values and not (len(values) == 1 and not values[0].strip()):
                    number += 1
                    yield number, values, foreign
                taken.clear()
                foreign = 0
        except csv.Error as error:
            what = f"row {number + 1} cannot be read ({error}): a quotation mark may never be closed"
            raise InputError(what, where=str(path), mend=_AGAIN) from None
    _closed(final, dialect, path, number)


def _closed(lines: list[str], dialect: Dialect, path: Path, number: int) -> None:
    """Refuse a row whose quotation mark is open at the end of the file."""
    try:
        list(csv.reader(lines, delimiter=dialect.separator, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error):
            what = f"row {number} opens a quotation mark that is never closed: the file is incomplete"
            raise InputError(what, where=str(path), mend=_AGAIN) from None


def _decoded(raw: bytes) -> tuple[str, int]:
    try:
        return raw.decode("utf-8"), 0
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace"), 1


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(-1, io.SEEK_END)
        return stream.read(1) in b"\r\n"
