"""Each kind of disagreement on the smallest case that has it, and on its neighbour that has not."""

from __future__ import annotations

from typing import Any

import pytest

from garant.reconcile import Disagreement
from tests.conftest import claim_record, source_record
from tests.reconciling import disagreements

Record = dict[str, Any]
RWANDA = {"name": "Rwanda", "role": "provider", "kind": "state"}
HOST = {"name": "Central African Republic", "role": "host", "kind": "state"}
MINUSCA = {"name": "MINUSCA", "role": "operator", "kind": "mission"}
PARTIES = [{**RWANDA, "role": "signatory"}, {**HOST, "role": "signatory"}]


def kinds(*claims: Record, published: str = "2030-01-01") -> list[str]:
    """Kinds found among claims, each of a source of its own unless it names one."""
    return sorted(d.kind for d in opposing(*claims, published=published))


def opposing(*claims: Record, published: str = "2030-01-01") -> list[Disagreement]:
    """Disagreements among claims, each of a source of its own unless it names one."""
    told, sources = [], set()
    for number, claim in enumerate(claims, 1):
        told.append({"source": f"s{number}", **claim, "locator": f"p:{number}"})
        sources.add(told[-1]["source"])
    found, _ = disagreements([*(source_record(s, published=published) for s in sorted(sources)), *told])
    return found


def claim(**fields: Any) -> Record:
    """A deployment without source or locator; fields replace its own, None drops one."""
    record = claim_record(**fields)
    return {k: v for k, v in record.items() if k not in ("source", "locator") or k in fields}


def stock(value: float | Record, time: str = "2018-03-31", **fields: Any) -> Record:
    quantity = value if isinstance(value, dict) else {"value": value}
    base = {
        "type": "force_strength",
        "actors": [RWANDA, HOST, MINUSCA],
        "quantity": {"unit": "personnel", "measure": "stock", **quantity},
        "time": time,
        "slots": {"personnel": "troops", "scope": "mission"},
    }
    return claim(**{**base, **fields})


def signed(time: str, instrument: str | None = "Pact of Testing 7", **fields: Any) -> Record:
    base = {
        "type": "agreement",
        "actors": PARTIES,
        "quantity": None,
        "time": time,
        "instrument": {"name": instrument} if instrument else None,
        "slots": {"stage": "signed"},
    }
    return claim(**{**base, **fields})


VISIT = {
    "type": "meeting_visit",
    "actors": [{"name": "Faustin-Archange Touadéra", "role": "visitor", "kind": "person"}, {**RWANDA, "role": "host"}],
    "quantity": None,
    "slots": {"form": "state_visit"},
}


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (stock(1200), ["value"]),
        (stock(960), []),
        (stock(1000), []),  # 4 % apart
        (stock({"value": 1100, "approx": True}), []),  # "about"
        (stock({"low": 900}), []),  # "over 900"
        (stock({"low": 1300}), ["value"]),
        (stock(2, quantity={"value": 2, "unit": "battalions", "measure": "stock"}), []),  # a unit is no headcount
        (stock(1200, "2018-09-30"), []),  # another date is a change
        (stock(1200, "2018"), []),  # a date inside a year says nothing against another number of that year
        (stock(300, slots={"personnel": "troops", "scope": "mission", "component": "hospital"}), []),
        (stock(4000, slots={"personnel": "troops", "scope": "world"}), []),  # another scope
        (stock(1200, actors=[{**RWANDA, "name": "Burundi"}, HOST, MINUSCA]), []),
        (stock(1200, modality="planned"), []),
    ],
)
def test_numbers_of_one_quantity(other: Record, expected: list[str]) -> None:
    assert kinds(stock(960), other) == expected


def test_a_count_of_papers_differs_by_one() -> None:
    four, five = ({"value": n, "unit": "agreements", "measure": "count"} for n in (4, 5))
    assert kinds(signed("2019-10-15", None, quantity=five), signed("2019-10", None, quantity=four)) == ["value"]
    assert kinds(signed("2019-10-15", None, quantity=five), signed("2021-08-05", None, quantity=four)) == []


