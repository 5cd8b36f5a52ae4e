"""garant disagreements, gaps."""

from __future__ import annotations

from typing import Annotated

import typer

from garant.cli.options import AsOf, CaseOption, JsonOption, KnownOn, LedgerOn, Proposed, open_case, show


def register(app: typer.Typer) -> None:
    app.command("disagreements")(disagreements)
    app.command("gaps")(gaps)


def disagreements(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Ids, or their beginnings: shows every claim of each side."),
    ] = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="value, date, regime, scope, identity…; may be repeated.")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Somebody whom a claim of any side names, such as RWA.")] = None,
    severity: Annotated[
        int | None, typer.Option(help="The least: 3 a flat contradiction on forces or consent, 2, 1 loose wording.")
    ] = None,
    undecided: Annotated[bool, typer.Option("--undecided", help="Without those that a decision has settled.")] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help="Only those whose decision new claims have overtaken.")
    ] = False,
    proposed: Proposed = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Where sources contradict each other, the most damaging first, with what has been decided.

    Example: garant disagreements --severity 3 --known-on 2022-06-01
    """
    result = open_case(case).disagreements(
        ids or (), kind=kind or (), actor=actor, severity=severity, undecided=undecided, stale=stale,
        proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on,
    )  # fmt: skip
    show(result, as_json=json)


def gaps(
    type: Annotated[list[str] | None, typer.Option("--type", help="Claim type; may be repeated.")] = None,
    actor: Annotated[str | None, typer.Option(help="Somebody whom a claim names, such as RWA.")] = None,
    slot: Annotated[str | None, typer.Option(help="One field, role or slot, such as quantity or instrument.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, max=10**9, help="At most so many gaps.")] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """What no source tells, and who would hold the answer.

    Example: garant gaps --type agreement --slot signatory
    """
    result = open_case(case).gaps(
        type=type or (), actor=actor, slot=slot, limit=limit, as_of=as_of, known_on=known_on, ledger_on=ledger_on
    )
    show(result, as_json=json)
