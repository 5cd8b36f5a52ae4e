"""Printed times, English and French, against a day."""

from __future__ import annotations

import pytest

from garant.claims import InputError, Period
from garant.claims.relative import resolve_time

FRIDAY = "2021-03-05"


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("today", "2021-03-05"),
        ("yesterday", "2021-03-04"),
        ("on Monday", "2021-03-01"),
        ("Friday", "2021-03-05"),
        ("last week", "2021-02-22/2021-02-28"),
        ("last December", "2020-12"),
        ("in July", "2020-07"),
        ("early 2014", "2014-01~/2014-04~"),
        ("mid-2015", "2015-05~/2015-08~"),
        ("late 2020", "2020-09~/2020-12~"),
        ("since 2007", "2007/.."),
        ("until 15 November 2021", "../2021-11-15"),
        ("between October and December 2021", "2021-10/2021-12"),
        ("from 3 May 2013 to 4 June 2013", "2013-05-03/2013-06-04"),
        ("16 January 2014", "2014-01-16"),
        ("November 17, 2016", "2016-11-17"),
        ("March 2003", "2003-03"),
        ("5 August", "2020-08-05"),
        ("two years ago", "2019"),
        ("three months ago", "2020-12"),
        ("the following year", "2022"),
        ("over the past decade", "2011~/2021-03-05"),
        ("hier", "2021-03-04"),
        ("lundi dernier", "2021-03-01"),
        ("en juillet 2018", "2018-07"),
        ("le 5 août 2021", "2021-08-05"),
        ("depuis 2007", "2007/.."),
        ("il y a deux ans", "2019"),
        ("début 2014", "2014-01~/2014-04~"),
        ("entre octobre et décembre 2021", "2021-10/2021-12"),
    ],
)
def test_printed_times(printed: str, edtf: str) -> None:
    assert resolve_time(printed, Period.parse(FRIDAY)) == edtf


def test_a_vague_anchor_does_not_give_a_day() -> None:
    assert resolve_time("last year", Period.parse("2021")) == "2020"
    with pytest.raises(InputError, match="which day"):
        resolve_time("yesterday", Period.parse("2021-03"))


@pytest.mark.parametrize("printed", ["soon", "in the days after", "", "31 February 2021"])
def test_what_has_no_rule_or_no_day_is_refused(printed: str) -> None:
    with pytest.raises(InputError):
        resolve_time(printed, Period.parse(FRIDAY))
