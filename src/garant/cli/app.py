"""The command `garant`: one verb, one command; nothing heavy is imported before a command runs."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from garant.cli import (
    brief,
    changes,
    check,
    claims,
    disagreements,
    entities,
    exposure,
    forces,
    lifecycle,
    load,
    operations,
    read,
    relations,
    review,
    sources,
)
from garant.errors import InputError
from garant.version import __version__

app = typer.Typer(
    name="garant",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help="""Sourced claims on peace operations: who consented to which force, what it promised and was used for.

Start with **garant brief**: it prints the path of a report on the packaged case, the Central African Republic.
Then look at what it rests on: **garant claims --provider RWA --host CAF**, **garant sources**.
Make a case of your own with **garant init DIR --from caf** and add to it with **garant add**.

Dates are EDTF: 2021, 2021-06, 2021-06-05. *--as-of* keeps what had begun by then, *--known-on* what had been
published by then, *--ledger-on* what your ledger had recorded by then.
""",
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"garant {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    debug: Annotated[bool, typer.Option("--debug", help="On an error, show where in the program it arose.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    del debug, version  # read by main() and by the callback


for _module in (
    lifecycle, read, load, claims, review, disagreements, forces, operations, relations, exposure, entities, sources,
    changes, check, brief,
):  # fmt: skip  # the order of the help
    _module.register(app)


def main() -> None:
    """Run the command line. Exit 0 done, 1 could not (one sentence on standard error), 2 wrong usage."""
    debug = "--debug" in sys.argv
    sys.argv[:] = [word for word in sys.argv if word != "--debug"]  # wherever it stands
    try:
        app()
    except InputError as error:
        if debug:
            raise
        print(f"garant: {error}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()  # the reader (head, less) has gone; that is no error of ours
        sys.exit(0)
    finally:
        if "duckdb" not in sys.modules:  # DuckDB complains of what it finds left of its own at the end
            gc.freeze()  # the process ends: there is nothing left to be searched for cycles, which may take a second
