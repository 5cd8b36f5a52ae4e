"""The text form: lossless out and in, merging without loss, nothing foreign overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from garant.case import Case, init
from garant.claims import Claim, InputError
from garant.ledger import Decision, Ledger, now_stamp, stamp_to_text
from garant.ledger.text import read_text
from tests.conftest import claim_record, fill, source_record, write_lines
from tests.test_claim import records


def files(folder: Path) -> dict[str, str]:
    return {str(f.relative_to(folder)): f.read_text() for f in sorted(folder.rglob("*")) if f.is_file()}


def id_of(**fields: object) -> str:
    return str(Claim.model_validate(claim_record(**fields)).id)


@pytest.fixture
def lived_in(case: Case) -> Case:
    """A case with every kind of record."""
    fill(case, source_record(), source_record("s2"), claim_record(), claim_record(locator="p:2", source="s2"))
    fill(case, source_record("s2", title="A better title"))
    case.review(id_of(), "correct", changes={"time": "2015-04"}, by="a", note="misprint")
    case.entities("RWA", alias="the hill people", by="a")
    case.entities(merge="misca", into="minusca", by="b")
    decision = Decision(
        disagreement="d1", side="left", claims=[id_of()], note="as published", by="a", at=stamp_to_text(now_stamp())
    )
    with case.ledger.writing() as writer:
        writer.decision(decision)
    return case


def test_out_and_in_is_lossless(lived_in: Case, tmp_path: Path) -> None:
    lived_in.export(tmp_path / "one")
    copy = Case.open(init(tmp_path / "copy", from_=str(tmp_path / "one")))
    copy.export(tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert copy.changes().rows == lived_in.changes().rows
    assert copy.ledger.counts() == lived_in.ledger.counts()


def test_importing_into_an_empty_case_keeps_the_dates_and_merging_stamps_now(lived_in: Case, tmp_path: Path) -> None:
    lived_in.export(tmp_path / "text")
    empty = Case.open(init(tmp_path / "empty"))
    empty.import_(tmp_path / "text")
    assert [c["recorded_at"] for c in empty.changes()] == [c["recorded_at"] for c in lived_in.changes()]
    other = fill(Case.open(init(tmp_path / "other")), source_record("s9"))
    before = stamp_to_text(now_stamp())
    other.import_(tmp_path / "text")
    merged = [c for c in other.changes() if c["id"] != "s9"]
    assert len(merged) == len(lived_in.changes())
    assert all(c["recorded_at"] > before for c in merged)


def test_two_colleagues_merge_and_nobodys_review_is_lost(tmp_path: Path, case: Case) -> None:
    fill(case, source_record(), claim_record(), claim_record(locator="p:2"))
    case.export(tmp_path / "base")
    mine, theirs = (Case.open(init(tmp_path / who, from_=str(tmp_path / "base"))) for who in ("mine", "theirs"))
    mine.review(id_of(), "reject", by="me")
    theirs.review(id_of(), "accept", by="them")
    theirs.review(id_of(locator="p:2"), "reject", by="them")
    fill(theirs, source_record("s2"), claim_record(source="s2"))
    mine.export(tmp_path / "from-me")
    theirs.export(tmp_path / "from-them")
    mine.import_(tmp_path / "from-them")
    theirs.import_(tmp_path / "from-me")
    for merged in (mine, theirs):
        assert sorted((r["by"], r["verdict"]) for r in merged.review()) == [
            ("me", "reject"),
            ("them", "accept"),
            ("them", "reject"),
        ]
        assert [row["source"] for row in merged.claims()] == ["s1", "s2"]  # the later decision on the first applies
        (rival,) = [row for row in merged.check() if row["kind"] == "rival reviews"]
        assert "me: reject" in rival["what"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(records(), min_size=1, max_size=6))
def test_any_claims_survive_the_text_form(
    tmp_path_factory: pytest.TempPathFactory, made: list[dict[str, object]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    ledger = Ledger.create(folder / "ledger.db")
    with ledger.writing() as writer:
        from garant.claims import Source

        writer.source(Source.model_validate(source_record()))
        writer.claims([Claim.model_validate(m) for m in made])
    from garant.ledger.text import write_text

    (folder / "text").mkdir()
    write_text(ledger, folder / "text")
    again = Ledger.create(folder / "again.db")
    with again.writing() as writer:
        read_text(folder / "text", writer)
    assert list(again.claim_records()) == list(ledger.claim_records())


def test_what_claims_prints_can_be_imported(caf: Case, case: Case, tmp_path: Path) -> None:
    fill(case, *(s.to_record() for s in caf.ledger.sources().values()))
    printed = tmp_path / "claims.jsonl"
    printed.write_text(caf.claims(as_of="9999").to_json())
    case.import_(printed)
    assert {c["id"] for c in case.claims()} == {c["id"] for c in caf.claims()}


def test_a_folder_with_other_files_is_not_written_to(case: Case, tmp_path: Path) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    with pytest.raises(InputError, match="holds other files"):
        case.export(tmp_path / "thesis")
    assert files(tmp_path / "thesis") == {"chapter.txt": "mine"}


def test_an_export_into_a_git_folder_replaces_the_earlier_one(lived_in: Case, tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    lived_in.export(tmp_path / "repo")
    fill(lived_in, claim_record(locator="p:9"))
    lived_in.export(tmp_path / "repo")
    assert not [name for name in os.listdir(tmp_path / "repo") if name.startswith(".") and name != ".git"]
    copy = Case.open(init(tmp_path / "copy", from_=str(tmp_path / "repo")))
    assert copy.ledger.counts() == lived_in.ledger.counts()


def test_a_line_changed_by_hand_is_refused_with_its_place(lived_in: Case, tmp_path: Path) -> None:
    lived_in.export(tmp_path / "text")
    file = tmp_path / "text/claims/s2.jsonl"
    file.write_text(file.read_text().replace('"value":600', '"value":6000'))
    with pytest.raises(InputError, match=r"s2\.jsonl, line 1: id: .* does not match"):
        init(tmp_path / "copy", from_=str(tmp_path / "text"))
    assert not (tmp_path / "copy").exists()


def test_a_review_without_its_claim_is_refused(lived_in: Case, tmp_path: Path) -> None:
    lived_in.export(tmp_path / "text")
    write_lines(tmp_path / "text/claims/s1.jsonl")
    with pytest.raises(InputError, match=r"reviews\.jsonl, line 1"):
        Case.open(init(tmp_path / "new")).import_(tmp_path / "text")


def test_an_export_does_not_mix_with_that_of_another_case(lived_in: Case, tmp_path: Path) -> None:
    lived_in.export(tmp_path / "text")
    before = files(tmp_path / "text")
    other = Case.open(init(tmp_path / "other"))
    with pytest.raises(InputError, match="text of another case"):
        other.export(tmp_path / "text")
    assert files(tmp_path / "text") == before


def test_merging_keeps_what_a_correction_did_not_bring(tmp_path: Path) -> None:
    one = fill(Case.open(init(tmp_path / "one")), source_record(), claim_record(), claim_record(time="2016"))
    one.review(id_of(), "correct", changes={"time": "2016"}, by="a")
    one.review(id_of(), "accept", by="a")
    one.export(tmp_path / "text")
    two = fill(Case.open(init(tmp_path / "two")), source_record("s9"))
    two.import_(tmp_path / "text")
    assert [row["time"] for row in two.claims()] == [row["time"] for row in one.claims()] == ["2015-03-03", "2016"]
