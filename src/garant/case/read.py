"""read: documents become claims, which enter the case as proposals."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from garant.case.base import CaseBase
from garant.case.result import Column, Result, Row, column, counted
from garant.claims import InputError, Period, Quantity, Source
from garant.claims.wording import quantity_text
from garant.version import __version__

#: Seconds that one document may take.
SECONDS = 120
_INDEX = "index.jsonl"
_COLUMNS = (
    column("document", "doc", wrap=False),
    Column("at", lambda row: f"{row['start']}-{row['end']}", wrap=False, spare=True),
    column("type", "type", wrap=False),
    Column("who", lambda row: ", ".join(f"{a['name']} ({a['role']})" for a in row.get("actors", [])), share=3),
    Column("how many", lambda row: quantity_text(Quantity(**row["quantity"])) if row.get("quantity") else "", share=1),
    column("time", "time", wrap=False),
    column("modality", "modality", wrap=False, spare=True),
    Column("sure", lambda row: f"{row['confidence']:.2f}", wrap=False),
    Column("quote", lambda row: " ".join(row["quote"].split()), share=5),
)


class ReadVerbs(CaseBase):
    """read."""

    def read(
        self, files: Sequence[str | Path], *, published: str | None = None, dry_run: bool = False, explain: bool = False
    ) -> Result:
        """Read documents (files, folders, patterns such as ``*.pdf``): claims with their quote, as proposals.

        `published` (EDTF) dates documents whose own metadata do not. With `dry_run` nothing is written. A document
        that was read before is passed over; one that copies another is entered as derived from it. Rows are claim
        records. `notes` tell of dates that are unknown and of copies, with `explain` also of what looked like a claim
        and could not be completed; `failed` lists what could not be read, a sentence each. The other documents are
        read all the same, each in a transaction of its own.
        """
        if published is not None:
            published = Period.parse(published).text
        if not dry_run:
            self._writable()
        from garant.reading import Reader  # here: spaCy takes a second to load

        reader = Reader(self.names(), self.settings.country)
        shelf = _Shelf(None if dry_run else self.folder / "documents", self.ledger.sources())
        rows: list[Row] = []
        notes: list[str] = []
        failed: list[str] = []
        for path in _paths(files):
            try:
                with _bounded(path):
                    rows += self._one_document(path, reader, shelf, published, dry_run, explain, notes)
            except InputError as error:
                failed.append(str(error))
            except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
                # a fault of ours on one document must not lose the others
                failed.append(f"{path}: cannot be read ({type(error).__name__}: {error}); please report it")
        title = f"{counted(len(rows), 'claim')} read" + (
            " (nothing was written)" if dry_run else ", entered as proposals"
        )
        return Result(title, _COLUMNS, rows, notes, json_lines=True, failed=failed)

    def text_of(self, file: str | Path) -> str:
        """The text of a document that offsets refer to."""
        from garant.reading import open_document

        return open_document(Path(file)).text

    def _one_document(
        self,
        path: Path,
        reader: Any,
        shelf: _Shelf,
        published: str | None,
        dry_run: bool,
        explain: bool,
        notes: list[str],
    ) -> list[Row]:
        from garant.reading import fingerprint, open_document

        document = open_document(path)
        where = document.name
        notes += [f"{where}: {note}" for note in document.notes]
        date = published or document.published
        source = shelf.source_of(document.sha256)
        if source is not None:
            date = published or source.published or date
        if not dry_run and shelf.has_read(document.sha256):
            notes.append(f"{where}: was read before by this version; nothing was added")
            return []
        marks = fingerprint(document.text)
        original = shelf.original_of(document.sha256, marks)
        try:
            reading = reader.read(
                document.text,
                source=source.id if source else _slug(path),
                doc=where,
                published=date,
                pages=list(document.pages),
            )
        except InputError as error:
            raise error.at(str(path)) from None
        if reading.published is None:
            notes.append(
                f"{where}: the date published is unknown, so times such as 'on Monday' stay open; give --published"
            )
        elif date is None:
            notes.append(f"{where}: its times are counted from the date of its dateline, {reading.published}")
        if source is None:
            source = Source(
                id=_slug(path), kind="document", publisher=document.publisher or "unknown",
                title=document.title or path.stem, published=date,
                address=document.address or None, language=reading.language, sha256=document.sha256,
                derived_from=[original] if original else None,
            )  # fmt: skip
        if original and original != source.id:
            notes.append(f"{where}: copies {original}, and does not count as another source")
        if explain:
            notes += [f"{where}: characters {o.start}–{o.end}, {o.type} left out: {o.reason}" for o in reading.left_out]
        if not dry_run:
            with self.ledger.writing() as writer:
                if shelf.known(source.id) is None:
                    writer.source(source)
                elif shelf.known(source.id).sha256 not in (None, document.sha256):  # type: ignore[union-attr]  # it is known
                    raise InputError(
                        f"another document has the id '{source.id}' in this case",
                        where=str(path),
                        mend="rename the file",
                    )
                writer.claims(reading.claims)
            shelf.put(document, source, marks)
        else:
            shelf.remember(document.sha256, source.id, marks)
        return [c.to_record() for c in reading.claims]


class _Shelf:
    """The case's documents by hash: their texts, which were read, and which copy one another."""

    def __init__(self, folder: Path | None, sources: dict[str, Source]) -> None:
        self._folder, self._sources = folder, sources
        self._by_hash = {s.sha256: s for s in sources.values() if s.sha256}
        self._entries: list[dict[str, Any]] = []
        index = folder / _INDEX if folder else None
        if index is not None and index.is_file():
            for line in index.read_text(encoding="utf-8").splitlines():
                try:
                    self._entries.append(json.loads(line))
                except ValueError:
                    continue  # the last line of a run that was killed; its document is read again, a no-op

    def known(self, id: str) -> Source | None:
        return self._sources.get(id)

    def source_of(self, sha256: str) -> Source | None:
        return self._by_hash.get(sha256)

    def has_read(self, sha256: str) -> bool:
        return any(e["sha256"] == sha256 and e["version"] == __version__ for e in self._entries)

    def original_of(self, sha256: str, marks: list[int]) -> str | None:
        from garant.reading import ALIKE, likeness

        for entry in self._entries:
            if entry["sha256"] != sha256 and likeness(entry["marks"], marks) >= ALIKE:
                return str(entry["source"])
        return None

    def remember(self, sha256: str, source: str, marks: list[int]) -> None:
        self._entries.append({"sha256": sha256, "source": source, "version": __version__, "marks": marks})

    def put(self, document: Any, source: Source, marks: list[int]) -> None:
        """Keep the text and note that the document was read."""
        self.remember(document.sha256, source.id, marks)
        self._sources[source.id] = source
        self._by_hash[document.sha256] = source
        if self._folder is None:
            return
        self._folder.mkdir(exist_ok=True)
        (self._folder / f"{document.sha256}.txt").write_bytes(document.text.encode("utf-8", "surrogatepass"))
        with (self._folder / _INDEX).open("a", encoding="utf-8") as index:
            index.write(json.dumps(self._entries[-1]) + "\n")


def _paths(files: Sequence[str | Path]) -> Iterator[Path]:
    """Files as given; those of a folder or pattern in the order of their names."""
    for given in files:
        path = Path(given)
        if path.is_dir():
            yield from sorted(f for f in path.rglob("*") if f.is_file() and not f.name.startswith("."))
        elif any(c in str(given) for c in "*?[") and not path.exists():
            base = Path(path.anchor or ".")
            found = sorted(
                f for f in base.glob(str(path.relative_to(path.anchor) if path.anchor else path)) if f.is_file()
            )
            yield from found or [path]
        else:
            yield path


def _slug(path: Path) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", path.stem).strip("-._")
    return plain[:200] or "document"


@contextmanager
def _bounded(path: Path) -> Iterator[None]:
    """At most SECONDS for a document, where the system can interrupt us (not on Windows, not in a thread)."""

    def late(_signal: int, _frame: object) -> None:
        raise InputError(f"takes longer than {SECONDS} seconds", where=str(path), mend="cut it into parts")

    try:
        before = signal.signal(signal.SIGALRM, late)
    except (AttributeError, ValueError):
        yield
        return
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
