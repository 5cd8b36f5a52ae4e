"""Consent, tasks, operations, mandates, ranks, dependence, visits, motives: what is told, else unknown."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garant.case import Case
from garant.claims import InputError, vocabulary
from garant.forces.consent import UNKNOWN, fields
from garant.forces.dependence import herfindahl, shares
from garant.forces.tasks import SORTS
from tests.conftest import Record, claim_record, fill, source_record
from tests.test_forces import BURUNDI, CAR, RWANDA, UN, numbered, strength


def told(case: Case, field: str, **asked: Any) -> list[Record]:
    return case.consent(field=field, **asked).rows


# ---- consent and authority ------------------------------------------------------------------------------------


def test_every_field_of_every_force_is_there_and_unknown_until_told(case: Case) -> None:
    fill(case, source_record(), strength(800, "2016"))
    rows = case.consent().rows
    assert [row["field"] for row in rows] == list(fields())
    assert {row["value"] for row in rows} == {UNKNOWN}
    assert all(row["claims"] == [] for row in rows)


def test_consent_tells_its_giver_form_and_what_is_known_of_the_paper(case: Case) -> None:
    given_ = claim_record(
        "The CAR asked Rwanda by letter.",
        type="consent_given",
        time="2020-12",
        quantity=None,
        regime="bilateral",
        slots={"form": "letter", "publication": "unpublished", "ratified": False, "expires": "2022-12-31"},
    )
    force = strength(750, "2021-01", regime="bilateral", actors=[RWANDA, CAR])
    fill(case, source_record(), *numbered(given_, force))
    (row,) = told(case, "host_consent")
    assert row["value"] == "Central African Republic: letter"
    assert row["details"] == {"publication": "unpublished", "ratified": "no", "expires": "31 December 2022"}
    assert len(row["claims"]) == 1


def test_consent_to_one_regime_is_not_consent_to_another(case: Case) -> None:
    given_ = claim_record("Consent.", type="consent_given", quantity=None, regime="bilateral", slots={"form": "letter"})
    fill(case, source_record(), *numbered(given_, strength(800, "2016")))
    assert told(case, "host_consent", regime="un")[0]["value"] == UNKNOWN


def test_an_agreement_of_states_on_a_presence_is_a_paper_and_no_consent(case: Case) -> None:
    def agreed(subject: str, **fields: Any) -> Record:
        parties = [{**RWANDA, "role": "party"}, {**CAR, "role": "party"}]
        slots = {"stage": "signed", "subjects": [subject]}
        return claim_record(
            **{"says": f"{subject}: agreed.", "type": "agreement", "actors": parties, "quantity": None, "time": "2019",
               "instrument": {"name": f"Accord on {subject}"}, "slots": slots, **fields}
        )  # fmt: skip

    force = strength(750, "2021-01", regime="bilateral", actors=[RWANDA, CAR])
    contingent = strength(900, "2021-01", regime="un")
    proposed = agreed("the presence of a garrison", slots={"stage": "proposed", "subjects": ["a presence"]})
    mission = {"name": "MINUSCA", "role": "party", "kind": "mission"}
    with_a_mission = agreed("deployment", actors=[mission, {**RWANDA, "role": "party"}, {**CAR, "role": "party"}])
    papers = agreed("dispatch of instructors"), agreed("farming"), proposed, with_a_mission
    fill(case, source_record(), *numbered(force, contingent, *papers))
    (row,) = told(case, "paper", regime="bilateral")
    assert row["value"] == "Accord on dispatch of instructors"
    assert row["details"] == {"covers": "dispatch of instructors"}
    assert told(case, "paper", regime="un")[0]["value"] == UNKNOWN
    assert told(case, "host_consent", regime="bilateral")[0]["value"] == UNKNOWN


def test_a_contingent_has_the_authority_of_its_operation_where_nothing_is_told_of_its_own(case: Case) -> None:
    mandate = claim_record(
        "The Council authorises MINUSCA.",
        type="mandate",
        actors=[*UN, {"name": "UN Security Council", "role": "authorizer", "kind": "institution"}],
        quantity=None,
        time="2014-04-10",
        instrument={"name": "UN Security Council resolution 2149 (2014)"},
        slots={"verb": "establish"},
    )
    whole = strength(6500, "2014-09-15", actors=[CAR, *UN], says="MINUSCA had 6,500.")
    fill(case, source_record(), *numbered(mandate, whole, strength(850, "2014-09-15")))
    (row,) = told(case, "authoriser", provider="RWA")
    assert (row["value"], row["through"]) == ("UN Security Council", "minusca")
    (own,) = told(case, "authoriser", provider="MINUSCA")
    assert own["through"] == ""


def test_a_vague_paper_stands_with_what_it_may_mean(caf: Case) -> None:
    values = [row["value"] for row in told(caf, "paper", provider="RWA", regime="bilateral")]
    assert any(v.startswith("may be meant: agreement on military cooperation of 15 October 2019") for v in values)
    assert "or another paper that no source names" in values


def test_the_bilateral_force_is_not_bound_by_the_rules_of_the_un(caf: Case) -> None:
    rows = told(caf, "rules_of_engagement", provider="RWA", regime="bilateral")
    assert {row["value"] for row in rows} == {"not bound by the UN's"}
    assert len({c for row in rows for c in row["claims"]}) >= 2


def test_words_that_name_no_field_are_refused(caf: Case) -> None:
    with pytest.raises(InputError, match="host_consent"):
        caf.consent(field="host_consnt")


# ---- tasks ----------------------------------------------------------------------------------------------------


def test_every_task_is_sorted_or_protects_nobody(caf: Case) -> None:
    known = set(vocabulary()["lists"]["task"])
    for row in caf.tasks().rows:
        assert row["task"] in known
        assert row["protects"] in SORTS
        assert row["claims"] or row["planned"]


def test_the_time_of_a_task_is_no_finer_than_its_sources(case: Case) -> None:
    fields_: Record = {"type": "support_role", "quantity": None, "regime": "un", "actors": [RWANDA, CAR]}
    fill(case, source_record())
    printed = []
    for place, time in enumerate(("2018-08", "2019~", "2020/.."), 1):
        guards = claim_record("It guards.", **fields_, time=time, slots={"task": ["protect_head_of_state"]})
        fill(case, {**guards, "locator": f"p:{place}"})
        (row,) = case.tasks().rows
        printed.append(row["when"])
    assert printed == ["August 2018", "August 2018 – about 2019", "since August 2018"]


def test_tasks_are_counted_as_claims_and_plans_apart(case: Case) -> None:
    fields_: Record = {"type": "support_role", "quantity": None, "regime": "un", "actors": [RWANDA, CAR]}
    done = claim_record("It guards.", **fields_, time="2016", slots={"task": ["protect_civilians"]})
    plan = claim_record(
        "It will guard.", **fields_, time="2018", modality="planned", slots={"task": ["protect_civilians"]}
    )
    fill(case, source_record(), *numbered(done, plan))
    (row,) = case.tasks(as_of="2019").rows
    assert (len(row["claims"]), len(row["planned"]), row["protects"], row["papers"]) == (1, 1, "civilian", [])


def test_who_guards_the_head_of_state_is_asked_by_task_or_by_name(caf: Case) -> None:
    by_task = caf.tasks(beneficiary="head_of_state").rows
    assert {row["task"] for row in by_task} == {"protect_head_of_state"}
    assert {"RWA"} <= {row["provider"] for row in by_task}
    assert {row["protects"] for row in by_task} == {"regime"}
    by_name = caf.tasks(beneficiary="Faustin-Archange Touadéra").rows
    assert by_name
    assert all("Faustin-Archange Touadéra" in row["beneficiaries"] for row in by_name)


def test_a_mandate_that_leaves_a_task_out_gives_none(case: Case) -> None:
    left_out = claim_record(
        "SSR is left out.", type="mandate", actors=UN, quantity=None, slots={"verb": "omit", "task": ["advise"]}
    )
    fill(case, source_record(), left_out)
    assert case.tasks().rows == []


# ---- operations, mandates, ranks ------------------------------------------------------------------------------


def test_opposed_judgements_stand_side_by_side_with_their_authors(caf: Case) -> None:
    (row,) = caf.operations(operation="MISCA").rows
    holders = {j["polarity"]: j["holder"] for j in row["judgements"]}
    assert holders["negative"] == "Paolo Caruso"
    assert "positive" in holders
    assert "MINUSCA" in row["successors"]


def test_a_class_of_operations_tells_its_defects(caf: Case) -> None:
    defects = [d["words"] for row in caf.operations().rows for d in row["defects"]]
    assert any("command" in words for words in defects)


def test_the_chain_of_mandates_is_in_order_and_ceilings_are_no_strength(caf: Case) -> None:
    rows = caf.mandates(operation="MINUSCA").rows
    assert len(rows) >= 15
    by_paper = {row["paper"]: row for row in rows}
    first = by_paper["UN Security Council resolution 2149 (2014)"]
    assert {"personnel": "troops", "low": 10000, "high": 10000} in first["ceilings"]
    assert any(task["tier"] for row in rows for task in row["tasks"])


def test_ranks_keep_troops_and_all_uniformed_the_world_and_a_mission_apart(caf: Case) -> None:
    rows = caf.rank(provider="RWA").rows
    assert {"troops", "all_uniformed"} <= {row["personnel"] for row in rows}
    assert {"the world", "MINUSCA"} <= {row["where"] for row in rows}


def test_a_rank_is_counted_among_those_whose_strength_is_known(case: Case) -> None:
    there = [
        strength(900, "2016-06-30"),
        strength(500, "2016-06-30", actors=[BURUNDI, CAR, *UN], says="Burundi had 500."),
    ]
    fill(case, source_record(), *numbered(*there))
    rows = case.rank(operation="MINUSCA", as_of="2016-07-01").rows
    assert [(r["provider"], r["rank"], r["how"]) for r in rows] == [
        ("Burundi", "2", "counted"),
        ("Rwanda", "1", "counted"),
    ]
    assert "2 contributors known" in rows[0]["among"]


# ---- dependence -----------------------------------------------------------------------------------------------

bounds = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda b: (min(b), max(b)))


@given(st.lists(bounds, min_size=1, max_size=6), st.lists(bounds, max_size=1))
def test_the_index_is_the_least_and_most_over_the_bands(
    bands: list[tuple[int, int]], rests: list[tuple[int, int]]
) -> None:
    found = herfindahl(bands, rests)
    if found is None:
        assert not any(low for low, _ in [*bands, *rests])
        return
    corners = [_index(c) for c in itertools.product(*bands, *rests) if any(c)]
    assert max(corners) == pytest.approx(found[1])
    spread = sum(high for _, high in rests)
    for level in range(0, 501, 5):
        cut = [min(max(level, low), high) for low, high in bands]
        if sum(cut) + spread:
            assert sum(x * x for x in cut) / (sum(cut) + spread) ** 2 >= found[0] - 1e-9


def _index(strengths: tuple[int, ...]) -> float:
    return sum(x * x for x in strengths) / sum(strengths) ** 2


@given(st.lists(bounds, min_size=1, max_size=6))
def test_shares_hold_whatever_the_strengths_are(bands: list[tuple[int, int]]) -> None:
    for corner in itertools.product(*bands):
        if sum(corner):
            for strength_, (low, high) in zip(corner, shares(bands), strict=True):
                assert low - 1e-9 <= strength_ / sum(corner) <= high + 1e-9


def test_dependence_counts_an_operation_once_and_leaves_the_host_out(case: Case) -> None:
    own = {"name": "Central African Republic", "role": "provider", "kind": "state"}
    claims = [
        strength(1000, "2016-06-30", actors=[CAR, *UN], says="MINUSCA had 1,000."),
        strength(300, "2016-06-30"),
        strength(100, "2016-06-30", regime="bilateral", actors=[RWANDA, CAR], says="Bilateral 100."),
        strength(500, "2016-06-30", regime="bilateral", actors=[{**BURUNDI}, CAR], says="Burundi bilateral 500."),
        strength(8000, "2016-06-30", regime="national", actors=[own, CAR], says="The army."),
    ]
    fill(case, source_record(), *numbered(*claims))
    *rows, whole = case.dependence(as_of="2016-07-01").rows
    assert {r["provider"]: r["low"] for r in rows} == {"Burundi": 500, "Rwanda": 400, "others in MINUSCA": 700}
    assert (whole["low"], whole["high"]) == (1600, 1600)
    shares_ = [r["share_low"] for r in rows]
    assert sum(shares_) == pytest.approx(1, abs=1e-3)
    spread = (500**2 + 400**2) / 1600**2
    alone = (500**2 + 400**2 + 700**2) / 1600**2
    assert (whole["herfindahl_low"], whole["herfindahl_high"]) == (
        pytest.approx(spread, abs=1e-4),
        pytest.approx(alone, abs=1e-4),
    )


def test_what_nobody_has_told_of_for_years_is_left_out_and_named(case: Case) -> None:
    fill(
        case,
        source_record(),
        *numbered(strength(300, "2016-06-30"), strength(200, "2020-06-30", actors=[BURUNDI, CAR, *UN])),
    )
    found = case.dependence(as_of="2020-07-01")
    assert [r["provider"] for r in found.rows] == ["Burundi", "all foreign personnel"]
    assert any("Rwanda" in note and "not told of for years" in note for note in found.notes)


def test_a_case_without_a_country_must_be_told_the_host(tmp_path: Any) -> None:
    from garant.case import init

    with pytest.raises(InputError, match="no country"):
        Case.open(init(tmp_path / "bare")).dependence()


# ---- visits and motives ---------------------------------------------------------------------------------------


def test_a_visit_told_twice_is_one_with_rival_dates(caf: Case) -> None:
    (row,) = [r for r in caf.visits().rows if "5 June 2021" in r["when"]]
    assert any("August 2021" in when for when in row["when"])
    assert any("agreement" in outcome for outcome in row["outcomes"])


def test_motives_have_holders_and_count_origins_not_copies(case: Case) -> None:
    motive: Record = {
        "type": "intent_or_motive",
        "quantity": None,
        "time": None,
        "modality": "opinion",
        "actors": [{"name": "Rwanda", "role": "subject", "kind": "state"}],
        "slots": {"interest": "status"},
    }
    said = claim_record("It seeks standing.", **motive, attributed_to="Author A")
    copied = claim_record("It wants standing.", **motive, source="s2")
    fill(case, source_record(), source_record("s2", derived_from=["s1"]), said, copied)
    (row,) = case.motives(actor="RWA").rows
    assert (row["interest"], row["origins"], len(row["claims"])) == ("status", 1, 2)
    assert {t["holder"] for t in row["told"]} == {"Author A", "Publisher of s2"}


def test_the_packaged_case_tells_motives_of_rwanda_from_several_origins(caf: Case) -> None:
    rows = caf.motives(actor="RWA").rows
    assert rows
    assert all(t["holder"] for row in rows for t in row["told"])
