"""How a claim's parts read in print: the same words in tables, briefs and messages."""

from __future__ import annotations

import calendar
from math import inf

from garant.claims.claim import Claim
from garant.claims.definitions import load_yaml
from garant.claims.quantity import Quantity

_PART_LABELS: dict[int, str] = {p: v["en"] for p, v in load_yaml("periods.yaml")["part_labels"].items()}
_SURENESS = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}


#: What stands for a time that the source does not give.
NO_DATE = "no date"


def number(value: float) -> str:
    """A number with its thousands apart: 14,000."""
    return f"{value:,}"


_DAYS_OF_MONTH, _DAYS_OF_YEAR = 30.44, 365.25


def duration(days: int) -> str:
    """A number of days as a reader takes it in: "1 day", "61 days", "about 11 months", "about 11 years"."""
    if days <= 3 * _DAYS_OF_MONTH:
        return f"{days} day{'' if days == 1 else 's'}"
    if days < 2 * _DAYS_OF_YEAR:
        return f"about {round(days / _DAYS_OF_MONTH)} months"
    return f"about {round(days / _DAYS_OF_YEAR)} years"


def quantity_text(q: Quantity | None) -> str:
    """ "about 850 personnel", "14,000-15,000 personnel", "at least 300", "rank 5", "not disclosed"; "" without one."""
    if q is None:
        return ""
    low, high = q.bounds
    if q.measure == "rank" and low is not None and low == high:
        return f"rank {number(low)}"
    about = "about " if q.approx else ""
    if low is None and high is None:
        return "not disclosed"
    if low == high and low is not None:
        text = f"{about}{number(low)}"
    elif low is None or high is None:
        text = f"at least {number(low)}" if low is not None else f"up to {number(high or 0)}"
    else:
        text = f"{about}{number(low)}–{number(high)}"
    return f"{text} {q.unit}" if q.unit else text


def strength_text(low: float | None, high: float | None) -> str:
    """A band of people: "850", "1,370–2,120", "at least 1,000", "gone", "present, number unknown"."""
    if low is None and high is None:
        return "present, number unknown"
    if high is None or high == inf:
        return f"at least {number(_whole(low or 0))}" if low else "present, number unknown"
    if low == high or low is None:
        return number(_whole(high)) if high else "gone"
    return f"{number(_whole(low))}–{number(_whole(high))}" if low else f"up to {number(_whole(high))}"


def _whole(value: float) -> float:
    return int(value) if float(value).is_integer() else value


def statement(claim: Claim) -> str:
    """What the claim says: our own words, or the source's as quoted."""
    if claim.says:
        return claim.says
    if claim.quote:
        return f"“{claim.quote}”"
    return f"row {claim.row}" if claim.row else claim.type


def anchor(claim: Claim) -> str:
    """Where in its source it stands: "characters 401-492", "paragraph 3", "row 12", with the page of a PDF."""
    if claim.row is not None:
        return f"row {claim.row}"
    page = f"page {claim.page}, " if claim.page else ""
    if claim.start is not None:
        return f"{page}characters {claim.start}–{claim.end}"
    kind, _, where = str(claim.locator).partition(":")
    return f"characters {where.replace('-', '–')}" if kind == "chars" else f"paragraph {where}"


def who(claim: Claim, roles: tuple[str, ...] = ()) -> str:
    """The actors in some roles (all without), joined: "Rwanda, MISCA"."""
    return ", ".join(a.name for a in claim.actors if not roles or a.role in roles)


def printed_time(text: str | None) -> str:
    """An EDTF string as a reader expects it; "no date" where the source gives none."""
    if text is None:
        return NO_DATE
    left, slash, right = text.partition("/")
    if not slash:
        return _printed_date(left)
    if right == "..":
        return f"since {_printed_date(left)}" if left not in ("", "..") else "open"
    if left in ("", ".."):
        return f"until {_printed_date(right)}"
    return f"{_printed_date(left)} – {_printed_date(right) if right else 'unknown'}"


def _printed_date(text: str) -> str:
    sure, body = _SURENESS.get(text[-1:], ""), text.rstrip("~?%")
    year, _, rest = body.partition("-")
    month, _, day = rest.partition("-")
    if "X" in year:
        return f"{sure}{body.replace('X', '0')}s"
    if "X" in rest:
        return f"{sure}some time in {_printed_date(body.replace('-XX', ''))}"
    if not month:
        return f"{sure}{year}"
    if int(month) in _PART_LABELS:
        return f"{sure}{_PART_LABELS[int(month)]} of {year}"
    named = f"{calendar.month_name[int(month)]} {year}"
    return f"{sure}{int(day)} {named}" if day else f"{sure}{named}"
