"""Contributions: months and yearly means become strengths, zeros included; what they contradict."""

from __future__ import annotations

from pathlib import Path

import pytest

from garant.case import Case
from garant.datasets.contributions import iso_day
from tests.datasets.claimed import claims, told
from tests.datasets.invented import MAPS, MONTHLY, YEARLY, Record, month, site, table


def test_a_month_of_contributions(case: Case, tmp_path: Path) -> None:
    rows = [
        month("Rwanda", "Troops", 40, 960),
        month("Rwanda", "Individual Police", 5, 10),
        month("Rwanda", "Formed Police Units", 20, 120),
        month("Nepal", "Experts on Mission", 0, 3),
        month("Nepal", "Troops", 0, 0),
        month("Atlantis", "Troops", 0, 1),
        month("Nepal", "Jugglers", 0, 1),
        month("Nepal", "Troops", 0, 9, mission_acronym="UNMIL"),
        month("Rwanda", "Troops", 40, 960),
    ]
    result = case.load(None, table(tmp_path / "un.csv", rows, MONTHLY))
    assert told(claims(case)) == [
        (1, ["Rwanda"], None, "all_uniformed", (1155, 1155)),
        (1, [], None, "all_uniformed", (1158, 1158)),
        (1, ["Rwanda"], None, "troops", (1000, 1000)),
        (2, ["Rwanda"], None, "police", (155, 155)),
        (4, ["Nepal"], None, "observers", (3, 3)),
    ]
    row = result[0]
    assert (row["version"], row["used"], row["outside"]) == ("2018-02-28", 5, 1)
    assert row["rejected"] == {"the same row again": 1, "unknown contributor": 1, "unknown personnel type": 1}
    assert case.load("un-contributions", tmp_path / "un.csv")[0]["claims"] == {"added": 0, "known": 0}


def test_a_contingent_that_the_table_counts_no_more_is_gone(case: Case, tmp_path: Path) -> None:
    def at(day: str, state: str, kind: str, number: int) -> Record:
        return month(state, kind, 0, number, last_reporting_date=day)

    days = ("2021-07-31", "2021-08-31", "2021-09-30", "2021-10-31", "2022-05-31")
    rows = [at(day, "Rwanda", "Troops", 1000) for day in days]
    rows += [at(day, "Gabon", "Troops", n) for day, n in zip(days, (400, 420, 0, 0, 5), strict=True)]
    rows += [at(day, "Gabon", "Individual Police", n) for day, n in zip(days, (0, 3, 0, 0, 0), strict=True)]
    result = case.load(None, table(tmp_path / "un.csv", rows, MONTHLY))
    zeros = [c for c in claims(case) if c.quantity is not None and c.quantity.value == 0]
    assert sorted((c.time, c.slots["personnel"]) for c in zeros) == [
        ("2021-09-30", "all_uniformed"), ("2021-09-30", "police"), ("2021-09-30", "troops"),
    ]  # fmt: skip
    assert result[0]["used"] == len(rows)
    assert "4 rows used, of which no claim is made: nobody is counted" in result.notes
    gabon = next(r for r in case.forces(provider="GAB").rows if r["personnel"] == "troops")
    bands = {p["from"]: (p["low"], p["high"]) for p in gabon["points"]}
    assert (bands["2021-08-31"], bands["2021-09-30"], bands["2022-05-31"]) == ((420, 420), (0, 0), (5, 5))


def test_sums_that_disagree_are_found(case: Case, tmp_path: Path) -> None:
    """Unit symbols of a map against the UN's month, and a yearly mean against another."""
    rows = [site("Bria", **{"no.troops": 2000, "no.tcc": 1, "nameoftcc_1": "Rwanda", "notroopspertcc_1": 2000})]
    case.load(None, table(tmp_path / "Geo-PKO_v2.1.csv", rows, MAPS))
    case.load(
        None,
        table(
            tmp_path / "un.csv", [month("Rwanda", "Troops", 40, 960), month("Nepal", "Staff Officer", 0, 4)], MONTHLY
        ),
    )
    found = case.disagreements()
    assert [(d["kind"], sorted(s["reading"] for s in d["sides"])) for d in found] == [
        ("value", ["1,004 personnel", "about 2,000 personnel"])
    ]
    assert set(found[0]["sources"]) == {"geo-pko-2.1-maps", "un-contributions-2018-02-28-monthly"}
    sources = {row["id"]: row for row in case.sources()}
    assert sources["un-contributions-2018-02-28-monthly"]["origins"] == ["un-monthly-contributions"]
    assert not [r for r in case.check() if r["kind"] == "orphan source"]


def test_yearly_means_are_told_as_they_stand(case: Case, tmp_path: Path) -> None:
    rows = [
        {"n": 1, "Year": 2017, "Country": "Rwanda", "Mission": "MINUSCA", "Female": 3, "Male": 50, "Total": 54},
        {"n": 2, "Year": 2017, "Country": "Nepal", "Mission": "MINUSCA", "Female": 0, "Male": 0, "Total": 0},
    ]
    result = case.load(None, table(tmp_path / "means.csv", rows, YEARLY))
    assert told(claims(case)) == [
        (1, ["Rwanda"], None, "all_uniformed", (54, 54)),
        (1, [], None, "all_uniformed", (54, 54)),
    ]
    assert result[0]["used"] == 2
    publishers = {row["id"]: row["publisher"] for row in case.sources() if row["id"].startswith("un-contributions")}
    assert list(publishers.values()) == ["unknown"]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2014-08-31", "2014-08-31"),
        ("20140831T000000", "2014-08-31"),
        ("31/08/2014", "2014-08-31"),
        ("8/31/2014", "2014-08-31"),
        ("2014-08-31T00:00:00Z", "2014-08-31"),
        ("05/06/2014", None),
        ("2014-02-30", None),
        ("", None),
    ],
)
def test_days_as_tables_print_them(printed: str, day: str | None) -> None:
    assert iso_day(printed) == day


def test_a_brief_draws_the_series_of_which_most_is_told(case: Case, tmp_path: Path) -> None:
    states = [e.label() for id, e in sorted(case.names().entities.items()) if e.kind == "state" and id != "CAF"][:40]
    rows = [
        month(state, "Troops", 0, 10 + n, last_reporting_date=f"2018-0{n}-28") for state in states for n in (2, 3, 4)
    ]
    assert case.load(None, table(tmp_path / "un.csv", rows, MONTHLY))[0]["used"] == 120
    page = tmp_path / "brief.md"
    case.brief(output=page, as_of="2018-05")
    text = page.read_text(encoding="utf-8")
    assert "13 more series, of which less is told, are not drawn" in " ".join(
        text.split()
    )  # 40 and the operation, less 28
