"""read: documents become claims, which enter the case as proposals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from garant.case.base import CaseBase
from garant.case.result import Column, Result, Row, column, counted
from garant.claims import InputError, Period, Quantity
from garant.claims.wording import quantity_text

if TYPE_CHECKING:
    from garant.case.intake import DocumentRead
    from garant.case.spool import Spool

#: From so many documents on with the same note one sentence tells it of all, and names so many.
_NAMED = 3
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
        self,
        files: Sequence[str | Path],
        *,
        published: str | None = None,
        dry_run: bool = False,
        explain: bool = False,
        processes: int | None = None,
    ) -> Result:
        """Read documents (files, folders, patterns such as ``*.pdf``): claims with their quote, as proposals.

        `published` (EDTF) dates documents whose own metadata do not. With `dry_run` nothing is written. A document
        that was read before is passed over; one that copies another is entered as derived from it. More than a few
        documents are read by `processes` workers (default: one a processor, at most four). Rows are claim records, in
        a file where they are many. `notes` tell of dates that are unknown and of copies, with `explain` also of what
        looked like a claim and could not be completed; `failed` lists what could not be read, a sentence each. The
        others are read all the same, each whole or not at all.
        """
        from garant.case.spool import Spool

        rows = Spool()
        documents = self.reading(files, published=published, dry_run=dry_run, processes=processes)
        return claims_table(summary(_kept(documents, rows), dry_run=dry_run, explain=explain), rows)

    def reading(
        self,
        files: Sequence[str | Path],
        *,
        published: str | None = None,
        dry_run: bool = False,
        processes: int | None = None,
    ) -> Iterator[DocumentRead]:
        """`read` as a stream: what became of each document, in the order given, as soon as the ledger has it.

        Memory does not grow with the number of documents, but for half a kilobyte each that finds copies. Stop the
        iteration at any moment: what was given out has landed.
        """
        if published is not None:
            published = Period.parse(published).text
        if processes is not None and processes < 1:
            raise InputError(f"{processes} processes cannot read", mend="give --processes 1 or more")
        if not dry_run:
            self._writable()
        from garant.case.intake import Intake  # here, as all that reading alone needs
        from garant.case.shelf import Shelf
        from garant.reading.folders import documents_of

        shelf = Shelf(self.folder / "documents", self.ledger.sources().values(), dry_run=dry_run)
        intake = Intake(self.ledger, shelf, published, list(documents_of(files)), dry_run=dry_run)
        return intake.run(self.names(), self.settings.country, processes)

    def text_of(self, file: str | Path) -> str:
        """The text of a document that offsets refer to."""
        from garant.reading import open_document

        return open_document(Path(file)).text


def claims_table(counts: Result, rows: Sequence[Row]) -> Result:
    """The claims themselves under the title and with the notes of their summary."""
    return replace(counts, columns=_COLUMNS, rows=rows, json_lines=True)


def summary(documents: Iterable[DocumentRead], *, dry_run: bool = False, explain: bool = False) -> Result:
    """Documents read, drained and counted: claims by type as rows, notes, and what failed."""
    types: Counter[str] = Counter()
    told: dict[str, list[str]] = {}
    failed: list[str] = []
    read = known = 0
    for document in documents:
        types.update(row["type"] for row in document.claims)
        for note in [*document.notes, *(document.left_out if explain else ())]:
            told.setdefault(note, []).append(document.path.name)
        if document.failed is not None:
            failed.append(document.failed)
        elif document.known:
            known += 1
            told.setdefault("was read before by this version; nothing was added", []).append(document.path.name)
        else:
            read += 1
    title = f"{counted(types.total(), 'claim')} read" + (f" from {counted(read, 'document')}" if read > _NAMED else "")
    title += " (nothing was written)" if dry_run else ", entered as proposals"
    rows: list[Row] = [{"type": type, "claims": number} for type, number in types.most_common()]
    notes = [sentence for note, names in told.items() for sentence in _noted(note, names)]
    return Result(title, (column("type", "type"), column("claims", "claims")), rows, notes, failed=failed)


def _noted(note: str, names: list[str]) -> list[str]:
    if len(names) <= _NAMED:
        return [f"{name}: {note}" for name in names]
    return [f"{counted(len(names), 'document')} ({', '.join(names[:_NAMED])}, …): {note}"]


def _kept(documents: Iterable[DocumentRead], rows: Spool) -> Iterator[DocumentRead]:
    for document in documents:
        for row in document.claims:
            rows.append(row)
        yield document
