"""The verb: documents enter a case as proposals, copies are known, bad files do not stop the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("spacy")

from garant.case import Case, init
from garant.claims import InputError
from tests.conftest import Run

STORY = (
    "Rwanda sent 1,000 soldiers to Mozambique on 9 July 2021.\n\n"
    "The leaders of both countries praised their work and spoke about trade, schools, roads and health "
    "in the north.\n\n"
    "On 8 August 2021 the soldiers captured the port, and residents who had fled began to come home "
    "with their families.\n"
)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    (folder / "copy.md").write_text(f"{STORY}\n(An agency)\n", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "noise.txt").write_bytes(b"\x00\x01" * 50)
    return folder


def test_proposals_with_quotes(case: Case, desk: Path) -> None:
    result = case.read([desk / "story.txt"], published="2021-08-10")
    (claim,) = [r for r in result.rows if r["type"] == "deployment"]
    assert claim["quote"] == STORY[claim["start"] : claim["end"]]
    assert claim["coder"]["kind"] == "program"
    assert 0 < claim["confidence"] <= 1
    assert case.claims().rows == []
    assert {r["id"] for r in case.claims(proposed=True).rows} == {r["id"] for r in result.rows}


def test_a_dry_run_writes_nothing(desk: Path, caf: Case, case: Case) -> None:
    assert caf.read([desk / "story.txt"], dry_run=True).rows
    case.read([desk / "story.txt"], dry_run=True)
    assert case.sources().rows == []
    assert not (case.folder / "documents").exists()


def test_the_packaged_case_is_read_only(caf: Case, desk: Path) -> None:
    with pytest.raises(InputError, match="read-only"):
        caf.read([desk / "story.txt"])


def test_a_copy_is_no_second_source(case: Case, desk: Path) -> None:
    result = case.read([desk / "story.txt", desk / "copy.md"], published="2021-08-10")
    assert case.sources(["copy"])[0]["origins"] == ["story"]
    assert any("copies story" in n for n in result.notes)


def test_bad_files_do_not_stop_the_others(case: Case, desk: Path) -> None:
    result = case.read([desk])
    assert {r["doc"] for r in result.rows} == {"story.txt", "copy.md"}
    assert len(result.failed) == 2
    assert all("\n" not in s for s in result.failed)
    assert any("date published is unknown" in n for n in result.notes)


def test_reading_again_repeats_nothing(case: Case, desk: Path) -> None:
    first = case.read([desk / "story.txt"], published="2021-08-10")
    (case.folder / "documents" / "index.jsonl").unlink()  # as if the run had been killed before it was noted
    assert case.read([desk / "story.txt"], published="2021-08-10").rows == first.rows
    assert len(case.claims(status="all").rows) == len(first.rows)
    again = case.read([desk / "story.txt"], published="2021-08-10")
    assert again.rows == []
    assert "read before" in again.notes[0]


def test_accepting_above_a_sureness(case: Case, desk: Path) -> None:
    case.read([desk / "story.txt"], published="2021-08-10")
    made = case.review(verdict="accept", above=0.5)
    assert len(made) == len(case.claims().rows) > 0
    assert len(case.review(verdict="accept", above=0.5)) == 0
    with pytest.raises(InputError, match="--above"):
        case.review(verdict="reject", above=0.5)


def test_the_command(run: Run, desk: Path) -> None:
    done = run(
        "read", str(desk / "story.txt"), str(desk / "empty.txt"), "--dry-run", "--json", "--published", "2021-08-10"
    )
    assert done.returncode == 1
    assert all(line.startswith("{") for line in done.stdout.splitlines())
    assert "is empty" in done.stderr
    assert "Traceback" not in done.stderr
    text = run("read", "--text", str(desk / "story.txt"))
    assert text.stdout == STORY


def test_the_packaged_documents_make_the_brief(shared: Path, tmp_path: Path) -> None:
    """Both documents, read into an empty case: what is sure enough shows forces, agreements, training, recruitment."""
    case = Case.open(init(tmp_path / "read", country="CAF"))
    case.read([next((shared / "seeds").glob("000*.txt"))], published="2022-05~")
    case.read([next((shared / "seeds").glob("002*.txt"))], published="2025-11-23")
    case.review(verdict="accept", above=0.5)
    types = {r["type"] for r in case.claims(as_of="9999").rows}
    assert types >= {"deployment", "force_strength", "agreement", "training", "recruitment"}
    page = tmp_path / "brief.html"
    case.brief(page)
    text = page.read_text(encoding="utf-8")
    assert all(number in text for number in ("750", "3,500"))
    guessed = [r for r in case.claims(as_of="9999", status="proposed").rows if "actors" in (r.get("derived") or ())]
    for number in ("400", "4,686"):  # the sentences name no sender, so they are no surer than a guess
        assert [r["confidence"] < 0.5 for r in guessed if number in str(r["quote"])] == [True]
