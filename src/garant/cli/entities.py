"""garant entities."""

from __future__ import annotations

from typing import Annotated

import typer

from garant.cli.options import AsOf, By, CaseOption, JsonOption, KnownOn, LedgerOn, Note, open_case, show


def register(app: typer.Typer) -> None:
    app.command("entities")(entities)


def entities(
    query: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="An id, or part of a name in English or French.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option(help="state, mission, military, armed_group, institution, instrument, place…")
    ] = None,
    used: Annotated[bool | None, typer.Option("--used/--unused", help="Named by a claim, or by none.")] = None,
    unresolved: Annotated[
        bool, typer.Option("--unresolved", help="Names in claims that stand for no entity for sure.")
    ] = False,
    new: Annotated[
        str | None,
        typer.Option("--new", metavar="NAME", help="Make a new entity with this English name; give its id and --kind."),
    ] = None,
    alias: Annotated[str | None, typer.Option("--alias", metavar="NAME", help="Add a name to the entity.")] = None,
    alias_kind: Annotated[
        str, typer.Option("--alias-kind", help="acronym, short, variant, former, demonym or misnomer.")
    ] = "variant",
    lang: Annotated[str | None, typer.Option(help="The alias's language, en or fr, if it has one.")] = None,
    merge: Annotated[str | None, typer.Option(metavar="ID", help="This entity is the same as --into.")] = None,
    split: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Move --name from this entity to --into; without --name, undo its merge."),
    ] = None,
    into: Annotated[str | None, typer.Option(metavar="ID", help="The other entity of a merge or split.")] = None,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A name to move in a split; may be repeated.")
    ] = None,
    note: Note = None,
    by: By = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """List what names stand for; add an alias, merge or split entities, each as a review.

    Example: garant entities minusca --alias "the UN mission in Bangui"
    """
    result = open_case(case).entities(
        query, kind=kind, used=used, unresolved=unresolved, new=new, alias=alias, alias_kind=alias_kind, lang=lang,
        merge=merge, split=split, into=into, names=name or (), by=by, note=note,
        as_of=as_of, known_on=known_on, ledger_on=ledger_on,
    )  # fmt: skip
    show(result, as_json=json)
