"""The timeline: operations, mandates, agreements, deployments, strengths and elections as one vector chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from garant.brief.footnotes import Footnotes
from garant.brief.picture import Evidence
from garant.claims import Claim, Period
from garant.claims.definitions import read_yaml
from garant.claims.wording import number
from garant.ledger import Entry
from garant.names import Lifetime, lifetimes

_STYLE: dict[str, Any] = read_yaml(resources.files(__package__).joinpath("timeline.yaml").read_text(encoding="utf-8"))
#: Widths are estimated before drawing: the mean width of a character as a share of the font size.
_CHARACTER = 0.54


@dataclass(slots=True)
class Mark:
    """One thing on the timeline. `start` and `end` are days (ISO); `sure` is false where the source is not
    sure of the day or gives only a month or year; `label` ends with its footnote's number."""

    lane: str
    start: str
    end: str
    label: str
    sure: bool
    shape: str
    row: int = 0
    flip: bool = False


def timeline_svg(evidence: Evidence, notes: Footnotes) -> str | None:
    """The chart as SVG text, None where no claim has a time. Greys and shapes only, so that it survives a copier."""
    marks = timeline(evidence, notes)
    if not marks:
        return None
    first, last = min(m.start for m in marks), max(m.end for m in marks)
    rows = _place(marks, first, last)
    from garant.brief.chart import draw_svg  # Altair is slow to import, and only a brief needs it

    return draw_svg(marks, rows, _STYLE)


def timeline(evidence: Evidence, notes: Footnotes) -> list[Mark]:
    """The marks, lane by lane; every mark cites a footnote."""
    drawn = [e for e in evidence.entries if e.claim.modality in _STYLE["modalities"]]
    by_id = {str(e.claim.id): e for e in drawn}
    marks: list[Mark] = []
    for lane in _STYLE["lanes"]:
        if "types" not in lane:
            lives = lifetimes((e.claim for e in drawn), evidence.names)
            marks += _operations(lives, by_id, evidence, notes, lane)
            continue
        for entry in drawn:
            mark = _mark(entry, lane, notes)
            if mark is not None:
                marks.append(mark)
    return marks


def _operations(
    lives: dict[str, Lifetime], by_id: dict[str, Entry], evidence: Evidence, notes: Footnotes, lane: dict[str, Any]
) -> list[Mark]:
    """A bar for each mission whose beginning a claim dates; without a dated end it runs to the date of the brief."""
    marks = []
    for entity, life in lives.items():
        known = evidence.names.entities.get(entity)
        if known is None or known.kind != "mission" or not life.begun:
            continue
        ends = [(Period.parse(t).over_day, c) for t, c in life.ended]
        begins = [(p.begun_day, c) for t, c in life.begun if (p := Period.parse(t)).start]
        if not begins:
            continue
        (start, first), (end, last) = min(begins), max(ends, default=(evidence.clocks.as_of_day, ""))
        cited = sorted({notes.cite(by_id[c]) for c in (first, last) if c in by_id})
        acronym = next((a.name for a in known.aliases if a.kind == "acronym"), known.label())
        label = f"{acronym}{'' if ends else ' →'} [{', '.join(map(str, cited))}]"
        marks.append(Mark(lane["title"], _day(start), _day(max(start, end)), label, True, "bar"))
    return sorted(marks, key=lambda m: m.start)


def _mark(entry: Entry, lane: dict[str, Any], notes: Footnotes) -> Mark | None:
    claim = entry.claim
    if claim.type not in lane["types"] or claim.time is None or claim.slots.get("scope") == "world":
        return None
    if "verbs" in lane and claim.slots.get("verb") not in lane["verbs"]:
        return None
    period = Period.parse(claim.time)
    if period.start is None:
        return None
    end = period.last_day.isoformat() if period.end and period.last_day else _day(period.start.last)
    if claim.type == "mandate":  # an interval there is decision and expiry: the decision is what happened
        end = _day(period.start.last)
    start = _day(period.start.first)
    sure = start == end and not period.qualifiers
    label = f"{_label(claim)} [{notes.cite(entry)}]"
    return Mark(lane["title"], start, end, label, sure, lane["shape"])


def _label(claim: Claim) -> str:
    if claim.type == "election":
        text = f"{claim.slots.get('vote', 'election')} {claim.slots.get('status', '')}".strip()
    elif claim.type in ("mandate", "agreement") or claim.type.startswith("consent"):
        text = claim.instrument.name if claim.instrument else claim.names("party", "signatory", "host", "operator")[0]
    else:
        text = _who(claim)
    if claim.quantity and claim.type != "election":
        low, high = claim.quantity.bounds
        if high is not None:
            text = f"{_cut(text)} {number(high) if low in (None, high) else f'{number(low or 0)}–{number(high)}'}"
        elif low is not None:
            text = f"{_cut(text)} ≥{number(low)}"
    return _cut(text)


def _who(claim: Claim) -> str:
    names = claim.names("provider", "operator", "successor", "subject")
    text = names[0] if names else claim.type
    regime = f" ({claim.regime})" if claim.regime and claim.regime != "unknown" else ""
    return f"{text}{regime}"


def _cut(text: str) -> str:
    longest = _STYLE["label"]
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _place(marks: Sequence[Mark], first: str, last: str) -> dict[str, int]:
    """Give each mark the first row of its lane where its label does not touch another's; returns rows by lane."""
    days = max(1, (date.fromisoformat(last) - date.fromisoformat(first)).days)
    per_day = _STYLE["width"] / days
    ends: dict[str, list[float]] = {}
    for mark in sorted(marks, key=lambda m: (m.start, m.label)):
        left = (date.fromisoformat(mark.start) - date.fromisoformat(first)).days * per_day
        right = (date.fromisoformat(mark.end) - date.fromisoformat(first)).days * per_day
        text = len(mark.label) * _STYLE["font"] * _CHARACTER + 10
        mark.flip = right + text > _STYLE["width"]
        occupied = (left - text, right + 8) if mark.flip else (left - 4, right + text)
        rows = ends.setdefault(mark.lane, [])
        mark.row = next((i for i, end in enumerate(rows) if end < occupied[0]), len(rows))
        rows[mark.row : mark.row + 1] = [occupied[1]]
    return {lane: len(rows) for lane, rows in ends.items()}


def _day(ordinal: int) -> str:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal())).isoformat()
