"""Deployments, contributions, agreements and mandates become claims of the case's country, each with its row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from garant.case import Case, init
from garant.claims import Claim
from garant.datasets.contributions import iso_day
from tests.datasets.invented import Record, header, table

MAPS = header(
    "source mission year month location country latitude longitude battalion no.troops fpu no.tcc nameoftcc_1 "
    "notroopspertcc_1 nameoftcc_2 notroopspertcc_2 unpol.dummy unmo.dummy hq"
)
FRONT = header(
    "mission year country location latitude longitude Infantry NoTroops Reserve hq UNPOL Med Av UNMO ave.no.troops"
)
TCC = header("mission year location latitude longitude No.TCC year.overview")
MONTHLY = header(
    "contribution_id isocode3 m49_code contributing_country mission_acronym personnel_type female_personnel "
    "male_personnel last_reporting_date"
)
YEARLY = header("n Year Country Mission Female Male Total")


def site(location: str = "Bria", **fields: Any) -> Record:
    return {
        "source": "Map no. 0 Rev. 1",
        "mission": "MINUSCA",
        "year": 2018,
        "month": 2,
        "location": location,
        "country": "Central African Republic",
        "latitude": 6.5,
        "longitude": 21.9,
        "battalion": 0,
        "no.troops": 0,
        "fpu": 0,
        "no.tcc": 0,
        "nameoftcc_1": "NA",
        "notroopspertcc_1": "NA",
        "unpol.dummy": 0,
        "unmo.dummy": 0,
        "hq": 0,
        **fields,
    }


def month(state: str, kind: str, female: int, male: int, **fields: Any) -> Record:
    return {
        "contributing_country": state, "mission_acronym": "MINUSCA", "personnel_type": kind, "female_personnel": female,
        "male_personnel": male, "last_reporting_date": "2018-02-28", **fields,
    }  # fmt: skip


def claims(case: Case) -> list[Claim]:
    return sorted(case.ledger.claims_whole(), key=lambda c: (c.row or 0, str(c.slots), str(c.quantity)))


def told(found: Iterable[Claim]) -> list[tuple[Any, ...]]:
    return [
        (c.row, c.names("provider"), c.slots.get("component"), c.slots["personnel"], c.quantity and c.quantity.bounds)
        for c in found
    ]


def test_a_map_of_deployments(case: Case, tmp_path: Path) -> None:
    rows = [
        site(
            "Bangui",
            battalion=1,
            hq=3,
            **{
                "no.troops": 800,
                "no.tcc": 2,
                "nameoftcc_1": "Rwanda",
                "notroopspertcc_1": 800,
                "nameoftcc_2": "Nepal",
                "notroopspertcc_2": "unknown",
            },
        ),
        site("Bria", **{"no.troops": 150, "fpu": 1, "no.tcc": 1, "nameoftcc_1": "Rwanda", "notroopspertcc_1": 150}),
        site("Ford town", **{"unpol.dummy": 1}),
        site("Nowhere"),
        site("N'Djamena", country="Chad"),
        site("Bria", month=13),
    ]
    result = case.load(None, table(tmp_path / "Geo-PKO_v2.1.csv", rows, MAPS))
    assert result[0]["used"] == 4
    assert (result[0]["outside"], result[0]["rejected"]) == (1, {"no date of the map": 1})
    at_hq = "at Bangui"
    assert sorted(told(claims(case)), key=str) == [
        (1, ["Nepal"], at_hq, "troops", None),
        (1, ["Rwanda"], at_hq, "troops", (800, 800)),
        (1, [], None, "all_uniformed", (950, 950)),
        (2, ["Rwanda"], "at Bria", "all_uniformed", (150, 150)),
        (3, [], "at Ford town", "police", (1, None)),
    ]
    one = next(c for c in claims(case) if c.names("provider") == ["Rwanda"])
    assert (one.time, one.regime, one.names("host"), one.names("operator")) == (
        "2018-02", "un", ["Central African Republic"], ["MINUSCA"],
    )  # fmt: skip
    assert one.quantity is not None
    assert one.quantity.approx
    assert (one.coder.kind, one.coder.name, one.coder.version) == ("dataset", "geo-pko", "2.1")
    assert {c.slots["component"]: c.slots.get("dispersal") for c in claims(case) if "component" in c.slots} == {
        "at Bangui": "perhaps_dispersed", "at Bria": None, "at Ford town": None,
    }  # fmt: skip
    total = next(c for c in claims(case) if "component" not in c.slots)
    assert total.derived == ["quantity", "says"]
    assert any("not zero troops" in note for note in result.notes)
    assert case.names().entities["caf-ford-town"].coordinates == [21.9, 6.5]
    assert {row["status"] for row in case.claims(status="all")} == {"accepted"}


def test_the_yearly_tables_keep_repeated_places_apart(case: Case, tmp_path: Path) -> None:
    place = {
        "mission": "MINUSCA",
        "year": 2018,
        "country": "Central African Republic",
        "location": "Bria",
        "latitude": 6.5,
        "longitude": 21.9,
        "UNPOL": 0,
        "UNMO": 0,
        "hq": 0,
        "ave.no.troops": 400,
    }
    rows = [
        {**place, "NoTroops": 150},
        {**place, "NoTroops": 950},
        {**place, "location": "Obo", "NoTroops": "NA", "ave.no.troops": 0},
    ]
    result = case.load(None, table(tmp_path / "FrontMap_v.2.3.csv", rows, FRONT))
    assert [(r, c, q) for r, _, c, _, q in told(claims(case))] == [
        (1, "at Bria", (150, 150)), (1, None, (400, 400)), (2, "at Bria", (950, 950)),
    ]  # fmt: skip
    assert any("would count repeated places again (800); each place once is 400" in note for note in result.notes)
    found = case.disagreements()
    assert [(d["kind"], len(d["sides"])) for d in found] == [("value", 2)]


def test_contributors_with_and_without_a_size(case: Case, tmp_path: Path) -> None:
    rows = [
        {
            "mission": "MINUSCA",
            "year": 2018,
            "location": "Bria",
            "No.TCC": 2,
            "year.overview": "Rwanda (800), Nepal (size unknown)",
        },
        {"mission": "MINURCAT", "year": 2009, "location": "Birao", "No.TCC": 1, "year.overview": "Togo (150)"},
        {"mission": "MINUSCA", "year": 2018, "location": "Obo", "No.TCC": 2, "year.overview": "Gabon, Nepal (150)"},
        {"mission": "UNMIL", "year": 2009, "location": "Harper", "No.TCC": 1, "year.overview": "Ghana (150)"},
    ]
    result = case.load(None, table(tmp_path / "TCCMap_v.2.3.csv", rows, TCC))
    assert [(p, q) for _, p, _, _, q in told(claims(case))] == [(["Nepal"], None), (["Rwanda"], (800, 800))]
    assert (result[0]["used"], result[0]["outside"]) == (1, 1)
    assert result[0]["rejected"] == {
        "contributors that cannot be read": 1,
        "the table does not say in which state the place is": 1,
    }


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


def test_places_of_a_dataset_show_presence_and_bound_nothing(case: Case, tmp_path: Path) -> None:
    maps = [
        site("Bria", month=n, **{"no.troops": 2000, "no.tcc": 1, "nameoftcc_1": "Rwanda", "notroopspertcc_1": 2000})
        for n in (1, 2, 3)
    ]
    case.load(None, table(tmp_path / "Geo-PKO_v2.1.csv", maps, MAPS))
    force = next(f for f in case.forces(host="CAF", provider="RWA", as_of="2018-04") if f["personnel"] == "troops")
    assert [(p["low"], p["high"], len(p["claims"])) for p in force["points"]] == [(None, None, 1)] * len(
        force["points"]
    )


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


def test_agreements_name_parties_and_no_persons(case: Case, tmp_path: Path) -> None:
    columns = ["AgtId", "Agt", "Dat", "Status", "Stage", "Part", "Loc1ISO", "Loc2ISO", "SsrArm", "SsrDdr", "SsrPol"]
    rows = [
        {
            "AgtId": 9001,
            "Agt": "Invented Accord of the Ford",
            "Dat": "2015-05-10",
            "Status": "Multiparty signed/agreed",
            "Stage": "SubPar",
            "Part": "For the Government:\nA Person, Minister\nFor Group of the Hills:\nB Person",
            "Loc1ISO": "CAF",
            "SsrArm": 2,
            "SsrPol": 0,
        },
        {
            "AgtId": 9002,
            "Agt": "Invented Pact of the Ford",
            "Dat": "2015-05-10",
            "Status": "Status unclear",
            "Stage": "Pre",
            "Part": "C Person",
            "Loc1ISO": "TCD",
            "Loc2ISO": "CAF",
        },
        {
            "AgtId": 9003,
            "Agt": "Elsewhere",
            "Dat": "2015-05-10",
            "Status": "Status unclear",
            "Stage": "Pre",
            "Loc1ISO": "TCD",
        },
    ]
    result = case.load(None, table(tmp_path / "pax.csv", rows, columns))
    one, two = claims(case)
    assert one.names("party") == ["Central African Republic", "Group of the Hills"]
    assert (one.slots["subjects"], one.slots["stage"], one.time) == (["armed forces"], "signed", "2015-05-10")
    assert two.names("party") == ["parties listed by PA-X"]
    assert "stage" not in two.slots
    assert "Person" not in one.to_json() + two.to_json()
    assert result[0]["outside"] == 1
    assert not len(case.disagreements())  # two agreements of one day are two


def test_tasks_of_a_mission(case: Case, tmp_path: Path) -> None:
    columns = header("mission_abbrev mission_fullname task_yearest gwno_1 gwno_2 min01 min02 mod01 max01")
    base = {"mission_abbrev": "MINUSCA", "mission_fullname": "x", "gwno_1": "482.0", "min02": 0, "mod01": 0}
    rows = [
        {**base, "task_yearest": 2014, "min01": 1, "max01": 1},
        {**base, "task_yearest": 2015, "min01": 0, "max01": 0},
    ]
    result = case.load(None, table(tmp_path / "UNPMM_V2.0.csv", rows, columns))
    assert [(c.type, c.time, c.slots) for c in claims(case)] == [
        ("mandate", "2014", {"verb": "task", "subject_matter": "UNPMM codes max01, min01"})
    ]
    assert result[0]["used"] == 2


def test_a_case_about_no_country_takes_no_claims(tmp_path: Path) -> None:
    case = Case.open(init(tmp_path / "case"))
    from garant.errors import InputError

    with pytest.raises(InputError, match="this case is about none"):
        case.load(None, table(tmp_path / "un.csv", [month("Rwanda", "Troops", 1, 2)], MONTHLY))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Case:
    """A copy of the packaged case with the real files loaded."""
    case = Case.open(init(tmp_path_factory.mktemp("real") / "case", from_="caf"))
    data = shared / "data"
    for file in (
        "geopko/Geo-PKO_v2.1_full.csv.gz",
        "geopko/FrontMap_v.2.3.csv",
        "geopko/TCCMap_v.2.3.csv",
        "geopko/TTMap_v.2.3.csv",
        "contributions/un_CountryByYear_2010-2021.csv",
        "contributions/20140731.csv",
        "contributions/20140831.json",
        "contributions/countries_Rwanda.csv",
        "radpko/radpko_bases_cc_y.csv",
        "agreements/pax_all_agreements_data.xlsx",
        "mandates/UNPMM_V2.0.xlsx",
        "ethnic/leda_EPR_groupsize_1946-2017.csv.gz",
        "ucdp/organizedviolencecy_v25_1.csv",
    ):
        case.load(None, data / file)
    return case


@pytest.mark.shared
def test_real_files_give_every_row_and_few_disagreements(real: Case) -> None:
    by_layout = {s.origin.layout: s.origin for s in real.snapshots()}
    assert (by_layout["maps"].rows, by_layout["maps"].used) == (18699, 315)
    assert by_layout["contributors-map"].rejected == {"the table does not say in which state the place is": 23}
    assert by_layout["country-year"].used == 36
    assert by_layout["sizes"].used == 406
    assert by_layout["agreements"].used == 19
    sums = {
        c.time: c.quantity.value
        for c in real.ledger.claims_whole()
        if c.source == "geo-pko-2.1-maps"
        and c.derived == ["quantity", "says"]
        and c.names("operator") == ["MINUSCA"]
        and c.quantity
    }
    assert (len(sums), sums["2014-10"], sums["2018-02"], sums["2020-10"]) == (20, 6750, 10485, 12385)
    loaded = {"geo-pko", "un-contributions", "ipi-contributions", "radpko", "pa-x", "unpmm"}
    brought = [d for d in real.disagreements() if any(s.startswith(tuple(loaded)) for s in d["sources"])]
    assert 5 <= len(brought) <= 30
    assert {"value", "scope"} <= set(Counter(d["kind"] for d in brought))
    halved = [d for d in brought if any("5,118" in s["reading"] for s in d["sides"])]
    assert len(halved) == 1, "the year that is about half its neighbours is told apart from what the maps say"


@pytest.mark.shared
def test_a_real_deployment_is_in_the_claims(real: Case) -> None:
    rows = [c for c in real.ledger.claims_whole() if c.source == "geo-pko-2.3-contributors-map" and c.time == "2023"]
    bria = {tuple(c.names("provider")): c.quantity for c in rows if c.place and c.place.name == "Bria"}
    assert bria["Rwanda",] is not None
    assert bria["Rwanda",].value == 800


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
