"""The bottom line: who is there, how many, on what paper, who agreed, under whose rules, and how sure that is."""

from __future__ import annotations

from collections import defaultdict

from garant.brief.content import Section, Text
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.phrases import current, day_text, force_name, phrases, short_name, strength, the, told_for
from garant.brief.sections import exposure
from garant.claims.wording import NO_DATE
from garant.forces import Band, Force, Point, by_force, refuted, served
from garant.forces.consent import UNKNOWN, Statement, consent
from garant.forces.foreign import silent
from garant.forces.mandates import last_mandates
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
    here = [b for b in evidence.bands if _foreign(b.series.force, evidence)]
    banded: dict[Force, list[Band]] = defaultdict(list)
    for band in here:
        banded[band.series.force].append(band)
    there = {force: now for force, bands in banded.items() if (now := current(bands, day))}
    if not evidence.entries:
        section.say("No accepted statement under these dates.")
        return
    quiet = silent(here, day)
    _say_how_many(section, there, quiet, evidence, notes)
    told = consent(evidence.told, there, evidence.disagreements)
    used = tasks(evidence.told)
    stated = {f.provider for f in there if f.regime != "unknown"}
    listed = [f for f in there if f not in quiet and (f.regime != "unknown" or f.provider not in stated)]
    principal = sorted(listed, key=lambda f: (-_weight(f, banded, used, evidence), f.provider, f.regime))[:PRINCIPAL]
    for force in principal:
        _say_force(section, force, there[force], told, used, evidence, notes)
    _say_unattributed(section, [f for f in there if f.regime == "unknown" and f.provider in stated], evidence)
    _say_guards(section, used, evidence, notes)
    exposure.summary(section, evidence, notes)
    _say_unknown(section, principal, told, evidence)
    _say_disputes(section, evidence, notes)


def _foreign(force: Force, evidence: Evidence) -> bool:
    return evidence.home(force.host) and force.foreign_to(evidence.country)


def _say_how_many(
    section: Section,
    there: dict[Force, list[tuple[str, str, Point]]],
    quiet: frozenset[Force],
    evidence: Evidence,
    notes: Footnotes,
) -> None:
    """How many providers and operations, contingents counted with their operation; how old what is told of them is."""
    day = evidence.clocks.as_of_day
    country = the(evidence.name(evidence.country)) if evidence.country else "the host"
    serving = {force: served(told) for force, told in by_force(evidence.told).items()}
    if not there:
        section.say(f"No source here tells of foreign personnel in {country} by {day_text(day)}.")
        return
    alive = [f for f in there if f not in quiet]
    whole = {f.provider for f in alive}
    apart = {f.provider for f in alive if not serving.get(f, frozenset()) & whole - {f.provider}}
    newest = max((p.seen or p.start for now in there.values() for _, _, p in now), default=0)
    many = f"{len(apart)} foreign {'provider or operation' if len(apart) == 1 else 'providers and operations'}"
    section.say(
        f"Within the three years before {day_text(day)} sources tell of {many} in {country}, contingents counted with "
        f"their operation, and none says that they have left; the newest word on any of them is of {day_text(newest)}."
        if apart
        else f"For three years before {day_text(day)} no source here has told of foreign personnel in {country}.",
        f" Of {len(quiet)} more {'force' if len(quiet) == 1 else 'forces'} nothing has been told for longer, and no "
        "source here tells their end."
        if quiet
        else "",
        " Numbers of different authorities are never added up.",
    )
    for operation, last in sorted(last_mandates(evidence.told, refuted(evidence.disagreements)).items()):
        if operation in whole:
            over = last.until is not None and last.until < day
            section.say(
                f"The last mandate of {evidence.name(operation)} that a source here tells of "
                f"{'held' if over else 'holds'} until ",
                Text(" / ".join(last.expires), notes.of(last.claims[:_NOTES])),
                "; whether it was renewed, none of them tells." if over else ".",
            )


def _weight(force: Force, bands: dict[Force, list[Band]], used: list[Task], evidence: Evidence) -> int:
    claims = {c for band in bands[force] for point in band.points for c in point.claims}
    return evidence.tellings(claims) + sum(len(t.claims) for t in used if t.force == force)


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
    ages = [told_for(point, evidence) if point.counted else "" for _, _, point in numbered]
    for at, (personnel, reading, point) in enumerate(numbered):
        words = f"{' and ' if at else ''}{strength(point, personnel)}"
        again = at + 1 < len(ages) and ages[at] == ages[at + 1]  # it is said once, after the last of them
        age = f", told for {ages[at]}" if ages[at] and not again else ""
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
            sorts[task.protects] = list(dict.fromkeys([*sorts[task.protects], *task.claims]))
    counted = [(sort, claims) for sort, claims in sorts.items() if sort != "none" and claims]
    if counted:
        runs.append(" Said to protect ")
        for at, (sort, claims) in enumerate(sorted(counted, key=lambda item: -len(item[1]))):
            words = (
                f"{phrases()['protects'][sort]} in {len(claims)} {'statement' if len(claims) == 1 else 'statements'}"
            )
            runs += [", " if at else "", Text(words, notes.of(claims[:_NOTES]))]
        runs.append(".")
    section.say(*runs, kind="point")


def _say_unattributed(section: Section, unstated: list[Force], evidence: Evidence) -> None:
    """Statements on a provider with forces under known authorities that do not say which of them they mean."""
    groups = by_force(evidence.told)
    told = [f"{len(groups[f])} on {the(evidence.name(f.provider))}" for f in sorted(unstated) if f in groups]
    if told:
        section.say(
            "Statements that do not say under which authority they see people, who may be of any force of the same "
            f"provider: {', '.join(told)}. They are attributed to none."
        )


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
