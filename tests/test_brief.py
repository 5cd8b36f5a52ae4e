"""The brief: self-contained, every figure with its footnote, true to the clocks, printable."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from garant.case import Case, init
from garant.claims import InputError, Source
from garant.ledger import ClaimQuery, Clocks
from tests.conftest import claim_record, fill, source_record
from tests.datasets.invented import MAPS, site, table

LATE = "2026-01-31"
CHROMIUM = "/usr/bin/chromium"


class Page(HTMLParser):
    """What a test needs of a page: ids, references, loaded addresses, footnotes by claim, text by section."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.loads: list[str] = []
        self.claims: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name == "href" and value and tag == "a":
                self.targets.append(value)
            if name in ("src", "srcset", "data") or (name == "href" and tag in ("link", "use", "image")):
                self.loads.append(str(value))
            if name == "data-claim" and value:
                self.claims.append(value)
        if tag in ("script", "iframe", "object", "embed"):
            self.loads.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def html(caf: Case, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The brief with every chapter."""
    written = caf.brief(tmp_path_factory.mktemp("brief") / "brief.html", sections=["all"], as_of=LATE)
    return written.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plain(caf: Case, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The brief as it is printed when nothing is asked for."""
    return caf.brief(tmp_path_factory.mktemp("brief") / "brief.html", as_of=LATE).read_text(encoding="utf-8")


def test_it_loads_nothing_from_anywhere(html: str) -> None:
    page = Page(html)
    assert page.loads == []
    assert "url(" not in html
    assert "@import" not in html
    assert all(target.startswith("#") for target in page.targets)


def test_every_reference_leads_somewhere_and_every_claim_has_one_footnote(html: str, caf: Case) -> None:
    page = Page(html)
    assert {target.removeprefix("#") for target in page.targets} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    accepted = {str(e.claim.id) for e in caf.entries(ClaimQuery(Clocks.read(as_of=LATE)))}
    assert sorted(page.claims) == sorted(accepted)
    notes = [i for i in page.ids if i.startswith("note-")]
    assert notes == [f"note-{n + 1}" for n in range(len(notes))]
    assert len(notes) > len(accepted)  # rows of a dataset have notes of their own


def test_every_line_of_a_table_with_a_figure_has_a_footnote(html: str) -> None:
    """But for counts of the case itself and for shares worked out from the numbers beside them."""
    body = html[html.index('<section id="bottom-line">') : html.index('<section id="notes">')]
    body = re.sub(r'<section id="holdings">.*?</section>', "", body, flags=re.DOTALL)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL)
    with_figures = [row for row in rows if re.search(r"\d", re.sub(r"<[^>]+>", "", row))]
    assert len(with_figures) > 100
    assert [row for row in with_figures if "#note-" not in row] == []


def test_the_figures_of_the_first_page_are_the_counts_of_the_ledger(html: str, caf: Case) -> None:
    claims = [e.claim for e in caf.entries(ClaimQuery(Clocks.read(as_of=LATE)))]
    sources = caf.ledger.sources()
    cited = {c.source for c in claims}
    said = (
        f"{len(claims)} accepted statements from {len(cited)} sources of {len({sources[s].publisher for s in cited})}"
    )
    assert said in " ".join(Page(html).text.split())


def test_three_figures_lead_to_their_sentence(html: str, caf: Case, shared: Path) -> None:
    """A figure of the table, its footnote, the footnote's claim, the claim's sentence."""
    rows = {r["id"]: r for r in caf.claims(source=["000", "002"], text_dir=shared / "seeds", as_of=LATE)}
    statements = html[html.index('<section id="statements">') :]
    for figure, words in (
        (">977 personnel", "977 troops"),
        ("14,000–15,000", "between 14,000 and 15,000"),
        (">438 personnel", "438"),
    ):
        row = next(
            row for row in re.findall(r"<tr>(.*?)</tr>", statements, re.DOTALL) if figure in row and "#note-" in row
        )
        number = re.findall(r"#note-(\d+)", row)
        note = re.search(rf'<li id="note-{number[-1]}" data-claim="([0-9a-f]+)"', html)
        assert note
        assert words in rows[note[1]]["sentence"]


