"""Counts of people: a broken number in a table of counts is rejected, and never rounded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from garant.case import Case
from tests.datasets.claimed import claims
from tests.datasets.invented import MONTHLY, header, month, table
from tests.datasets.test_bad_files import listed

BROKEN = "number of people is not a whole number"
IPI = header("Date Contributor Contributor_ISO-3 Mission Mission_Country_ISO-3 Troops Civilian_Police Observers Total")


def ipi(**fields: Any) -> dict[str, Any]:
    return {
        "Date": "2018-02-28", "Contributor": "Rwanda", "Contributor_ISO-3": "RWA", "Mission": "MINUSCA",
        "Mission_Country_ISO-3": "CAF", "Troops": 10, "Civilian_Police": 0, "Observers": 0, "Total": 10, **fields,
    }  # fmt: skip


def test_broken_numbers_of_the_united_nations(case: Case, tmp_path: Path) -> None:
    rows = [month("Rwanda", "Troops", 0, 9), month("Nepal", "Troops", 0, 9, male_personnel=3.7)]
    rows.append(month("Gabon", "Troops", 0, 9, male_personnel="8.0"))
    case.load(None, table(tmp_path / "un.csv", rows, MONTHLY), rejects=tmp_path / "r.csv")
    assert listed(tmp_path / "r.csv") == [(2, BROKEN, "3.7")]
    assert sorted(c.quantity.value for c in claims(case) if c.quantity) == [8, 9, 17]


def test_broken_numbers_of_ipi(case: Case, tmp_path: Path) -> None:
    rows = [ipi(), ipi(Contributor="Nepal", **{"Contributor_ISO-3": "NPL"}, Troops=3.7)]
    case.load("ipi-contributions", table(tmp_path / "ipi.csv", rows, IPI), rejects=tmp_path / "r.csv")
    assert listed(tmp_path / "r.csv") == [(2, BROKEN, "3.7")]


def test_broken_numbers_of_a_series(case: Case, tmp_path: Path) -> None:
    columns = header("Date Troops Police Experts")
    rows = [
        {"Date": "2018-02-28", "Troops": 10, "Police": 0, "Experts": 0},
        {"Date": "2018-03-31", "Troops": 10, "Police": 2.5, "Experts": 0},
    ]
    file = table(tmp_path / "countries_Rwanda.csv", rows, columns)
    case.load("ipi-contributions", file, rejects=tmp_path / "r.csv")
    assert listed(tmp_path / "r.csv") == [(2, BROKEN, "2.5")]
