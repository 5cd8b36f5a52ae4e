"""All statements: every accepted claim in one table, by force and then by what it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

from garant.brief.content import Cell, Section, Text, cell, table
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.phrases import force_name, phrases
from garant.claims import claim_types
from garant.claims.definitions import read_yaml
from garant.claims.wording import number, printed_time, quantity_text, statement
from garant.forces import Force, by_force
from garant.ledger import Entry
from garant.reconcile import Fact

#: Types of claims on what forces and others are said to have done, and on what followed.
CONDUCT = ("violation", "attack", "casualties", "consent_restricted", "sanction", "arms_flow")
_HEADS = ("When", "What the source says", "How many", "Who says it")
_WIDTHS = (3, 9, 3, 4)


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """One provider, one host, one regime to a table; then the chapters of statements.yaml."""
    groups = by_force(evidence.told)
    for force in sorted(groups, key=lambda f: (not evidence.home(f.host), f.host, -len(groups[f]), f.provider)):
        rows = list(_rows(groups[force], evidence, notes))
        title = _title(force, evidence)
        section.blocks.append(table(_HEADS, rows, _WIDTHS, title=title, id=f"statements-{len(section.blocks) + 1}"))
    shown = {f.id for told in groups.values() for f in told}
    rest = [e for e in evidence.entries if e.id not in shown]
    for chapter in _chapters():
        section.blocks += _chapter(chapter, rest, evidence, notes)


def conduct(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """Violations, restrictions and sanctions in order of time, denials and allegations marked as such."""
    chosen = [e for e in evidence.entries if e.claim.type in CONDUCT]
    rows = [_row(e, evidence, notes, kind=True) for e in chosen]
    if rows:
        section.blocks.append(table(_HEADS, rows, _WIDTHS))


def _title(force: Force, evidence: Evidence) -> str:
    return force_name(force, evidence, where=True)


def _chapter(chapter: dict[str, Any], rest: Iterable[Entry], evidence: Evidence, notes: Footnotes) -> list[Any]:
    rows = [_row(e, evidence, notes, kind=True) for e in rest if e.claim.type in chapter["types"]]
    return [table(_HEADS, rows, _WIDTHS, title=chapter["title"], id=f"statements-{chapter['id']}")] if rows else []


def _rows(told: Iterable[Fact], evidence: Evidence, notes: Footnotes) -> Iterator[tuple[Cell, ...]]:
    """A row a statement; of a series one in all, at the place of its first number."""
    seen = set()
    for fact in told:
        series = evidence.series.get(fact.id)
        if series is None:
            yield _row(evidence.by_claim[fact.id], evidence, notes)
        elif series.key not in seen:
            seen.add(series.key)
            first, last = (printed_time(f.claim.time) for f in (series.told[0], series.told[-1]))
            yield (
                cell(f"{first} – {last}"),
                cell(Text(series.says, notes.of([fact.id]))),
                cell(f"{number(len(series.told))} numbers"),
                cell(evidence.sources[series.source].publisher),
            )


def _row(entry: Entry, evidence: Evidence, notes: Footnotes, *, kind: bool = False) -> tuple[Cell, ...]:
    claim, source = entry.claim, evidence.sources[entry.claim.source]
    firmness = [] if claim.modality == "asserted" else [str(phrases()["modality"][claim.modality])]
    firmness += [f"as {claim.attributed_to} has it"] if claim.attributed_to else []
    firmness += ["proposal"] if entry.status == "proposed" else []
    measure = claim.quantity.measure if claim.quantity else None
    return (
        cell(printed_time(claim.time)),
        cell(
            Text(f"{claim_types()[claim.type].label['en']}. " if kind else "", style="soft"),
            Text(statement(claim), (notes.cite(entry),)),
            Text(f" ({', '.join(firmness)})" if firmness else "", style="soft"),
        ),
        cell(quantity_text(claim.quantity), Text(f"\n{measure}" if measure else "", style="soft")),
        cell(
            source.publisher,
            Text(f"\nspeaks for {', '.join(source.interested)}" if source.interested else "", style="soft"),
        ),
    )


def _chapters() -> list[dict[str, Any]]:
    text = resources.files("garant.brief").joinpath("statements.yaml").read_text(encoding="utf-8")
    loaded: list[dict[str, Any]] = read_yaml(text)
    return loaded
