"""Consent and authority: on whose word a force is where it is, as dated statements, each unknown until told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from garant.claims.definitions import read_yaml
from garant.claims.wording import printed_time
from garant.forces.hypotheses import refuted
from garant.forces.identity import Force, force_of, served
from garant.names import fold
from garant.reconcile import Disagreement, Fact
from garant.reconcile.references import hypotheses, is_specific, is_vague

UNKNOWN = "unknown"
#: What a vague reference may also mean.
ANOTHER = "or another paper that no source names"
#: More papers than this are told by the first and the last.
_PAPERS = 3
#: What a field says, in words, and its details by name.
_Told = tuple[str, str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing told of a force's authority: the field, its value in words, when, and details.

    `claims` tell it; a field that nobody tells has no claims and the value UNKNOWN. `through` is the
    operation whose statement this is, where a contingent has none of its own; `givers` are the hosts whose consent it
    is about.
    """

    force: Force
    field: str
    value: str
    day: int | None
    when: str
    details: Mapping[str, str]
    claims: tuple[str, ...]
    through: str = ""
    givers: frozenset[str] = frozenset()


def fields() -> tuple[str, ...]:
    """The fields of a force's authority, in the order in which they are printed."""
    return tuple(_settings()["fields"])


def consented(facts: Iterable[Fact]) -> frozenset[Force]:
    """Forces to which a claim tells consent, and of whose presence no claim need tell: provider, host and regime."""
    found = set()
    for fact in facts:
        if fact.type.startswith("consent") and fact.factual and fact.claim.regime:
            who = next(iter(fact.in_order("provider")), None)
            for host in fact.in_order("host"):
                if who is not None and fact.kinds.get(who) == fact.kinds.get(host) == "state":
                    found.add(Force(host, who, fact.claim.regime))
    return frozenset(found)


def consent(
    facts: Sequence[Fact], forces: Iterable[Force], disagreements: Sequence[Disagreement] = ()
) -> list[Statement]:
    """Statements by force and field, in order of time; UNKNOWN for every field that no claim tells.

    A contingent of an operation has the operation's authority where nothing is told of its own. A paper that the
    source names vaguely stands as printed, followed by each paper that may be meant, until a decision takes one.
    """
    known, aside = dict.fromkeys(sorted(set(forces))), refuted(disagreements)
    facts = [fact for fact in facts if fact.id not in aside]
    told: dict[tuple[Force, str], list[Statement]] = defaultdict(list)
    serving: dict[Force, set[str]] = defaultdict(set)
    rivals = _rivals(facts, disagreements)
    for fact in facts:
        own = force_of(fact)
        if own is not None:
            serving[own] |= served([fact])
    for fact in (f for f in facts if f.factual):
        for force in _forces(fact, known, serving):
            for field, value, details in _fields(fact):
                day = fact.at.first if fact.span is not None and not fact.at.open_start else None
                statement = Statement(force, field, value, day, fact.when, details, (fact.id,), "", fact.of("host"))
                told[force, field].append(statement)
                if field == "paper":
                    told[force, field] += [
                        replace(statement, value=reading, claims=(fact.id, *claims))
                        for reading, claims in rivals.get(fact.id, ())
                    ]
    found: list[Statement] = []
    for force in known:
        for field in fields():
            listed = told[force, field] or _inherited(force, field, serving[force], told)
            together = _by_value(listed) if field == "authoriser" else _together(listed)
            found += together or [Statement(force, field, UNKNOWN, None, "", {}, ())]
    return found


def _inherited(
    force: Force, field: str, operations: Iterable[str], told: Mapping[tuple[Force, str], list[Statement]]
) -> list[Statement]:
    if field not in _settings()["through_operation"]:
        return []
    return [
        replace(statement, force=force, through=operation)
        for operation in sorted(operations)
        for (whole, named), statements in told.items()
        if named == field and whole.provider == operation and whole != force and whole.hosts & force.hosts
        for statement in statements
        if not statement.through and (not statement.givers or statement.givers & force.hosts)
    ]