def test_the_timeline_is_vector_and_grey(html: str) -> None:
    section = html[html.index('<section id="timeline">') : html.index('<section id="operations">')]
    svgs = re.findall(r"<svg.*?</svg>", section, re.DOTALL)
    for svg in re.findall(r"<svg.*?</svg>", html, re.DOTALL):
        _is_vector_and_grey(svg)
    for lane in ("Operations", "Mandates", "Agreements", "Deployments", "Elections"):
        assert any(lane in svg for svg in svgs)
    assert any("MINUSCA" in svg for svg in svgs)


def _is_vector_and_grey(svg: str) -> None:
    ElementTree.fromstring(svg)  # noqa: S314  # our own chart
    assert "<image" not in svg
    for colour in set(re.findall(r"(?:fill|stroke)=\"(#[0-9a-fA-F]{3,6})\"", svg)):
        digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
        assert digits[:2] == digits[2:4] == digits[4:], colour


def sources_with_a_day(caf: Case) -> list[Source]:
    return [s for s in caf.ledger.sources().values() if s.known_day is not None]


@pytest.mark.parametrize("part", range(2))
def test_as_known_the_day_before_and_the_day_of_every_publication(caf: Case, tmp_path: Path, part: int) -> None:
    """Each source's claims are absent the day before and there from the last day of its date.

    For every source in what the brief is made from, for every tenth on the page itself; in two parts, so that two
    processes share the work.
    """
    by_source: dict[str, set[str]] = {}
    for entry in caf.entries(ClaimQuery(Clocks.read(as_of="9999"))):
        by_source.setdefault(entry.claim.source, set()).add(str(entry.claim.id))
    sources = sources_with_a_day(caf)
    assert len(sources) >= 40

    def known(day: date) -> set[str]:
        query = ClaimQuery(Clocks.read(as_of="9999", known_on=day.isoformat()))
        return {str(entry.claim.id) for entry in caf.entries(query)}

    def page(day: date) -> Page:
        written = caf.brief(
            tmp_path / "b.html", sections=["statements", "holdings"], as_of="9999", known_on=day.isoformat()
        )
        return Page(written.read_text(encoding="utf-8"))

    for number, source in enumerate(sorted(sources, key=lambda s: s.known_day or 0)[part::2]):
        day = date.fromordinal(source.known_day or 0)
        claims = by_source.get(source.id, set())
        assert not claims & known(day - timedelta(days=1)), source.id
        assert claims <= known(day), source.id
        if claims and number % 10 == 0:
            before, on = page(day - timedelta(days=1)), page(day)
            assert not claims & set(before.claims), source.id
            assert claims <= set(on.claims), source.id
            assert f"source-{source.id}" not in before.ids
            assert f"source-{source.id}" in on.ids
            assert "statements are left out because their sources were not yet published" in on.text


def test_undated_sources_are_left_out_when_known_on_is_given(caf: Case, tmp_path: Path) -> None:
    undated = [s.id for s in caf.ledger.sources().values() if s.known_day is None]
    assert undated
    page = Page(caf.brief(tmp_path / "b.html", sections=["all"], known_on="2026").read_text(encoding="utf-8"))
    assert not {f"source-{s}" for s in undated} & set(page.ids)


def test_as_of_leaves_out_what_had_not_begun(caf: Case, tmp_path: Path) -> None:
    early = Page(caf.brief(tmp_path / "b.html", sections=["all"], as_of="2013-12-31").read_text(encoding="utf-8"))
    assert "as of 31 December 2013" in early.text
    timed = {str(e.claim.id): e.claim for e in caf.entries(ClaimQuery(Clocks.read(as_of="9999")))}
    assert all(
        c is None or c.begun_day <= date(2013, 12, 31).toordinal() for c in (timed[i].period for i in early.claims)
    )
    assert not re.search(r"\b977\b", early.text)


def test_proposals_stay_out_unless_asked_for_and_then_mark_the_page(case: Case, tmp_path: Path) -> None:
    reader = {"kind": "program", "name": "reader"}
    fill(case, source_record(), claim_record(), claim_record(locator="p:2", coder=reader, says="An unread proposal."))
    without = Page(case.brief(tmp_path / "a.html", sections=["all"]).read_text())
    assert "An unread proposal." not in without.text
    assert "1 statements read by a program" in without.text
    marked = Page(case.brief(tmp_path / "b.html", sections=["all"], proposed=True).read_text())
    assert "An unread proposal." in marked.text
    assert "Proposals included" in marked.text


