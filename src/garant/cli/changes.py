"""garant changes."""

from __future__ import annotations

from typing import Annotated

import typer

from garant.cli.options import CaseOption, JsonOption, open_case, show


def register(app: typer.Typer) -> None:
    app.command("changes")(changes)


def changes(
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DATE", help="From that day (or ISO time) on; default: from the beginning."),
    ] = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """List what this ledger has recorded, oldest first.

    Example: garant changes --since 2026-11-01
    """
    show(open_case(case).changes(since), as_json=json)
