"""garant init, import, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from garant.cli.options import CaseOption, JsonOption, open_case, show


def register(app: typer.Typer) -> None:
    app.command("init")(init)
    app.command("import")(import_)
    app.command("export")(export)


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new case's folder.")],
    country: Annotated[
        str | None, typer.Option("--country", metavar="CAF", help="The country it is about, ISO 3166-1 alpha-3.")
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="NAME|DIR", help="Start from a packaged case or the text form of one."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="The case's title.")] = None,
) -> None:
    """Make a new case.

    Example: garant init my-case --from caf
    """
    from garant.case import init as make

    print(make(folder, country=country, from_=from_, title=title))


def import_(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A file of claims as JSON lines, or the text form of a case.")
    ],
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Add claims, or merge the text form of another case. All of it lands, or nothing.

    Example: garant import colleague-export/ --case my-case
    """
    show(open_case(case).import_(path), as_json=json)


def export(
    text: Annotated[
        Path, typer.Option("--text", metavar="DIR", help="The folder to write the git-friendly form into.")
    ],
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Write the case as text: JSON lines that git can compare, and that `import` reads back without loss.

    Example: garant export --text my-export --case my-case
    """
    show(open_case(case).export(text), as_json=json)
