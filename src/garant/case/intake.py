"""Documents on their way into a case: read here or by workers, entered in small transactions, whole or not at all."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from garant.case.result import Row
from garant.case.shelf import Shelf
from garant.claims import InputError, Source
from garant.ledger import Ledger
from garant.names import Names
from garant.reading.documents import LARGEST
from garant.reading.folders import read_whole
from garant.reading.pool import default_processes, read_here, read_in_workers
from garant.reading.worker import Outcome, Task

#: So many documents, of so many bytes together, are read without starting worker processes.
_FEW, _SMALL = 3, 1_000_000
#: Documents, or seconds, after which what was read enters the ledger.
_BATCH, _PAUSE = 32, 1.0


@dataclass(slots=True)
class DocumentRead:
    """What became of one document, once the ledger has it: its claims, notes, what was left out; or why it failed.

    `number` of `total` places have been dealt with when it is given out. `known` says that this version had read it
    before.
    """

    path: Path
    claims: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    failed: str | None = None
    known: bool = False
    number: int = 0
    total: int = 0


@dataclass(slots=True)
class _Entry:
    """A document that was read, and its source if the ledger does not have it yet."""

    outcome: Outcome
    told: DocumentRead
    source: Source | None = None


class Intake:
    """One run: places become tasks, tasks outcomes, and outcomes enter the ledger, several in one transaction."""

    def __init__(
        self, ledger: Ledger, shelf: Shelf, published: str | None, places: Sequence[Path | InputError], *, dry_run: bool
    ) -> None:
        self._ledger, self._shelf, self._published, self._dry_run = ledger, shelf, published, dry_run
        self._places = places
        self._ready: list[DocumentRead] = []
        self._waiting: list[_Entry] = []
        self._number = 0

    def run(self, names: Names, home: str | None, processes: int | None) -> Iterator[DocumentRead]:
        """Read all places. However the iteration ends, its workers end and what was read is entered."""
        if processes is None and self._few():
            outcomes = read_here(self._tasks(), names, home)
        else:
            outcomes = read_in_workers(self._tasks(), names, home, processes or default_processes())
        entered = time.monotonic()
        try:
            for outcome in outcomes:
                self._waiting.append(self._entry(outcome))
                if len(self._waiting) >= _BATCH or time.monotonic() - entered >= _PAUSE:
                    self._enter()
                    entered = time.monotonic()
                yield from self._given()
        finally:
            try:
                outcomes.close()
            finally:
                self._enter()
        yield from self._given()

    def _few(self) -> bool:
        paths = [p for p in self._places if isinstance(p, Path)]
        return len(paths) <= _FEW and sum(p.stat().st_size for p in paths if p.is_file()) <= _SMALL

    def _tasks(self) -> Iterator[Task]:
        """What is to be read; what cannot be, or was before, is told at once."""
        for place in self._places:
            try:
                if isinstance(place, InputError):
                    raise place
                sha256 = hashlib.sha256(read_whole(place, LARGEST)).hexdigest()
            except InputError as error:
                self._tell(DocumentRead(Path(error.where or ""), failed=str(error)))
                continue
            if self._shelf.has_read(sha256):
                self._tell(DocumentRead(place, known=True))
                continue
            source, date = self._shelf.take(place, sha256)
            yield Task(place, source, self._published, date)

    def _tell(self, document: DocumentRead) -> None:
        self._number += 1
        document.number, document.total = self._number, len(self._places)
        self._ready.append(document)

    def _given(self) -> Iterator[DocumentRead]:
        while self._ready:
            yield self._ready.pop(0)

    def _entry(self, outcome: Outcome) -> _Entry:
        """A document with what there is to say of it, and its source."""
        told = DocumentRead(outcome.task.path, failed=outcome.failed)
        document, reading = outcome.document, outcome.reading
        if document is None or reading is None:
            return _Entry(outcome, told)
        told.claims = [claim.to_record() for claim in reading.claims]
        told.notes = list(document.notes)
        told.left_out = [f"characters {o.start}–{o.end}, {o.type} left out: {o.reason}" for o in reading.left_out]
        if reading.published is None:
            told.notes.append("the date published is unknown, so times such as 'on Monday' stay open; give --published")
        elif outcome.published is None:
            told.notes.append(f"its times are counted from the date of its dateline, {reading.published}")
        original = self._shelf.original_of(outcome)
        if original is not None:
            told.notes.append(f"copies {original}, and does not count as another source")
        self._shelf.remember(outcome)
        if self._shelf.has_source(outcome.task.source):
            return _Entry(outcome, told)
        source = Source(
            id=outcome.task.source, kind="document", publisher=document.publisher or "unknown",
            title=document.title or outcome.task.path.stem, published=outcome.published,
            address=document.address or None, language=reading.language, sha256=document.sha256,
            derived_from=[original] if original else None,
        )  # fmt: skip
        return _Entry(outcome, told, source)

    def _enter(self) -> None:
        """Let the ledger have what was read: in one transaction, or, if a document is at fault, each in its own."""
        whole = [entry for entry in self._waiting if entry.told.failed is None]
        if whole and not self._dry_run:
            try:
                self._write(whole)
            except InputError:
                raise  # the disk is full, or another process writes: nothing can go on
            except (ArithmeticError, LookupError, TypeError, ValueError):
                for entry in whole:
                    self._write_alone(entry)
        done, self._waiting = self._waiting, []
        for entry in done:
            self._tell(entry.told)

    def _write_alone(self, entry: _Entry) -> None:
        try:
            self._write([entry])
        except InputError:
            raise
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            # a fault of ours on one document must not lose the others
            what = f"{entry.told.path}: cannot be entered ({type(error).__name__}: {error}); please report it"
            entry.told = DocumentRead(entry.told.path, failed=what)

    def _write(self, entries: Sequence[_Entry]) -> None:
        """Texts, then sources and claims together, then the index: a kill in between loses and repeats nothing."""
        for entry in entries:
            self._shelf.keep_text(entry.outcome)
        with self._ledger.writing() as writer:
            for entry in entries:
                if entry.source is not None:
                    writer.source(entry.source)
                if entry.outcome.reading is not None:
                    writer.claims(entry.outcome.reading.claims)
        self._shelf.note([entry.outcome for entry in entries])
