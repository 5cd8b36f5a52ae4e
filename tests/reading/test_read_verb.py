"""The verb: documents enter a case as proposals, copies are known, bad files do not stop the rest."""

from __future__ import annotations

import html
import re
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


@pytest.mark.shared
def test_a_brief_from_text(shared: Path, run: Run, tmp_path: Path) -> None:
    """Both documents, read into an empty case, and what is sure enough accepted: the brief shows the main facts."""
    case = Case.open(init(tmp_path / "c", country="CAF"))
    for begins, published in (("000", "2022-05~"), ("002", "2025-11-23")):
        done = run(
            "read", str(next((shared / "seeds").glob(f"{begins}*.txt"))), "--published", published, "--case", "c"
        )
        assert done.returncode == 0, done.stderr
    assert case.claims(as_of="9999").rows == []
    assert run("review", "--accept", "--above", "0.5", "--case", "c").returncode == 0

    def facts(type: str, role: str) -> list[tuple[str, object, str | None]]:
        """(actor in a role, value, time) of the accepted claims of a type."""
        rows = [r for r in case.claims(as_of="9999").rows if r["type"] == type]
        named = [
            (a["name"], r.get("quantity", {}), r.get("time")) for r in rows for a in r["actors"] if a["role"] == role
        ]
        return [(name, q.get("value", (q.get("low"), q.get("high"))), time) for name, q, time in named]

    rwanda = "Rwanda"
    assert (rwanda, 750, "2020-12-21") in facts("deployment", "provider")
    assert (14000, 15000) in [value for _, value, _ in facts("force_strength", "subject")]
    assert {(rwanda, 5, "2019-10-15"), (rwanda, (None, None), "2025-02")} <= set(facts("agreement", "signatory"))
    assert ("Rwanda Defence Force", 438, "2025-03") in facts("training", "trainer")
    assert {(3500, "2021-10/2021-12"), (1311, "2022-03")} <= {(v, t) for _, v, t in facts("recruitment", "recruiter")}
    assert (rwanda, 5, "2013") in facts("contribution_rank", "provider")

    first = [d for d in case.disagreements(as_of="9999").rows if d["kind"] == "date" and rwanda in d["subject"]]
    assert any({side["sources"][0][:3] for side in d["sides"]} == {"000", "002"} for d in first)
    assert any(re.search("2007", str(d["sides"])) and re.search("2014", str(d["sides"])) for d in first)

    assert run("brief", "--case", "c", "--sections", "all", "--output", "page.html").returncode == 0
    page = html.unescape(re.sub(r"<[^>]+>", " ", (tmp_path / "page.html").read_text(encoding="utf-8")))
    for printed in ("750 Rwandan units", "3,500", "438", "October 15, 2019", "what is called the first presence"):
        assert printed in page

    unsure = [r for r in case.claims(as_of="9999", status="proposed").rows if "actors" in (r.get("derived") or ())]
    for number in ("400", "4,686"):  # the sentences name no sender, so they are no surer than a guess
        assert [r["confidence"] < 0.5 for r in unsure if number in str(r["quote"])] == [True]
