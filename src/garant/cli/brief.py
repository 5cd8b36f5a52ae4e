"""garant brief."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from garant.cli.options import AsOf, CaseOption, KnownOn, LedgerOn, open_case


def register(app: typer.Typer) -> None:
    app.command("brief")(brief)


def brief(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write it (default: brief-CASE.html here)."),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option("--format", help="html, pdf, md or json; md and json are printed unless --output is given."),
    ] = None,
    sections: Annotated[
        list[str] | None,
        typer.Option(
            "--sections", metavar="ID", help="Only this chapter, such as consent; repeatable; all: every one."
        ),
    ] = None,
    proposed: Annotated[
        bool, typer.Option("--proposed", help="Also claims that nobody has accepted yet; the page is marked.")
    ] = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
) -> None:
    """Write the printed picture of the case: every figure with its source. Prints its path, or the brief itself.

    Example: garant brief --known-on 2021-01-31 --output january.pdf
    """
    opened, wanted = open_case(case), [name for listed in sections or () for name in listed.split(",")]
    clocks = {"as_of": as_of, "known_on": known_on, "ledger_on": ledger_on}
    if output is None and format in ("md", "json"):
        _print(str(opened.brief_text(format, sections=wanted, proposed=proposed, **clocks)), format)
        return
    print(opened.brief(output, format=format, sections=wanted, proposed=proposed, **clocks))


def _print(text: str, format: str) -> None:
    """The text as it is; Markdown in a terminal laid out, its footnotes as plain numbers."""
    if format == "md" and sys.stdout.isatty():
        import re

        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(re.sub(r"\[\^(\d+)\]:?", r" [\1]", text)))
    else:
        sys.stdout.write(text)
