"""Errors in time: another date for an event that happens once, another end for a validity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from tests.generated.event import Event
from tests.generated.planting import Desk, Draft, Opportunities, Try
from tests.generated.telling import Manner, month_of, spell

#: Topics of events that happen once, and how far off a wrong date may be and still mean the same event.
_ONCE = {
    "signature": 60, "first_deployment": 45, "handover": 60, "election": 20, "founded": 60, "dissolved": 60,
    "complete_withdrawal": 45, "visit": 40,
}  # fmt: skip
#: What a telling must name for its event to be unmistakable.
_NAMED = {"first_deployment": ("subject",)}
_OFF = (1, 1, 2, 3, 5, 8, 12, 20, 30, 45, 60)


def date_told_otherwise(desk: Desk) -> Opportunities:
    """Another day or month for the same unique event; below the threshold a coarser date that covers it."""
    return Opportunities([_redated(desk, e) for e in desk.events(*_ONCE)])


def _redated(desk: Desk, event: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        named = _NAMED.get(event.topic, ())
        by_day = desk.told(event, precision="day", says=named)
        by_month = desk.told(event, precision="month", says=named)
        if wanted < 1:
            coarser = [p for p in ("month", "quarter", "year") if _unmistakable(event, p)]
            if not coarser or not by_day:
                return None
            manner = Manner(precision=desk.rng.choice(coarser))
            return desk.draft(event, by_day, 0.5, ("date",), manner=manner)
        sign = desk.rng.choice((-1, 1))
        if by_day:
            off = desk.rng.choice([d for d in _OFF if d <= _ONCE[event.topic]])
            wrong = replace(event, day=event.day + timedelta(sign * off))
            return desk.draft(wrong, by_day, off, ("date",))
        if not by_month:
            return None
        first, last = month_of(event.day)
        other = last + timedelta(1) if sign > 0 else first - timedelta(1)
        wrong = replace(event, day=other)
        return desk.draft(wrong, by_month, 1, ("date",), manner=Manner(precision="month"))

    return attempt


def _unmistakable(event: Event, precision: str) -> bool:
    _, first, last = spell(event.day, precision)
    return event.window[0] <= first and last <= event.window[1]


def validity(desk: Desk) -> Opportunities:
    """A strategy valid to another year, a mandate extended to another day, a deployment on an expired paper."""
    tries: list[Try] = [_other_end(desk, e) for e in desk.events("adopted", "valid") for _ in range(2)]
    tries += [_other_expiry(desk, e) for e in desk.events("extend")]
    tries += [_after_expiry(desk, e) for e in desk.events("signature", "consent") if "expires" in e.slots]
    return Opportunities(tries)


def _other_end(desk: Desk, event: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        first, last = event.facts["valid"]
        right = desk.told(event, says=("valid",))
        off = desk.rng.choice((-1, 1, 2, 3))
        text = f"{first}/{last}-12" if wanted < 1 else f"{first}/{last + off}"
        wrong = replace(
            event,
            topic="valid",
            slots={"step": "valid", "valid": text},
            fixed_time=text,
            says="The strategy is valid until its last year.",
        )
        twin = event.key.replace("adopted:", "valid:"), event.key.replace("valid:", "adopted:")
        magnitude = 0.5 if wanted < 1 else abs((date(last + off, 12, 31) - date(last, 12, 31)).days)
        return desk.draft(wrong, right, magnitude, ("validity", "date"), avoid=twin)

    return attempt


def _other_expiry(desk: Desk, event: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        expires: date = event.facts["expires"]
        off = desk.rng.choice((1, 2, 5, 14, 30, 61, 91, 120)) * desk.rng.choice((-1, 1))
        text = f"{expires:%Y-%m}" if wanted < 1 else (expires + timedelta(off)).isoformat()
        wrong = replace(event, slots=dict(event.slots) | {"expires": text})
        magnitude = 0.5 if wanted < 1 else abs(off)
        right = desk.told(event)
        return desk.draft(wrong, right, magnitude, ("validity", "date"))

    return attempt


def _after_expiry(desk: Desk, event: Event) -> Try:
    def attempt(wanted: float) -> Draft | None:
        expires: date = (
            event.facts["expires"] if "expires" in event.facts else date.fromisoformat(event.slots["expires"])
        )
        late = 0 if wanted < 1 else desk.rng.choice((2, 5, 10, 20, 40, 90, 180))
        ends = event.topic == "consent"
        provider = event.entity("provider") if ends else event.cast[0][1]
        host = event.entity("host") if ends else event.cast[1][1]
        day = expires + timedelta(late)
        wrong = Event(
            key=f"late under {event.instrument}:{day}",
            topic="late",
            type="deployment",
            day=day,
            cast=(("provider", provider), ("host", host)),
            window=(day, day),
            says=f"{desk.world.name(provider)} sent troops under an agreement.",
            regime="bilateral",
            instrument=event.instrument,
            slots={"personnel": "troops"},
        )
        return desk.draft(wrong, desk.told(event, says=("expires",)), late, ("validity", "lifetime"))

    return attempt
