"""garant dependence, visits, motives."""

from __future__ import annotations

from typing import Annotated

import typer

from garant.cli.asked import Actor
from garant.cli.options import AsOf, CaseOption, JsonOption, KnownOn, LedgerOn, Proposed, open_case, show


def register(app: typer.Typer) -> None:
    app.command("dependence")(dependence)
    app.command("visits")(visits)
    app.command("motives")(motives)


def dependence(
    host: Annotated[str | None, typer.Option("--host", help="The host state (default: the case's country).")] = None,
    proposed: Proposed = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """How much of the foreign personnel in a host each provider has at a date: shares and Herfindahl index as bands.

    Example: garant dependence --as-of 2021-06
    """
    result = open_case(case).dependence(
        host=host, proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on
    )
    show(result, as_json=json)


def visits(
    actor: Actor = None,
    proposed: Proposed = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Meetings and visits, and what came of them.

    Example: garant visits --actor RWA
    """
    result = open_case(case).visits(actor=actor, proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on)
    show(result, as_json=json)


def motives(
    actor: Actor = None,
    proposed: Proposed = False,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Why somebody is said to act: each motive with its holder and the independent origins behind it.

    Example: garant motives --actor RWA
    """
    result = open_case(case).motives(
        actor=actor, proposed=proposed, as_of=as_of, known_on=known_on, ledger_on=ledger_on
    )
    show(result, as_json=json)
