"""garant exposure, totals, overlap, panel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from garant.cli.options import AsOf, CaseOption, JsonOption, KnownOn, LedgerOn, open_case, show


def register(app: typer.Typer) -> None:
    app.command("exposure")(exposure)
    app.command("totals")(totals)
    app.command("overlap")(overlap)
    app.command("panel")(panel)


From = Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day, month or year.")]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day, month or year.")]
Dataset = Annotated[
    str | None, typer.Option("--dataset", help="ucdp-ged or acled (default: the first that is loaded).")
]

Local = Annotated[
    bool,
    typer.Option("--local", help="Also the last six months, and files finer than areas; marked as not to pass on."),
]


def exposure(
    from_: From = None,
    to: To = None,
    by: Annotated[str, typer.Option("--by", help="area (prefectures), cell (PRIO-GRID) or site.")] = "area",
    every: Annotated[str, typer.Option("--every", help="total, year or month.")] = "total",
    dataset: Dataset = None,
    perpetrator: Annotated[
        str | None, typer.Option("--perpetrator", help="One perpetrator by name, or a kind such as state_forces.")
    ] = None,
    violence: Annotated[str | None, typer.Option("--violence", help="One kind of violence, such as one_sided.")] = None,
    without: Annotated[str | None, typer.Option("--without", help="Leave out what this outlet alone tells.")] = None,
    rank: Annotated[bool, typer.Option("--rank", help="Which are worst, and how surely.")] = False,
    site: Annotated[
        list[str] | None,
        typer.Option("--site", metavar="PLACE", help="A place; several times (default: all with troops)."),
    ] = None,
    radius: Annotated[float, typer.Option("--radius", metavar="KM", help="Radius of a site.", min=0.1)] = 30.0,
    draws: Annotated[int | None, typer.Option("--draws", help="Simulated surfaces of a ranking.", min=1)] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="Seed of the simulation.", min=0)] = None,
    local: Local = False,
    geojson: Annotated[Path | None, typer.Option("--geojson", metavar="FILE", help="Also write a GeoJSON map.")] = None,
    geoparquet: Annotated[
        Path | None, typer.Option("--geoparquet", metavar="FILE", help="Also write a GeoParquet map.")
    ] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Recorded lethal violence by area, period and perpetrator, raw and modelled apart; with --rank how sure the worst are.

    Example: garant exposure --from 2021 --to 2021 --by area --rank
    """
    result = open_case(case).exposure(
        from_,
        to,
        by=by,
        every=every,
        dataset=dataset,
        perpetrator=perpetrator,
        violence=violence,
        without=without,
        rank=rank,
        site=site or (),
        radius=radius,
        draws=draws,
        seed=seed,
        local=local,
        geojson=geojson,
        geoparquet=geoparquet,
        as_of=as_of,
        known_on=known_on,
        ledger_on=ledger_on,
    )
    show(result, as_json=json)


def totals(
    from_: From = None,
    to: To = None,
    dataset: Dataset = None,
    known_on: KnownOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Events and deaths by year and kind of violence, beside the publisher's own table by country and year.

    Example: garant totals --from 2012 --to 2022
    """
    show(open_case(case).totals(from_, to, dataset=dataset, known_on=known_on), as_json=json)


def overlap(
    from_: From = None,
    to: To = None,
    least: Annotated[
        float, typer.Option("--least", help="Least probability of a pair that is shown.", min=0.0, max=1.0)
    ] = 0.5,
    known_on: KnownOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Which events of UCDP GED and ACLED are one event, as a probability, and where they disagree (experimental).

    Example: garant overlap --from 2021 --to 2021
    """
    show(open_case(case).overlap(from_, to, least=least, known_on=known_on), as_json=json)


def panel(
    unit: Annotated[
        str, typer.Argument(help="cell-month, cell-year, area-month, area-year, country-month, country-year.")
    ],
    output: Annotated[Path, typer.Option("--output", metavar="FILE", help="A .parquet or .csv file to write.")],
    from_: From = None,
    to: To = None,
    dataset: Dataset = None,
    cells: Annotated[
        Path | None,
        typer.Option("--cells", metavar="FILE", help="PRIO-GRID numbers, one a line (default: the country's)."),
    ] = None,
    local: Local = False,
    known_on: KnownOn = None,
    case: CaseOption = None,
) -> None:
    """Write a panel of recorded violence: a row for each unit and period, zero where nothing happened, null where no data.

    Example: garant panel area-month --from 2012 --to 2022 --output panel.parquet
    """
    made = open_case(case).panel(
        unit, from_=from_, to=to, dataset=dataset, cells=cells, output=output, local=local, known_on=known_on
    )
    print(output)
    print(f"note: {len(made):,} rows", file=sys.stderr)
    if made.watermark:
        print(f"note: {made.watermark}", file=sys.stderr)
