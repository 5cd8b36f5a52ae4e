"""Provider and host: dependence, the provider's other forces, visits, motives."""

from __future__ import annotations

from math import inf

from garant.brief.content import Cell, Section, Text, cell, table
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.phrases import current, day_text, hosts, phrases, strength
from garant.brief.sections.strengths import over_time
from garant.claims.wording import strength_text
from garant.forces.dependence import herfindahl, shares
from garant.forces.foreign import foreign
from garant.forces.relations import Motive, motives, visits


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
    providers, wholes = foreign(evidence.told, evidence.bands, evidence.country, day)
    bands, rests = [(p.low, p.high) for p in providers], [(w.rest_low, w.rest_high) for w in wholes]
    index = herfindahl(bands, rests)
    if index is None:
        return
    least = sum(low for low, _ in [*bands, *rests])
    named = [(evidence.name(p.provider), sorted({f.regime for f in p.forces}), p.stale, p.claims) for p in providers]
    named += [(f"others in {evidence.name(w.operation)}", [w.regime], w.stale, w.claims) for w in wholes]
    rows = [
        (
            cell(who),
            cell(", ".join(regimes)),
            cell(Text(strength_text(low, None if high == inf else high), notes.of(list(claims)[:4]))),
            cell(f"{share[0]:.0%}–{share[1]:.0%}"),
            cell(f"{low / least:.0%}" if least else ""),
            cell("old" if stale else ""),
        )
        for (who, regimes, stale, claims), (low, high), share in zip(
            named, [*bands, *rests], shares([*bands, *rests]), strict=True
        )
    ]
    heads = ("Provider", "Regimes", "People", "Share", "If least", "Number")
    section.blocks.append(
        table(heads, rows, (4, 4, 4, 3, 2, 2), title="Dependence on foreign personnel", id="dependence")
    )
    if_least = herfindahl([(low, low) for low, _ in bands], [(low, low) for low, _ in rests])
    words = f"Herfindahl index {index[0]:.2f}–{index[1]:.2f}"
    if if_least:
        words += f", and {if_least[0]:.2f}–{if_least[1]:.2f} if each number were the least that its band allows"
    section.say(
        f"{words} (1: one provider alone). Only in this table are regimes put side by side in one sum. Shares are as "
        "wide as what is not known of the strengths; numbers marked old were told half a year or longer before. "
        "Forces not told of for over three years are left out.",
        kind="note",
    )


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
                    cell(day_text(point.counted)),
                )
            )
    if rows:
        heads = ("Provider", "Host", "Regime", "Strength", "Last told")
        section.blocks.append(table(heads, rows, (3, 3, 4, 4, 3), title="Their forces elsewhere", id="elsewhere"))
    for host in sorted({b.series.force.host for b in away}):
        there = [b for b in away if b.series.force.host == host]
        section.blocks += over_time(there, evidence, notes, f" in {hosts(there[0].series.force, evidence)}")


def _motive(told: Motive, evidence: Evidence, notes: Footnotes) -> tuple[Cell, ...]:
    runs = [Text(f"{words} ({holder}) ", notes.of([claim])) for holder, words, claim in told.told]
    subject = evidence.name(told.subject) if told.subject else "not named"
    return cell(subject), cell(told.interest.replace("_", " ")), cell(str(told.origins)), cell(*runs)