def test_the_nth_of_a_series_comes_after_its_count() -> None:
    army = [{"name": "National Army", "role": "subject", "kind": "military"}]
    base = {"type": "force_structure", "actors": army}
    counted = claim(
        **base, quantity={"value": 14, "unit": "battalions"}, time="2022-03", slots={"element": "infantry battalion"}
    )
    twelfth = claim(**base, quantity=None, time="2023-05-19", slots={"element": "12th infantry battalion"})
    fifteenth = claim(**base, quantity=None, time="2023-05-19", slots={"element": "15th infantry battalion"})
    assert kinds(counted, twelfth) == ["value"]
    assert kinds(counted, fifteenth) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2019-10-15", "2019-10-16", ["date"]),
        ("2019-10-15", "2019-10", []),  # less precise, and right
        ("2019-10-15", "2019", []),
        ("2019-10-15", "2019-10~", []),
        ("2019-11", "2019-10-15", ["date"]),
        ("2019-12~", "2019-10-15", ["date"]),
        ("2019-11~", "2019-10-15", []),  # "about November" may be October
    ],
)
def test_two_dates_of_one_signature(first: str, second: str, expected: list[str]) -> None:
    assert kinds(signed(first), signed(second)) == expected


def test_visits_months_apart_are_two_and_weeks_apart_one() -> None:
    assert kinds(claim(**VISIT, time="2021-06-05"), claim(**VISIT, time="2021-08-05")) == ["date"]
    assert kinds(claim(**VISIT, time="2021-06-05"), claim(**VISIT, time="2021-11-05")) == []


def test_as_many_papers_signed_twice_within_weeks() -> None:
    four = {"value": 4, "unit": "agreements", "measure": "count"}
    assert kinds(signed("2021-06-05", None, quantity=four), signed("2021-08-05", None, quantity=four)) == ["date"]
    assert kinds(signed("2021-06-05", None, quantity=four), signed("2022-08-05", None, quantity=four)) == []


def test_one_subject_in_one_month_of_two_years() -> None:
    def security(time: str, *subjects: str) -> Record:
        return signed(time, None, slots={"stage": "signed", "subjects": list(subjects)})

    assert kinds(security("2024-02-22", "internal security"), security("2025-02", "security cooperation")) == ["date"]
    assert kinds(security("2024-02-22", "mining"), security("2025-02", "security cooperation")) == []
    assert kinds(security("2024-02-22", "security"), security("2025-03", "security")) == []


def test_present_before_the_first_presence() -> None:
    first = claim(time="2014-01~/2014-04~", quantity=None, slots={"first": True})
    early = claim(time="2007/..", quantity=None, slots={})
    assert kinds(first, early) == ["date"]
    assert kinds(first, claim(time="2014/..", quantity=None, slots={})) == []
    worded = claim(says="Its soldiers first deployed there in early 2014.", time="2014-01~", quantity=None, slots={})
    assert kinds(worded, early) == ["date"]


def test_one_arrival_under_two_regimes() -> None:
    assert kinds(claim(regime="un"), claim(regime="bilateral")) == ["regime"]
    assert kinds(claim(regime="un"), claim()) == []
    assert kinds(claim(regime="un"), claim(regime="bilateral", quantity={"value": 450, "unit": "personnel"})) == []


def test_one_number_in_two_regimes_within_a_year_where_it_was_withheld() -> None:
    first, later = claim(regime="bilateral", time="2020-12-21"), claim(regime="un", time="2021-08-03")
    withheld = claim(
        regime="bilateral", time="2020-12", quantity={"undisclosed": True, "unit": "personnel", "measure": "flow"}
    )
    assert kinds(first, later, withheld) == ["regime"]
    assert kinds(first, later) == []


def test_more_soldiers_than_people_in_uniform() -> None:
    def all_in_uniform(n: int) -> Record:
        return stock(n, slots={"personnel": "all_uniformed", "scope": "mission"})

    assert kinds(stock(1700), all_in_uniform(1300)) == ["scope"]
    assert kinds(stock(1300), all_in_uniform(1700)) == []


def test_a_number_borrowed_from_another_scope() -> None:
    in_uniform = {"personnel": "all_uniformed", "scope": "mission"}
    claims = [stock(960), stock(960, slots=in_uniform), stock(1442, slots=in_uniform)]
    assert kinds(*claims) == ["scope"]  # and not told again as two values
    assert kinds(*claims[:2]) == []  # a contingent may have soldiers only


