"""garant read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from garant.cli.options import CaseOption, JsonOption, open_case, show

if TYPE_CHECKING:
    from garant.case import Result
    from garant.case.intake import DocumentRead

#: Claims that are printed as a table; of more, a table of their numbers.
TABLE = 300
#: Documents from which on a bar shows how far the reading is.
BAR = 5


def register(app: typer.Typer) -> None:
    app.command("read")(read)


def read(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]...", help="Documents: txt, md, html, pdf, docx; folders and patterns too."),
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="When they were published, where they do not say.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show the claims; write nothing.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also say what looked like a claim and could not be completed, and why.")
    ] = False,
    processes: Annotated[
        int | None,
        typer.Option(
            "--processes",
            metavar="N",
            help="Worker processes for more than a few documents (default: one a processor, at most 4).",
        ),
    ] = None,
    text: Annotated[
        Path | None, typer.Option("--text", metavar="FILE", help="Instead: print the text that offsets refer to.")
    ] = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Read documents: the claims they make, each with its quote and its place, enter the case as proposals.

    Example: garant read report.pdf --published 2021-07-20 --case my-case
    """
    from garant.case.read import claims_table, summary
    from garant.errors import InputError

    opened = open_case(case)
    if text is not None:
        sys.stdout.write(opened.text_of(text))
        return
    if not files:
        raise InputError("no document is named", mend="give files, or --text FILE")
    shown = sys.stderr.isatty() and not (json and sys.stdout.isatty())
    documents = opened.reading(files, published=published, dry_run=dry_run, processes=processes)
    documents = _followed(documents, shown=shown)
    if json:
        documents = _printed(documents)
    first: list[dict[str, object]] = []
    try:
        result = summary(_held(documents, first), dry_run=dry_run, explain=explain)
    except KeyboardInterrupt:
        print("garant: stopped; what was read is entered, and the same command goes on from there", file=sys.stderr)
        raise typer.Exit(130) from None
    if not json and len(first) <= TABLE:
        show(claims_table(result, first), as_json=False)
    else:
        if not json:
            _print_counts(result)
        for note in result.notes:
            print(f"note: {note}", file=sys.stderr)
    for sentence in result.failed:
        print(f"garant: {sentence}", file=sys.stderr)
    if result.failed:
        raise typer.Exit(1)


def _print_counts(result: Result) -> None:
    print(result.title)
    for row in result:
        print(f"{row['claims']:>9,}  {row['type']}")
    print("List them with 'garant claims --proposed', or print them as they are read with --json.")


def _held(documents: Iterator[DocumentRead], first: list[dict[str, object]]) -> Iterator[DocumentRead]:
    """The documents, while the first claims are held for the table: one more than it shows, to see that it is full."""
    for document in documents:
        first.extend(islice(document.claims, TABLE + 1 - len(first)))
        yield document


def _printed(documents: Iterator[DocumentRead]) -> Iterator[DocumentRead]:
    """The documents, each printed as JSON lines when the ledger has it."""
    from json import dumps

    for document in documents:
        for row in document.claims:
            print(dumps(row, ensure_ascii=False))
        sys.stdout.flush()
        yield document


def _followed(documents: Iterator[DocumentRead], *, shown: bool) -> Iterator[DocumentRead]:
    """The documents, while a bar on standard error, if that is a terminal, shows how many have been dealt with."""
    if not shown:
        yield from documents
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # what goes to standard output must stay there: rich would print it above the bar, on standard error
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = None
        for document in documents:
            if task is None and document.total > BAR:
                task = bar.add_task("reading", total=document.total)
            if task is not None:
                bar.update(task, completed=document.number)
            yield document
