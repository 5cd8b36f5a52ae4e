"""Same event: which claims tell one event, how sure that is, and why; copies are told apart from confirmation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from rapidfuzz import fuzz

from garant.reconcile import references
from garant.reconcile.edge import pairs
from garant.reconcile.fact import Fact
from garant.reconcile.kinds.date import UNIQUE, once
from garant.reconcile.kinds.outcome import SEIZING, seizures
from garant.reconcile.kinds.sequence import votes
from garant.reconcile.kinds.value import differ
from garant.reconcile.references import is_vague
from garant.reconcile.settings import rules
from garant.reconcile.subject import about, compatible, same_regime, same_scope, same_time, years

#: Types of which one event may be told in several: what was done, and that it broke a rule.
_FACETS = ("recruitment", "violation", "force_structure")
#: Types that tell an event with a time of its own.
_EVENTS = (
    "agreement", "attack", "casualties", "deployment", "election", "leadership_change", "meeting_visit",
    "operation_handover", "recruitment", "sector_cooperation", "training", "withdrawal",
)  # fmt: skip
_SIGNING = ("agreement", "sector_cooperation", "meeting_visit")
_ARRIVING = ("deployment", "support_role", "mandate")
_FAR = 366  # days; a stretch longer than this tells no event
_VISIT = 8  # days; a longer stretch is no visit
_BESIDE = 100  # characters between an arrival and the purpose given for it
_FITS = 0.5  # support from which a vague reference counts as the agreement it may mean


@dataclass(frozen=True, slots=True)
class Same:
    """Two claims that tell one event: how sure (0-1), and why. `copy` says that one may repeat the other."""

    left: str
    right: str
    sureness: float
    because: str
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Claims that tell one event, in the order of recording; the weakest link that holds them together; why.

    `origins` counts the independent sources behind them, copies (by `derived_from`, or near-identical wording)
    counted once.
    """

    claims: tuple[str, ...]
    sureness: float
    because: tuple[str, ...]
    origins: int


def same_events(facts: Iterable[Fact]) -> list[Event]:
    """Events told by more than one claim, the first recorded first."""
    told = {fact.id: fact for fact in facts}
    links = list(_links(list(told.values())))
    joined: dict[str, list[Same]] = defaultdict(list)
    for link in links:
        joined[link.left].append(link)
        joined[link.right].append(link)
    seen: set[str] = set()
    events = []
    for fact in told.values():
        if fact.id not in seen and fact.id in joined:
            group, used = _group(fact.id, joined)
            seen |= group
            events.append(_event(group, used, told))
    return sorted(events, key=lambda e: told[e.claims[0]].order)


def _group(start: str, joined: Mapping[str, list[Same]]) -> tuple[set[str], list[Same]]:
    group: set[str] = set()
    used: dict[tuple[str, str], Same] = {}
    waiting = [start]
    while waiting:
        claim = waiting.pop()
        if claim in group:
            continue
        group.add(claim)
        for link in joined[claim]:
            held = used.get((link.left, link.right))
            if held is None or held.sureness < link.sureness:
                used[link.left, link.right] = link
            waiting += [link.left, link.right]
    return group, list(used.values())


def _event(group: set[str], links: Sequence[Same], told: Mapping[str, Fact]) -> Event:
    claims = sorted(group, key=lambda c: told[c].order)
    # how sure the whole is: the weakest of the links that are needed to hold it together
    bound: dict[str, str] = {c: c for c in claims}
    weakest = 1.0
    for link in sorted(links, key=lambda s: -s.sureness):
        left, right = _root(bound, link.left), _root(bound, link.right)
        if left != right:
            bound[left] = right
            weakest = min(weakest, link.sureness)
    reasons = dict.fromkeys(link.because for link in sorted(links, key=lambda s: -s.sureness))
    return Event(tuple(claims), weakest, tuple(reasons), independent([told[c] for c in claims]))


def _root(bound: dict[str, str], claim: str) -> str:
    while bound[claim] != claim:
        claim = bound[claim]
    return claim


