"""Errors in order: effects before causes, and actors outside their lifetimes."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from tests.generated.event import Cast, Count, Event
from tests.generated.planting import Desk, Draft, Opportunities, Try
from tests.generated.telling import Manner, Telling

#: Days after its claimed end, or before its claimed beginning, from which an actor's act must be noticed.
_GRACE = 31


def sequence(desk: Desk) -> Opportunities:
    """An effect dated before its cause; the further, the larger the magnitude (in days)."""
    tries: list[Try] = [_before_paper(desk, e) for e in desk.events("signature", "extend", "establish")]
    first = {e.facts["force"]: e for e in desk.events("first_deployment")}
    leaving = {e.facts["force"]: e for e in desk.events("complete_withdrawal")}
    tries += [_left_before_coming(desk, first[f], leaving[f]) for f in first if f in leaving]
    cohorts: dict[str, dict[int, Event]] = defaultdict(dict)
    for event in desk.events("cohort"):
        cohorts[event.facts["programme"]][event.facts["cohort"]] = event
    for course in cohorts.values():
        tries += [_cohort_too_early(desk, course, number) for number in course]
    establish = {e.entity("operator"): e for e in desk.events("establish")}
    for event in desk.events("handover"):
        if event.entity("successor") in establish:
            tries += [_handed_to_nobody(desk, event, establish[event.entity("successor")])] * 2
    return Opportunities(tries)


def _days(desk: Desk, most: int = 200) -> int:
    return max(1, round(math.exp(desk.rng.uniform(0, math.log(most)))))


def _before_paper(desk: Desk, paper: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        if paper.topic == "signature":
            cast: Cast = (("provider", paper.cast[0][1]), ("host", paper.cast[1][1]))
            regime = "bilateral"
        else:
            provider = desk.rng.choice(desk.world.providers).entity
            host = paper.entity("host")
            regime = {"unsc": "un", "au-psc": "au"}.get(paper.entity("authorizer"), "regional")
            cast = (("provider", provider), ("host", host))
            if paper.topic == "extend":  # the mission itself exists by then; only the resolution does not
                cast += (("operator", paper.entity("operator")),)
        same_month = wanted < 0.5
        early = 0 if wanted < 1 else _days(desk)
        day = paper.day - timedelta(early)
        effect = Event(
            key=f"too early under {paper.instrument}:{day}",
            topic="early",
            type="deployment",
            day=day,
            cast=cast,
            window=(day, day),
            says=f"{desk.world.name(cast[0][1])} sent troops on the basis of a paper.",
            regime=regime,
            instrument=paper.instrument,
            slots={"personnel": "troops"},
        )
        right = desk.told(paper, precision="day")
        manner = Manner(precision="month") if wanted < 1 and same_month else Manner()
        magnitude = 0.5 if manner.precision == "month" else early
        return desk.draft(effect, right, magnitude, ("sequence", "lifetime"), manner=manner)

    return attempt


def _left_before_coming(desk: Desk, came: Event, left: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        if wanted < 1:
            return None
        early = _days(desk)
        right = desk.told(came, precision="day", says=("subject",))
        if not right:
            return None
        right += desk.told(left, precision="day")
        wrong = replace(left, day=came.day - timedelta(early), count=None)
        return desk.draft(wrong, right, early, ("sequence", "date"))

    return attempt


def _cohort_too_early(desk: Desk, course: dict[int, Event], number: int) -> Try:
    def attempt(wanted: float) -> Draft | None:
        before = course[number]
        after = course.get(number + 1)
        right = desk.told(before, precision="day")
        if not right or (wanted < 1 and after):
            return None
        early = 0 if wanted < 1 else _days(desk, 120)
        slots = dict(before.slots) | {"cohort": number + 1}
        wrong = replace(
            after or before,
            key=f"cohort {number + 1} of {before.facts['programme']}",
            day=before.day - timedelta(early),
            count=None,
            slots=slots,
            says=f"Cohort {number + 1} completed its training.",
        )
        if after:
            right += desk.told(after, precision="day")
        kinds = ("sequence", "date") if after else ("sequence",)
        return desk.draft(wrong, right, early, kinds, avoid=[after.key] if after else [])

    return attempt


def _handed_to_nobody(desk: Desk, handover: Event, established: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        right = desk.told(established, precision="day")
        if wanted < 1 or not right:
            return None
        early = _days(desk)
        right += desk.told(handover, precision="day")
        wrong = replace(handover, day=established.day - timedelta(early), instrument=None)
        return desk.draft(wrong, right, early, ("sequence", "date"))

    return attempt


def lifetime(desk: Desk) -> Opportunities:
    """A mission's contingent after its end or before its beginning; a body's member after its dissolution."""
    tries: list[Try] = []
    ends: dict[str, list[Event]] = defaultdict(list)
    for event in desk.events("mandate_end", "closure", "handover"):
        ends[event.entity("predecessor" if event.topic == "handover" else "operator")].append(event)
    begins = {e.entity("operator"): e for e in desk.events("establish")}
    contributors: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for event in desk.events("first_deployment", "inflow", "stock_after", "census", "rotation"):
        if event.has("operator"):
            contributors[event.entity("operator")].add((event.entity("provider"), event.entity("host")))
    for mission, those in contributors.items():
        for provider, host in sorted(those):
            pair = (("provider", provider), ("host", host), ("operator", mission))
            for stock in (True, False):
                if ends[mission]:
                    tries.append(_posthumous(desk, ends[mission], pair, stock=stock))
                if mission in begins:
                    tries.append(_unborn(desk, begins[mission], pair, stock=stock))
    for event in desk.events("dissolved"):
        tries += [_posthumous_member(desk, event)] * 6
    return Opportunities(tries)


def _act(desk: Desk, day: date, cast: Cast, *, stock: bool) -> Event:
    names = [desk.world.name(entity) for _, entity in cast]
    return Event(
        key=f"act of {cast[-1][1]}:{cast[0][1]}:{day}:{stock}",
        topic="act",
        type="force_strength" if stock else "deployment",
        day=day,
        cast=cast,
        window=(day, day),
        says=f"{names[0]} had {'{n} troops' if stock else 'troops'} with {names[-1]}.",
        count=Count(desk.rng.randint(210, 890), "personnel", "stock") if stock else None,
        slots={"personnel": "troops"},
    )


def _posthumous(desk: Desk, ends: list[Event], cast: Cast, *, stock: bool) -> Try:
    def attempt(wanted: float) -> Draft | None:
        late = round(_GRACE * wanted)
        right: list[Telling] = [t for e in ends for t in desk.told(e, precision="day")]
        wrong = _act(desk, ends[0].day + timedelta(late), cast, stock=stock)
        return desk.draft(wrong, right, late / _GRACE, ("lifetime",))

    return attempt


def _unborn(desk: Desk, begin: Event, cast: Cast, *, stock: bool) -> Try:
    def attempt(wanted: float) -> Draft | None:
        early = round(_GRACE * wanted)
        right = desk.told(begin, precision="day")
        wrong = _act(desk, begin.day - timedelta(early), cast, stock=stock)
        return desk.draft(wrong, right, early / _GRACE, ("lifetime", "sequence"))

    return attempt


def _posthumous_member(desk: Desk, dissolved: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        late = round(_GRACE * wanted)
        day = dissolved.day + timedelta(late)
        body = dissolved.entity("subject")
        member = desk.rng.choice(desk.world.providers).entity
        wrong = Event(
            key=f"late member of {body}:{day}:{member}",
            topic="act",
            type="institution",
            day=day,
            cast=(("subject", body), ("participant", member)),
            window=(day, day),
            says=f"{desk.world.name(member)} took part in {desk.world.name(body)}.",
            slots={"relation": "participant"},
        )
        return desk.draft(wrong, desk.told(dissolved, precision="day"), late / _GRACE, ("lifetime",))

    return attempt
