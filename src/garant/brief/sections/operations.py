"""Operations and mandates: what followed what, what authorised it with which ceilings, how it is judged."""

from __future__ import annotations

from math import inf

from garant.brief.content import Cell, Section, Text, cell, table
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.claims.wording import NO_DATE, strength_text
from garant.forces import refuted
from garant.forces.mandates import Mandate, last_mandates, mandates
from garant.forces.operations import Dated, Judgement, Operation, operations


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """The register of operations, the chain of each one's mandates, opposed judgements side by side."""
    found = [o for o in operations(evidence.told, evidence.sources) if o.begun or o.ended or o.sponsors]
    until = last_mandates(evidence.told, refuted(evidence.disagreements))
    rows = [_row(one, until.get(one.operation), evidence, notes) for one in found]
    if rows:
        heads = ("Operation", "Led or authorised by", "Begun", "Ended", "Last mandate told until", "After")
        section.blocks.append(table(heads, rows, (3, 4, 3, 3, 3, 2), title="Register", id="register"))
    chains: dict[str, list[Mandate]] = {}
    for told in mandates(evidence.told, refuted(evidence.disagreements)):
        if told.verbs or told.paper:
            chains.setdefault(told.operation, []).append(told)
    for operation, chain in sorted(chains.items(), key=lambda item: -len(item[1])):
        title = f"What authorises {evidence.name(operation)}"
        columns = ("When", "Paper", "Decides", "Ceilings", "Expires")
        lines = [_mandate(told, notes) for told in chain]
        section.blocks.append(
            table(columns, lines, (3, 5, 3, 5, 3), title=title, id=f"mandates-{operation.strip('~')}")
        )
    _judged(section, found, evidence, notes)


def _row(one: Operation, last: Mandate | None, evidence: Evidence, notes: Footnotes) -> tuple[Cell, ...]:
    defects = "; ".join(d.words for d in one.defects)
    name = cell(
        Text(evidence.name(one.operation), notes.of(c.claim for c in one.defects)),
        Text(f" — said to lack: {defects}" if defects else "", style="soft"),
    )
    return (
        name,
        cell(", ".join(one.sponsors) or Text("not told", style="soft")),
        _dates(one.begun, notes),
        _dates(one.ended, notes),
        _until(last),
        cell(", ".join(one.predecessors)),
    )


def _until(last: Mandate | None) -> Cell:
    return cell(" / ".join(last.expires)) if last is not None else cell(Text("not told", style="soft"))


def _dates(told: list[Dated], notes: Footnotes) -> Cell:
    by_time: dict[str, list[str]] = {}
    for each in told:
        if each.when != NO_DATE:
            by_time.setdefault(each.when, []).append(each.claim)
    runs = [Text(when, notes.of(claims[:4])) for when, claims in by_time.items()]
    if not runs:
        return cell(Text("unknown", style="soft"))
    between = [part for run in runs for part in (run, Text(" / "))][:-1]
    return cell(*between)


def _mandate(told: Mandate, notes: Footnotes) -> tuple[Cell, ...]:
    ceilings = "; ".join(
        f"{strength_text(low, None if high == inf else high)} {who.replace('_', ' ')}"
        for who, low, high in told.ceilings
    )
    verbs = ", ".join(told.verbs) or "not told"
    return (
        cell(told.when),
        cell(Text(told.paper or "no paper named", notes.of(told.claims))),
        cell(verbs),
        cell(ceilings),
        cell(" / ".join(told.expires)),
    )


def _judged(section: Section, found: list[Operation], evidence: Evidence, notes: Footnotes) -> None:
    rows = []
    for one in found:
        sides = [[j for j in one.judgements if j.polarity == side] for side in ("positive", "negative")]
        mixed = [j for j in one.judgements if j.polarity not in ("positive", "negative")]
        if one.judgements:
            cells = [cell(*_words(side, notes)) for side in (*sides,)]
            cells[1] = cell(*cells[1], *_words(mixed, notes))
            rows.append((cell(evidence.name(one.operation)), *cells))
    if rows:
        heads = ("Operation", "Judged well", "Judged badly, or mixed")
        section.blocks.append(table(heads, rows, (2, 6, 6), title="Judgements, with their authors", id="judged"))


def _words(judgements: list[Judgement], notes: Footnotes) -> list[Text]:
    return [Text(f"{j.told.words} ({j.holder})\n", notes.of([j.told.claim])) for j in judgements]