def test_what_a_source_says_cannot_become_markup(case: Case, tmp_path: Path) -> None:
    nasty = "<script>alert(1)</script> & <img src=x>"
    fill(case, source_record(title=nasty, publisher=nasty), claim_record(nasty, instrument={"name": nasty}))
    page = Page(case.brief(tmp_path / "a.html", sections=["all"]).read_text())
    assert page.loads == []
    assert nasty in page.text


def test_an_empty_case_has_a_brief_that_says_so(case: Case, tmp_path: Path) -> None:
    assert "No accepted statement" in case.brief(tmp_path / "a.html").read_text()


def test_two_runs_give_one_page(plain: str, caf: Case, tmp_path: Path) -> None:
    assert caf.brief(tmp_path / "again.html", as_of=LATE).read_text(encoding="utf-8") == plain


@pytest.mark.browser
@pytest.mark.skipif(
    not (Path(CHROMIUM).exists() and shutil.which("pdftotext")), reason="needs Debian's chromium and poppler-utils"
)
def test_in_a_browser_it_asks_for_nothing_and_prints_whole(plain: str, tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    file, pdf = tmp_path / "brief.html", tmp_path / "brief.pdf"
    file.write_text(plain, encoding="utf-8")
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1000, "height": 1300})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        assert asked == [file.as_uri()]
        page.click("#bottom-line sup a >> nth=0")
        assert "#note-" in page.url
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
        page.pdf(path=str(pdf), prefer_css_page_size=True)
        browser.close()
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    assert "(A4)" in info
    for words in (
        "Bottom line",
        "Consent and authority",
        "What the case holds",
        "Timeline",
        "Footnotes",
        "Method and limits",
        "1 / ",
    ):
        assert words in text


# ---- recorded violence -----------------------------------------------------------------------------------------


def _exposure(caf: Case, **clocks: str) -> str:
    page = str(caf.brief_text("html", sections=["exposure"], **clocks))
    return page[page.index('<section id="exposure">') : page.index('<section id="notes">')]


def test_the_map_says_where_its_data_end_and_who_was_there(caf: Case) -> None:
    section = _exposure(caf, as_of=LATE)
    drawn = ElementTree.fromstring(section[section.index("<svg") : section.index("</svg>") + 6])  # noqa: S314  # our own drawing
    words = [node.text for node in drawn.iter() if node.text]
    assert any("the data end on 2022-12-31" in word for word in words)
    assert {"200 km", "UN operation", "Deaths, spread", "Ouaka", "Bria"} <= set(words)
    colours = {node.get("fill") for node in drawn.iter()} - {None, "none", "transparent"}
    for colour in colours:
        assert re.fullmatch(r"#(..)\1\1|white|black|#000|#111|#fff", str(colour)), colour  # greys only


def test_deaths_of_the_chapter_are_those_of_the_verb_with_their_events(caf: Case) -> None:
    told = json.loads(str(caf.brief_text("json", sections=["exposure"], as_of=LATE)))
    areas, years = (block for block in told["sections"][0]["blocks"] if block["kind"] == "table")
    notes = {note["number"]: note for note in told["notes"]}
    ids = [name for row in areas["rows"] for n in row[1]["notes"] for name in re.findall(r"\d+", notes[n]["where"])]
    answer = caf.exposure("2022", "2022")
    assert sorted(ids) == sorted(name for row in answer for name in row["ids"])
    assert years["rows"][0][2]["text"].startswith(f"{sum(r['best'] for r in answer)} (")
    assert {notes[n]["source"] for row in areas["rows"] for n in row[1]["notes"]} == {"ucdp-ged-23-1"}


def test_recorded_violence_obeys_the_clocks(caf: Case) -> None:
    assert "In 2019, " in _exposure(caf, as_of="2020-06")
    assert "not shown: caf: the figures of ucdp-ged 23.1 were released in 2023-06~" in _exposure(caf, known_on="2022")


