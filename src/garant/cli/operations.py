"""garant operations, mandates, rank."""

from __future__ import annotations

import typer

from garant.cli.asked import Operation, Provider
from garant.cli.options import AsOf, CaseOption, JsonOption, KnownOn, LedgerOn, Proposed, open_case, show


def register(app: typer.Typer) -> None:
    app.command("operations")(operations)
    app.command("mandates")(mandates)
    app.command("rank")(rank)


def operations(
    operation: Operation = None,
    proposed: Proposed = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Peace operations: sponsor, dates, what they followed, stated defects, opposed judgements with their authors.

    Example: garant operations
    """
    result = open_case(case).operations(
        operation=operation, proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on
    )
    show(result, as_json=json)


def mandates(
    operation: Operation = None,
    proposed: Proposed = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """What authorises each operation: the chain of decisions with ceilings, dates, expiry and tasks.

    Example: garant mandates --operation MINUSCA
    """
    result = open_case(case).mandates(
        operation=operation, proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on
    )
    show(result, as_json=json)


def rank(
    provider: Provider = None,
    operation: Operation = None,
    proposed: Proposed = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Ranks among contributors: as told, and with --operation counted from the strengths known at a date.

    Example: garant rank --operation MINUSCA --as-of 2019-12-01
    """
    result = open_case(case).rank(
        provider=provider, operation=operation, proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on
    )
    show(result, as_json=json)
