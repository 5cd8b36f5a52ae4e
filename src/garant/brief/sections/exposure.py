"""Where violence is recorded: a map, prefectures with their chances, years, and where forces are said to be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from garant.brief.content import Cell, Figure, Section, Table, Text, cell, table
from garant.brief.evidence import Evidence, Recorded
from garant.brief.footnotes import Footnotes
from garant.brief.mapped import Map, Sited, style, svg_of
from garant.brief.phrases import phrases, short_name, the
from garant.brief.sites import Stationed, stationed
from garant.claims.wording import printed_time
from garant.exposure.settings import BY_POPULATION, UNPLACED

#: Years of the table, the newest first; perpetrators of an area that are named.
_YEARS, _WHOSE = 12, 3
#: Areas that the bottom line names.
_NAMED = 3
_TEN = 10


def build(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """Nothing where no events are loaded and the case carries no figures; why, where some cannot be shown."""
    recorded = evidence.recorded
    if recorded is None or not recorded.ranking:
        if evidence.unrecorded:
            section.say(f"Recorded violence is not shown: {evidence.unrecorded}.")
        return
    sites = [s for s in stationed(evidence, recorded.year) if _on_map(s, recorded)]
    section.say(*_year(recorded, evidence, notes))
    section.blocks.append(_map(recorded, sites, notes, evidence.charts))
    section.blocks.append(_worst(recorded, sites, evidence, notes))
    by_people = f"expected{BY_POPULATION}" in recorded.ranking[0]
    section.say(
        "Coarse: deaths of which only the province is known; those without even that stand in a last row. "
        "Spread: deaths shared out over where the events may have happened, "
        f"by surface{', and by where people live' if by_people else ''}. "
        "The chance is the share of simulated years in which the area is among the worst, drawing anew where and when "
        "events of known doubt happened and how many there are; in brackets, if only place and day were in doubt. Low "
        "and high are the dataset's own scenarios. What nobody reported is in no column: the last figure is the factor "
        "of under-recording, here or among its rivals, from which on the area changes sides of the worst. "
        "Square brackets: from how many states its people are.",
        kind="note",
    )
    section.say(*_outlets(recorded))
    section.blocks.append(_years(recorded, notes))
    people = f" People: {recorded.people}." if recorded.people else ""
    cited = f"{recorded.title} {recorded.version}: {recorded.cite}. Outlines: {recorded.areas.cite}.{people}"
    section.say(cited, kind="note")


def summary(section: Section, evidence: Evidence, notes: Footnotes) -> None:
    """One paragraph for the bottom line: how much, where most, on whose word, until when the data go."""
    recorded = evidence.recorded
    if recorded is None or not recorded.ranking:
        return
    surest = sorted(recorded.ranking, key=lambda row: -row["p_worst"])[:_NAMED]
    worst = ", ".join(f"{row['name']} ({row['p_worst']:.0%})" for row in surest)
    section.say(
        *_year(recorded, evidence, notes)[:1],
        f"; surest among the {_worst_word(recorded)} areas: {worst}. "
        f"The data end on {printed_time(recorded.end.isoformat())}. See ",
        Text("where civilians meet recorded violence", to="exposure"),
        ".",
    )


def _year(recorded: Recorded, evidence: Evidence, notes: Footnotes) -> list[Text | str]:
    rows = [r for r in recorded.rows if r["from"] == recorded.first.isoformat()]
    told = ("events", "low", "best", "high", "coarse_best")
    events, low, best, high, coarse = (sum(r[key] for r in rows) for key in told)
    where = the(evidence.name(evidence.country)) if evidence.country else "this case"
    known = (
        f"Of these deaths {coarse:,} have a place known only to a province or worse; they are spread over where they "
        "may have happened. "
        if coarse
        else ""
    )
    return [
        Text(
            f"In {recorded.year}, {recorded.title} records {events:,} deadly events with {best:,} deaths in {where}",
            (_all_of(str(recorded.year), events, recorded, notes),),
            "strong",
        ),
        f" ({low:,} to {high:,} by its low and high counts). {known}The data end on "
        f"{printed_time(recorded.end.isoformat())}; later violence is not shown, and its absence here means nothing.",
    ]


def _on_map(site: Stationed, recorded: Recorded) -> bool:
    """Told of in the years around the one shown."""
    years: int = style()["sites_years"]
    return recorded.year - years <= date.fromordinal(site.last).year <= recorded.year + years


def _map(recorded: Recorded, sites: Sequence[Stationed], notes: Footnotes, keep: Path | None) -> Figure:
    by_place: dict[tuple[str, float, float], list[str]] = defaultdict(list)
    for site in sites:
        regimes = by_place[site.place, site.longitude, site.latitude]
        if site.force.regime not in regimes:
            regimes.append(site.force.regime)
    deaths = {row["unit"]: row["expected"] for row in recorded.ranking}
    source = (
        f"Deaths: {recorded.title} {recorded.version}, {recorded.year}; the data end on {recorded.end.isoformat()}."
    )
    if recorded.areas.title:
        source += f" Outlines: {recorded.areas.title}."
    marks = [Sited(*where, tuple(regimes)) for where, regimes in by_place.items()]
    caption = (
        f"Deaths recorded in {recorded.year}, spread over where the events may have happened, and places of forces "
        f"told of within {style()['sites_years']} years of it. A force whose places no source here tells is not on the "
        "map: where it was is unknown. A place says who was there, not whom they protected; few deaths recorded may be "
        "a base's effect or a reporter's absence."
    )
    cited = notes.of(claim for site in sites for claim in site.claims[:1])
    return Figure(svg_of(Map(recorded.areas, deaths, marks, source), keep), cell(caption), cited)


def _worst(recorded: Recorded, sites: Sequence[Stationed], evidence: Evidence, notes: Footnotes) -> Table:
    by_area = _by_area(sites, recorded)
    whose = _whose((r for r in recorded.rows if r["from"] == recorded.first.isoformat()), evidence)
    rows: list[Sequence[Cell | str]] = []
    for row in recorded.ranking:
        chance = f"{row['p_worst']:.0%} ({row['p_worst_place']:.0%})" + _by_people(row, "p_worst", "{:.0%}")
        turns = f"{row['unreported']:.1f} times" if row["unreported"] else ""
        there = by_area.get(row["unit"], [])
        rows.append(
            (
                cell(Text(row["name"], style="strong" if row["rank"] <= row["worst"] and row["expected"] else "")),
                _told(row, recorded, notes),
                f"{row['coarse_best']:,}" if row["coarse_best"] else "",
                f"{row['expected']:,.0f}" + _by_people(row, "expected", "{:,.0f}"),
                chance,
                turns,
                _most(whose.get(row["unit"], Counter())),
                _there(there, evidence, notes),
            )
        )
    rows += _unplaced(recorded, whose, notes)
    heads = (
        "Area",
        "Deaths: best (low-high)",
        "Of them coarse",
        "Spread",
        f"Among the {_worst_word(recorded)}",
        "Turns at",
        "Who did violence",
        "Forces said to be there",
    )
    return table(heads, rows, (3, 3, 2, 2, 3, 2, 4, 6), title=f"By area, {recorded.year}", id="exposure-areas")


def _by_people(row: Mapping[str, Any], key: str, show: str) -> str:
    """The same figure with coarse events spread by where people live, where a population layer is loaded."""
    value = row.get(f"{key}{BY_POPULATION}")
    return "" if value is None else f"; by people {show.format(value)}"


def _unplaced(recorded: Recorded, whose: Mapping[str, Counter[str]], notes: Footnotes) -> list[tuple[Cell | str, ...]]:
    """Events of which no area is told: counted in a row of their own, and pinned nowhere."""
    found = [
        r for r in recorded.rows if r["unit"] == UNPLACED and r["from"] == recorded.first.isoformat() and r["events"]
    ]
    if not found:
        return []
    low, best, high = (sum(r[key] for r in found) for key in ("low", "best", "high"))
    row = {"unit": UNPLACED, "name": found[0]["name"], "low": low, "best": best, "high": high}
    told = _told(row, recorded, notes)
    return [(cell(Text(row["name"], style="soft")), told, f"{best:,}", "", "", "", _most(whose[UNPLACED]), "")]


def _worst_word(recorded: Recorded) -> str:
    return "ten worst" if recorded.worst == _TEN else f"{recorded.worst} worst"


def _told(row: Mapping[str, Any], recorded: Recorded, notes: Footnotes) -> Cell:
    """The counts of an area, with a footnote that lists the events behind them."""
    ids = [
        name
        for r in recorded.rows
        if r["unit"] == row["unit"] and r["from"] == recorded.first.isoformat()
        for name in r["ids"]
    ]
    words = f"{row['best']:,} ({row['low']:,}-{row['high']:,})" if ids else "none recorded"
    says = f"Deadly events recorded in {row['name']} in {recorded.year}: {len(ids)}."
    listed = f"events {', '.join(sorted(ids, key=_by_number))}" if ids else "no event is told of it"
    return cell(Text(words, (notes.cite_rows(recorded.source, says, listed),)))


def _by_number(name: str) -> tuple[int, str]:
    return (int(name), "") if name.isdigit() else (0, name)


def _by_area(sites: Iterable[Stationed], recorded: Recorded) -> dict[str, list[Stationed]]:
    found: dict[str, list[Stationed]] = defaultdict(list)
    for site in sites:
        at = int(recorded.areas.locate(site.longitude, site.latitude)[0])
        if at < 0:
            at = recorded.areas.nearest(site.longitude, site.latitude, recorded.beside_km)
        if at >= 0:
            found[recorded.areas.areas[at].code].append(site)
    return found


def _there(sites: Sequence[Stationed], evidence: Evidence, notes: Footnotes) -> Cell:
    by_force: dict[str, list[Stationed]] = defaultdict(list)
    for site in sites:
        by_force[short_name(site.force, evidence)].append(site)
    runs: list[Text] = []
    for force, held in by_force.items():
        last = max(held, key=lambda s: s.last).when
        places = ", ".join(map(_printed, held))
        claims = notes.of(c for s in held for c in s.claims[:1])
        runs.append(Text(f"{'; ' if runs else ''}{force}: {places} (told for {last})", claims[:4]))
    return cell(*runs) if runs else cell(Text("none told of: unknown", style="soft"))


def _printed(site: Stationed) -> str:
    """A place with the number of states whose people are there, and whether they may stand elsewhere."""
    states = f" [{len(site.contingents)}]" if site.contingents else ""
    return f"{site.place}{states}{' (units may stand elsewhere)' if site.elsewhere else ''}"


def _whose(rows: Iterable[Mapping[str, Any]], evidence: Evidence) -> dict[str, Counter[str]]:
    """Deaths by area and by who did violence, or who fought whom; the country's own government by that word alone."""
    own = f"Government of {evidence.name(evidence.country)}" if evidence.country else ""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        name = row["perpetrator"].replace(own, "Government") if own else row["perpetrator"]
        found[row["unit"]][name.replace(" - ", " against ")] += row["best"]
    return found