def test_battalions_at_a_headquarters_may_stand_elsewhere(tmp_path: Path) -> None:
    case = Case.open(init(tmp_path / "case", from_="caf"))
    at_hq = site("Paoua", month=6, year=2020, battalion=1, hq=3, **{"no.troops": 800, "no.tcc": 1})
    beside = site("Bria", month=6, year=2020, **{"no.troops": 150, "no.tcc": 1})
    case.load("geo-pko", table(tmp_path / "Geo-PKO_v2.1.csv", [at_hq, beside], MAPS))
    section = _exposure(case, as_of="2020-07")
    assert "Paoua (units may stand elsewhere)" in section
    assert "Bria (units may stand elsewhere)" not in section


def test_a_case_without_events_has_no_such_chapter(case: Case) -> None:
    fill(case)
    assert '<section id="exposure">' not in str(case.brief_text("html"))


# ---- forms and chapters ---------------------------------------------------------------------------------------


def test_every_form_has_the_same_chapters_and_notes(caf: Case, plain: str) -> None:
    text = str(caf.brief_text("md", as_of=LATE))
    told = json.loads(caf.brief_text("json", as_of=LATE))
    titles = re.findall(r"^## (.+)$", text, re.M)
    assert [s["title"] for s in told["sections"]] == titles[: len(told["sections"])]
    assert titles[-3:] == ["Footnotes", "Sources", "Method and limits"]
    notes = [note["claim"] for note in told["notes"]]
    assert [claim for claim in notes if claim] == Page(plain).claims
    assert sorted(set(map(int, re.findall(r"\[\^(\d+)\](?!:)", text)))) == [note["number"] for note in told["notes"]]
    assert len(re.findall(r"^\[\^\d+\]: ", text, re.M)) == len(notes)


def test_markdown_tables_have_as_many_cells_as_heads(caf: Case) -> None:
    lines = str(caf.brief_text("md", sections=["all"], as_of=LATE)).splitlines()
    heads = [at for at, line in enumerate(lines) if re.fullmatch(r"\|(---\|)+", line)]
    assert heads
    for at in heads:
        wanted = lines[at].count("|")
        for line in itertools.takewhile(lambda row: row.startswith("|"), lines[at + 1 :]):
            assert len(re.findall(r"(?<!\\)\|", line)) == wanted, line


def test_chapters_are_chosen_by_name_and_unknown_ones_refused(caf: Case) -> None:
    told = json.loads(caf.brief_text("json", sections=["gaps", "consent"], as_of=LATE))
    assert [s["id"] for s in told["sections"]] == ["consent", "gaps"]
    with pytest.raises(InputError, match="bottom-lin"):
        caf.brief_text("html", sections=["bottom-lin"])
    with pytest.raises(InputError, match="docx"):
        caf.brief(format="docx")


def test_what_is_not_cited_is_counted(caf: Case) -> None:
    told = json.loads(caf.brief_text("json", as_of=LATE))
    every = len(caf.claims(as_of=LATE))
    assert f"{every - len([n for n in told['notes'] if n['claim']])} of the {every} accepted statements" in " ".join(
        told["method"]
    )


def test_both_sides_of_a_disagreement_and_its_decision_are_printed(plain: str) -> None:
    page = " ".join(Page(plain).text.split())
    assert "750 personnel, 21 December 2020: bilateral" in page
    assert "750 personnel, 3 August 2021: United Nations" in page
    assert "Kept open." in page


def test_a_pdf_has_running_heads_and_pages_in_its_contents(caf: Case, tmp_path: Path) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("needs Debian's poppler-utils")
    pytest.importorskip("weasyprint", exc_type=OSError)
    written = caf.brief(tmp_path / "b.pdf", sections=["bottom-line", "consent"], as_of=LATE)
    assert written.read_bytes().startswith(b"%PDF")
    text = subprocess.run(
        ["pdftotext", "-layout", str(written), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = text.split("\f")
    assert re.search(r"Consent and authority \.+ \d", pages[0])
    assert re.search(r"1 ?/ ?\d+", pages[0])
    assert "Consent and authority" in pages[2].splitlines()[0]
