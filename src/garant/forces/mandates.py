"""Mandates: the chain of decisions that authorise an operation, with ceilings, dates, expiry and tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from garant.claims import Period
from garant.claims.wording import printed_time
from garant.reconcile import Fact


@dataclass(frozen=True, slots=True)
class Mandate:
    """One decision on one operation.

    `ceilings` are (personnel, low, high), two where sources differ, and say what may be sent; `tasks` are (task or
    subject, tier, verb), a verb of "omit" telling what the decision leaves out; `day` and `until`, the latest expiry,
    are ordinals.
    """

    operation: str
    paper: str
    authoriser: str
    day: int | None
    until: int | None
    when: str
    verbs: tuple[str, ...]
    ceilings: tuple[tuple[str, float, float], ...]
    expires: tuple[str, ...]
    tasks: tuple[tuple[str, str, str], ...]
    claims: tuple[str, ...]


def mandates(facts: Iterable[Fact], refuted: frozenset[str] = frozenset()) -> list[Mandate]:
    """Decisions by operation, in order of time; claims on one paper are one decision, one without is its own.

    `refuted` are claims on sides that a public decision has not taken: their ceilings are left out.
    """
    told: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.type == "mandate" and fact.factual:
            for operation in sorted(fact.of("operator", "subject")):
                told[operation, fact.paper or f"~{fact.id}"].append(fact)
    found = [
        _mandate(operation, [f for f in claims if f.id not in refuted] or claims)
        for (operation, _), claims in told.items()
    ]
    return sorted(found, key=lambda m: (m.operation, m.day is None, m.day or 0, m.paper))


def last_mandates(facts: Iterable[Fact], refuted: frozenset[str] = frozenset()) -> dict[str, Mandate]:
    """For each operation the latest decision that tells until when it holds."""
    return {told.operation: told for told in mandates(facts, refuted) if told.expires and told.day is not None}


def _mandate(operation: str, told: list[Fact]) -> Mandate:
    dated = sorted((f for f in told if f.span is not None), key=lambda f: (f.at.days, f.order))
    ceilings = {(_counted(f), *f.range) for f in told if f.bounds is not None and f.measure == "ceiling"}
    names = [dict(f.named)[who] for f in told for who in f.in_order("authorizer")]
    return Mandate(
        operation=operation,
        paper=next((f.instrument_name for f in told if f.instrument_name), ""),
        authoriser=names[0] if names else "",
        day=dated[0].at.first if dated else None,
        until=max((_last_day(f) for f in told if "expires" in f.slots), default=None),
        when=dated[0].when if dated else "",
        verbs=tuple(dict.fromkeys(str(f.slots["verb"]) for f in told if "verb" in f.slots)),
        ceilings=tuple(sorted(ceilings)),
        expires=tuple(sorted({printed_time(str(f.slots["expires"])) for f in told if "expires" in f.slots})),
        tasks=tuple(dict.fromkeys(task for f in told for task in _tasks(f))),
        claims=tuple(f.id for f in told),
    )


def _last_day(fact: Fact) -> int:
    return Period.parse(str(fact.slots["expires"])).over_day or 0


def _counted(fact: Fact) -> str:
    """Whom a ceiling is for: the slot, else the unit that the source counts in, else all in uniform."""
    unit = fact.claim.quantity.unit if fact.claim.quantity else None
    return str(fact.slots.get("personnel") or (unit if unit not in (None, "personnel") else "all_uniformed"))


def _tasks(fact: Fact) -> list[tuple[str, str, str]]:
    named = [str(task) for task in fact.slots.get("task", ())]
    if not named and "subject_matter" in fact.slots:
        named = [str(fact.slots["subject_matter"])]
    return [(task, str(fact.slots.get("tier", "")), str(fact.slots.get("verb", ""))) for task in named]
