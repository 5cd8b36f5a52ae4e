"""Consent and authority: on whose word each force is there, field by field; unknown is printed."""

from __future__ import annotations

from garant.brief.content import Cell, Section, Text, cell, table
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.phrases import force_name, phrases
from garant.forces import Force
from garant.forces.consent import UNKNOWN, Statement, consent, fields


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """A table a force: what is told of each field, and in one line the fields of which nothing is told."""
    forces = {
        band.series.force
        for band in evidence.bands
        if band.series.force.foreign_to(evidence.country) and evidence.home(band.series.force.host)
    }
    told = consent(evidence.told, forces, evidence.disagreements)
    own = [s for s in told if s.claims and not s.through]
    order = sorted(forces, key=lambda f: (-sum(s.force == f for s in own), f.provider, f.regime))
    bare = []
    for force in order:
        statements = [s for s in told if s.force == force]
        known = [s for s in statements if s.value != UNKNOWN and not s.through]
        if not known:
            bare.append((force, {s.through for s in statements if s.through}))
            continue
        silent = [f for f in fields() if not any(s.field == f and s.value != UNKNOWN for s in statements)]
        section.blocks.append(
            table(
                ("", "What is told", "When"),
                [_row(s, notes) for s in known],
                (3, 9, 4),
                title=force_name(force, evidence),
                id=f"consent-{len(section.blocks) + 1}",
            )
        )
        shared = sorted({s.through for s in statements if s.through})
        if shared:
            section.say(f"For the rest it has the authority of {_names(shared, evidence)}.", kind="note")
        if silent:
            words = ", ".join(str(phrases()["fields"][f]).lower() for f in silent)
            section.say(f"No source tells: {words}.", kind="note")
    _bare(section, bare, evidence)


def _row(statement: Statement, notes: Footnotes) -> tuple[Cell, Cell, Cell]:
    details = "; ".join(f"{key}: {value}" for key, value in statement.details.items())
    value = Text(statement.value, notes.of(statement.claims[:6]))
    soft = Text(f" — {details}", style="soft") if details else Text("")
    return cell(str(phrases()["fields"][statement.field])), cell(value, soft), cell(statement.when)


def _bare(section: Section, bare: list[tuple[Force, set[str]]], evidence: Evidence) -> None:
    """Forces of which no source tells any authority of their own."""
    through = [(force, operations) for force, operations in bare if operations]
    alone = [force for force, operations in bare if not operations]
    if through:
        listed = "; ".join(f"{evidence.name(f.provider)} ({_names(sorted(o), evidence)})" for f, o in through)
        section.say(f"Contingents with the authority of their operation, and none told of their own: {listed}.")
    if alone:
        listed = "; ".join(force_name(force, evidence) for force in alone)
        section.say("Forces of which no source tells any authority, consent or paper: ", listed, ".")


def _names(operations: list[str], evidence: Evidence) -> str:
    return ", ".join(evidence.name(operation) for operation in operations)
