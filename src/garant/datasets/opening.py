"""Opening: what a user downloads (CSV, its zip or gzip, JSON pages, a workbook) becomes one table on disk."""

from __future__ import annotations

import gzip
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from garant.datasets.delimited import Dialect, Mended, dialect_of, mend, records
from garant.datasets.pages import pages_to_csv
from garant.datasets.rejects import Rejects
from garant.errors import InputError

_TEXT = (".csv", ".tsv", ".txt")
_JSON = (".json", ".ndjson", ".jsonl", ".geojson")
_WORKBOOK = "xl/workbook.xml"
_MEGABYTE = 1 << 20
_BROKEN = "is incomplete or damaged"
_AGAIN = "download it again"


@dataclass(frozen=True, slots=True)
class Table:
    """A delimited text file that can be read at once, and what is known of the user's file it comes from.

    `numbered` says that its first column holds the row numbers of the user's file (rows that cannot be used are left
    out and stand in `rejects`); else row n is the nth after the header.
    """

    path: Path
    dialect: Dialect
    numbered: bool = False
    rejects: Rejects = field(default_factory=Rejects)
    notes: tuple[str, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the user's columns."""
        return self.dialect.header

    def mended(self, work: Path) -> Table:
        """The table rewritten: well-formed, UTF-8, with row numbers; rows that cannot be are rejected.

        Raises InputError where the file ends in the middle of a row.
        """
        if self.numbered:
            return self
        found: Mended = mend(self.path, self.dialect, work / "mended.csv")
        return replace(self, path=found.path, dialect=found.dialect, numbered=True, rejects=found.rejects,
                       notes=(*self.notes, *found.notes))  # fmt: skip

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Row numbers and values, for tables small enough to be walked through; `mended` first."""
        if not self.numbered:
            raise LookupError("only a mended table is walked through")
        for _, (number, *values) in records(self.path, self.dialect):
            yield int(number), values


def open_table(path: Path, work: Path) -> Table:
    """The table that a file or folder holds; what must be unpacked or rewritten goes into the folder `work`.

    Raises InputError with one sentence where there is no table, or only a part of one.
    """
    if path.is_dir():
        files = pages_in(path)
        if not files:
            raise InputError("holds no JSON pages", where=str(path), mend="name a file, or a folder of JSON pages")
        return _from_pages(files, work)
    try:
        with path.open("rb") as stream:
            start = stream.read(4096)
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", where=str(path), mend="check the path") from None
    if not start:
        raise InputError("is empty", where=str(path), mend=_AGAIN)
    if start.startswith(b"PK"):
        return _from_zip(path, work)
    if start.startswith(b"\x1f\x8b"):
        unpacked = work / (path.stem if path.suffix == ".gz" else f"{path.name}.csv")
        _gunzip(path, unpacked)
        return open_table(unpacked, work)
    first = start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if first in (b"{", b"["):
        return _from_pages([path], work)
    if first == b"<":
        raise InputError("is a web page or XML, and no table", where=str(path), mend=_AGAIN)
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise InputError("is no table that can be read", where=str(path), mend="save it as CSV or .xlsx")
    return Table(path, dialect_of(path))


def _from_pages(files: list[Path], work: Path) -> Table:
    target = work / "pages.csv"
    pages_to_csv(files, target)
    return Table(target, dialect_of(target))


def _from_zip(path: Path, work: Path) -> Table:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if not n.endswith("/") and not n.startswith("__MACOSX")]
            if _WORKBOOK in names:
                from garant.datasets.workbook import workbook_to_csv

                target = work / "workbook.csv"
                workbook_to_csv(path, target)
                return Table(target, dialect_of(target))
            tables = [n for n in names if n.lower().endswith(_TEXT)] or [n for n in names if n.lower().endswith(_JSON)]
            if not tables or (len(tables) > 1 and not tables[0].lower().endswith(_JSON)):
                held = ", ".join(tables or names) or "nothing"
                what = "holds several tables" if tables else "holds no table"
                raise InputError(f"{what} ({held})", where=str(path), mend="unpack it and name one file")
            unpacked = []
            for number, name in enumerate(_in_order(tables)):
                target = work / f"{number:06d}-{Path(name).name}"
                with archive.open(name) as packed, target.open("wb") as plain:
                    shutil.copyfileobj(packed, plain, _MEGABYTE)
                unpacked.append(target)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{_BROKEN} ({error})", where=str(path), mend=_AGAIN) from None
    if unpacked[0].suffix.lower() in _JSON:
        return _from_pages(unpacked, work)
    return open_table(unpacked[0], work)


def _gunzip(path: Path, target: Path) -> None:
    try:
        with gzip.open(path) as packed, target.open("wb") as plain:
            shutil.copyfileobj(packed, plain, _MEGABYTE)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{_BROKEN} ({error})", where=str(path), mend=_AGAIN) from None


def pages_in(folder: Path) -> list[Path]:
    """The JSON pages in a folder, in order of their numbers."""
    names = _in_order([f.name for f in folder.iterdir() if f.suffix.lower() in _JSON])
    return [folder / name for name in names]


def _in_order(names: list[str]) -> list[str]:
    """Names with their numbers in order of size: page-2 before page-10."""
    return sorted(
        names, key=lambda n: [(not p.isdigit(), int(p) if p.isdigit() else 0, p) for p in re.split(r"(\d+)", n)]
    )