def _rivals(
    facts: Sequence[Fact], disagreements: Iterable[Disagreement]
) -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """For claims with a vague reference: the papers it may mean, or the one a decision has taken, and their claims."""
    specific = [fact for fact in facts if is_specific(fact)]
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for fact in facts:
        if is_vague(fact) and fact.type in _settings()["on_paper"]:
            rivals = hypotheses(fact, specific)
            found[fact.id] = [(f"may be meant: {one.label}", tuple(f.id for f in one.claims)) for one in rivals]
            found[fact.id] += [(ANOTHER, ())] if rivals else []
    for dispute in disagreements:
        if (dispute.kind, dispute.field) == ("identity", "instrument") and dispute.decided:
            taken = dispute.sides[dispute.decided - 1]
            for claim in found.keys() & set(dispute.claims) - set(taken.claims):
                found[claim] = [(taken.reading, taken.claims)]
    return found


def _forces(fact: Fact, known: Mapping[Force, None], served: Mapping[Force, set[str]]) -> Iterator[Force]:
    """The forces that a claim is about: its own, or those of the provider or operation that it names in their host."""
    own = force_of(fact)
    if own is not None:
        if own in known:
            yield own
        return
    named = fact.everybody | {fact.home(e) for e in fact.everybody if fact.kinds.get(e) == "military"}
    lands = named | ({fact.land} if fact.land else set())
    bearers = fact.of("operator", "supporter", "subject")
    borne = bearers | {fact.home(e) for e in bearers if fact.kinds.get(e) == "military"}
    on_presence = _is_on_presence(fact)
    on_consent = fact.type.startswith("consent") or _is_status(fact) or _names_means(fact) or on_presence
    fitting = [
        force
        for force in known
        if force.provider in named
        and force.regime != "national"
        and ((on_consent and force.hosts & lands) or (fact.type == "mandate" and force.provider in borne))
    ]
    if on_presence and fact.claim.regime is None:
        regimes = [r for r in _settings()["presence_regimes"] if any(force.regime == r for force in fitting)]
        yield from (force for force in fitting if force.regime in regimes[:1])
    else:
        yield from _of_its_regime(fact, fitting, served)


def _of_its_regime(fact: Fact, fitting: Sequence[Force], operations: Mapping[Force, set[str]]) -> Iterator[Force]:
    """Of the forces of one provider those of the regime that the claim states.

    Where it states none: those in the operation that it names, else those whose regime nobody states, else the only
    one there is. What may be of any of several is carried over to none.
    """
    if fact.claim.regime is not None:
        yield from (force for force in fitting if force.regime == fact.claim.regime)
        return
    missions = frozenset(e for e in fact.of("operator") if fact.kinds.get(e) == "mission")
    for provider in dict.fromkeys(force.provider for force in fitting):
        own = [force for force in fitting if force.provider == provider]
        inside = [f for f in own if provider in missions or operations.get(f, set()) & missions]
        unstated = [f for f in own if f.regime == "unknown"]
        yield from inside or (unstated if not missions else []) or (own if len(own) == 1 and not missions else [])


def _fields(fact: Fact) -> Iterator[_Told]:
    slots, names, settings = fact.slots, dict(fact.named), _settings()
    for field, roles in settings["roles"].items():
        if field == "authoriser" and fact.type == "mandate" and slots.get("verb") not in settings["authorising"]:
            continue
        for who in fact.in_order(*roles):
            yield field, names.get(who, who), {"paper": fact.instrument_name} if fact.instrument_name else {}
    if fact.type == "consent_given":
        details = {
            k: printed_time(str(slots[k])) if k == "expires" else _words(slots[k])
            for k in settings["consent_details"]
            if k in slots
        }
        form = str(slots.get("form", "form not told")).replace("_", " ")
        paper = {"paper": fact.instrument_name} if fact.instrument_name else {}
        yield "host_consent", f"{_named(fact, 'host')}: {form}", details | paper
    if fact.type == "consent_restricted":
        lifted = {"lifted": printed_time(str(slots["lifted"]))} if "lifted" in slots else {}
        yield "restriction", str(slots.get("form") or "form not told").replace("_", " "), lifted
    if fact.type == "consent_withdrawn":
        effective = {"effective": printed_time(str(slots["effective"]))} if "effective" in slots else {}
        yield "withdrawal_of_consent", _named(fact, "host"), effective
    if fact.instrument_name and fact.type in settings["on_paper"]:
        yield "paper", fact.instrument_name, {}
    if _is_on_presence(fact):
        yield "paper", fact.instrument_name or "agreement that is not named", {"covers": _words(slots["subjects"])}
    if "rules_of_engagement" in slots:
        yield "rules_of_engagement", str(settings["words"][slots["rules_of_engagement"]]), {}
    if _is_status(fact):
        yield "status_agreement", fact.instrument_name or "status agreement", {}
    if fact.type in ("deployment", "force_strength"):
        for who in fact.in_order("predecessor"):
            yield "predecessor", names.get(who, who), {}


