"""Relations: visits and what came of them, and the motives that holders ascribe to those who send forces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from garant.claims import Source
from garant.claims.wording import statement
from garant.reconcile import Event, Fact

_MOTIVES = "intent_or_motive"
#: Roles of those whose motive it is.
_MOVED = ("subject", "provider", "party", "host")


@dataclass(frozen=True, slots=True)
class Visit:
    """One meeting or visit, told by one or several claims: who, where, in what form, and what came of it."""

    when: tuple[str, ...]
    day: int | None
    who: tuple[str, ...]
    host: tuple[str, ...]
    place: str
    form: str
    outcomes: tuple[str, ...]
    claims: tuple[str, ...]
    outcome_claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Motive:
    """One sort of motive ascribed to one actor: what holders say, and how many independent origins stand behind."""

    subject: str
    interest: str
    told: tuple[tuple[str, str, str], ...]  # holder, words, claim
    origins: int
    claims: tuple[str, ...]


def visits(facts: Sequence[Fact], events: Sequence[Event]) -> list[Visit]:
    """Meetings in order of time, planned or denied ones left out; claims that tell one event are one visit, and
    agreements told with it are outcomes."""
    by_id = {fact.id: fact for fact in facts}
    groups = [[by_id[c] for c in event.claims if c in by_id] for event in events]
    groups = [group for group in groups if any(f.type == "meeting_visit" for f in group)]
    seen = {f.id for group in groups for f in group}
    groups += [[f] for f in facts if f.type == "meeting_visit" and f.id not in seen]
    groups = [group for group in groups if any(f.factual for f in group if f.type == "meeting_visit")]
    found = [_visit(group) for group in groups]
    return sorted(found, key=lambda v: (v.day is None, v.day or 0, v.claims))


def _visit(told: Sequence[Fact]) -> Visit:
    meetings = [f for f in told if f.type == "meeting_visit"]
    others = [f for f in told if f.type != "meeting_visit"]
    dated = sorted((f for f in meetings if f.span is not None), key=lambda f: (f.at.days, f.order))
    names = {e: name for f in reversed(meetings) for e, name in f.named}
    who = dict.fromkeys(names[e] for f in meetings for e in f.in_order("visitor", "participant"))
    hosts = dict.fromkeys(names[e] for f in meetings for e in f.in_order("host"))
    outcomes = dict.fromkeys(str(o) for f in meetings for o in f.slots.get("outcome", ()))
    outcomes |= dict.fromkeys(statement(f.claim) for f in others)
    return Visit(
        when=tuple(dict.fromkeys(f.when for f in dated)),
        day=dated[0].at.first if dated else None,
        who=tuple(who),
        host=tuple(hosts),
        place=next((f.claim.place.name for f in meetings if f.claim.place), ""),
        form=next((str(f.slots["form"]) for f in meetings if "form" in f.slots), ""),
        outcomes=tuple(outcomes),
        claims=tuple(f.id for f in meetings),
        outcome_claims=tuple(f.id for f in others),
    )


def motives(facts: Iterable[Fact], sources: Mapping[str, Source]) -> list[Motive]:
    """Motives by whose they are and of what sort; never a finding, always somebody's word.

    The holder is whom the source names, else the source's authors or publisher. `origins` counts sources that do not
    rest on each other.
    """
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.type == _MOTIVES:
            for subject in fact.in_order(*_MOVED) or ("",):
                groups[subject, str(fact.slots.get("interest", "not sorted"))].append(fact)
    found = []
    for (subject, interest), told in groups.items():
        lines = tuple((holder(f, sources), statement(f.claim), f.id) for f in told)
        origins = _independent(told)
        found.append(Motive(subject, interest, lines, origins, tuple(f.id for f in told)))
    return sorted(found, key=lambda m: (m.subject, -m.origins, -len(m.claims), m.interest))


def _independent(told: Iterable[Fact]) -> int:
    """How many groups of claims rest on no common source."""
    groups: list[frozenset[str]] = []
    for fact in told:
        joined = [group for group in groups if group & fact.origins]
        groups = [group for group in groups if not group & fact.origins]
        groups.append(fact.origins.union(*joined))
    return len(groups)


def holder(fact: Fact, sources: Mapping[str, Source]) -> str:
    """Whose word a judgement or motive is: whom the source names, else its authors, else its publisher."""
    if fact.claim.attributed_to:
        return fact.claim.attributed_to
    source = sources.get(fact.source)
    return ", ".join(source.authors or [source.publisher]) if source else fact.source
