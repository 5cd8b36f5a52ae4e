"""Period against PyPI edtf, production by production, and its own invariants."""

from __future__ import annotations

import calendar
import contextlib
import json
import re
from datetime import date
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from garant.claims import InputError, Period
from garant.claims.definitions import load_yaml
from garant.claims.period import AFTER_ALL_DAYS, BEFORE_ALL_DAYS, last_day_of

GRAMMAR = load_yaml("periods.yaml")
PRODUCTIONS = {p["name"]: p for p in GRAMMAR["productions"]}


def _exists(text: str) -> bool:
    """Whether the day exists: the patterns admit 31 February, which Period refuses."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text.rstrip("?~%"))
    return not match or int(match[3]) <= calendar.monthrange(int(match[1]), int(match[2]))[1]


def dates(name: str) -> st.SearchStrategy[str]:
    """Texts of one production, with or without each qualifier."""
    body = st.from_regex(re.compile(PRODUCTIONS[name]["pattern"], re.ASCII), fullmatch=True)
    qualifier = st.sampled_from(["", *GRAMMAR["qualifiers"]])
    return st.builds("".join, st.tuples(body, qualifier)).filter(_exists)


ANY_DATE = st.one_of(*(dates(name) for name in PRODUCTIONS))
#: The dates that edtf 5.0.2 reads inside intervals; it fails on quarters and on most unspecified digits there.
PLAIN_DATE = st.one_of(*(dates(name) for name in ("year", "month", "day")))
#: edtf takes milliseconds a parse.
few = settings(max_examples=40, deadline=None)


@st.composite
def intervals(draw: st.DrawFn, of: st.SearchStrategy[str] = ANY_DATE) -> str:
    """Intervals that go forward, with open and unknown sides."""
    left, right = sorted((draw(of), draw(of)), key=lambda t: Period.parse(t).begun_day)
    side = draw(st.sampled_from(["both", "open start", "open end", "unknown start", "unknown end"]))
    match side:
        case "open start":
            return f"../{right}"
        case "open end":
            return f"{left}/.."
        case "unknown start":
            return f"/{right}"
        case "unknown end":
            return f"{left}/"
    return f"{left}/{right}"


def _theirs(bound: object) -> date | None:
    """edtf's bound as a day; None for its infinities. Its years are proleptic Gregorian too."""
    if isinstance(bound, float) or abs(getattr(bound, "tm_year", 0)) == float("inf"):
        return None
    return date(bound.tm_year, bound.tm_mon, bound.tm_mday)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", PRODUCTIONS)
def test_each_production_agrees_with_edtf(name: str) -> None:
    @few
    @given(dates(name))
    def agrees(text: str) -> None:
        # edtf reads a quarter, but not a qualified one; a qualifier widens nothing (tested below)
        ours, theirs = Period.parse(text), parse_edtf(text.rstrip("?~%") if name == "part_of_year" else text)
        assert ours.start is not None
        assert ours.start.production == name
        assert ours.first_day == _theirs(theirs.lower_strict())
        assert ours.last_day == _theirs(theirs.upper_strict())

    agrees()


@few
@given(intervals(PLAIN_DATE))
def test_intervals_agree_with_edtf(text: str) -> None:
    ours, theirs = Period.parse(text), parse_edtf(text)
    left, right = text.split("/")
    if left:  # edtf guesses ten years back for an unknown side; Garant leaves it unknown
        assert ours.first_day == _theirs(theirs.lower_strict())
    if right:
        assert ours.last_day == _theirs(theirs.upper_strict())


@given(intervals())
def test_an_interval_is_bounded_by_its_two_dates(text: str) -> None:
    ours = Period.parse(text)
    left, right = text.split("/")
    assert ours.first_day == (Period.parse(left).first_day if left not in ("", "..") else None)
    assert ours.last_day == (Period.parse(right).last_day if right not in ("", "..") else None)
    assert (ours.open_start, ours.open_end) == (left == "..", right == "..")


def test_every_production_is_reached_by_its_own_example() -> None:
    for name, production in PRODUCTIONS.items():
        start = Period.parse(production["example"]).start
        assert start is not None
        assert start.production == name


def test_every_time_in_the_gold(shared: Path) -> None:
    gold = [json.loads(line) for line in (shared / "gold/claims_seeds.jsonl").read_text().splitlines()]
    times = {g["time"] for g in gold if g["time"]}
    assert len(times) > 50
    for text in times:
        ours, theirs = Period.parse(text), parse_edtf(text)
        assert ours.first_day == _theirs(theirs.lower_strict()), text
        assert ours.last_day == _theirs(theirs.upper_strict()), text


@given(ANY_DATE)
def test_a_qualifier_never_widens(text: str) -> None:
    bare, qualified = Period.parse(text.rstrip("?~%")), Period.parse(text.rstrip("?~%") + "~")
    assert (bare.first_day, bare.last_day, bare.begun_day) == (
        qualified.first_day,
        qualified.last_day,
        qualified.begun_day,
    )
    assert not bare.qualifiers
    assert qualified.qualifiers == {"approximate"}


@given(st.one_of(ANY_DATE, intervals()))
def test_begun_comes_before_over_and_text_survives(text: str) -> None:
    period = Period.parse(text)
    assert str(period) == text
    assert BEFORE_ALL_DAYS <= period.begun_day <= AFTER_ALL_DAYS
    assert period.over_day >= (period.start.first if period.start else BEFORE_ALL_DAYS)


@pytest.mark.parametrize(
    ("text", "begun"),
    [
        ("2014", date(2014, 12, 31)),
        ("2014-01~/2014-04~", date(2014, 1, 31)),
        ("2007/..", date(2007, 12, 31)),
        ("/2013", date(2013, 12, 31)),
        ("2014-33", date(2014, 3, 31)),
    ],
)
def test_begun_is_the_last_day_of_a_partial_start(text: str, begun: date) -> None:
    assert Period.parse(text).begun_day == begun.toordinal()


def test_an_open_start_has_always_begun() -> None:
    assert Period.parse("../2013").begun_day == BEFORE_ALL_DAYS


def test_a_clock_is_the_last_day_of_its_date() -> None:
    assert last_day_of("2021-06") == date(2021, 6, 30).toordinal()
    assert last_day_of("2025-11-23/2025-12-31") == date(2025, 12, 31).toordinal()
    with pytest.raises(InputError, match="no last day"):
        last_day_of("2021/..")


@pytest.mark.parametrize(
    "text",
    ["2021-02-30", "2014/2013", "yesterday", "2014-13", "14", "2014-21", "/", "../", "", "0000", "2014-1-1", "2014 "],
)
def test_what_is_no_date_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(InputError) as refused:
        Period.parse(text)
    assert "\n" not in str(refused.value)


@given(st.text(max_size=25))
def test_no_text_breaks_it(text: str) -> None:
    with contextlib.suppress(InputError):
        assert Period.parse(text).text == text
