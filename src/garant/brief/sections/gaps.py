"""Gaps: what no source tells, by who would hold the answer."""

from __future__ import annotations

from collections import defaultdict

from garant.brief.content import Cell, Section, Text, cell, table
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.claims.wording import statement
from garant.reconcile import Gap

#: Questions printed for each holder; the others are counted.
MOST = 8


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """A table a holder: what to ask, and the statement that leaves it open; those on which most hangs first."""
    by_holder: dict[str, list[Gap]] = defaultdict(list)
    for gap in evidence.gaps:
        by_holder[gap.who].append(gap)
    for holder, gaps in sorted(by_holder.items(), key=lambda item: -max(g.weight for g in item[1])):
        rows = [_row(gap, evidence, notes) for gap in gaps[:MOST]]
        title = f"Ask {holder}" if holder != "not known" else "Nobody is known to hold"
        section.blocks.append(table(("Missing", "What is told, and leaves it open"), rows, (3, 12), title=title))
        if len(gaps) > MOST:
            section.say(f"{len(gaps) - MOST} more; “garant gaps” lists them.", kind="note")


def _row(gap: Gap, evidence: Evidence, notes: Footnotes) -> tuple[Cell, Cell]:
    said = statement(evidence.facts[gap.claim].claim)
    return cell(gap.slot.replace("|", " or ").replace("_", " ")), cell(Text(said, notes.of([gap.claim])))
