"""garant check."""

from __future__ import annotations

import typer

from garant.cli.options import CaseOption, JsonOption, open_case, show


def register(app: typer.Typer) -> None:
    app.command("check")(check)


def check(case: CaseOption = None, json: JsonOption = False) -> None:
    """Check hashes, sources, names, dates, reviews and entities. Exit 1 if the ledger contradicts itself.

    Example: garant check --case my-case
    """
    result = open_case(case).check()
    show(result, as_json=json)
    if any(row["severity"] == "error" for row in result.rows):
        raise typer.Exit(1)