def test_an_arrival_given_as_the_strength() -> None:
    arrived = claim(quantity={"value": 400, "unit": "personnel", "measure": "flow"}, time="2018-05-06")
    said, known = stock(400, "2018-05-20"), stock(1377, "2018-05-20")
    assert kinds(arrived, said, known) == ["measure"]
    assert kinds(arrived, said) == []


def test_a_printed_name_that_is_another_missions() -> None:
    def handover(**fields: Any) -> Record:
        old = {"name": "MISCA", "role": "predecessor", "kind": "mission"}
        new = {"name": "MINUSCA", "role": "successor", "kind": "mission", **fields}
        return claim(type="operation_handover", actors=[old, new], quantity=None, time="2014-09-15", slots={})

    assert kinds(handover(as_printed="MISCA"), handover()) == ["identity"]
    assert kinds(handover(as_printed="the UN mission"), handover()) == []


def test_one_act_resting_on_two_instruments() -> None:
    one, other = ({"name": f"UN Security Council resolution {n}"} for n in ("2127 (2013)", "2149 (2014)"))
    claims = [claim(instrument=one), claim(instrument=other)]
    entities = [{"id": f"res-{n}", "kind": "instrument", "name": {"en": i["name"]}} for n, i in enumerate((one, other))]
    told = [{"source": f"s{n}", **c, "locator": f"p:{n + 1}"} for n, c in enumerate(claims)]
    found, _ = disagreements([source_record("s0"), source_record("s1"), *entities, *told])
    assert [(d.kind, d.field) for d in found] == [("identity", "instrument")]


def test_a_reference_that_two_instruments_fit() -> None:
    vague = claim(instrument={"name": "a bilateral security agreement"}, time="2020-12", quantity=None)
    defence = signed("2019-10-15", "Pact of Testing 7", slots={"stage": "signed", "subjects": ["defence"]})
    other = signed("2018-02-01", "Pact of Trying 8", slots={"stage": "signed", "subjects": ["security"]})
    assert kinds(vague, defence, other) == ["identity"]
    assert kinds(vague, defence) == []  # one candidate, and nothing against it
    later = signed("2022-02-01", "Pact of Trying 8", slots={"stage": "signed", "subjects": ["security"]})
    assert kinds(vague, defence, later) == []  # signed after what rests on it


def test_what_rests_on_an_instrument_comes_after_it() -> None:
    treaty = {"id": "treaty", "kind": "instrument", "name": {"en": "Treaty 9"}}

    def found(time: str) -> list[str]:
        told = [signed("2019-10-15", "Treaty 9"), claim(instrument={"name": "Treaty 9"}, time=time)]
        records = [{"source": f"s{n}", **c, "locator": f"p:{n + 1}"} for n, c in enumerate(told)]
        return [d.kind for d in disagreements([source_record("s0"), source_record("s1"), treaty, *records])[0]]

    assert found("2019-10-01") == ["sequence"]
    assert found("2019-10-15") == found("2019-10") == found("2020") == []


def test_a_later_cohort_does_not_finish_first() -> None:
    def cohort(number: int, time: str) -> Record:
        army = [{**RWANDA, "role": "trainer"}, {"name": "National Army", "role": "trainee", "kind": "military"}]
        slots = {"cohort": number, "stage": "completed"}
        return claim(type="training", actors=army, quantity=None, time=time, slots=slots)

    assert kinds(cohort(1, "2024-08-05"), cohort(2, "2023-11-24")) == ["sequence"]
    assert kinds(cohort(1, "2023-11-24"), cohort(2, "2024-08-05")) == []


def test_a_mission_acts_within_its_lifetime() -> None:
    ended = claim(
        type="mandate", actors=[MINUSCA], quantity=None, time="2010-12-31", slots={"verb": "end"}, regime=None
    )

    def acting(time: str) -> Record:
        return claim(actors=[RWANDA, HOST, MINUSCA], quantity=None, time=time, slots={})

    assert kinds(ended, acting("2011-06-01")) == ["lifetime"]
    assert kinds(ended, acting("2007/..")) == ["lifetime"]  # said in 2030 to have gone on
    assert kinds(ended, acting("2007/.."), published="2009-01-01") == []  # said while the mission was there
    assert kinds(ended, acting("2011-01-15")) == []  # it takes a month to leave


