"""garant sources."""

from __future__ import annotations

from typing import Annotated

import typer

from garant.cli.options import AsOf, CaseOption, JsonOption, KnownOn, LedgerOn, open_case, show


def register(app: typer.Typer) -> None:
    app.command("sources")(sources)


def sources(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Ids of sources; default: all.")] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """List sources: publisher, date, distance from the events, whom they speak for, and the origin behind copies.

    Example: garant sources --known-on 2022-06
    """
    show(open_case(case).sources(ids or (), as_of=as_of, known_on=known_on, ledger_on=ledger_on), as_json=json)
