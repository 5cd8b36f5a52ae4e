"""SQL for the columns of a delimited table: text, numbers and dates as published data print them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from garant.datasets.delimited import records
from garant.datasets.opening import Table
from garant.errors import InputError

#: Dates with the month in words, beside ISO 8601 (with or without a time).
_WORDED = ("%d %B %Y", "%d-%B-%Y", "%d %b %Y", "%d-%b-%Y")
_MONTHS = 12
#: Rows looked at to tell whether dates are written with numbers and slashes or points.
_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Columns:
    """SQL expressions for the fields of a table that is read with all columns as text, named c0, c1, …

    `places` says where each field stands; `offset` is 1 where the row number comes first.
    """

    places: Mapping[str, int]
    offset: int
    decimal_comma: bool
    slashed: tuple[str, ...] = ()

    def raw(self, name: str) -> str:
        """The column as it is; NULL where the file has none."""
        return f"c{self.places[name] + self.offset}" if name in self.places else "NULL::VARCHAR"

    def text(self, name: str) -> str:
        """The column without spaces around it, NULL where it is empty."""
        told = self.raw(name)
        # only where there may be something to trim (spaces beyond ASCII are longer in bytes than in characters):
        # trimming every value takes as long as reading the file
        spaced = f"prefix({told}, ' ') OR suffix({told}, ' ') OR strlen({told}) <> length({told})"
        bare = f"CASE WHEN {spaced} THEN trim({told}) ELSE {told} END"
        return f"nullif({bare}, '')" if name in self.places else "NULL::VARCHAR"

    def number(self, name: str, kind: str) -> str:
        """The column as a number of an SQL type; NULL where it is none."""
        told = f"replace({self.raw(name)}, ',', '.')" if self.decimal_comma else self.raw(name)
        return f"try_cast({told} AS {kind})" if name in self.places else f"NULL::{kind}"

    def code(self, name: str) -> str:
        """The column as a small whole number; NULL where it is none, as 2.6, which DuckDB would round."""
        whole = self.number(name, "TINYINT")
        if name not in self.places:
            return whole
        return f"CASE WHEN {self.broken(name, 'TINYINT')} THEN NULL ELSE {whole} END"

    def broken(self, name: str, kind: str) -> str:
        """Whether the column is a number and no whole one; asked only of what is longer than a digit."""
        return f"(strlen({self.raw(name)}) > 1 AND {self.number(name, 'DOUBLE')} <> {self.number(name, kind)})"

    def date(self, name: str) -> str:
        """The column as a date: ISO 8601, with the month in words, or with slashes in the order found."""
        formats = ", ".join(f"'{f}'" for f in (*_WORDED, *self.slashed))
        told = self.raw(name)
        return f"coalesce(try_cast({told} AS DATE), try_strptime(trim({told}), [{formats}])::DATE)"

    def coded(self, name: str, codes: Mapping[object, object]) -> str:
        """The word that a code of the column stands for, as an ENUM; NULL where it stands for none."""
        words = ", ".join(quoted(str(v)) for v in dict.fromkeys(codes.values()))
        if all(isinstance(k, int) for k in codes):
            told, keys = self.code(name), [str(k) for k in codes]
        else:
            told, keys = f"lower(trim({self.raw(name)}))", [quoted(str(k).lower()) for k in codes]
        cases = " ".join(
            f"WHEN {k} THEN {quoted(str(v))}::ENUM({words})" for k, v in zip(keys, codes.values(), strict=True)
        )
        return f"CASE {told} {cases} END"


def columns_of(table: Table, places: Mapping[str, int], dates: Sequence[str]) -> Columns:
    """Expressions for a table; `dates` are the fields whose order of day and month must be found out."""
    slashed = _order(table, [places[d] + int(table.numbered) for d in dates if d in places])
    return Columns(places, int(table.numbered), table.dialect.decimal_comma, slashed)


def scanned(table: Table) -> str:
    """The table as DuckDB reads it: every column as text, nothing guessed."""
    width = len(table.dialect.header)
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width))
    separator = table.dialect.separator.replace("\t", "\\t")
    delimiter = f"E'{separator}'" if separator == "\\t" else f"'{separator}'"
    return (
        f"read_csv({quoted(str(table.path))}, auto_detect = false, header = true, delim = {delimiter}, "
        f"quote = '\"', escape = '\"', columns = {{{columns}}}, max_line_size = 20000000)"
    )


def quoted(text: str | Path) -> str:
    """A text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def _order(table: Table, at: Sequence[int]) -> tuple[str, ...]:
    """The format of dates such as 5/1/2021, told by those that allow one order only; none if there are no such dates.

    Raises InputError where no date of the file tells the order, or where both orders occur.
    """
    first = []
    for number, values in records(table.path, table.dialect):
        first += [values[i] for i in at if i < len(values)]
        if number >= _LOOKED_AT:
            break
    mark = next((m for m in "/." if any(_parts(v, m) for v in first)), None)
    if mark is None:
        return ()
    day_first = month_first = False
    for _, values in records(table.path, table.dialect):
        for i in at:
            parts = _parts(values[i], mark) if i < len(values) else None
            if parts:
                day_first |= parts[0] > _MONTHS
                month_first |= parts[1] > _MONTHS
    if day_first == month_first:
        why = "both orders of day and month" if day_first else "dates that do not tell day from month"
        raise InputError(f"has {why} (such as {first[0]})", where=str(table.path), mend="write its dates as 2021-12-31")
    return (f"%d{mark}%m{mark}%Y",) if day_first else (f"%m{mark}%d{mark}%Y",)


def _parts(text: str, mark: str) -> tuple[int, int] | None:
    parts = text.strip().split(mark)
    if len(parts) != 3 or not all(p.isdigit() for p in parts) or len(parts[2]) != 4:  # noqa: PLR2004  # day, month, year
        return None
    return int(parts[0]), int(parts[1])