def test_judgements_and_seizures_of_power() -> None:
    def judged(polarity: str, **fields: Any) -> Record:
        subject = [{**MINUSCA, "role": "subject"}]
        slots = {"aspect": "outcome", "polarity": polarity}
        return claim(
            **{"type": "assessment", "actors": subject, "quantity": None, "time": None, "modality": "opinion",
               "slots": slots, **fields}
        )  # fmt: skip

    assert kinds(judged("positive"), judged("negative")) == ["outcome"]
    assert kinds(judged("positive", time="2014"), judged("negative", time="2019")) == []
    coup = claim(
        type="leadership_change", actors=[{"name": "General X", "role": "attacker", "kind": "person"},
        {**HOST, "role": "target"}], quantity=None, time="2013-03", slots={"manner": "coup"},
    )  # fmt: skip
    attempt = claim(
        type="political_event", actors=[{**HOST, "role": "subject"}], quantity=None, time="2013",
        slots={"event": "a failed attempt to seize power"},
    )  # fmt: skip
    assert kinds(coup, attempt) == ["outcome"]
    assert kinds(coup, {**attempt, "time": "2003"}) == []


def test_a_denial_stands_against_what_it_denies() -> None:
    def shooting(**fields: Any) -> Record:
        guard = {"name": "Guard X", "role": "attacker", "kind": "military"}
        return claim(
            **{"type": "attack", "actors": [guard, {**MINUSCA, "role": "target"}], "quantity": None,
               "time": "2021-11-01", "place": {"name": "Bangui"}, "slots": {"tactic": "shooting"}, **fields}
        )  # fmt: skip

    denial = shooting(modality="denied", attributed_to="Government Y")
    for modality in ("asserted", "reported", "alleged"):
        found = opposing(shooting(modality=modality), denial)
        assert [(d.kind, d.field) for d in found] == [("outcome", "modality")]
        assert [s.reading for s in found[0].sides][1] == "denied by Government Y"
    other = {"name": "Army Z", "role": "attacker", "kind": "military"}
    for fields in (
        {"modality": "denied"},
        {"modality": "planned"},
        {"time": "2021-11-09"},
        {"time": None},
        {"place": {"name": "Bria"}},
        {"slots": {"tactic": "mortar"}},
        {"actors": [other, {**MINUSCA, "role": "target"}]},
        {"actors": [{"name": "Guard X", "role": "attacker", "kind": "military"}, {**RWANDA, "role": "target"}]},
    ):
        assert kinds(shooting(**fields), denial) == [], fields
    sent = claim(actors=[RWANDA, HOST], quantity={"value": 500, "unit": "soldiers", "measure": "flow"}, time="2021-07")
    bigger = {**sent, "quantity": {"value": 2000, "unit": "soldiers", "measure": "flow"}}
    assert kinds(sent, {**sent, "modality": "denied"}) == ["outcome"]
    assert kinds(sent, {**bigger, "modality": "denied"}) == []


def test_parts_do_not_exceed_their_total() -> None:
    total = stock(1000, actors=[MINUSCA, HOST], slots={"personnel": "troops", "scope": "mission"})
    parts = [stock(n, actors=[{**RWANDA, "name": s}, HOST, MINUSCA]) for s, n in (("Rwanda", 700), ("Burundi", 600))]
    assert kinds(total, *parts) == ["arithmetic"]
    assert kinds(total, parts[0]) == []


def test_two_ends_of_one_strategy() -> None:
    def valid(until: str, instrument: str = "SSR strategy of the testers") -> Record:
        slots = {"step": "valid", "valid": until}
        return claim(
            type="strategy_adoption", actors=[{**HOST, "role": "subject"}], quantity=None, time=None, slots=slots,
            instrument={"name": instrument},
        )  # fmt: skip

    entity = {"id": "strategy", "kind": "instrument", "name": {"en": "SSR strategy of the testers"}}
    told = [{"source": f"s{n}", **c, "locator": "p:1"} for n, c in enumerate((valid("../2022"), valid("2017/2021")))]
    found, _ = disagreements([source_record("s0"), source_record("s1"), entity, *told])
    assert [d.kind for d in found] == ["validity"]


def test_one_event_told_twice_by_one_source_and_confirmed_by_another() -> None:
    met = claim(**VISIT, time="2025-11-23", source="s1")
    assert kinds(met, met) == ["duplicate"]
    assert kinds(met, claim(**VISIT, time="2025-11-23", source="s2")) == []
