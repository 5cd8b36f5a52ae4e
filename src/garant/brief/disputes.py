"""Disputes: disagreements as a brief prints them, sides beside each other, each claim with its footnote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.claims import Source
from garant.claims.definitions import read_yaml
from garant.claims.wording import printed_time, statement
from garant.ledger import Entry
from garant.reconcile import Disagreement, Side

#: Claims of neither side that are printed with a disagreement which rests on them.
_EVIDENCE = 2


@dataclass(frozen=True, slots=True)
class Told:
    """One claim on a side: what it says, who says it and when, how far from the events, and its footnote."""

    says: str
    publisher: str
    published: str
    distance: str
    note: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One side: what it amounts to, its claims, how many stand behind it, whether the decision takes it."""

    reading: str
    told: list[Told]
    more: int
    origins: int
    taken: bool


@dataclass(frozen=True, slots=True)
class Dispute:
    """One disagreement in print; `marks` are as many dots as it is severe, `evidence` what it also rests on."""

    id: str
    kind: str
    marks: str
    subject: str
    explanation: str
    readings: list[Reading]
    evidence: list[Told]
    decision: str
    note: str


def disputes(evidence: Evidence, notes: Footnotes) -> list[Dispute]:
    """Disagreements, the most damaging first."""
    entries = {str(entry.claim.id): entry for entry in evidence.entries}
    return [_dispute(found, entries, evidence.sources, notes) for found in evidence.disagreements]


def _dispute(
    found: Disagreement, entries: Mapping[str, Entry], sources: Mapping[str, Source], notes: Footnotes
) -> Dispute:
    readings = [
        _reading(side, found, entries, sources, notes, taken=found.decided == number)
        for number, side in enumerate(found.sides, 1)
    ]
    return Dispute(
        id=f"disagreement-{found.id[:12]}",
        kind=_words()["kinds"][found.kind],
        marks="●" * found.severity,
        subject=found.subject,
        explanation=found.explanation[:1].upper() + found.explanation[1:] + ".",
        readings=readings,
        evidence=[_told(entries[c], sources, notes) for c in found.evidence[:_EVIDENCE]],
        decision=_decided(found),
        note=found.decision.note if found.decision else "",
    )


def _reading(
    side: Side,
    found: Disagreement,
    entries: Mapping[str, Entry],
    sources: Mapping[str, Source],
    notes: Footnotes,
    *,
    taken: bool,
) -> Reading:
    told = [_told(entries[c], sources, notes) for c in side.claims if c in found.shown]
    return Reading(side.reading, told, len(side.claims) - len(told), side.origins, taken)


def _told(entry: Entry, sources: Mapping[str, Source], notes: Footnotes) -> Told:
    source = sources[entry.claim.source]
    return Told(
        says=statement(entry.claim),
        publisher=source.publisher,
        published=printed_time(source.published) if source.published else "undated",
        distance=_words()["distance"][source.independence],
        note=notes.cite(entry),
    )


def _decided(found: Disagreement) -> str:
    words = _words()["decision"]
    if found.decision is None:
        return str(words["none"])
    said = words["kept_open"] if found.decided is None else words["taken"].format(side=found.decided)
    return f"{said} {words['stale']}" if found.stale else str(said)


def _words() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("disputes.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded
