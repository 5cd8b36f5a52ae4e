"""The timeline: operations, mandates, agreements, deployments, strengths and elections as one vector chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from garant.brief.drawn import kept
from garant.brief.evidence import Evidence
from garant.brief.footnotes import Footnotes
from garant.brief.marks import STYLE, Mark, place
from garant.claims import Claim, Period, claim_types
from garant.claims.wording import number
from garant.ledger import Entry
from garant.names import Lifetime, Names, lifetimes
from garant.version import __version__

#: Types whose marks are named after the paper, not after an actor.
_BY_INSTRUMENT = frozenset({"mandate", "agreement", "consent_given", "consent_restricted", "consent_withdrawn"})
#: The role that names a mark, the first that the claim has.
_SHOWN = ("provider", "operator", "successor", "subject", "signatory", "party", "host")
#: Notes printed with a mark.
_NOTES = 3
_REGIMES: dict[str, str] = STYLE["regimes"]


def timeline_svg(marks: Sequence[Mark], keep: Path | None = None) -> str | None:
    """The chart as SVG text, None where there are no marks. Greys and shapes only, so that it survives a copier.

    In the folder `keep` drawn charts are kept under the hash of what they show: drawing one takes most of the
    time of a brief.
    """
    if not marks:
        return None
    rows = place(marks)
    shown = [[asdict(m) for m in marks], STYLE, __version__]

    def draw() -> str:
        from garant.brief.chart import draw_svg  # Altair is slow to import, and only a new chart needs it

        return draw_svg(marks, rows, STYLE)

    return kept(shown, keep, draw)


def timeline(evidence: Evidence, notes: Footnotes) -> list[list[Mark]]:
    """The marks of each figure, lane by lane; every mark cites footnotes, and what reads the same is one mark."""
    drawn = [e for e in evidence.entries if e.claim.modality in STYLE["modalities"] and _here(e, evidence)]
    drawn.sort(key=lambda e: Period.parse(e.claim.time).begun_day if e.claim.time else 0)
    by_id = {str(e.claim.id): e for e in drawn}
    figures: dict[int, list[Mark]] = {}
    for lane in STYLE["lanes"]:
        marks = figures.setdefault(lane["figure"], [])
        if "types" not in lane:
            lives = lifetimes((e.claim for e in drawn), evidence.names)
            marks += _operations(lives, by_id, evidence, notes, lane)
            continue
        alike: dict[tuple[str, str], list[Mark]] = {}
        for entry in drawn:
            mark = _mark(entry, lane, evidence, notes)
            if mark is not None:
                alike.setdefault((mark.label, mark.start[:7]), []).append(mark)
        marks += [_one(same) for same in alike.values()]
    return [marks for _, marks in sorted(figures.items()) if marks]


def _here(entry: Entry, evidence: Evidence) -> bool:
    """Whether it tells of the case's country, as far as it names a host."""
    fact = evidence.facts.get(str(entry.claim.id))
    hosts = {h for h in fact.of("host") if fact.kinds.get(h) == "state"} if fact else set()
    return not hosts or evidence.country is None or evidence.country in hosts or fact is None


def _one(same: Sequence[Mark]) -> Mark:
    """Marks that read the same in one month: the surest and narrowest of them, with the notes of all."""
    best = min(same, key=lambda m: (not m.sure, m.end > m.start, m.start))
    numbers = sorted({n for m in same for n in m.notes})
    shown = ", ".join(map(str, numbers[:_NOTES])) + ("…" if len(numbers) > _NOTES else "")
    return replace(best, label=f"{best.label} [{shown}]", notes=tuple(numbers))


def _operations(
    lives: dict[str, Lifetime], by_id: dict[str, Entry], evidence: Evidence, notes: Footnotes, lane: dict[str, Any]
) -> list[Mark]:
    """A bar for each mission whose beginning a claim dates.

    Without a dated end it runs to the date of the brief, but not past the day on which it is drawn.
    """
    marks, today = [], datetime.now().astimezone().date().toordinal()
    for entity, life in lives.items():
        known = evidence.names.entities.get(entity)
        if known is None or known.kind != "mission" or not life.begun:
            continue
        begin, end = _surest(life.begun), _surest(life.ended)
        if begin is None:
            continue
        start, finish = begin[0], end[0] if end else min(evidence.clocks.as_of_day, today)
        cited = sorted({notes.cite(by_id[c]) for c in (begin[1], end[1] if end else "") if c in by_id})
        label = f"{known.short()}{'' if end else ' →'} [{', '.join(map(str, cited))}]"
        marks.append(Mark(lane["title"], _day(start), _day(max(start, finish)), label, True, "bar", notes=tuple(cited)))
    return sorted(marks, key=lambda m: m.start)


def _surest(dated: Sequence[tuple[str, str]]) -> tuple[int, str] | None:
    """(day, claim) of the date with the fewest days it may mean, the earliest of several; rivals stand in the text."""
    known = []
    for time, claim in dated:
        period = Period.parse(time)
        bound = period.end if period.end and not period.open_end else period.start
        if bound is not None:
            known.append((bound.last - bound.first, bound.last, claim))
    return min(known)[1:] if known else None


def _mark(entry: Entry, lane: dict[str, Any], evidence: Evidence, notes: Footnotes) -> Mark | None:
    claim = entry.claim
    if claim.type not in lane["types"] or claim.time is None or claim.slots.get("scope") == "world":
        return None
    if "verbs" in lane and claim.slots.get("verb") not in lane["verbs"]:
        return None
    period = Period.parse(claim.time)
    if period.start is None:
        return None
    last = min(period.end.last, evidence.clocks.as_of_day) if period.end else period.start.last
    end = _day(max(last, period.start.last))
    if claim.type == "mandate":  # an interval there is decision and expiry: the decision is what happened
        end = _day(period.start.last)
    start = _day(period.start.first)
    sure = start == end and not period.qualifiers
    return Mark(
        lane["title"], start, end, _label(claim, evidence.names), sure, lane["shape"], notes=(notes.cite(entry),)
    )


def _label(claim: Claim, names: Names) -> str:
    if claim.type == "election":
        return _cut(str(claim.slots.get("vote", "election")))
    if claim.instrument and claim.type in _BY_INSTRUMENT:
        text = _short(claim.instrument.name, "instrument", claim.instrument.entity, names)
    else:
        text = _who(claim, names)
    if claim.quantity is None or claim.type == "mandate":
        return _cut(text)
    low, high = claim.quantity.bounds
    if high is not None:
        return f"{_cut(text)} {number(high) if low in (None, high) else f'{number(low or 0)}–{number(high)}'}"
    return f"{_cut(text)} ≥{number(low)}" if low is not None else _cut(text)


def _who(claim: Claim, names: Names) -> str:
    for role in ("subject", *_SHOWN) if claim.regime == "national" else _SHOWN:
        actor = next((a for a in claim.actors if a.role == role), None)
        if actor is not None:
            regime = _REGIMES.get(claim.regime or "", "") if actor.kind == "state" else ""
            return _short(actor.name, actor.kind, actor.entity, names) + regime
    return claim_types()[claim.type].label["en"]


def _short(name: str, kind: str | None, coded: str | None, names: Names) -> str:
    """The short name of what a name resolves to, else the name as coded."""
    entity = names.resolve(name, kind, coded).entity
    return names.entities[entity].short() if entity in names.entities else name


def _cut(text: str) -> str:
    longest = STYLE["label"]
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _day(ordinal: int) -> str:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal())).isoformat()
