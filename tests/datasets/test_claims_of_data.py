"""Agreements and mandates become claims of the case's country, each with its row; the real files of all datasets."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from garant.case import Case, init
from tests.datasets.claimed import claims
from tests.datasets.invented import MONTHLY, header, month, table


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
