"""Provider and host: dependence, the provider's other forces, visits, motives."""

from __future__ import annotations

from math import inf

from garant.brief.content import Cell, Section, Text, cell, table
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.phrases import current, hosts, phrases, strength, told_for
from garant.brief.sections.strengths import over_time
from garant.claims.wording import strength_text
from garant.forces.portions import Portion, dependence
from garant.forces.relations import Motive, motives, visits

#: Providers printed in the table of dependence, the largest; a few more are printed as well.
_PROVIDERS, _FEW = 20, 10


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """Dependence of the host, forces elsewhere, visits and their outcomes, motives with their holders."""
    _dependence(section, evidence, notes)
    _elsewhere(section, evidence, notes)
    met = visits(evidence.told, evidence.events)
    if met:
        rows = [
            (
                cell(Text(" / ".join(v.when) or "no date", notes.of(v.claims))),
                cell(", ".join((*v.who, *(f"hosted by {h}" for h in v.host)))),
                cell(
                    Text("; ".join(v.outcomes), notes.of(v.outcome_claims))
                    if v.outcomes
                    else Text("not told", style="soft")
                ),
            )
            for v in met
        ]
        section.blocks.append(table(("When", "Who", "What came of it"), rows, (3, 4, 8), title="Visits", id="visits"))
    ascribed = motives(evidence.told, evidence.sources)
    if ascribed:
        section.blocks.append(
            table(
                ("Whose", "Sort", "Origins", "What is ascribed, and by whom"),
                [_motive(m, evidence, notes) for m in ascribed],
                (2, 2, 1, 10),
                title="Motives, each somebody's word",
                id="motives",
            )
        )


def _dependence(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    if evidence.country is None:
        return
    day = evidence.clocks.as_of_day
    told = dependence(evidence.told, evidence.bands, evidence.country, day)
    if told.index is None:
        return
    rows = [
        (
            cell(f"others in {evidence.name(p.entity)}" if p.rest else evidence.name(p.entity)),
            cell(", ".join(p.regimes)),
            cell(Text(strength_text(p.low, None if p.high == inf else p.high), notes.of(_numbers(p, evidence)))),
            cell(f"{p.share[0]:.0%}–{p.share[1]:.0%}" if p.share != (0, 1) else "unknown"),
            cell("" if p.if_least is None else f"{p.if_least:.0%}"),
            cell("old" if p.stale else ""),
        )
        for p in told.portions
    ]
    heads = ("Provider", "Regimes", "People", "Share", "If least", "Number")
    title, widths = "Dependence on foreign personnel", (4, 4, 4, 3, 2, 2)
    shown = _PROVIDERS if len(rows) > _PROVIDERS + _FEW else None
    rest = f"{len(rows) - _PROVIDERS} more rows"
    section.blocks.append(table(heads, rows, widths, title=title, id="dependence", shown=shown, rest=rest))
    words = f"Herfindahl index {told.index[0]:.2f}–{told.index[1]:.2f}"
    if told.if_least:
        least, most = told.if_least
        words += f", and {least:.2f}–{most:.2f} if each number were the least that its band allows"
    section.say(
        f"{words} (1: one provider alone). Only in this table are regimes put side by side in one sum. Shares are as "
        "wide as what is not known of the strengths; numbers marked old were told half a year or longer before. "
        "Forces not told of for over three years are left out.",
        kind="note",
    )


def _numbers(portion: Portion, evidence: Evidence) -> list[str]:
    """The claims behind a portion that give a number of people; without any, the first that tell of it."""
    told = [c for c in portion.claims if c in evidence.facts and evidence.facts[c].bounds is not None]
    return told or list(portion.claims[:3])


def _elsewhere(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    day = evidence.clocks.as_of_day
    away = [b for b in evidence.bands if not evidence.home(b.series.force.host)]
    rows = []
    for force in dict.fromkeys(b.series.force for b in away):
        for personnel, reading, point in current((b for b in away if b.series.force == force), day):
            told = Text(strength(point, personnel), notes.of(point.claims[:4]))
            rows.append(
                (
                    cell(evidence.name(force.provider)),
                    cell(hosts(force, evidence)),
                    cell(str(phrases()["regimes_of"][force.regime])),
                    cell(told, Text(f" if {reading}" if reading else "", style="soft")),
                    cell(told_for(point, evidence) + (" (old)" if point.stale else "")),
                )
            )
    if rows:
        heads = ("Provider", "Host", "Regime", "Strength", "Told for")
        section.blocks.append(table(heads, rows, (3, 3, 4, 4, 3), title="Their forces elsewhere", id="elsewhere"))
    for host in sorted({b.series.force.host for b in away}):
        there = [b for b in away if b.series.force.host == host]
        section.blocks += over_time(there, evidence, notes, f" in {hosts(there[0].series.force, evidence)}")


def _motive(told: Motive, evidence: Evidence, notes: Footnotes) -> tuple[Cell, ...]:
    runs = [Text(f"{words} ({holder})\n", notes.of([claim])) for holder, words, claim in told.told]
    subject = evidence.name(told.subject) if told.subject else "not named"
    return cell(subject), cell(told.interest.replace("_", " ")), cell(str(told.origins)), cell(*runs)
