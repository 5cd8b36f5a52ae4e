"""garant forces, consent, tasks."""

from __future__ import annotations

from typing import Annotated

import typer

from garant.cli.asked import Host, Provider, Regime
from garant.cli.options import AsOf, CaseOption, JsonOption, KnownOn, LedgerOn, Proposed, open_case, show


def register(app: typer.Typer) -> None:
    app.command("forces")(forces)
    app.command("consent")(consent)
    app.command("tasks")(tasks)


def forces(
    host: Host = None,
    provider: Provider = None,
    regime: Regime = None,
    assume: Annotated[
        str | None,
        typer.Option("--assume", metavar="CLAIM", help="A claim on the size of a unit: count such units as people."),
    ] = None,
    proposed: Proposed = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Who has how many where, under which regime, as bands over time; rival hypotheses beside each other.

    Example: garant forces --host CAF --provider RWA --as-of 2021-01-31
    """
    result = open_case(case).forces(
        host=host,
        provider=provider,
        regime=regime,
        assume=assume,
        proposed=proposed,
        as_of=as_of,
        known_on=known_on,
        ledger_on=ledger_on,
    )
    show(result, as_json=json)


def consent(
    host: Host = None,
    provider: Provider = None,
    regime: Regime = None,
    field: Annotated[
        str | None, typer.Option("--field", help="Only one field, such as host_consent or rules_of_engagement.")
    ] = None,
    proposed: Proposed = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """On whose word each force is where it is: authoriser, host consent, restrictions, papers, rules; unknown is printed.

    Example: garant consent --provider RWA
    """
    result = open_case(case).consent(
        host=host,
        provider=provider,
        regime=regime,
        field=field,
        proposed=proposed,
        as_of=as_of,
        known_on=known_on,
        ledger_on=ledger_on,
    )
    show(result, as_json=json)


def tasks(
    host: Host = None,
    provider: Provider = None,
    regime: Regime = None,
    task: Annotated[str | None, typer.Option("--task", help="Only one task, such as protect_civilians.")] = None,
    beneficiary: Annotated[
        str | None, typer.Option("--beneficiary", help="For whom: head_of_state, un_sites…, or somebody by name.")
    ] = None,
    protects: Annotated[
        str | None,
        typer.Option("--protects", help="Only one sort: civilian, regime, host_forces, commercial, mission, none."),
    ] = None,
    proposed: Proposed = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """What each force is used for and for whom, as counts of claims; regime, commercial and civilian protection apart.

    Example: garant tasks --beneficiary head_of_state
    """
    result = open_case(case).tasks(
        host=host,
        provider=provider,
        regime=regime,
        task=task,
        beneficiary=beneficiary,
        protects=protects,
        proposed=proposed,
        as_of=as_of,
        known_on=known_on,
        ledger_on=ledger_on,
    )
    show(result, as_json=json)