def independent(facts: Sequence[Fact]) -> int:
    """How many independent origins stand behind claims: copies, declared or worded alike, count once."""
    sources: dict[str, frozenset[str]] = {}
    for fact in facts:
        sources[fact.source] = fact.origins
    merged = {source: source for source in sources}
    for one, other in pairs(facts):
        if one.source != other.source and (one.origins & other.origins or worded_alike(one, other)):
            merged[_root(merged, one.source)] = _root(merged, other.source)
    return len({_root(merged, source) for source in sources})


def worded_alike(one: Fact, other: Fact) -> bool:
    """Whether two quotes are so near each other in their wording that one is likely to copy the other."""
    left, right, limits = one.claim.quote, other.claim.quote, rules()["same_event"]
    if left is None or right is None or min(len(left), len(right)) < limits["words_least"]:
        return False
    return bool(fuzz.ratio(left.casefold(), right.casefold()) >= limits["words_alike"])


def _links(facts: Sequence[Fact]) -> Iterator[Same]:
    least = rules()["same_event"]["least"]
    for keys, judge, types in _JUDGES:
        blocks: dict[Hashable, list[Fact]] = defaultdict(list)
        for fact in (f for f in facts if types is None or f.type in types):
            for key in dict.fromkeys(keys(fact)):
                blocks[key].append(fact)
        for block in blocks.values():
            for one, other in pairs(block):
                found = judge(one, other)
                if found is not None and found[0] >= least:
                    yield Same(one.id, other.id, *found, copy=worded_alike(one, other))


Verdict = tuple[float, str] | None


def _by_once(fact: Fact) -> Iterator[Hashable]:
    if fact.claim.modality in ("asserted", "reported", "opinion") and fact.span is not None:
        for unique in once(fact):
            yield unique.key


def _happens_once(one: Fact, other: Fact) -> Verdict:
    within = min(u.within for f in (one, other) for u in once(f))
    if not same_regime(one, other) or one.at.gap(other.at) > within:
        return None
    if one.at.meets(other.at):
        return 0.9, "one thing that happens once, at one time"
    return 0.7, "one thing that happens once, dated differently"


def _by_number(fact: Fact) -> Iterator[Hashable]:
    subject = about(fact)
    if subject is not None and fact.factual and fact.bounds is not None and fact.type in _EVENTS:
        for year in years(fact.span):
            yield (subject, year)


def _one_number(one: Fact, other: Fact) -> Verdict:
    if compatible(one, other) and same_scope(one, other) and same_regime(one, other) and same_time(one, other):
        return (0.85, "one number of one thing at one time") if not differ(one, other) else (0.65, "one count, twice")
    return None


def _by_facet(fact: Fact) -> Iterator[Hashable]:
    if fact.type in _FACETS and fact.claim.quantity is not None and fact.claim.time:
        yield (fact.source, fact.claim.time, fact.bounds)


def _one_facet(one: Fact, other: Fact) -> Verdict:
    shared = {one.home(e) for e in one.everybody} & {other.home(e) for e in other.everybody}
    return (0.85, "one number, one time, told of what was done and of the rule it broke") if shared else None


def _by_instrument(fact: Fact) -> Iterator[Hashable]:
    named = fact.claim.instrument
    if named is not None:
        yield fact.instrument or named.name.casefold()


def _one_instrument(one: Fact, other: Fact) -> Verdict:
    if one.claim.time is not None and one.claim.time == other.claim.time and one.source == other.source:
        return (0.75, "one instrument, one time") if one.span and one.at.bounded else None
    if one.type != other.type or one.type not in ("agreement", "mandate") or is_vague(one) or is_vague(other):
        return None
    if {one.claim.modality, other.claim.modality} & {"planned", "conditional"}:
        return None
    if one.span is not None and other.span is not None and one.at.strict_gap(other.at) > _FAR:
        return None
    return 0.75, "both tell of one instrument"


def _by_reference(fact: Fact) -> Iterator[Hashable]:
    if fact.type == "agreement":
        yield from references.keys(fact)


