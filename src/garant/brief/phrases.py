"""How a brief words what it prints: strengths, forces, dates; from phrases.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from garant.claims import vocabulary
from garant.claims.definitions import read_yaml
from garant.claims.period import AFTER_ALL_DAYS
from garant.claims.wording import printed_time, strength_text
from garant.forces import EVERYWHERE, JOINT, Band, Force, Point

if TYPE_CHECKING:
    from garant.brief.evidence import Evidence


@cache
def phrases() -> dict[str, Any]:
    """phrases.yaml."""
    text = resources.files(__package__).joinpath("phrases.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded


def the(name: str) -> str:
    """A state's name as a sentence has it."""
    return f"the {name}" if name.endswith(("Republic", "Kingdom", "States", "Congo", "Federation")) else name


def hosts(force: Force, evidence: Evidence) -> str:
    """Where a force is, in words."""
    if force.host == EVERYWHERE:
        return "all its operations"
    return " and ".join(the(evidence.name(h)) for h in force.host.split(JOINT)) if force.host else "a host not told"


def force_name(force: Force, evidence: Evidence, *, where: bool = False) -> str:
    """ "Rwanda, under a bilateral arrangement"; with its host where that is not the case's country."""
    name = f"{evidence.name(force.provider)}, {phrases()['regimes_of'][force.regime]}"
    return f"{name} (in {hosts(force, evidence)})" if where or force.host != (evidence.country or "") else name


def short_name(force: Force, evidence: Evidence) -> str:
    """ "Rwanda (bilateral)"."""
    return f"{evidence.name(force.provider)} ({vocabulary()['regime'][force.regime]['en']})"


def day_text(ordinal: int | None) -> str:
    """An ordinal day in words, "" for none."""
    if ordinal is None or not 0 < ordinal < AFTER_ALL_DAYS:
        return ""
    return printed_time(date.fromordinal(ordinal).isoformat())


def strength(point: Point, personnel: str) -> str:
    """ "1,200 soldiers", "at least 1,000 police", "present, number unknown"."""
    text = strength_text(point.low, point.high)
    return text if text.startswith(("present", "gone")) else f"{text} {phrases()['personnel'][personnel]}"


#: Days after its newest number from which on it is said that a force was told of later.
_LATER = 62


def told_for(point: Point, evidence: Evidence) -> str:
    """The time of the newest number as its source gives it, and when the force was last told of if much later."""
    counted = point.counted or 0
    told = [evidence.facts[c] for c in point.claims if c in evidence.facts]
    sized = [f for f in told if f.bounds is not None and f.span is not None]
    near = [f for f in sized if f.at.first <= counted <= max(f.at.last, f.at.first + 31)]
    words = printed_time(near[-1].claim.time) if near else day_text(point.counted)
    if point.seen is not None and point.seen - counted > _LATER:
        words += f"; told of as there until {day_text(point.seen)}"
    return words


def current(bands: Iterable[Band], day: int) -> list[tuple[str, str, Point]]:
    """What holds of one force on an ordinal day: (personnel, reading, point), rival readings that differ apart."""
    found: dict[tuple[str, float | None, float | None], tuple[str, str, Point]] = {}
    for band in bands:
        point = band.at(day)
        if point is not None:
            key = (band.series.personnel, point.low, point.high)
            if key in found:
                parts = [p for p in found[key][1].split("; ") if p in band.hypothesis.split("; ")]
                found[key] = (*key[:1], "; ".join(parts), found[key][2])
            else:
                found[key] = band.series.personnel, band.hypothesis, point
    if len(found) > 1 and all(p.low is None and p.high is None for _, _, p in found.values()):
        found = dict(list(found.items())[:1])  # nobody counts them: of which kind they are makes no difference
    rivals = [personnel for personnel, _, _ in found]
    return [
        (personnel, reading if rivals.count(personnel) > 1 else "", point)
        for (personnel, _, _), (_, reading, point) in found.items()
    ]
