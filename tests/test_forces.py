"""Forces: hypotheses, re-hatting, assumptions, clocks; adding never hides a dispute, removing removes everywhere."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from garant.case import Case, init
from garant.claims import InputError
from tests.conftest import Record, claim_record, fill, source_record

AU = [{"name": "MISCA", "role": "operator", "kind": "mission"}]
UN = [{"name": "MINUSCA", "role": "operator", "kind": "mission"}]
RWANDA = {"name": "Rwanda", "role": "provider", "kind": "state"}
BURUNDI = {"name": "Burundi", "role": "provider", "kind": "state"}
CAR = {"name": "Central African Republic", "role": "host", "kind": "state"}


def strength(value: int | None, time: str, *, source: str = "s1", says: str = "", **more: Any) -> Record:
    """A stock of soldiers of the UN contingent of Rwanda."""
    fields: Record = {
        "type": "force_strength",
        "actors": [RWANDA, CAR, *UN],
        "quantity": {"value": value, "unit": "personnel", "measure": "stock"} if value is not None else None,
        "time": time,
        "regime": "un",
        "slots": {"personnel": "troops", "scope": "mission"},
        "source": source,
        **more,
    }
    return claim_record(says or f"Rwanda had {value} soldiers with MINUSCA in {time}.", **fields)


def flow(kind: str, value: int | None, time: str, **more: Any) -> Record:
    """An arrival or departure of soldiers of Rwanda."""
    fields: Record = {
        "type": kind,
        "quantity": {"value": value, "unit": "personnel", "measure": "flow"} if value is not None else None,
        "time": time,
        "regime": "un",
        "actors": [RWANDA, CAR, *UN],
        **more,
    }
    return claim_record(f"{value} soldiers, {kind} of {time}.", **fields)


def rows(case: Case, **asked: Any) -> list[Record]:
    return case.forces(**asked).rows


def on(case: Case, day: str, **asked: Any) -> list[tuple[str, Any, Any, str]]:
    """What holds at a date: (regime, low, high, hypothesis)."""
    found = rows(case, as_of=day, **asked)
    return [(r["regime"], r["points"][-1]["low"], r["points"][-1]["high"], r["hypothesis"]) for r in found]


def numbered(*records: Record) -> list[Record]:
    """Each claim in a place of its own."""
    return [{**record, "locator": f"p:{number}"} for number, record in enumerate(records, 1)]


def test_stocks_of_one_date_more_than_a_tenth_apart_are_hypotheses(case: Case) -> None:
    fill(
        case,
        source_record(),
        source_record("s2"),
        strength(1000, "2016-06-30"),
        strength(1300, "2016-06-30", source="s2"),
    )
    found = on(case, "2016-07-01")
    assert sorted((low, high) for _, low, high, _ in found) == [(1000, 1000), (1300, 1300)]
    assert all(hypothesis for *_, hypothesis in found)


def test_stocks_of_one_date_less_apart_are_one_band(case: Case) -> None:
    fill(
        case,
        source_record(),
        source_record("s2"),
        strength(1000, "2016-06-30"),
        strength(1050, "2016-06-30", source="s2"),
    )
    assert on(case, "2016-07-01") == [("un", 1000, 1050, "")]


def test_three_rival_counts_are_three_hypotheses_and_none_without_a_number(case: Case) -> None:
    sources = [source_record(s) for s in ("s1", "s2", "s3")]
    claims = [strength(v, "2016", source=s) for s, v in zip(("s1", "s2", "s3"), (500, 1000, 2000), strict=True)]
    fill(case, *sources, *claims)
    assert sorted(low for _, low, _, _ in on(case, "2017-01-01")) == [500, 1000, 2000]


def test_regimes_are_never_one_force(case: Case) -> None:
    bilateral = strength(750, "2016-06-30", regime="bilateral", actors=[RWANDA, CAR], slots={"personnel": "troops"})
    fill(case, source_record(), *numbered(strength(1000, "2016-06-30"), bilateral))
    assert {(r, low) for r, low, *_ in on(case, "2016-07-01")} == {("un", 1000), ("bilateral", 750)}
    assert {r["regime"] for r in rows(case, regime="bilateral")} == {"bilateral"}


def test_contingents_change_their_hat_and_keep_their_size_and_its_age(case: Case) -> None:
    arrived = flow("deployment", 850, "2014-01-16", regime="au", actors=[RWANDA, CAR, *AU])
    handover = claim_record(
        "The contingents stayed under the UN.",
        type="operation_handover",
        actors=[
            {"name": "MISCA", "role": "predecessor", "kind": "mission"},
            {"name": "MINUSCA", "role": "successor", "kind": "mission"},
        ],
        quantity=None,
        time="2014-09-15",
        slots={"rehatted": True},
        regime=None,
    )
    served = strength(977, "2017")
    fill(case, source_record(), *numbered(arrived, handover, served))
    assert on(case, "2014-09-14", regime="au") == [("au", 850, 850, "")]
    assert on(case, "2014-09-15", regime="au") == [("au", 0, 0, "")]
    before = rows(case, regime="un", as_of="9999")[0]
    assert before["predecessor"] == "Rwanda in Central African Republic, au"
    first = before["points"][0]
    assert (first["from"], first["low"], first["counted"], first["stale"]) == ("2014-09-15", 850, "2014-01-16", True)


def test_a_mission_that_ends_takes_its_contingents_with_it(case: Case) -> None:
    ends = claim_record(
        "MISCA closed.", type="withdrawal", actors=AU, quantity=None, time="2014-09-15", slots={"complete": True}
    )
    arrived = flow("deployment", 600, "2014-01-01", regime="au", actors=[BURUNDI, CAR, *AU])
    fill(case, source_record(), *numbered(arrived, ends))
    assert on(case, "2014-09-15", regime="au") == [("au", 0, 0, "")]


def test_all_of_one_contingent_leaves_and_the_operation_goes_on(case: Case) -> None:
    leaves = flow("withdrawal", 600, "2015-03", slots={"all_of": "contingent"}, actors=[BURUNDI, CAR, *UN])
    stays = strength(900, "2015-01-31")
    there = strength(600, "2015-01-31", actors=[BURUNDI, CAR, *UN], says="Burundi had 600.")
    fill(case, source_record(), *numbered(stays, there, leaves))
    assert on(case, "2015-04-01", provider="BDI") == [("un", 0, 0, "")]
    assert on(case, "2015-04-01", provider="RWA") == [("un", 900, 900, "")]


def test_a_rotation_moves_no_band(case: Case) -> None:
    rotated = flow("deployment", 500, "2016-02-01", slots={"personnel": "troops", "rotation": True})
    fill(case, source_record(), *numbered(strength(1000, "2016-01-31"), rotated))
    assert on(case, "2016-03-01") == [("un", 1000, 1000, "")]


def test_battalions_are_people_only_under_an_assumption_that_a_claim_states(case: Case) -> None:
    army = [{"name": "Central African Armed Forces", "role": "subject", "kind": "military"}]
    fourteen = claim_record(
        "The army has fourteen battalions.", type="force_structure", actors=army, time="2019",
        quantity={"value": 14, "unit": "battalions", "measure": "count"},
        slots={"element": "territorial infantry battalion", "standing": "actual"},
    )  # fmt: skip
    size = claim_record(
        "A battalion has 662 people.", type="force_structure", actors=army, quantity=None, time="2017",
        slots={"element": "territorial infantry battalion", "unit_size": 662, "standing": "planned"},
    )  # fmt: skip
    state = {"name": "Central African Republic", "role": "provider", "kind": "state"}
    there = strength(None, "2018", actors=[state, CAR], regime="national", slots={})
    entity = {"id": "an-army", "kind": "military", "name": {"en": "Central African Armed Forces"}, "country": "CAF"}
    fill(case, source_record(), entity, *numbered(fourteen, size, there))
    assert [(low, high) for _, low, high, _ in on(case, "2020-06-01")] == [(None, None)]
    claim = next(c["id"] for c in case.claims(type="force_structure") if "unit_size" in c["slots"])
    ((_, low, high, words),) = [r for r in on(case, "2020-06-01", assume=claim) if r[1] is not None]
    assert (low, high) == (14 * 662, None)
    assert "662" in words
    assert claim[:8] in words
    with pytest.raises(InputError, match="states no size of a unit"):
        case.forces(assume=next(c["id"] for c in case.claims(type="force_strength")))


def test_words_that_mean_nothing_are_refused(caf: Case) -> None:
    for asked in ({"host": "Nowhereland"}, {"provider": "Nobody"}, {"regime": "uno"}):
        with pytest.raises(InputError):
            caf.forces(**asked)


# ---- the packaged case ----------------------------------------------------------------------------------------


def test_what_was_known_of_the_bilateral_force_when_it_came(caf: Case) -> None:
    """At the end of 2020 the ministry had named no number."""
    found = rows(caf, host="CAF", provider="RWA", regime="bilateral", known_on="2020-12-31")
    assert found
    assert {(r["points"][-1]["low"], r["points"][-1]["high"]) for r in found} == {(None, None)}


def test_the_two_readings_of_750_are_two_hypotheses(caf: Case) -> None:
    found = rows(caf, host="CAF", provider="RWA", regime="bilateral")
    readings = " | ".join(r["hypothesis"] for r in found)
    assert "bilateral" in readings
    assert "United Nations" in readings
    at_once = {
        (p["low"], p["high"]) for r in found for p in r["points"] if p["from"] <= "2021-01-31" < (p["to"] or "9")
    }
    assert (750, 750) in at_once


def test_contingents_never_exceed_their_mission_without_a_disagreement(caf: Case) -> None:
    every = rows(caf, host="CAF", regime="un")
    disputed = {c for d in caf.disagreements(kind="arithmetic") for c in d["claims"]}
    wholes = [r for r in every if r["provider"] == "minusca"]
    checked = 0
    for whole in wholes:
        for total in whole["points"]:
            if total["stale"] or total["high"] is None:
                continue
            parts = {}
            for part in (r for r in every if r["provider"].isupper() and r["personnel"] == whole["personnel"]):
                for point in part["points"]:
                    if point["from"] <= total["from"] < (point["to"] or "9") and not point["stale"]:
                        parts[part["provider"]] = min(point["low"] or 0, parts.get(part["provider"], 10**9))
            checked += bool(parts)
            assert sum(parts.values()) <= total["high"] * 1.05 or set(total["claims"]) & disputed
    assert checked >= 3


def test_what_a_claim_adds_never_hides_what_is_disputed(tmp_path: Path) -> None:
    """Every open dispute on forces stays one after claims of other sources join the case."""
    copy = Case.open(init(tmp_path / "copy", from_="caf"))
    before = {d["id"]: d for d in copy.disagreements(kind=["value", "regime", "scope", "measure"])}
    more = [strength(value, "2021-06-15", source="new", locator=f"p:{value}") for value in (5, 900, 4000)]
    fill(copy, source_record("new", published="2021-07-01"), *more)
    after = {d["id"]: d for d in copy.disagreements(kind=["value", "regime", "scope", "measure"])}
    assert before.keys() <= after.keys()


@pytest.mark.parametrize("provider", ["RWA", "FRA", "RUS"])
def test_a_force_without_claims_is_nowhere(caf: Case, tmp_path: Path, provider: str) -> None:
    caf.export(tmp_path / "text")
    for name in ("decisions.jsonl", "reviews.jsonl"):
        (tmp_path / "text" / name).unlink(missing_ok=True)
    for file in (tmp_path / "text/claims").glob("*.jsonl"):
        kept = [line for line in file.read_text().splitlines() if not _names(json.loads(line), provider, caf)]
        file.write_text("".join(line + "\n" for line in kept))
    bare = Case.open(init(tmp_path / "bare", from_=str(tmp_path / "text")))
    for verb in (bare.forces, bare.consent, bare.tasks):
        assert not [row for row in verb().rows if row["provider"] == provider]
    assert rows(caf, provider=provider)


def _names(claim: Record, provider: str, caf: Case) -> bool:
    names = caf.names()
    for actor in claim.get("actors", ()):
        entity = names.resolve(actor["name"], actor.get("kind"), actor.get("entity")).entity
        known = names.entities.get(entity or "")
        if entity == provider or (known is not None and known.country == provider):
            return True
    return False


# ---- whatever is claimed --------------------------------------------------------------------------------------

claimed = st.lists(
    st.one_of(
        st.builds(strength, st.integers(0, 3000), st.sampled_from(["2015", "2015-06", "2015-06-30", "2016-01-01"])),
        st.builds(
            flow,
            st.sampled_from(["deployment", "withdrawal"]),
            st.one_of(st.none(), st.integers(1, 2000)),
            st.sampled_from(["2015-02", "2015-08-01", "2016"]),
        ),
    ),
    min_size=2,
    max_size=6,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(claimed, st.integers(0, 3000))
def test_adding_a_claim_never_makes_a_disputed_day_certain(
    tmp_path_factory: Any, records: list[Record], value: int
) -> None:
    """Where two hypotheses differ on the days that their claims cover, one more claim of those days leaves them."""
    folder = tmp_path_factory.mktemp("adding")
    one = fill(Case.open(init(folder / "one", country="CAF")), source_record(), *numbered(*records))
    two = fill(
        Case.open(init(folder / "two", country="CAF")),
        source_record(),
        *numbered(*records, strength(value, "2015-06-30", says="One more.")),
    )
    for day in ("2015-06-30", "2015-12-31"):
        before = {(low, high) for _, low, high, _ in on(one, day)}
        after = {(low, high) for _, low, high, _ in on(two, day)}
        if len(before) > 1 and day == "2015-06-30":
            assert len(after) > 1


# ---- odd, and valid -------------------------------------------------------------------------------------------


def test_what_an_undated_source_leaves_open_grows_old(case: Case) -> None:
    fill(case, source_record(published=None), strength(300, "2014/.."))
    ((_, low, high, _),) = on(case, "2026-01-01")
    assert (low, high) == (300, 300)
    assert rows(case, as_of="2026-01-01")[0]["points"][-1]["stale"] is True


def test_a_count_of_battalions_shows_presence_and_no_number(case: Case) -> None:
    two = {"value": 2, "unit": "battalions", "measure": "stock"}
    fill(case, source_record(), strength(2, "2016", quantity=two))
    assert [(low, high) for _, low, high, _ in on(case, "2017-01-01")] == [(None, None)]


def test_no_band_is_negative(case: Case) -> None:
    minus = {"value": -5, "unit": "personnel", "measure": "stock"}
    fill(case, source_record(), strength(5, "2016", quantity=minus))
    assert all((low or 0) >= 0 for _, low, _, _ in on(case, "2017-01-01"))


def test_json_of_every_verb_is_json(caf: Case) -> None:
    for verb in ("forces", "consent", "tasks", "operations", "mandates", "rank", "dependence", "visits", "motives"):
        told = json.loads(getattr(caf, verb)().to_json(), parse_constant=pytest.fail)
        assert told, verb
        assert not [key for row in told for key in row if key.startswith("_")]
