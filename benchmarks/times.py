"""Times of generated sources and claims, in many forms of EDTF: days, parts, open and unknown sides, doubt."""

from __future__ import annotations

import random
from datetime import date

_FIRST, _LAST = date(2005, 1, 1).toordinal(), date(2025, 12, 31).toordinal()
_UNDATED = 0.06
#: How a claim's time is written, with how often.
_FORMS = {
    "day": 30,
    "month": 22,
    "year": 14,
    "part": 5,
    "some_day": 2,
    "decade": 1,
    "interval": 12,
    "since": 6,
    "until": 3,
    "from_unknown": 2,
    "to_unknown": 2,
    "approximate_span": 4,
}
_NAMES, _WEIGHTS = tuple(_FORMS), tuple(_FORMS.values())
_QUALIFIED = 0.12


def published(draw: random.Random) -> tuple[int, str | None]:
    """When a source was published: its day, and how that is written (None for an undated source)."""
    day = draw.randint(_FIRST, _LAST)
    if draw.random() < _UNDATED:
        return day, None
    form = draw.choices(("day", "month", "year", "approximate_span"), (70, 18, 8, 4))[0]
    return day, _written(draw, form, day)


def claim_time(draw: random.Random, known: int) -> str:
    """When something happened that a source of day `known` tells: mostly not long before."""
    day = known - int(draw.expovariate(1 / 500))
    text = _written(draw, draw.choices(_NAMES, _WEIGHTS)[0], day)
    return f"{text}{draw.choice('~?%')}" if text[-1].isdigit() and draw.random() < _QUALIFIED else text


def _written(draw: random.Random, form: str, day: int) -> str:  # noqa: PLR0911  # one answer for each form
    text = date.fromordinal(day).isoformat()
    earlier = date.fromordinal(day - draw.randint(1, 900)).isoformat()
    cut = draw.choice((4, 7, 10))
    match form:
        case "day":
            return text
        case "month":
            return text[:7]
        case "year":
            return text[:4]
        case "part":
            return f"{text[:4]}-{draw.randint(33, 41)}"
        case "some_day":
            return draw.choice((f"{text[:7]}-XX", f"{text[:4]}-XX", f"{text[:4]}-XX-XX"))
        case "decade":
            return f"{text[:3]}X"
        case "interval":
            return f"{earlier[:cut]}/{text[:cut]}"
        case "since":
            return f"{text[:cut]}/.."
        case "until":
            return f"../{text[:cut]}"
        case "from_unknown":
            return f"/{text[:cut]}"
        case "to_unknown":
            return f"{text[:cut]}/"
        case _:
            return f"{earlier[:7]}~/{text[:7]}~"
