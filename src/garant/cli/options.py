"""Options that several commands share, and how results are printed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from garant.case import Case, Result

CaseOption = Annotated[
    str | None,
    typer.Option(
        "--case",
        metavar="DIR|NAME",
        help="The case: a folder or a packaged case's name. Default: the folder you stand in if it is a case, else caf.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON on standard output and nothing else.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="What had begun by then (default: today).")]
KnownOn = Annotated[
    str | None,
    typer.Option(
        "--known-on", metavar="DATE", help="What had been published by then; undated sources are left out and counted."
    ),
]
LedgerOn = Annotated[
    str | None, typer.Option("--ledger-on", metavar="DATE", help="What this ledger had recorded by then.")
]
Proposed = Annotated[bool, typer.Option("--proposed", help="Also claims that nobody has accepted yet.")]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who decides (default: GARANT_REVIEWER, else your login name)."),
]
Note = Annotated[str | None, typer.Option("--note", help="Why; it is kept with the record.")]


def open_case(name: str | None) -> Case:
    """The case that --case means."""
    from garant.case import Case  # here: --help must not load the ledger

    return Case.open(name)


def show(result: Result, *, as_json: bool) -> None:
    """Print a result: a table, or JSON alone on standard output; notes go to standard error."""
    if as_json:
        text = result.to_json()
        if text:
            print(text)
    elif result.rows:
        from rich.console import Console

        console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
        console.print(result.to_table(console.width))
    else:
        print(result.title)
    for note in result.notes:
        print(f"note: {note}", file=sys.stderr)
