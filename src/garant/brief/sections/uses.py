"""Who does what for whom: tasks as counts of statements, sorts of protection apart."""

from __future__ import annotations

from garant.brief.content import Cell, Section, Text, cell, table
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.phrases import force_name, phrases
from garant.forces.consent import papers_text
from garant.forces.tasks import Task, tasks


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """One table for each sort of protection, then what protects nobody in particular."""
    told = [t for t in tasks(evidence.told) if evidence.home(t.force.host) or not t.force.host]
    for sort, words in phrases()["protects"].items():
        rows = [_row(t, evidence, notes) for t in told if t.protects == sort]
        if rows:
            heads = ("Force", "Task", "For", "When", "On which paper", "Statements")
            title = f"Protection of {words}" if sort != "none" else "Other tasks"
            section.blocks.append(table(heads, rows, (4, 3, 3, 3, 3, 2), title=title, id=f"tasks-{sort}"))


def _row(told: Task, evidence: Evidence, notes: Footnotes) -> tuple[Cell, ...]:
    counted = f"{len(told.claims)}" + (f" and {len(told.planned)} planned or alleged" if told.planned else "")
    return (
        cell(force_name(told.force, evidence)),
        cell(told.task.replace("_", " ")),
        cell(", ".join(evidence.name(b) for b in told.beneficiaries)),
        cell(told.when),
        cell(papers_text(told.papers) or Text("none named", style="soft")),
        cell(Text(counted, notes.of((*told.claims, *told.planned)))),
    )
