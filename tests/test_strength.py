"""Bands: the rule of DESIGN on histories made by hand, and what must hold of every history."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garant.forces import Told, band
from garant.forces.strength import rules

DAY = date(2020, 1, 1).toordinal()
Bounds = tuple[float | None, float | None]


def told(what: Any, first: int, last: int | None = None, low: Any = None, high: Any = "low", name: str = "") -> Told:
    """Something told of day `first` (to `last`) of 2020; one number unless `high` is given."""
    most = low if high == "low" else high
    return Told(what, DAY + first, DAY + (first if last is None else last), low, most, (name or f"{what}{first}",))


def at(history: list[Told], day: int) -> Bounds | None:
    """The band on a day; None where the force is not there."""
    for point in band(history):
        if point.start <= DAY + day and (point.end is None or DAY + day < point.end):
            return point.low, point.high
    return None


def test_stocks_that_cover_a_day_give_the_least_and_most() -> None:
    history = [told("stock", 0, 30, 900), told("stock", 10, 12, 950)]
    assert [at(history, d) for d in (5, 11, 20)] == [(900, 900), (900, 950), (900, 900)]


def test_the_latest_stock_holds_until_the_next() -> None:
    history = [told("stock", 0, 0, 900), told("stock", 100, 100, 700)]
    assert [at(history, d) for d in (0, 99, 100, 400)] == [(900, 900), (900, 900), (700, 700), (700, 700)]


def test_a_first_arrival_is_the_strength_and_a_later_one_may_be_a_rotation() -> None:
    history = [told("inflow", 0, 0, 850), told("inflow", 50, 50, 400)]
    assert [at(history, d) for d in (0, 50)] == [(850, 850), (850, 1250)]


def test_a_departure_lowers_only_the_lower_bound_and_never_below_nothing() -> None:
    history = [told("stock", 0, 0, 300), told("outflow", 10, 10, 200), told("outflow", 20, 20, 500)]
    assert [at(history, d) for d in (10, 20)] == [(100, 300), (0, 300)]


def test_an_arrival_of_unstated_size_makes_the_strength_unknown_until_somebody_counts() -> None:
    history = [told("stock", 0, 0, 300), told("inflow", 10, 10, None, None), told("stock", 20, 20, 800)]
    assert [at(history, d) for d in (9, 10, 20)] == [(300, 300), (None, None), (800, 800)]


def test_an_arrival_in_the_time_that_a_stock_covers_is_counted_by_it() -> None:
    assert at([told("stock", 0, 30, 1200), told("inflow", 10, 10, 540)], 31) == (1200, 1200)


def test_presence_alone_is_no_number() -> None:
    assert at([told("start", 0)], 5) == (None, None)


def test_an_end_is_nothing_and_what_is_counted_for_the_time_of_the_end_counts_the_days_before() -> None:
    history = [told("stock", 0, 364, 850), told("end", 258, 258, 0)]
    assert [at(history, d) for d in (257, 258, 300)] == [(850, 850), (0, 0), (0, 0)]


def test_a_force_that_comes_back_begins_anew() -> None:
    history = [told("stock", 0, 0, 850), told("end", 10, 10, 0), told("inflow", 20, 20, 100)]
    assert [at(history, d) for d in (15, 20)] == [(0, 0), (100, 100)]


def test_a_part_of_the_force_bounds_it_from_below() -> None:
    assert at([told("start", 0), told("part", 5, 5, 750)], 5) == (750, None)
    assert at([told("stock", 0, 0, 1000), told("part", 5, 5, 750)], 5) == (1000, 1000)
    assert at([told("stock", 0, 0, 475), told("part", 5, 5, 1135)], 5) == (1135, None)


def test_at_least_stays_open_above() -> None:
    assert at([told("stock", 0, 0, 1000, None), told("inflow", 5, 5, 50)], 5) == (1000, None)


def test_a_number_is_stale_after_half_a_year_and_is_fresh_again_when_counted() -> None:
    days = rules()["stale_days"]
    points = band([told("stock", 0, 0, 900), told("stock", 400, 400, 950)])
    found = [(p.start - DAY, p.stale) for p in points]
    assert found == [(0, False), (days, True), (400, False), (400 + days, True)]


def test_what_is_taken_over_is_as_old_as_it_was() -> None:
    handed = Told("inflow", DAY + 300, DAY + 300, 850, 850, ("h",), counted=DAY)
    assert [p.stale for p in band([handed])] == [True]


histories = st.lists(
    st.builds(
        lambda what, first, length, low, more: told(
            what, first, first + (length if what == "stock" else 0), low, low + more
        ),
        st.sampled_from(["stock", "inflow", "outflow", "start", "end", "part"]),
        st.integers(0, 1500),
        st.integers(0, 400),
        st.integers(0, 2000),
        st.sampled_from([0, 0, 50, 500]),
    ),
    min_size=1,
    max_size=12,
)


@given(histories)
def test_points_follow_each_other_and_bounds_are_bounds(history: list[Told]) -> None:
    points = band(history)
    for one, following in pairwise(points):
        assert one.end is not None
        assert one.start < one.end <= following.start
    for point in points:
        assert point.claims
        assert point.low is None or point.low >= 0
        assert point.high is None or point.low is None or point.low <= point.high


@given(histories, st.randoms())
def test_the_order_in_which_claims_are_recorded_changes_nothing(history: list[Told], random: Any) -> None:
    shuffled = list(history)
    random.shuffle(shuffled)
    shape = [(p.start, p.end, p.low, p.high, p.stale) for p in band(history)]
    assert [(p.start, p.end, p.low, p.high, p.stale) for p in band(shuffled)] == shape


@given(histories)
def test_what_is_told_later_changes_no_earlier_day(history: list[Told]) -> None:
    last = max(t.last for t in history)
    more = [*history, Told("stock", last + 10, last + 10, 77, 77, ("new",))]
    for back in (0, 1, 100, 700):
        assert at(history, last - DAY - back) == at(more, last - DAY - back)


@pytest.mark.parametrize("what", ["inflow", "start"])
def test_a_day_before_the_first_word_nobody_is_there(what: str) -> None:
    assert at([told(what, 30, 30, 10)], 29) is None
    assert (date.fromordinal(DAY) - timedelta(days=1)).toordinal() < DAY
