"""Disagreement: contradictions that hang together, as sides of one question, with its decision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from garant.claims import claim_types
from garant.claims.identity import canonical_json, sha256
from garant.ledger import Decision
from garant.reconcile.edge import Edge
from garant.reconcile.fact import Fact
from garant.reconcile.sameness import independent
from garant.reconcile.settings import rules

#: Kinds whose readings stand apart even where they do not contradict each other: rival hypotheses.
_RIVALS = ("identity",)
#: Types that tell of an instrument first, and of people second.
_INSTRUMENTS = ("agreement", "mandate", "strategy_adoption")
_SAID = 3  # readings told of one side
_REASONS = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One reading, with every claim that gives it (the most telling first) and how many origins stand behind it."""

    reading: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims of which some cannot be true, one kind and one field.

    `id` is the hash of kind, field and the first-recorded claim of its cluster before any clock. `score` (0-1)
    orders disagreements, the most damaging first; `severity` is 3 to 1. `shown` are at most six claims;
    `decision` is the latest that applies, `decided` the number of the side it takes, `stale` whether claims have
    joined since. `evidence` are claims of neither side without which the two would not contradict each other.
    """

    id: str
    kind: str
    field: str
    severity: int
    score: float
    subject: str
    sides: tuple[Side, ...]
    shown: frozenset[str]
    sources: tuple[str, ...]
    explanation: str
    evidence: tuple[str, ...]
    decision: Decision | None = None
    decided: int | None = None
    stale: bool = False

    @property
    def claims(self) -> tuple[str, ...]:
        """Every claim on a side."""
        return tuple(claim for side in self.sides for claim in side.claims)

    def to_record(self) -> dict[str, Any]:
        """Plain JSON values; `claims` and those of the sides are the ones shown, `of` counts all."""
        decision = self.decision
        return {
            "id": self.id,
            "kind": self.kind,
            "field": self.field,
            "severity": self.severity,
            "subject": self.subject,
            "sides": [
                {
                    "reading": s.reading,
                    "claims": [c for c in s.claims if c in self.shown],
                    "sources": list(s.sources),
                    "origins": s.origins,
                }
                for s in self.sides
            ],
            "claims": [c for c in self.claims if c in self.shown],
            "of": len(self.claims),
            "evidence": list(self.evidence),
            "sources": list(self.sources),
            "explanation": self.explanation,
            "decision": None
            if decision is None
            else {
                "side": self.sides[self.decided - 1].reading if self.decided else None,
                "note": decision.note,
                "by": decision.by,
                "at": decision.at,
            },
            "stale": self.stale,
        }


def disagreement_id(kind: str, field: str, claim: str) -> str:
    """The id of the disagreement of one kind and field whose first-recorded claim is `claim`."""
    return sha256(canonical_json([kind, field, claim]))


def assemble(
    edges: Iterable[Edge],
    facts: Mapping[str, Fact],
    visible: Collection[str] | None = None,
    decisions: Sequence[Decision] = (),
    published: Collection[str] | None = None,
) -> list[Disagreement]:
    """Disagreements from contradictions, the most damaging first.

    Clusters and ids come from all `edges`; under clocks (`visible`: the claims that pass them) those contradictions
    remain that rest on visible claims alone. `decisions` are those recorded in time; one applies only if every claim it
    cites is among `published` (None: all are), whatever its status and time.
    """
    everything = list(edges)
    groups = _clusters(everything, facts)
    seen, out = (None if given is None else frozenset(given) for given in (visible, published))
    shown = everything if seen is None else [e for e in everything if e.rests_on <= seen]
    decided = [d for d in decisions if out is None or out.issuperset(d.claims)]
    explained = frozenset(pair for edge in shown for pair in edge.explains)
    found = []
    for kind_field, members in groups:
        of_group = [
            e for e in shown if (e.kind, e.field) == kind_field and e.left in members and e.pair not in explained
        ]
        if of_group:
            found.append(_disagreement(kind_field, members, of_group, facts, decided))
    return sorted(found, key=lambda d: (-d.score, d.id))


def _clusters(edges: Sequence[Edge], facts: Mapping[str, Fact]) -> list[tuple[tuple[str, str], frozenset[str]]]:
    """Claims linked by contradictions of one kind and field; of a question with a topic, those that raise it."""
    links: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for edge in edges:
        other = edge.right if edge.topic is None else f"topic {edge.topic}"
        links[edge.kind, edge.field][edge.left].add(other)
        links[edge.kind, edge.field][other].add(edge.left)
    return [
        (kind_field, frozenset(member for member in group if member in facts))
        for kind_field, linked in links.items()
        for group in _connected(linked)
    ]


def _connected(linked: Mapping[str, set[str]]) -> Iterator[set[str]]:
    left = set(linked)
    while left:
        group: set[str] = set()
        waiting = [left.pop()]
        while waiting:
            member = waiting.pop()
            if member not in group:
                group.add(member)
                waiting.extend(linked[member])
        left -= group
        yield group


def _disagreement(
    kind_field: tuple[str, str],
    members: frozenset[str],
    edges: Sequence[Edge],
    facts: Mapping[str, Fact],
    decisions: Sequence[Decision],
) -> Disagreement:
    kind, field = kind_field
    strongest = sorted(edges, key=lambda e: (-e.weight, facts[e.left].order, facts[e.right].order))
    sides = _sides(kind, strongest, facts)
    claims = [c for side in sides for c in side.claims]
    first = min(members, key=lambda c: facts[c].order)
    score = _score(kind, strongest[0], sides, facts)
    levels = rules()["severity"]["levels"]
    decision, decided = _decision(kind_field, members, sides, decisions)
    return Disagreement(
        id=disagreement_id(kind, field, first),
        kind=kind,
        field=field,
        severity=3 - sum(score < least for least in levels),
        score=score,
        subject=_subject(facts[strongest[0].left], facts[strongest[0].right]),
        sides=sides,
        shown=frozenset(_shown(sides)),
        sources=tuple(dict.fromkeys(facts[c].source for c in claims)),
        explanation=_explained(strongest),
        evidence=tuple(sorted({c for e in edges for c in e.needs} - set(claims))),
        decision=decision,
        decided=decided,
        stale=decision is not None and not set(claims) <= set(decision.claims),
    )


def _explained(strongest: Sequence[Edge]) -> str:
    """Why: the reason of the strongest contradiction, and one more for each other sort of reason."""
    sorts = {edge.because.partition(":")[0]: edge.because for edge in reversed(strongest)}
    return "; ".join(list(dict.fromkeys([strongest[0].because, *reversed(sorts.values())]))[:_REASONS])


def _sides(kind: str, edges: Sequence[Edge], facts: Mapping[str, Fact]) -> tuple[Side, ...]:
    """Claims by reading; readings between which nothing contradicts are one side, unless they are rivals."""
    readings: dict[str, str] = {}
    against: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        readings.setdefault(edge.left, edge.left_reading)
        readings.setdefault(edge.right, edge.right_reading)
        against[edge.left].add(edge.right)
        against[edge.right].add(edge.left)
    by_reading: dict[str, list[str]] = defaultdict(list)
    for claim, reading in readings.items():
        by_reading[reading].append(claim)
    groups: list[tuple[list[str], list[str]]] = []
    for reading, claims in by_reading.items():
        for words, members in groups:
            if kind not in _RIVALS and not any(against[c] & set(members) for c in claims):
                words.append(reading)
                members.extend(claims)
                break
        else:
            groups.append(([reading], list(claims)))
    split = [part for words, members in groups for part in _apart(words, members, readings, against)]
    return tuple(_side(words, [facts[c] for c in members]) for words, members in split)


def _side(words: Sequence[str], told: Sequence[Fact]) -> Side:
    sources = tuple(dict.fromkeys(fact.source for fact in told))
    return Side("; ".join(words[:_SAID]), tuple(fact.id for fact in told), sources, independent(told))


def _apart(
    words: list[str], members: list[str], readings: Mapping[str, str], against: Mapping[str, set[str]]
) -> list[tuple[list[str], list[str]]]:
    """A group whose members contradict each other (one wording, two meanings) split until none does."""
    parts: list[list[str]] = []
    for claim in members:
        for part in parts:
            if not against[claim] & set(part):
                part.append(claim)
                break
        else:
            parts.append([claim])
    if len(parts) == 1:
        return [(words, members)]
    return [(list(dict.fromkeys(readings[c] for c in part)), part) for part in parts]


def _shown(sides: Sequence[Side]) -> list[str]:
    """The first claim of every side, then the second, as many as are shown."""
    longest = max(len(side.claims) for side in sides)
    ordered = [side.claims[at] for at in range(longest) for side in sides if at < len(side.claims)]
    return ordered[: rules()["display"]["shown"]]


def _score(kind: str, edge: Edge, sides: Sequence[Side], facts: Mapping[str, Fact]) -> float:
    weights = rules()["severity"]
    types = [weights["types"].get(facts[c].type, weights["other_types"]) for c in (edge.left, edge.right)]
    score = weights["kinds"][kind] * max(types) * (0.5 + edge.weight / 2)
    if kind != "duplicate" and len({facts[c].source for side in sides for c in side.claims}) == 1:
        score *= weights["own_source"]
    return round(float(score), 4)


def _subject(one: Fact, other: Fact) -> str:
    """What it is about: the type of the first claim, with the instrument, or the actors and the component both name.

    An ethnic group stands in the claims as their source words it, and in no heading of ours.
    """
    label = claim_types()[one.type].label["en"]
    if one.type in _INSTRUMENTS and one.instrument and one.instrument == other.instrument:
        return f"{label}: {one.instrument_name}"
    shared = one.everybody & other.everybody
    named = [name for entity, name in one.named if not shared or entity in shared]
    groups = {name for entity, name in one.named if one.kinds.get(entity) == "ethnic_group"}
    people = ", ".join([name for name in dict.fromkeys(named) if name not in groups][:_SAID])
    part = one.slots.get("component")
    if part and part == other.slots.get("component"):
        people = f"{people}, {part}" if people else str(part)
    return f"{label}: {people}" if people else label


def _decision(
    kind_field: tuple[str, str],
    members: frozenset[str],
    sides: Sequence[Side],
    decisions: Sequence[Decision],
) -> tuple[Decision | None, int | None]:
    """The latest decision on this cluster, and the side it takes.

    Also one made before clusters grew together, or before the claim that gave the id was set aside.
    """
    ids = {disagreement_id(*kind_field, claim) for claim in members}
    fitting = [d for d in decisions if d.disagreement in ids or _outlived(d, kind_field, members)]
    if not fitting:
        return None, None
    latest = max(fitting, key=lambda d: (d.at, str(d.id)))
    taken = next((at for at, side in enumerate(sides, 1) if latest.side in side.claims), None)
    return latest, taken


def _outlived(decision: Decision, kind_field: tuple[str, str], members: frozenset[str]) -> bool:
    """Whether a decision was on claims of this cluster under an id that came from a claim which is here no more."""
    if members.isdisjoint(decision.claims):
        return False
    return any(disagreement_id(*kind_field, claim) == decision.disagreement for claim in decision.claims)
