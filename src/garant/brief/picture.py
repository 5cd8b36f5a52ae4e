"""The picture: everything a brief prints, gathered from accepted claims under the clocks, before any layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from garant.brief.disputes import Dispute, disputes
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.marks import Mark
from garant.brief.timeline import timeline
from garant.claims import Period, claim_types, origins, vocabulary
from garant.claims.definitions import read_yaml
from garant.claims.wording import printed_time, quantity_text, statement
from garant.forces import EVERYWHERE, PRESENCE, Force, by_force
from garant.ledger import Entry
from garant.names import Names
from garant.names.lifetimes import FACTUAL


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
class Cited:
    """A printed value and the footnote that states it."""

    text: str
    note: int


@dataclass(frozen=True, slots=True)
class Glance:
    """One force in the host at a glance: what is stated of its beginning and latest size, and on what paper."""

    id: str
    force: str
    regime: str
    earliest: Cited | None
    latest: Cited | None
    papers: list[Cited]
    statements: int


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
class Picture:
    """A brief before layout."""

    evidence: Evidence
    holdings: Holdings
    marks: list[Mark]
    glance: list[Glance]
    disputes: list[Dispute]
    forces: list[Block]
    chapters: list[Block]
    footnotes: Footnotes


def draw(evidence: Evidence) -> Picture:
    """Gather the picture. Every accepted claim stands in exactly one block; footnotes count as the page goes."""
    notes = Footnotes(evidence.sources)
    groups = by_force(evidence.entries, evidence.names)
    ordered = _ordered(groups, evidence)
    glance = [_glance(n, f, groups[f], evidence, notes) for n, f in enumerate(ordered, 1) if f.host == evidence.country]
    marks = timeline(evidence, notes)
    disputed = disputes(evidence, notes)
    forces = _forces(ordered, groups, evidence, notes)
    shown = {e.claim.id for entries in groups.values() for e in entries}
    rest = [e for e in evidence.entries if e.claim.id not in shown]
    chapters = [block for block in (_chapter(s, rest, evidence, notes) for s in _sections()) if block.lines]
    return Picture(evidence, _holdings(evidence), marks, glance, disputed, forces, chapters, notes)


def _ordered(groups: Mapping[Force, Sequence[Entry]], evidence: Evidence) -> list[Force]:
    """Forces in the case's country first, then elsewhere; those of which most is said before the others."""
    home = evidence.country or ""
    return sorted(groups, key=lambda f: (f.host != home, f.host, -len(groups[f]), f.provider, f.regime))


def _forces(
    ordered: Sequence[Force], groups: Mapping[Force, Sequence[Entry]], evidence: Evidence, notes: Footnotes
) -> list[Block]:
    blocks = []
    for number, force in enumerate(ordered, start=1):
        lines = [_line(e, evidence, notes) for e in groups[force]]
        blocks.append(Block(f"force-{number}", _force_title(force, evidence.names), "", lines))
    return blocks


def _glance(number: int, force: Force, entries: Sequence[Entry], evidence: Evidence, notes: Footnotes) -> Glance:
    """The earliest presence and the latest stock that a source asserts or reports; neither is a finding."""
    factual = [e for e in entries if e.claim.modality in FACTUAL]
    begun = [e for e in factual if e.claim.time and Period.parse(e.claim.time).start and e.claim.type != "withdrawal"]
    stocks = [e for e in begun if e.claim.quantity and e.claim.quantity.measure == "stock"]
    first = min(begun, key=lambda e: Period.parse(str(e.claim.time)).begun_day, default=None)
    last = max(stocks, key=lambda e: Period.parse(str(e.claim.time)).begun_day, default=None)
    papers = {e.claim.instrument.name: e for e in reversed(factual) if e.claim.instrument}
    names = evidence.names
    return Glance(
        id=f"force-{number}",
        force=names.label(force.provider),
        regime=vocabulary()["regime"][force.regime]["en"] if force.regime != "unknown" else "not stated",
        earliest=Cited(printed_time(first.claim.time), notes.cite(first)) if first else None,
        latest=Cited(f"{quantity_text(last.claim.quantity)}, {printed_time(last.claim.time)}", notes.cite(last))
        if last
        else None,
        papers=[Cited(name, notes.cite(paper)) for name, paper in sorted(papers.items())],
        statements=len(entries),
    )


def _force_title(force: Force, names: Names) -> str:
    regime = vocabulary()["regime"][force.regime]["en"]
    if force.host == EVERYWHERE:
        where = "in all its operations"
    else:
        where = f"in {_the(names.label(force.host))}" if force.host else "(host not stated)"
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
