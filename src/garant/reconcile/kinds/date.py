"""date: two dates of one event that happened once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from garant.claims.wording import duration
from garant.reconcile.edge import Edge, Rule, differing
from garant.reconcile.fact import Fact
from garant.reconcile.settings import rules, subjects_of
from garant.reconcile.subject import provider, same_regime

KIND = "date"
_ANY = 10**6
#: Types that tell of what happens once.
UNIQUE = (
    "deployment", "withdrawal", "operation_handover", "agreement", "mandate", "strategy_adoption", "institution",
    "election", "meeting_visit", "leadership_change", "training", "force_structure",
)  # fmt: skip
#: Types that show somebody present.
_SHOWING = ("deployment", "force_strength", "support_role")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Once:
    """What happens once: a key, and how many days apart two dates may lie and still be of that one event."""

    key: tuple[Hashable, ...]
    within: int


def once(fact: Fact) -> Iterator[Once]:  # noqa: PLR0912  # one case for each type of event
    """What the claim tells that happens once, if anything."""
    limits, slots = rules()["date"], fact.slots
    match fact.type:
        case "deployment":
            for named in fact.of("operator", "subject") if fact.is_first else ():
                yield Once(("first", provider(fact), fact.of("host"), named), _ANY)
            for named in fact.of("subject"):
                yield Once(("arrival", provider(fact), fact.of("host"), named), limits["force_days"])
        case "withdrawal" if slots.get("complete"):
            for named in fact.of("operator", "subject"):
                yield Once(("left", provider(fact), fact.of("host"), named), limits["withdrawal_days"])
        case "operation_handover":
            for old in fact.of("predecessor"):
                for new in fact.of("successor"):
                    yield Once(("handover", old, new), _ANY)
        case "agreement" if fact.paper and slots.get("stage") in (None, "signed"):
            yield Once(("signed", fact.paper), _ANY)
        case "mandate" if fact.paper and slots.get("verb"):
            yield Once(("mandate", fact.paper), _ANY)
        case "strategy_adoption" if fact.paper and slots.get("step") not in (None, "valid"):
            yield Once(("step", fact.paper, slots["step"]), _ANY)
        case "institution" if slots.get("relation") in ("founded", "dissolved", "renamed"):
            yield Once((slots["relation"], fact.of("subject")), _ANY)
        case "institution" if slots.get("relation") in ("joins", "leaves", "rejoins"):
            yield Once((slots["relation"], fact.of("member"), fact.of("subject")), limits["office_days"])
        case "election" if slots.get("status") in (None, "held") and slots.get("round") is None:
            yield Once(("vote", fact.country("subject", "host"), slots.get("vote")), limits["election_days"])
        case "election" if slots.get("status") in (None, "held"):
            yield Once(
                ("vote", fact.country("subject", "host"), slots.get("vote"), slots["round"]),
                limits["election_days"],
            )
        case "meeting_visit" if fact.of("visitor") and slots.get("form") != "call":
            for visitor in fact.of("visitor"):
                for host in fact.country("host"):
                    yield Once(("visit", visitor, host), limits["visit_days"])
        case "leadership_change" if slots.get("manner") in ("coup", "resigned", "removed", "died", "appointed"):
            for who in fact.of("attacker", "leader", "chair", "commander"):
                key = ("office", slots["manner"], who, fact.country("target", "subject"))
                yield Once(key, limits["office_days"])
        case "training" if "cohort" in slots and slots.get("stage") in (None, "completed"):
            yield Once(("cohort", fact.country("trainer"), fact.country("trainee"), slots["cohort"]), _ANY)
        case "force_structure" if fact.number_in_series and slots.get("element"):
            yield Once(("nth", fact.of("subject"), slots["element"]), _ANY)


def _keys(fact: Fact) -> Iterator[Hashable]:
    if fact.factual and fact.claim.time and fact.span is not None and not (fact.at.open_start and fact.at.open_end):
        yield from once(fact)


def _compare(block: Sequence[Fact]) -> Iterator[Edge]:
    shared = frozenset.intersection(*(frozenset(once(fact)) for fact in block))
    within = min(unique.within for unique in shared)
    for one, other in differing(block, lambda f: f.span):
        if _lasting(one) or _lasting(other) or not same_regime(one, other):
            continue
        gap = one.at.gap(other.at)
        if gap and one.at.reach(other.at) <= within and not _another(one, other):
            yield _edge(one, other, gap, "one event, two dates")


def _lasting(fact: Fact) -> bool:
    """A stretch with an open end dates no event."""
    return fact.span is not None and fact.at.open_end and fact.type != "institution"


def _another(one: Fact, other: Fact) -> bool:
    """Whether what both say besides shows that two events are meant: other numbers of the same people."""
    return (
        one.type in ("deployment", "training")
        and one.exact is not None
        and other.exact is not None
        and one.exact != other.exact
    )


def _edge(one: Fact, other: Fact, gap: int, because: str, needs: frozenset[str] = frozenset()) -> Edge:
    readings = one.when, other.when
    told = f"{because}: {readings[0]} and {readings[1]}, {duration(gap)} apart"
    return Edge(KIND, "time", one.id, other.id, *readings, told, weight=min(1.0, 0.3 + gap / 400), needs=needs)


def _parties(fact: Fact) -> Iterator[Hashable]:
    if not (fact.type == "agreement" and fact.factual and fact.span is not None and fact.at.bounded):
        return
    if len(fact.country("party", "signatory")) > 1:
        yield fact.country("party", "signatory")


def _compare_bundles(block: Sequence[Fact]) -> Iterator[Edge]:
    """As many agreements between the same parties, dated near each other; or one subject, one month, another year."""
    limits = rules()["date"]
    for one, other in differing(block, lambda f: f.span):
        gap = one.at.gap(other.at)
        if not gap or (one.paper and one.paper == other.paper):
            continue
        if one.exact is not None and one.exact == other.exact and one.unit == other.unit:
            if one.at.reach(other.at) <= limits["bundle_days"]:
                yield _edge(one, other, gap, "as many agreements between the same parties")
        elif gap <= limits["year_slip_days"] and _year_slip(one, other) and _one_subject(one, other):
            yield _edge(one, other, gap, "one subject, the same parties, the same month of two years")


def _one_subject(one: Fact, other: Fact) -> bool:
    """Whether both are signatures on one subject: as both list it, or, where neither does, as both are called."""
    if one.slots.get("stage", "signed") != other.slots.get("stage", "signed"):
        return False
    listed = [" ".join(f.slots.get("subjects", ())) for f in (one, other)]
    if any(listed):
        return bool(subjects_of(listed[0]) & subjects_of(listed[1]))
    return bool(one.subjects & other.subjects)


def _year_slip(one: Fact, other: Fact) -> bool:
    """Whether both are dated to one month of neighbouring years, each to a month or a day."""
    if max(one.at.days, other.at.days) > rules()["value"]["dated_days"]:
        return False
    left, right = (date.fromordinal(f.at.first) for f in (one, other) if f.span is not None)
    return left.month == right.month and abs(left.year - right.year) == 1


def _presence(fact: Fact) -> Iterator[Hashable]:
    if not (fact.type in _SHOWING and fact.factual and fact.span is not None):
        return
    if not fact.at.open_start and fact.slots.get("scope") != "world":
        for host in fact.of("host"):
            yield (provider(fact), host)


def _compare_first(block: Sequence[Fact]) -> Iterator[Edge]:
    """Somebody present before what is called their first presence."""
    grace = rules()["lifetime"]["presence_days"]
    arrivals = [f for f in block if f.type == "deployment" and not (f.span and f.at.open_end)]
    for first in (f for f in arrivals if f.is_first):
        for early in block:
            gap = max(0, first.at.earliest - early.at.begun)
            if gap <= grace or _own_operation(first, early):
                continue
            yield _edge(early, first, gap, "present before what is called the first presence")
            for same in arrivals:
                if not same.is_first and same.at.meets(first.at) and same_regime(same, first):
                    needs = frozenset((first.id,))
                    yield _edge(early, same, gap, "present before the arrival that is called the first", needs)


def _own_operation(first: Fact, early: Fact) -> bool:
    """Whether "first" is said of one operation that its provider runs alone, and the earlier presence is another's."""
    operations = first.of("operator"), early.of("operator")
    if not all(operations) or operations[0] & operations[1]:
        return False
    return bool(first.claim.regime in ("eu", None) and not first.of("authorizer") and _runs(first))


def _runs(fact: Fact) -> bool:
    return (
        fact.of("provider") == fact.country("provider") and fact.kinds.get(next(iter(fact.of("provider")), "")) == "igo"
    )


RULES = (
    Rule("date", _keys, _compare, UNIQUE),
    Rule("date of a bundle of agreements", _parties, _compare_bundles, ("agreement",)),
    Rule("first presence", _presence, _compare_first, _SHOWING),
)
