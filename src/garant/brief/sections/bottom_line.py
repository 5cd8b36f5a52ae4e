"""The bottom line: who is there, how many, on what paper, who agreed, under whose rules, and how sure that is."""

from __future__ import annotations

from collections import defaultdict

from garant.brief.content import Section, Text
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.phrases import current, day_text, force_name, phrases, short_name, strength, the
from garant.claims.wording import NO_DATE
from garant.forces import Band, Force, Point
from garant.forces.consent import UNKNOWN, Statement, consent
from garant.forces.foreign import silent
from garant.forces.tasks import Task, tasks

#: Forces told of in a sentence of their own: those of which most is told.
PRINCIPAL = 5
#: Fields of a force's authority that a sentence names, in its order.
_FIELDS = ("host_consent", "paper", "rules_of_engagement")
_NOT_SAID = ("host_consent", "paper", "command", "rules_of_engagement", "payer")
_NOTES = 3


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """Plain sentences, each figure with its notes; what nobody tells is said as well."""
    day = evidence.clocks.as_of_day
    here = [b for b in evidence.bands if evidence.home(b.series.force.host) and b.series.force.regime != "national"]
    by_force: dict[Force, list[Band]] = defaultdict(list)
    for band in here:
        by_force[band.series.force].append(band)
    there = {force: now for force, bands in by_force.items() if (now := current(bands, day))}
    if not evidence.entries:
        section.say("No accepted statement under these dates.")
        return
    country = the(evidence.name(evidence.country)) if evidence.country else "the host"
    fresh = sum(any(not point.stale for _, _, point in now) for now in there.values())
    unheard = len(silent(here, day))
    section.say(
        f"On {day_text(day)} sources place {len(there)} foreign {'force' if len(there) == 1 else 'forces'} in "
        f"{country} that none of them says have left. Of {fresh or 'none'} of these anything is told that is younger "
        f"than half a year; of {unheard or 'none'} nothing has been told for over three years. A force is one provider "
        "under one authority: numbers of different authorities are not added up."
    )
    told = consent(evidence.told, there, evidence.disagreements)
    used = tasks(evidence.told)
    order = sorted(there, key=lambda f: (-_weight(f, by_force, used), f.provider, f.regime))
    principal = order[:PRINCIPAL]
    for force in principal:
        _say_force(section, force, there[force], told, used, evidence, notes)
    _say_guards(section, used, evidence, notes)
    _say_unknown(section, principal, told, evidence)
    _say_disputes(section, evidence, notes)


def _weight(force: Force, by_force: dict[Force, list[Band]], used: list[Task]) -> int:
    claims = {c for band in by_force[force] for point in band.points for c in point.claims}
    return len(claims) + sum(len(t.claims) for t in used if t.force == force)


def _say_force(
    section: Section,
    force: Force,
    now: list[tuple[str, str, Point]],
    told: list[Statement],
    used: list[Task],
    evidence: Evidence,
    notes: Footnotes,
) -> None:
    runs: list[Text | str] = [Text(f"{force_name(force, evidence)}: ", style="strong")]
    numbered = [n for n in now if n[2].low is not None or n[2].high is not None] or now[:1]
    for at, (personnel, reading, point) in enumerate(numbered):
        words = f"{' and ' if at else ''}{strength(point, personnel)}"
        age = f", last told for {day_text(point.counted)}" if point.counted else ""
        runs.append(Text(words, notes.of(point.claims[:_NOTES])))
        runs.append(f"{age}{f' (if {reading})' if reading else ''}")
    runs.append(".")
    through = sorted({evidence.name(s.through) for s in told if s.force == force and s.through})
    if through:
        runs.append(f" It has the authority of {' and '.join(through)}.")
    for field in _FIELDS:
        listed = [s for s in told if s.force == force and s.field == field and not s.through and s.value != UNKNOWN]
        if listed or not through:
            runs += _say_field(field, listed, notes)
    sorts: dict[str, list[str]] = defaultdict(list)
    for task in used:
        if task.force == force:
            sorts[task.protects] += task.claims
    counted = [(sort, claims) for sort, claims in sorts.items() if sort != "none" and claims]
    if counted:
        runs.append(" Told to protect ")
        for at, (sort, claims) in enumerate(sorted(counted, key=lambda item: -len(item[1]))):
            words = (
                f"{phrases()['protects'][sort]} in {len(claims)} {'statement' if len(claims) == 1 else 'statements'}"
            )
            runs += [", " if at else "", Text(words, notes.of(claims[:_NOTES]))]
        runs.append(".")
    section.say(*runs, kind="point")