def _one_reference(one: Fact, other: Fact) -> Verdict:
    """A vague reference and the agreement it fits, which were both told of as agreements."""
    for vague, named in permutations((one, other)):
        if is_vague(vague) and (found := references.hypotheses(vague, [vague, named])):
            return (0.6, "a vague reference that this agreement fits") if found[0].support >= _FITS else None
    return None


def _by_people(fact: Fact) -> Iterator[Hashable]:
    if fact.type == "meeting_visit" and fact.span is not None and fact.at.bounded:
        for person in fact.everybody:
            if fact.kinds.get(person) == "person":
                for year in years(fact.span):
                    yield (person, year)


def _one_meeting(one: Fact, other: Fact) -> Verdict:
    if one.at.strict_gap(other.at) or max(one.at.days, other.at.days) > _VISIT:
        return None
    return 0.85, "one person in office meeting at one time"


def _by_phrase(fact: Fact) -> Iterator[Hashable]:
    if fact.claim.start is not None and fact.claim.time and not _holds_office(fact):
        yield (fact.source, fact.claim.time)


def _one_phrase(one: Fact, other: Fact) -> Verdict:
    """Facets of one phrase: the quotes lie in each other, or a purpose stands beside the arrival it is given for."""
    first, last = sorted((one, other), key=lambda f: (f.claim.start or 0, -(f.claim.end or 0)))
    if one.span is None or not one.at.bounded or one.at.days > _FAR or not one.everybody & other.everybody:
        return None
    inside = (last.claim.end or 0) <= (first.claim.end or 0)
    if inside and one.type != other.type and {one.type, other.type} & {"leadership_change", "agreement", "attack"}:
        return 0.8, "facets of one phrase"
    beside = 0 <= (last.claim.start or 0) - (first.claim.end or 0) <= _BESIDE
    if beside and (first.type, last.type) == ("deployment", "intent_or_motive"):
        return 0.7, "an arrival and the purpose given for it"
    return None


def _holds_office(fact: Fact) -> bool:
    return fact.type == "leadership_change" and not fact.of("attacker")


def _by_seizure(fact: Fact) -> Iterator[Hashable]:
    yield from seizures(fact)


def _one_seizure(one: Fact, other: Fact) -> Verdict:
    return (0.6, "power seized, or the try") if one.at.meets(other.at) else None


def _by_parties(fact: Fact) -> Iterator[Hashable]:
    if not (fact.type in _SIGNING and fact.span and fact.at.bounded):
        return
    if fact.claim.modality in ("asserted", "reported") and fact.at.days <= rules()["value"]["dated_days"]:
        states = frozenset(fact.homes.values())
        for year in years(fact.span):
            for state in states:
                yield (state, year)


def _one_signing(one: Fact, other: Fact) -> Verdict:
    """Agreements, what they cover and the visit at which they were signed, told of one day."""
    if one.at.strict_gap(other.at) or max(one.at.days, other.at.days) > rules()["value"]["event_days"] + 1:
        return None
    kinds = {one.type, other.type}
    if "meeting_visit" in kinds:
        beside = one.source == other.source and one.claim.place is not None and one.claim.place == other.claim.place
        return (0.75, "a visit and what was signed there") if beside and "agreement" in kinds else None
    named = one.claim.instrument is not None and other.claim.instrument is not None
    shared = frozenset(one.homes.values()) & frozenset(other.homes.values())
    if len(shared) < 2 or (kinds == {"sector_cooperation"} and not named):  # noqa: PLR2004  # a pair of parties
        return None
    if "sector_cooperation" in kinds and not (one.claim.instrument or other.claim.instrument):
        return None
    if kinds == {"agreement"} or one.source == other.source:
        return 0.8, "one pair of parties, one day"
    return None


