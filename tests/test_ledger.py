"""The ledger: append-only, all or nothing, three dates on every query, reviews, several processes."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest
import sqlalchemy as sa

from garant.case import Case, init
from garant.claims import Claim, InputError
from garant.ledger import Clocks, Ledger, stamp_to_text, text_to_stamp
from garant.ledger.clocks import now_stamp
from garant.ledger.tables import metadata
from tests.conftest import Record, claim_record, fill, source_record, write_lines


def ids(case: Case, **query: object) -> list[str]:
    return [row["id"] for row in case.claims(**query)]  # type: ignore[arg-type]


def id_of(**fields: object) -> str:
    return str(Claim.model_validate(claim_record(**fields)).id)


# ---- import ---------------------------------------------------------------------------------------------------


def test_importing_twice_adds_nothing(case: Case, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "in.jsonl", source_record(), claim_record(), claim_record(locator="p:2"))
    assert {row["what"]: row["added"] for row in case.import_(file)} == {"claims": 2, "sources": 1}
    before = case.ledger.revision()
    assert {row["what"]: row["known"] for row in case.import_(file)} == {"claims": 2, "sources": 1}
    assert case.ledger.revision() == before


def test_the_same_claim_twice_in_one_file_is_one(case: Case) -> None:
    fill(case, source_record(), claim_record(), claim_record(says="Otherwise worded."))
    assert len(case.claims()) == 1


@pytest.mark.parametrize(
    "bad",
    [
        claim_record(locator="p:3", time="2021-02-30"),
        claim_record(locator="p:3", source="nowhere"),
        {"not": "a claim"},
    ],
)
def test_one_bad_line_and_nothing_lands(case: Case, tmp_path: Path, bad: Record) -> None:
    good = [claim_record(locator=f"p:{n + 10}") for n in range(5_000)]  # more than one batch
    file = write_lines(tmp_path / "in.jsonl", source_record(), *good, bad)
    before = case.ledger.revision()
    with pytest.raises(InputError) as refused:
        case.import_(file)
    assert "in.jsonl" in str(refused.value)
    assert case.ledger.revision() == before
    assert case.ledger.sources() == {}


def test_the_line_and_field_are_named(case: Case, tmp_path: Path) -> None:
    bad = claim_record(locator="p:3", quantity={"low": 5, "high": 3})
    file = write_lines(tmp_path / "in.jsonl", source_record(), claim_record(), bad)
    with pytest.raises(InputError, match=r"in\.jsonl, line 3: quantity: low 5 is larger than high 3"):
        case.import_(file)


# ---- the three dates ------------------------------------------------------------------------------------------


@pytest.fixture
def dated(case: Case) -> Case:
    """Sources of 2016, 2020 and without a date, claims of several times."""
    undated = {k: v for k, v in source_record("s3").items() if k != "published"}
    return fill(
        case,
        source_record("s1", published="2016-05"),
        source_record("s2", published="2020-06-15"),
        undated,
        claim_record(locator="p:1", time="2015-03-03"),
        claim_record(locator="p:2", time="2015"),
        claim_record(locator="p:3", time=None),
        claim_record(source="s2", locator="p:4", time="2019/.."),
        claim_record(source="s3", locator="p:5", time="2014~"),
    )


@pytest.mark.parametrize(
    ("as_of", "locators"),
    [
        ("2013", ["p:3"]),
        ("2014-06", ["p:3"]),  # 2014~ means its last day
        ("2014", ["p:3", "p:5"]),
        ("2015-03-02", ["p:3", "p:5"]),
        ("2015-03-03", ["p:3", "p:5", "p:1"]),
        ("2015-12-30", ["p:3", "p:5", "p:1"]),
        ("2015-12", ["p:3", "p:5", "p:1", "p:2"]),
        ("2019", ["p:3", "p:5", "p:1", "p:2", "p:4"]),
    ],
)
def test_as_of_keeps_what_had_begun_and_what_has_no_time(dated: Case, as_of: str, locators: list[str]) -> None:
    result = dated.claims(as_of=as_of)
    assert [row["locator"] for row in result] == locators
    assert any("without a time" in note for note in result.notes)


@pytest.mark.parametrize(
    ("known_on", "locators", "note"),
    [
        ("2016-05-30", [], "4 claims of sources published after"),
        ("2016-05-31", ["p:3", "p:1", "p:2"], "1 claim of sources published after"),
        ("2016-05", ["p:3", "p:1", "p:2"], "1 claim of undated sources"),
        ("2020-06-14", ["p:3", "p:1", "p:2"], "1 claim of sources published after"),
        ("2020-06-15", ["p:3", "p:1", "p:2", "p:4"], "1 claim of undated sources"),
    ],
)
def test_known_on_is_the_last_day_of_publication(dated: Case, known_on: str, locators: list[str], note: str) -> None:
    result = dated.claims(known_on=known_on)
    assert [row["locator"] for row in result] == locators
    assert any(note in n for n in result.notes), result.notes


def test_without_known_on_undated_sources_count(dated: Case) -> None:
    assert len(dated.claims()) == 5


def test_ledger_on_replays(case: Case) -> None:
    fill(case, source_record(), claim_record())
    between = stamp_to_text(now_stamp())
    fill(case, claim_record(locator="p:2"))
    case.review(id_of(), "reject", by="a")
    after = stamp_to_text(now_stamp())
    assert ids(case, ledger_on=between) == [id_of()]
    assert ids(case, ledger_on=after) == ids(case) == [id_of(locator="p:2")]
    assert ids(case, ledger_on="2020-01-01") == []


def test_a_new_version_of_a_source_counts_from_when_it_was_recorded(case: Case) -> None:
    fill(case, source_record(published="2020"), claim_record())
    between = stamp_to_text(now_stamp())
    fill(case, source_record(published="2016"))
    assert len(case.claims(known_on="2017")) == 1
    assert len(case.claims(known_on="2017", ledger_on=between)) == 0


def test_clocks_read_what_a_user_writes() -> None:
    day = text_to_stamp("2026-11-22T23:59:59.999999Z")
    assert Clocks.read(ledger_on="2026-11-22").ledger_stamp == day
    assert Clocks.read(ledger_on="2026-11-22T10:00:00+01:00").ledger_stamp == text_to_stamp("2026-11-22T09:00:00Z")
    with pytest.raises(InputError, match="as_of"):
        Clocks.read(as_of="next week")
    with pytest.raises(InputError, match="no date and time"):
        Clocks.read(ledger_on="2026T")


# ---- who and where --------------------------------------------------------------------------------------------


def test_filters_by_resolved_names(case: Case) -> None:
    french = [{"name": "Rwandais", "role": "provider"}, {"name": "Centrafrique", "role": "host"}]
    other = [{"name": "Burundi", "role": "provider"}, {"name": "Central African Republic", "role": "host"}]
    both = [{"name": n, "role": "provider"} for n in ("Rwanda", "Rwandan", "Burundi")] + [other[1]]
    fill(
        case,
        source_record(),
        claim_record(locator="p:1"),
        claim_record(locator="p:2", actors=french),
        claim_record(locator="p:3", actors=other),
        claim_record(locator="p:4", actors=both, place={"name": "Radio Hill"}),
    )
    assert [r["locator"] for r in case.claims(provider="RWA", host="CAF")] == ["p:1", "p:2", "p:4"]
    assert [r["locator"] for r in case.claims(provider="burundais")] == ["p:3", "p:4"]
    assert [r["locator"] for r in case.claims(host="Central African Republic")] == ["p:1", "p:2", "p:3", "p:4"]
    assert [r["locator"] for r in case.claims(actor="RWA")] == ["p:1", "p:2", "p:4"]
    assert [r["locator"] for r in case.claims(actor="radio hill")] == ["p:4"]
    assert case.claims(provider="RWA", type="training").rows == []
    assert case.claims()[1]["actors"][0]["entity"] == "RWA"
    with pytest.raises(InputError, match="no entity is called"):
        case.claims(provider="Atlantis")


def test_a_new_alias_changes_what_old_claims_stand_for(case: Case) -> None:
    actors = [{"name": "the hill people", "role": "provider"}]
    fill(case, source_record(), claim_record(actors=actors))
    assert case.claims(provider="RWA").rows == []
    before = stamp_to_text(now_stamp())
    case.entities("RWA", alias="the hill people", by="a")
    assert len(case.claims(provider="RWA")) == 1
    assert case.claims(provider="RWA", ledger_on=before).rows == []


# ---- reviews --------------------------------------------------------------------------------------------------

READER = {"kind": "program", "name": "reader", "version": "1"}


def test_a_programs_claims_are_proposals_until_accepted(case: Case) -> None:
    fill(case, source_record(), claim_record(coder=READER))
    assert case.claims().rows == []
    assert case.claims(proposed=True)[0]["status"] == "proposed"
    case.review(id_of(), "accept", by="a")
    assert case.claims()[0]["status"] == "accepted"


def test_the_latest_review_applies_and_all_are_kept(case: Case) -> None:
    fill(case, source_record(), claim_record())
    for verdict in ("reject", "accept", "reject"):
        case.review(id_of(), verdict, by="a")  # type: ignore[arg-type]
    assert case.claims().rows == []
    assert [r["verdict"] for r in case.review(id_of())] == ["reject", "accept", "reject"]
    assert case.claims(status="all")[0]["status"] == "rejected"


def test_a_correction_supersedes_and_the_original_stays(case: Case) -> None:
    fill(case, source_record(), claim_record(time="2021-06-05"))
    case.review(id_of(time="2021-06-05"), "correct", changes={"time": "2021-08-05", "quantity.value": 540}, by="a")
    (now,) = case.claims()
    assert (now["time"], now["quantity"]["value"], now["coder"]["name"]) == ("2021-08-05", 540, "a")
    assert now["says"].endswith("[corrected: time 2021-08-05, quantity.value 540]")
    old = case.claims(status="superseded")[0]
    assert old["superseded_by"] == now["id"]
    assert old["time"] == "2021-06-05"


def test_a_correction_that_changes_nothing_or_breaks_the_claim_is_refused(case: Case) -> None:
    fill(case, source_record(), claim_record())
    before = case.ledger.revision()
    assert "[corrected:" not in case.claims()[0]["says"]
    with pytest.raises(InputError, match="changes nothing"):
        case.review(id_of(), "correct", changes={"says": "Better said."}, by="a")
    with pytest.raises(InputError, match="quantity"):
        case.review(id_of(), "correct", changes={"quantity.value": "many"}, by="a")
    with pytest.raises(InputError, match="there is no claim"):
        case.review("ffffff", "accept", by="a")
    assert case.ledger.revision() == before


def test_a_rereading_of_a_reviewed_span_is_its_alternative(case: Case) -> None:
    def read(start: int, value: int) -> Record:
        span = {"locator": None, "says": None, "start": start, "end": start + 4, "quote": "text"}
        return claim_record(**span, coder=READER, quantity={"value": value, "unit": "personnel"})

    fill(case, source_record(), read(10, 400))
    first = case.claims(status="all")[0]["id"]
    case.review(first, "accept", by="a")
    fill(case, read(12, 540), read(40, 700))
    rows = {row["quantity"]["value"]: row for row in case.claims(status="all")}
    assert rows[540]["alternative_of"] == first
    assert rows[540]["status"] == "proposed"
    assert "alternative_of" not in rows[700]
    assert rows[400]["status"] == "accepted"


# ---- files and processes --------------------------------------------------------------------------------------


def _import(folder: str, file: str) -> None:
    Case.open(folder).import_(file)


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    folder = init(tmp_path / "case")
    files = [
        write_lines(
            tmp_path / f"{w}.jsonl", source_record(), *(claim_record(locator=f"p:{w}{n:04}") for n in range(900))
        )
        for w in (1, 2)
    ]
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_import, args=(str(folder), str(f))) for f in files]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [w.exitcode for w in workers] == [0, 0]
    assert len(Case.open(folder).claims()) == 1_800


def test_a_reader_sees_the_old_state_while_another_writes(case: Case) -> None:
    fill(case, source_record(), claim_record())
    with case.ledger.writing() as writer:
        writer.claims([Claim.model_validate(claim_record(locator="p:2"))])
        assert len(Case.open(case.folder).claims()) == 1
    assert len(case.claims()) == 2


def test_a_ledger_of_a_newer_version_is_refused(case: Case) -> None:
    with case.ledger._engine.begin() as db:
        db.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(InputError, match="newer Garant"):
        Case.open(case.folder)


def test_a_file_that_is_no_ledger_is_refused(case: Case) -> None:
    (case.folder / "ledger.db").write_bytes(b"hello" * 1000)
    with pytest.raises(InputError, match=r"ledger\.db"):
        Case.open(case.folder)


def test_the_migrations_make_the_tables_that_the_code_uses(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    ledger = Ledger.create(tmp_path / "ledger.db")
    with ledger.reading() as db:
        assert compare_metadata(MigrationContext.configure(db), metadata) == []


def test_a_tampered_record_is_found(case: Case) -> None:
    fill(case, source_record(), claim_record())
    with case.ledger._engine.begin() as db:
        record = json.loads(db.scalar(sa.text("SELECT record FROM claim")))
        record["quantity"]["value"] = 6_000
        db.execute(sa.text("UPDATE claim SET record = :r"), {"r": json.dumps(record)})
    (finding,) = [row for row in case.check() if row["severity"] == "error"]
    assert "does not match its content" in finding["what"]


def test_correcting_twice_leaves_one_claim(case: Case) -> None:
    fill(case, source_record(), claim_record())
    case.review(id_of(), "correct", changes={"time": "2016"}, by="a")
    between = stamp_to_text(now_stamp())
    case.review(id_of(), "correct", changes={"time": "2017"}, by="b")
    assert [row["time"] for row in case.claims()] == ["2017"]
    assert [row["time"] for row in case.claims(ledger_on=between)] == ["2016"]
    case.review(id_of(), "accept", by="c")
    assert [row["time"] for row in case.claims()] == ["2015-03-03"]
    assert sorted(row["time"] for row in case.claims(status="superseded")) == ["2016", "2017"]


def test_a_replacement_that_stood_before_stands_on_its_own(case: Case) -> None:
    fill(case, source_record(), claim_record(), claim_record(time="2016", coder={"kind": "person", "name": "a"}))
    case.review(id_of(), "correct", changes={"time": "2016"}, by="a")
    case.review(id_of(), "reject", by="a")
    assert [row["time"] for row in case.claims()] == ["2016"]


def test_undoing_a_chain_of_corrections_leaves_the_first_claim(case: Case) -> None:
    fill(case, source_record(), claim_record())
    case.review(id_of(), "correct", changes={"time": "2016"}, by="a")
    second = case.claims()[0]["id"]
    case.review(second, "correct", changes={"time": "2017"}, by="a")
    assert [row["time"] for row in case.claims()] == ["2017"]
    case.review(id_of(), "accept", by="a")
    assert [row["time"] for row in case.claims()] == ["2015-03-03"]


def test_the_same_correction_again_changes_nothing_of_what_counts(case: Case) -> None:
    fill(case, source_record(), claim_record())
    for _ in range(2):
        case.review(id_of(), "correct", changes={"time": "2016"}, by="a")
        assert [row["time"] for row in case.claims()] == ["2016"]
    case.review(id_of(), "correct", changes={"actors.0.name": "Burundi"}, by="a")
    assert case.claims()[0]["actors"][0]["name"] == "Burundi"
    with pytest.raises(InputError, match="does not lead to a field"):
        case.review(id_of(), "correct", changes={"actors.7.name": "Burundi"}, by="a")


@pytest.mark.parametrize("name", ["a b", "q?mode=memory", "p%41c", "h#a", "é&x=1", "100%"])
def test_a_case_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    folder = init(tmp_path / name, from_="caf")
    assert sorted(f.name for f in folder.iterdir()) == ["case.toml", "figures", "ledger.db"]
    assert len(Case.open(folder).claims()) == len(Case.open("caf").claims())
    assert [f.name for f in tmp_path.iterdir()] == [name]


def test_going_back_to_an_earlier_version_of_a_source_is_a_version(case: Case) -> None:
    for published in ("2020", "2021", "2020"):
        fill(case, source_record(published=published))
    assert case.ledger.sources()["s1"].published == "2020"
    assert len(case.ledger.source_versions()) == 3


def test_a_claim_counts_only_from_when_its_source_was_recorded(tmp_path: Path) -> None:
    folder = tmp_path / "text"
    write_lines(folder / "sources.jsonl", source_record())
    write_lines(folder / "claims/s1.jsonl", claim_record(recorded_at="2024-01-01T00:00:00Z"))
    (folder / "case.toml").write_text('title = "T"\n')
    copy = Case.open(init(tmp_path / "copy", from_=str(folder)))
    assert copy.claims(ledger_on="2024-06").rows == []
    assert copy.brief(tmp_path / "b.html", ledger_on="2024-06").exists()
    assert len(copy.claims()) == 1
