"""garant load."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from garant.cli.options import CaseOption, JsonOption, open_case, show


def register(app: typer.Typer) -> None:
    app.command("load")(load)


def load(
    dataset: Annotated[
        str,
        typer.Argument(metavar="DATASET", help="Its name, such as ucdp-ged; or the file alone, to have it recognised."),
    ],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]",
            help="CSV, its zip or gzip, JSON pages (or a folder of them), .xlsx; layers of geometries.",
        ),
    ] = None,
    version: Annotated[
        str | None, typer.Option("--version", help="Its version, where the file's name does not tell it.")
    ] = None,
    released: Annotated[
        str | None, typer.Option("--released", metavar="DATE", help="When this version was released.")
    ] = None,
    name_column: Annotated[str | None, typer.Option("--name-column", help="Boundaries: the column with names.")] = None,
    code_column: Annotated[str | None, typer.Option("--code-column", help="Boundaries: the column with codes.")] = None,
    count_column: Annotated[
        str | None, typer.Option("--count-column", help="Population: the column with numbers of people.")
    ] = None,
    level: Annotated[
        str | None, typer.Option("--level", help="Boundaries: 0 the country, 1 its largest divisions, 2, 3.")
    ] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Who published the layer.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="The layer's title.")] = None,
    licence: Annotated[str | None, typer.Option("--licence", help="The layer's licence.")] = None,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", metavar="FILE", help="List the rows that cannot be used, as CSV.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only read and check; write nothing.")] = False,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Load published data: events and layers as snapshots; deployments, contributions, agreements, mandates as claims.

    Example: garant load ucdp-ged GEDEvent_v23_1.csv --case my-case
    """
    named, path = (dataset, file) if file is not None else (None, Path(dataset))
    result = open_case(case).load(
        named, path, version=version, released=released, name_column=name_column, code_column=code_column,
        count_column=count_column, level=level, publisher=publisher, title=title, licence=licence, rejects=rejects,
        dry_run=dry_run,
    )  # fmt: skip
    show(result, as_json=json)
