"""garant claims, add."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from garant.cli.options import AsOf, By, CaseOption, JsonOption, KnownOn, LedgerOn, Proposed, open_case, show


def register(app: typer.Typer) -> None:
    app.command("claims")(claims)
    app.command("add")(add)


def claims(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Ids of claims, or their beginnings.")
    ] = None,
    type: Annotated[list[str] | None, typer.Option("--type", help="Claim type; may be repeated.")] = None,
    provider: Annotated[
        str | None, typer.Option(help="Who provides the force: an entity id or a name, such as RWA.")
    ] = None,
    host: Annotated[str | None, typer.Option(help="Where: an entity id or a name, such as CAF.")] = None,
    actor: Annotated[str | None, typer.Option(help="Anybody, any place or instrument that the claim names.")] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="Source id; may be repeated.")] = None,
    status: Annotated[
        list[str] | None, typer.Option("--status", help="accepted (default), proposed, rejected, superseded or all.")
    ] = None,
    same_event: Annotated[
        str | None,
        typer.Option("--same-event", metavar="ID", help="Those that tell the same event as this claim, and why."),
    ] = None,
    proposed: Proposed = False,
    text_dir: Annotated[
        Path | None,
        typer.Option("--text-dir", metavar="DIR", help="A folder with the documents: shows each claim's sentence."),
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, max=10**9, help="At most so many claims.")] = None,
    as_of: AsOf = None,
    known_on: KnownOn = None,
    ledger_on: LedgerOn = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """List claims: what each source says, in order of time.

    Example: garant claims --provider RWA --host CAF --type deployment --known-on 2022-06
    """
    result = open_case(case).claims(
        ids or (), type=type or (), provider=provider, host=host, actor=actor, source=source or (),
        status=status or "accepted", same_event=same_event, proposed=proposed, text_dir=text_dir, limit=limit,
        as_of=as_of, known_on=known_on, ledger_on=ledger_on,
    )  # fmt: skip
    show(result, as_json=json)


def add(
    source: Annotated[
        str | None, typer.Option("--source", help="The source's id; with --title and --publisher a new one.")
    ] = None,
    locator: Annotated[str | None, typer.Option(help="Where it stands: chars:A-B or p:N (paragraph).")] = None,
    says: Annotated[str | None, typer.Option(help="What the source states, in one sentence of your own.")] = None,
    type: Annotated[str | None, typer.Option(help="The claim type, such as deployment.")] = None,
    actor: Annotated[
        list[str] | None,
        typer.Option(
            "--actor", metavar="ROLE:KIND:NAME", help="An actor, such as provider:state:Rwanda; may be repeated."
        ),
    ] = None,
    value: Annotated[float | None, typer.Option(help="The number stated.")] = None,
    low: Annotated[float | None, typer.Option(help="Its lower end, for a range or 'at least'.")] = None,
    high: Annotated[float | None, typer.Option(help="Its upper end, for a range or 'up to'.")] = None,
    unit: Annotated[str | None, typer.Option(help="What is counted, such as personnel.")] = None,
    measure: Annotated[str | None, typer.Option(help="stock, flow, cumulative, rank, count or ceiling.")] = None,
    approx: Annotated[bool, typer.Option("--approx", help="The source says 'about'.")] = False,
    time: Annotated[str | None, typer.Option(help="When, in EDTF: 2014-01-16, 2014~, 2007/..")] = None,
    time_text: Annotated[
        str | None,
        typer.Option("--time-text", help="When, as printed; without --time it is resolved against the source's date."),
    ] = None,
    place: Annotated[str | None, typer.Option(help="Where it happened.")] = None,
    instrument: Annotated[str | None, typer.Option(help="The mandate, agreement or plan it rests on.")] = None,
    regime: Annotated[
        str | None, typer.Option(help="un, au, regional, eu, bilateral, private, national or unknown.")
    ] = None,
    slot: Annotated[
        list[str] | None,
        typer.Option("--slot", metavar="NAME=VALUE", help="A slot of the claim type; may be repeated."),
    ] = None,
    modality: Annotated[
        str, typer.Option(help="asserted, reported, planned, alleged, denied, recommended, opinion or conditional.")
    ] = "asserted",
    attributed_to: Annotated[
        str | None, typer.Option("--attributed-to", help="The source named inside the text.")
    ] = None,
    derived: Annotated[
        list[str] | None,
        typer.Option("--derived", help="A field that you worked out and the sentence does not print; may be repeated."),
    ] = None,
    ref: Annotated[list[str] | None, typer.Option("--ref", help="A tag to find the claim by; may be repeated.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="For a new source: its title.")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="For a new source: its publisher.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="For a new source: when it was published.")
    ] = None,
    address: Annotated[str | None, typer.Option("--address", help="For a new source: where it can be found.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="For a new source: en, fr…")] = None,
    independence: Annotated[
        str | None, typer.Option("--independence", help="For a new source: independent, official, party or unknown.")
    ] = None,
    interested: Annotated[
        list[str] | None, typer.Option("--interested", help="For a new source: a party it speaks for; may be repeated.")
    ] = None,
    derived_from: Annotated[
        list[str] | None, typer.Option("--derived-from", help="For a new source: a source it copies; may be repeated.")
    ] = None,
    source_note: Annotated[
        str | None, typer.Option("--source-note", help="For a new source: what should be known of it.")
    ] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Fill in the claim in your editor.")] = False,
    by: By = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Enter a claim by hand, from options or in your editor.

    Example: garant add --case my-case --source 002 --locator p:6 --type deployment
    --says "Rwandan troops first came in early 2014." --actor provider:state:Rwanda
    --actor "host:state:Central African Republic" --time 2014-01~/2014-04~
    """
    from garant.cli.drafting import claim_from, edited, source_from

    opened = open_case(case)
    quantity = {"value": value, "low": low, "high": high, "unit": unit, "measure": measure, "approx": approx or None}
    fields: dict[str, Any] = {
        "source": source, "locator": locator, "says": says, "type": type, "time": time, "time_text": time_text,
        "regime": regime, "modality": modality, "attributed_to": attributed_to,
        "derived": derived or None, "refs": ref or None,
    }  # fmt: skip
    draft = claim_from(
        fields, actors=actor or [], quantity=quantity, place=place, instrument=instrument, slots=slot or []
    )
    about = source_from(
        source, title=title, publisher=publisher, published=published, address=address, language=language,
        independence=independence, interested=interested, derived_from=derived_from, note=source_note,
    )  # fmt: skip
    if edit:
        draft, about = edited(draft, about)
    show(opened.add(draft, source=about, by=by), as_json=json)