def _most(counts: Counter[str]) -> str:
    """The first few by deaths, and the rest together."""
    told = [(name, n) for name, n in counts.most_common() if n]
    rest = sum(n for _, n in told[_WHOSE:])
    words = [f"{name} {n:,}" for name, n in told[:_WHOSE]]
    return "; ".join([*words, f"others {rest:,}"] if rest else words)


def _outlets(recorded: Recorded) -> list[Text | str]:
    turned: dict[str, list[str]] = defaultdict(list)
    for row in recorded.ranking:
        for ending, how in (("", ""), (BY_POPULATION, ", spread by people")):
            for outlet in row.get(f"without{ending}") or ():
                turned[f"{outlet}{how}"].append(row["name"])
    worst = _worst_word(recorded)
    if not turned:
        return [f"No large outlet alone decides which are among the {worst}."]
    told = "; ".join(f"without {outlet}: {' and '.join(names)}" for outlet, names in turned.items())
    return [
        Text("On one outlet's word. ", style="strong"),
        f"Which are among the {worst} changes if what one outlet alone tells is left out: {told}.",
    ]


def _years(recorded: Recorded, notes: Footnotes) -> Table:
    words = phrases()["perpetrators"]
    by_year: dict[str, Counter[str]] = defaultdict(Counter)
    for row in recorded.rows:
        year = by_year[row["from"][:4]]
        year[row["perpetrator_kind"]] += row["best"]
        for key in ("events", "low", "best", "high"):
            year[f"={key}"] += row[key]
    shown = sorted(by_year, reverse=True)[:_YEARS]
    kinds = [kind for kind in words if any(by_year[year][kind] for year in shown)]
    rows: list[tuple[Cell | str, ...]] = [
        (
            cell(Text(year, (_all_of(year, by_year[year]["=events"], recorded, notes),))),
            f"{by_year[year]['=events']:,}",
            f"{by_year[year]['=best']:,} ({by_year[year]['=low']:,}-{by_year[year]['=high']:,})",
            *(f"{by_year[year][kind]:,}" if by_year[year][kind] else "" for kind in kinds),
        )
        for year in shown
    ]
    heads = ("Year", "Events", "Deaths: best (low-high)", *(words[kind].capitalize() for kind in kinds))
    return table(
        heads,
        rows,
        (2, 2, 4, *(3 for _ in kinds)),
        title="By year and by who did violence (best counts)",
        id="exposure-years",
    )


def _all_of(year: str, events: int, recorded: Recorded, notes: Footnotes) -> int:
    says = f"All {events:,} deadly events recorded in {year}."
    return notes.cite_rows(recorded.source, says, f"ids with 'garant exposure --from {year} --to {year} --json'")
