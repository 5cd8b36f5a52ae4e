"""garant read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from garant.cli.options import CaseOption, JsonOption, open_case, show


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
    text: Annotated[
        Path | None, typer.Option("--text", metavar="FILE", help="Instead: print the text that offsets refer to.")
    ] = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Read documents: the claims they make, each with its quote and its place, enter the case as proposals.

    Example: garant read report.pdf --published 2021-07-20 --case my-case
    """
    from garant.errors import InputError

    opened = open_case(case)
    if text is not None:
        sys.stdout.write(opened.text_of(text))
        return
    if not files:
        raise InputError("no document is named", mend="give files, or --text FILE")
    result = opened.read(files, published=published, dry_run=dry_run, explain=explain)
    show(result, as_json=json)
    for sentence in result.failed:
        print(f"garant: {sentence}", file=sys.stderr)
    if result.failed:
        raise typer.Exit(1)
