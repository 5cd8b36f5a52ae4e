"""garant brief."""

from __future__ import annotations

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
    proposed: Annotated[
        bool, typer.Option("--proposed", help="Also claims that nobody has accepted yet; the page is marked.")
    ] = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
) -> None:
    """Write the printed picture of the case: one HTML file, every figure with its source. Prints its path.

    Example: garant brief --known-on 2021-01-31 --output january.html
    """
    written = open_case(case).brief(output, proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
    print(written)
