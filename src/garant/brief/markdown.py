"""The brief as Markdown: the same chapters, readable in a terminal; charts stay out and are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from garant.brief.content import Cell, Figure, Heading, Paragraph, Table, Text
from garant.brief.head import distance, graded, limits, stands, warning
from garant.brief.picture import Picture
from garant.claims.wording import printed_time

#: Characters that stand as they are in an address.
_ADDRESS = ":/?#[]@!$&'()*+,;=%~"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


def markdown(picture: Picture) -> str:
    """Markdown text with footnotes as `[^3]`."""
    return "\n".join(_lines(picture)).rstrip() + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    evidence = picture.evidence
    yield f"# {_plain(evidence.title)}"
    yield ""
    yield " · ".join(stands(evidence))
    if said := warning(evidence):
        yield from ("", f"**{said}**")
    for section in picture.sections:
        yield from ("", f"## {section.title}")
        for block in section.blocks:
            yield ""
            match block:
                case Paragraph():
                    yield from _paragraph(block)
                case Heading():
                    yield f"### {_plain(block.words)}"
                case Figure():
                    cited = "".join(f"[^{n}]" for n in block.notes)
                    yield f"*(A chart stands here in the HTML and PDF forms.)* {_runs(block.caption)}{cited}"
                case Table():
                    yield from _table(block)
    yield from ("", "## Footnotes", "")
    for note in picture.footnotes.all:
        source = note.source
        date = printed_time(source.published) if source.published else "undated"
        yield (
            f"[^{note.number}]: {_plain(note.says)} {_plain(source.publisher)}, “{_plain(source.title)}”, {date}, "
            f"{note.anchor}. {f'Claim {str(note.claim.id)[:12]}' if note.claim else 'Rows'}, source {source.id}."
        )
    yield from ("", "## Sources", "")
    for source in picture.footnotes.cited_sources:
        date = printed_time(source.published) if source.published else "Undated"
        address = f" <{quote(source.address, safe=_ADDRESS)}>" if source.address else ""
        yield (
            f"- {source.id}: {_plain(source.publisher)}. “{_plain(source.title)}”. {date}. {_plain(distance(source))} "
            f"{_plain(graded(source))}{address}"
        )
    yield from ("", "## Method and limits", "")
    for paragraph in limits(picture):
        yield from (_plain(paragraph), "")


def _paragraph(block: Paragraph) -> Iterator[str]:
    text = _runs(block.runs)
    match block.kind:
        case "point":
            yield f"- {text}"
        case "lead" | "note":
            yield f"*{text}*" if "*" not in text else text
        case _:
            yield text


def _table(block: Table) -> Iterator[str]:
    if block.title:
        yield from (f"### {_plain(block.title)}", "")
    yield f"| {' | '.join(_plain(head) or ' ' for head in block.heads)} |"
    yield f"|{'|'.join('---' for _ in block.heads)}|"
    for row in block.rows:
        yield f"| {' | '.join(_cell(c) for c in row)} |"
    if block.more:
        yield from ("", f"*{_plain(block.rest)}: in the HTML and JSON forms.*")


def _cell(runs: Cell) -> str:
    return _runs(runs) or " "


def _runs(runs: Sequence[Text]) -> str:
    return "".join(_run(run) for run in runs).strip()


def _run(run: Text) -> str:
    words = _plain(run.words)
    if run.style == "strong" and words.strip():
        inner = words.strip()
        words = words.replace(inner, f"**{inner}**", 1)
    return words + "".join(f"[^{n}]" for n in run.notes)


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", re.sub(r"\s+", " ", text))
