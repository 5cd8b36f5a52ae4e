"""The picture: everything a brief prints, gathered from accepted claims under the clocks, before any layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from garant.brief.footnotes import Footnotes
from garant.claims import Source, claim_types, origins, vocabulary
from garant.claims.definitions import read_yaml
from garant.claims.wording import printed_time, quantity_text, statement
from garant.forces import PRESENCE, Force, by_force
from garant.ledger import Clocks, Entry
from garant.names import Names


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: what one claim says, when, how firmly, and its footnote."""

    time: str
    says: str
    quantity: str
    measure: str
    kind: str
    firmness: str
    publisher: str
    interested: str
    note: int


@dataclass(frozen=True, slots=True)
class Block:
    """A titled list of lines: a force, or a chapter."""

    id: str
    title: str
    lead: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the case holds: counts, and what the clocks leave out."""

    claims: int
    sources: int
    publishers: int
    origins: int
    interested: int
    undated: int
    proposals: int
    timeless: int
    later: int
    first: str
    last: str
    types: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a brief is made from: a case's title, claims with status, sources, names, and the clocks.

    `hidden` counts claims that `known_on` leaves out; `proposals` those that nobody has accepted.
    """

    title: str
    country: str | None
    entries: Sequence[Entry]
    sources: Mapping[str, Source]
    names: Names
    clocks: Clocks
    hidden: Mapping[str, int]
    proposals: int
    proposed_included: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A brief before layout."""

    evidence: Evidence
    holdings: Holdings
    forces: list[Block]
    chapters: list[Block]
    footnotes: Footnotes


def draw(evidence: Evidence) -> Picture:
    """Gather the picture. Every accepted claim stands in exactly one block."""
    notes = Footnotes(evidence.sources)
    forces = _forces(evidence, notes)
    shown = {f.entry.claim.id for f in notes.all}
    rest = [e for e in evidence.entries if e.claim.id not in shown]
    chapters = [block for block in (_chapter(s, rest, evidence, notes) for s in _sections()) if block.lines]
    return Picture(evidence, _holdings(evidence), forces, chapters, notes)


def _forces(evidence: Evidence, notes: Footnotes) -> list[Block]:
    groups = by_force(evidence.entries, evidence.names)
    home = evidence.country or ""

    def rank(force: Force) -> tuple[Any, ...]:
        return (force.host != home, force.host, -len(groups[force]), force.provider, force.regime)

    blocks = []
    for number, force in enumerate(sorted(groups, key=rank), start=1):
        lines = [_line(e, evidence, notes) for e in groups[force]]
        blocks.append(Block(f"force-{number}", _force_title(force, evidence.names), "", lines))
    return blocks


def _force_title(force: Force, names: Names) -> str:
    regime = vocabulary()["regime"][force.regime]["en"]
    where = f"in {_the(names.label(force.host))}" if force.host else "in all operations"
    return f"{names.label(force.provider)} {where} — {regime if force.regime != 'unknown' else 'regime not stated'}"


def _the(name: str) -> str:
    return f"the {name}" if name.endswith(("Republic", "Kingdom", "States", "Congo")) else name


def _chapter(section: dict[str, Any], entries: Sequence[Entry], evidence: Evidence, notes: Footnotes) -> Block:
    wanted = [e for e in entries if e.claim.type in section["types"]]
    if section["id"] == "operations":  # what tells of a force but names no provider
        wanted = [e for e in entries if e.claim.type in section["types"] or e.claim.type in PRESENCE]
    return Block(section["id"], section["title"], section["lead"], [_line(e, evidence, notes) for e in wanted])


def _line(entry: Entry, evidence: Evidence, notes: Footnotes) -> Line:
    claim, source = entry.claim, evidence.sources[entry.claim.source]
    firmness = [] if claim.modality == "asserted" else [vocabulary()["modality"][claim.modality]["en"]]
    firmness += [f"as {claim.attributed_to} has it"] if claim.attributed_to else []
    firmness += ["proposal"] if entry.status == "proposed" else []
    measure = claim.quantity.measure if claim.quantity else None
    return Line(
        time=printed_time(claim.time),
        says=statement(claim),
        quantity=quantity_text(claim.quantity),
        measure=measure or "",
        kind=claim_types()[claim.type].label["en"],
        firmness=", ".join(firmness),
        publisher=source.publisher,
        interested=", ".join(source.interested or ()),
        note=notes.cite(entry),
    )


def _holdings(evidence: Evidence) -> Holdings:
    cited = {e.claim.source for e in evidence.entries}
    sources = {i: s for i, s in evidence.sources.items() if i in cited}
    dated = sorted((s.known_day, s.published or "") for s in sources.values() if s.known_day is not None)
    counts = Counter(e.claim.type for e in evidence.entries)
    labels = [(claim_types()[t].label["en"], n) for t, n in counts.most_common()]
    return Holdings(
        claims=len(evidence.entries),
        sources=len(sources),
        publishers=len({s.publisher for s in sources.values()}),
        origins=len(frozenset[str]().union(*(origins(dict(evidence.sources), i) for i in sources))),
        interested=sum(bool(s.interested) for s in sources.values()),
        undated=sum(s.published is None for s in sources.values()),
        proposals=evidence.proposals,
        timeless=sum(e.claim.time is None for e in evidence.entries),
        later=evidence.hidden["later"] + evidence.hidden["undated"],
        first=printed_time(dated[0][1]) if dated else "",
        last=printed_time(dated[-1][1]) if dated else "",
        types=labels,
    )


def _sections() -> list[dict[str, Any]]:
    text = resources.files(__package__).joinpath("sections.yaml").read_text(encoding="utf-8")
    sections: list[dict[str, Any]] = read_yaml(text)
    return sections
