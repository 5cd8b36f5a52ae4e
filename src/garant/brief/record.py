"""The brief as plain JSON values: chapters, tables and footnotes for a program to read."""

from __future__ import annotations

from typing import Any

from garant.brief.content import Block, Cell, Figure, Heading, Paragraph, Table
from garant.brief.footnotes import SeriesNote
from garant.brief.head import limits, stands, warning
from garant.brief.picture import Picture


def record(picture: Picture) -> dict[str, Any]:
    """`{title, stands, warning, sections, notes, sources, method}`; a cell is `{text, notes}`, charts are left out.

    A note on a series has `series`, every number in it with its claim and row; tables have all their rows.
    """
    return {
        "title": picture.evidence.title,
        "stands": stands(picture.evidence),
        "warning": warning(picture.evidence) or None,
        "sections": [{"id": s.id, "title": s.title, "blocks": [_block(b) for b in s.blocks]} for s in picture.sections],
        "notes": [
            {
                "number": note.number,
                "claim": note.claim.id if note.claim else None,
                "says": note.says,
                "source": note.source.id,
                "where": note.anchor,
                **({"series": note.series.to_records()} if isinstance(note, SeriesNote) else {}),
            }
            for note in picture.footnotes.all
        ],
        "sources": [source.to_record() for source in picture.footnotes.cited_sources],
        "method": limits(picture),
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"kind": block.kind or "paragraph", **_cell(block.runs)}
        case Heading():
            return {"kind": "heading", "text": block.words}
        case Figure():
            told = _cell(block.caption)
            return {"kind": "figure", "text": told["text"], "notes": sorted({*told["notes"], *block.notes})}
        case Table():
            rows = [[_cell(c) for c in row] for row in (*block.rows, *block.more)]
            return {"kind": "table", "title": block.title, "heads": list(block.heads), "rows": rows}


def _cell(runs: Cell) -> dict[str, Any]:
    return {"text": "".join(r.words for r in runs), "notes": sorted({n for r in runs for n in r.notes})}