def _by_force(fact: Fact) -> Iterator[Hashable]:
    if fact.type in _ARRIVING and fact.factual and fact.span is not None:
        for named in fact.of("subject", "supporter", "provider", "operator"):
            if fact.kinds.get(named) != "mission":
                yield (named, fact.at.begun // _FAR)
                yield (named, fact.at.first // _FAR)


def _one_arrival(one: Fact, other: Fact) -> Verdict:  # noqa: PLR0911  # one answer for each thing that tells two apart
    if not same_regime(one, other):
        return None
    hosts = one.of("host", "beneficiary"), other.of("host", "beneficiary")
    if (all(hosts) and not hosts[0] & hosts[1]) or one.type == other.type != "deployment":
        return None
    named = any(one.kinds.get(e) in ("military", "police") for e in one.everybody & other.everybody)
    if "support_role" in (one.type, other.type) and one.source != other.source and not named:
        return None  # a state's task told by another source may be that of another of its forces
    forces = one.of("subject", "supporter", "operator"), other.of("subject", "supporter", "operator")
    if all(forces) and not forces[0] & forces[1]:
        return None
    if one.exact is not None and other.exact is not None and one.exact != other.exact:
        return None
    if "support_role" in (one.type, other.type) and (one.at.open_end or other.at.open_end):
        return None
    begun = max(0, max(one.at.first, other.at.first) - min(one.at.begun, other.at.begun))
    if begun > 0:
        return None
    dated = max(one.at.begun - one.at.first, other.at.begun - other.at.first) <= _FAR
    return (0.7, "one force arriving in one host at one time") if dated else None


def _by_lead(fact: Fact) -> Iterator[Hashable]:
    if fact.type == "institution" and fact.claim.modality in ("asserted", "reported"):
        for body in fact.of("subject", "operator"):
            for role in ("leader", "chair"):
                for head in fact.of(role):
                    yield (body, role, head)


def _one_lead(one: Fact, other: Fact) -> Verdict:
    if one.span is not None and other.span is not None and not one.at.meets(other.at):
        return None
    return 0.8, "one body led by one head"


def _by_training(fact: Fact) -> Iterator[Hashable]:
    if fact.type == "training" and fact.factual and fact.span is not None and not fact.at.open_end:
        yield (fact.country("trainer"), fact.country("trainee"), fact.at.last)


def _one_course(one: Fact, other: Fact) -> Verdict:
    cohorts = one.slots.get("cohort"), other.slots.get("cohort")
    if None not in cohorts and cohorts[0] != cohorts[1]:
        return None
    if one.unit == other.unit and one.bounds and other.bounds and differ(one, other):
        return None
    return 0.7, "one trainer, one trainee, one end of the course"


def _by_vote(fact: Fact) -> Iterator[Hashable]:
    if fact.span is not None and fact.type in ("election", "political_event") and votes(fact):
        for year in years(fact.span):
            yield (frozenset(fact.homes.values()), year)


def _one_vote(one: Fact, other: Fact) -> Verdict:
    return (0.75, "one vote") if one.at.meets(other.at) else None


def _by_handover(fact: Fact) -> Iterator[Hashable]:
    if fact.type == "operation_handover":
        yield from fact.of("successor")


def _one_handover(one: Fact, other: Fact) -> Verdict:
    if one.span is not None and other.span is not None and one.at.gap(other.at) > _FAR:
        return None
    return 0.75, "one operation taking over"


#: How claims come together, what is said of two of them, and the claim types of which that may be said (None: any).
_Judge = tuple[Callable[[Fact], Iterator[Hashable]], Callable[[Fact, Fact], Verdict], tuple[str, ...] | None]
_JUDGES: tuple[_Judge, ...] = (
    (_by_once, _happens_once, UNIQUE),
    (_by_number, _one_number, _EVENTS),
    (_by_facet, _one_facet, _FACETS),
    (_by_instrument, _one_instrument, None),
    (_by_parties, _one_signing, _SIGNING),
    (_by_force, _one_arrival, _ARRIVING),
    (_by_lead, _one_lead, ("institution",)),
    (_by_training, _one_course, ("training",)),
    (_by_vote, _one_vote, ("election", "political_event")),
    (_by_reference, _one_reference, ("agreement",)),
    (_by_people, _one_meeting, ("meeting_visit",)),
    (_by_phrase, _one_phrase, None),
    (_by_seizure, _one_seizure, SEIZING),
    (_by_handover, _one_handover, ("operation_handover",)),
)
