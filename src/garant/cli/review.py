"""garant review."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from garant.cli.options import By, CaseOption, JsonOption, Note, open_case, show


def register(app: typer.Typer) -> None:
    app.command("review")(review)


def review(
    claim: Annotated[str | None, typer.Argument(metavar="[ID]", help="The claim's id, or the beginning of it.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="It is coded rightly and counts.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is coded wrongly and does not count.")] = False,
    correct: Annotated[
        list[str] | None,
        typer.Option(
            "--correct",
            metavar="FIELD=VALUE",
            help="Correct a field (time=2021-08-05, quantity.value=540; an empty value drops it); may be repeated.",
        ),
    ] = None,
    disagreement: Annotated[
        str | None, typer.Option("--disagreement", metavar="ID", help="Decide on this disagreement instead of a claim.")
    ] = None,
    side: Annotated[
        str | None, typer.Option("--side", metavar="N", help="Take this side: its number, or the id of a claim on it.")
    ] = None,
    keep_open: Annotated[
        bool, typer.Option("--keep-open", help="Say that the disagreement cannot be settled.")
    ] = False,
    above: Annotated[
        float | None,
        typer.Option("--above", min=0.0, max=1.0, help="With --accept: every proposal that is at least so sure (0-1)."),
    ] = None,
    note: Note = None,
    by: By = None,
    case: CaseOption = None,
    json: JsonOption = False,
) -> None:
    """Accept, reject or correct a claim, or decide on a disagreement; without a verdict, list reviews.

    Nothing is edited or deleted. A decision on a disagreement needs a public note.

    Example: garant review 3f2a91 --reject --note "the sentence speaks of another country"
    """
    from garant.cli.drafting import assignments
    from garant.errors import InputError

    chosen: list[Literal["accept", "reject", "correct"]] = []
    chosen += ["accept"] if accept else []
    chosen += ["reject"] if reject else []
    chosen += ["correct"] if correct else []
    if len(chosen) > 1:
        raise InputError(f"{' and '.join(chosen)} exclude each other", mend="give one verdict")
    changes = assignments(correct) if correct else None
    verdict = chosen[0] if chosen else None
    result = open_case(case).review(
        claim,
        verdict,
        changes=changes,
        disagreement=disagreement,
        side=side,
        keep_open=keep_open,
        above=above,
        note=note,
        by=by,
    )
    show(result, as_json=json)