def _say_field(field: str, listed: list[Statement], notes: Footnotes) -> list[Text | str]:
    label = str(phrases()["fields"][field])
    if not listed:
        return [f" {label}: no source tells."]
    by_value: dict[str, list[Statement]] = defaultdict(list)
    for one in listed:
        by_value[one.value].append(one)
    runs: list[Text | str] = [f" {label}: "]
    for at, (value, alike) in enumerate(list(by_value.items())[:_NOTES]):
        times = list(dict.fromkeys(one.when for one in alike if one.when and one.when != NO_DATE))
        when = f" ({'; '.join(times[:2])}{' and later' if len(times) > 2 else ''})" if times else ""  # noqa: PLR2004
        runs += ["; " if at else "", Text(value, notes.of([one.claims[0] for one in alike][:_NOTES])), when]
    runs.append(f"; and {len(by_value) - _NOTES} more." if len(by_value) > _NOTES else ".")
    return runs


def _say_guards(section: Section, used: list[Task], evidence: Evidence, notes: Footnotes) -> None:
    """Who is said to guard the head of state."""
    guards: dict[tuple[str, str], list[str]] = defaultdict(list)
    for task in used:
        here = evidence.home(task.force.host) or not task.force.host
        if task.task == "protect_head_of_state" and task.claims and here:
            guards[task.force.provider, task.force.regime] += task.claims
    if not guards:
        return
    runs: list[Text | str] = ["The head of state is said to be or to have been guarded by "]
    for at, ((provider, regime), claims) in enumerate(sorted(guards.items(), key=lambda g: (-len(g[1]), g[0]))):
        where = force_name(Force(evidence.country or "", provider, regime), evidence)
        runs += ["; " if at else "", Text(where, notes.of(claims[:_NOTES]))]
    section.say(*runs, ". These are statements over the years, not a roster of today.")


def _say_unknown(section: Section, principal: list[Force], told: list[Statement], evidence: Evidence) -> None:
    silent: dict[str, list[str]] = defaultdict(list)
    for force in principal:
        for field in _NOT_SAID:
            if not any(s.force == force and s.field == field and s.value != UNKNOWN for s in told):
                silent[field].append(short_name(force, evidence))
    if silent:
        section.say("What no source tells:")
    for field, forces in silent.items():
        section.say(f"{phrases()['asked'][field]} {', '.join(forces)}.", kind="point")


def _say_disputes(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    found = list(evidence.disagreements)
    undecided = [d for d in found if not d.decided]
    if not found:
        return
    runs: list[Text | str] = [
        f"Sources contradict each other in {len(found)} points, of which {len(undecided)} are open. The gravest open: "
        if undecided
        else f"Sources contradict each other in {len(found)} points, all of them decided."
    ]
    for at, dispute in enumerate(undecided[:_NOTES]):
        readings = " against ".join(side.reading for side in dispute.sides[:2])
        words = f"{dispute.subject.rstrip('.')}: {readings}"
        runs += [
            "; " if at else "",
            Text(words, notes.of(list(dispute.claims)[:4]), to=f"disagreement-{dispute.id[:12]}"),
        ]
    section.say(*runs, "." if undecided else "")