def _is_status(fact: Fact) -> bool:
    if fact.type == "consent_given" and fact.slots.get("form") == "status_agreement":
        return True
    told = fold(" ".join([fact.instrument_name, *map(str, fact.slots.get("subjects", ()))]))
    return fact.type == "agreement" and any(word in told for word in _settings()["status_words"])


def _is_on_presence(fact: Fact) -> bool:
    """Whether it is an agreement of states on somebody's presence: not one on status, nor one only in talks."""
    if fact.type != "agreement" or _is_status(fact) or fact.slots.get("stage") in _settings()["not_concluded"]:
        return False
    told = set(fold(" ".join(map(str, fact.slots.get("subjects", ())))).split())
    parties = [e for e in fact.everybody if fact.kinds.get(e) != "person"]
    return bool(told & set(_settings()["presence_words"])) and all(fact.kinds.get(e) == "state" for e in parties)


def _names_means(fact: Fact) -> bool:
    """Whether it names who pays for, commands or lends somebody's force."""
    return bool(fact.of("payer", "commander", "lender"))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value).replace("_", " ")


def _named(fact: Fact, role: str) -> str:
    return ", ".join(a.name for a in fact.claim.actors if a.role == role) or "host not named"


def _together(told: Iterable[Statement]) -> list[Statement]:
    """Statements that say the same of the same time, with all their claims; in order of time."""
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in told:
        groups[fold(statement.value), statement.when].append(statement)
    return _in_order(_merged(group) for group in groups.values())


def _by_value(told: Iterable[Statement]) -> list[Statement]:
    """One statement a value, however often it was renewed: from the first time to the last, papers counted."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in told:
        groups[fold(statement.value)].append(statement)
    merged = []
    for group in groups.values():
        dated = sorted((s for s in group if s.day is not None), key=lambda s: s.day or 0)
        papers = list(dict.fromkeys(s.details["paper"] for s in dated if "paper" in s.details))
        whole = replace(_merged(group), details={"papers": papers_text(papers)} if papers else {})
        if dated and dated[0].when != dated[-1].when:
            whole = replace(whole, day=dated[0].day, when=f"{dated[0].when} to {dated[-1].when}")
        merged.append(whole)
    return _in_order(merged)


def papers_text(papers: Sequence[str]) -> str:
    """Papers in order of time: all of a few, the first and last of many."""
    if len(papers) <= _PAPERS:
        return "; ".join(papers)
    return f"{papers[0]} … {papers[-1]} ({len(papers)} papers)"


def _merged(group: Sequence[Statement]) -> Statement:
    details: dict[str, str] = {}
    for statement in group:
        for key, value in statement.details.items():
            details[key] = value if details.get(key, value) == value else f"{details[key]} / {value}"
    claims = tuple(dict.fromkeys(c for s in group for c in s.claims))
    return replace(group[0], details=details, claims=claims)


def _in_order(told: Iterable[Statement]) -> list[Statement]:
    return sorted(told, key=lambda s: (s.day is None, s.day or 0, s.value))


@cache
def _settings() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("consent.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded
