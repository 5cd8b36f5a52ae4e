"""The timeline as a figure."""

from __future__ import annotations

from garant.brief.content import Figure, Section, cell
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.marks import Mark
from garant.brief.timeline import timeline, timeline_svg

_CAPTION = (
    "What sources say happened, with the number of each footnote in brackets. A filled mark is a day that the source "
    "gives; an open one stands where the source gives a month, a year or a guess, and the line covers the days it may "
    "mean. Bars are operations whose beginning a source dates; an arrow means that no source here dates the end. "
    "Plans, opinions and denials are not drawn."
)


def _cited(marks: list[Mark]) -> tuple[int, ...]:
    return tuple(sorted({n for mark in marks for n in mark.notes}))


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """The charts, each with its lanes."""
    for marks in timeline(evidence, notes):
        svg = timeline_svg(marks, evidence.charts)
        if svg:
            section.blocks.append(Figure(svg, cell("Continued." if section.blocks else _CAPTION), _cited(marks)))
