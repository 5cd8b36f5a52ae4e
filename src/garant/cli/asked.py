"""Options of the commands on forces."""

from __future__ import annotations

from typing import Annotated

import typer

Host = Annotated[str | None, typer.Option("--host", help="Only forces in this state, such as CAF.")]
Provider = Annotated[
    str | None, typer.Option("--provider", help="Only forces of this state, company or operation, such as RWA.")
]
Regime = Annotated[
    str | None,
    typer.Option("--regime", help="Only this regime: un, au, regional, eu, bilateral, private, national, unknown."),
]
Operation = Annotated[str | None, typer.Option("--operation", help="Only this operation, such as MINUSCA.")]
Actor = Annotated[str | None, typer.Option(help="Only where this actor is named, such as RWA.")]
