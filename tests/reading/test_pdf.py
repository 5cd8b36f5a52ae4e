"""PDF: running heads, footnotes and hyphens stay out of sentences, and offsets lead back to the page."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest

# ium2
from garant.case import Case
from garant.reading import Document, open_document
from tests.reading.test_documents import pdf, written

pytest.importorskip("spacy")
weasyprint = pytest.importorskip("weasyprint")

TOWNS = ["Arbo", "Belmo", "Cardi", "Dostan", "Ermelo"]
STYLE = """@page {size: A4; margin: 2.5cm; @top-center {content: "Report of the panel on Lakeland"; font-size: 9pt}
 @bottom-center {content: "S/2021/" counter(page) " page " counter(page); font-size: 9pt}}
body {font-family: serif; font-size: 11pt; text-align: justify; hyphens: auto}
.note {float: footnote; font-size: 8pt} .two {columns: 2} .annex {font-size: 8pt; break-before: page}"""


def paragraph(number: int) -> str:
    return (
        f"<p>The neighbouring administration of {TOWNS[number % 5]} deployed {1200 + number} internationally "
        f"supervised soldiers to the northern territory in March 2021<span class=note>See the ministry's statement of "
        f"4 May {1900 + number}, which counts 900 policemen and further personnel from the provinces.</span> and "
        f"announced "
        f"considerable reinforcements of its well-equipped contingents. UN-backed troops left the area of "
        f"{TOWNS[(number + 2) % 5]}, where {number + 3} observers<sup>{number}</sup> had been wounded. "
        "Representatives of the organisation met the commander on the following day.</p>"
    )


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", re.sub(r"<span.*?</span>|<sup>.*?</sup>", "", html))


def printed(path: Path, body: str) -> Path:
    weasyprint.HTML(string=f"<html lang=en><style>{STYLE}</style><body>{body}</body></html>").write_pdf(path)
    return path


def test_footnotes_heads_columns_and_hyphens_leave_the_paragraphs_whole(tmp_path: Path) -> None:
    """The text is that of the paragraphs and headings, word for word, though it was printed on seven pages."""
    parts = ["<h1>Findings</h1>", *map(paragraph, range(30)), "<h2>Two columns</h2>"]
    columns = [paragraph(n) for n in range(30, 45)]
    annex = [
        "<h3>Annex</h3>",
        *(f"<p>{n} of the lists of the town of {TOWNS[n % 5]} were burnt.</p>" for n in range(9)),
    ]
    body = "".join(parts) + f"<div class=two>{''.join(columns)}</div><div class=annex>{''.join(annex)}</div>"
    found = open_document(printed(tmp_path / "a.pdf", body))
    assert found.text.split("\n\n") == [plain(p) for p in [*parts, *columns, *annex]]
    assert len(found.pages) == len(pypdfium2.PdfDocument(tmp_path / "a.pdf")) > 6
    assert any("footnotes were left out" in note for note in found.notes)
    assert any("running heads and page numbers were left out" in note for note in found.notes)
    assert_pages_hold(found, tmp_path / "a.pdf")


def assert_pages_hold(found: Document, path: Path) -> None:
    """What stands in the text from a page's first character to the next one's is printed on that page."""
    bounds = [*found.pages, len(found.text)]
    for page, start, end in zip(list(pypdfium2.PdfDocument(path)), bounds[:-1], bounds[1:], strict=True):
        letters = re.sub(r"\W", "", page.get_textpage().get_text_range())
        for words in re.findall(r"\S+ \S+ \S+", found.text[start:end])[2:-2:10]:
            for word in words.split():
                assert re.sub(r"\W", "", word) in letters


def test_a_claim_of_a_report_of_300_pages_tells_its_page(case: Case, tmp_path: Path) -> None:
    line = "The valley lies between two ranges of hills, and its river runs dry."
    pages = ["\n".join([f"S/2020/{n}", *[line] * 6, str(n)]) for n in range(1, 301)]
    pages[217] = pages[217].replace(line, "Ghana sent 650 soldiers to Liberia in August 2003.", 1)
    path = written(tmp_path, "report.pdf", pdf(*pages))
    (claim,) = [r for r in case.read([path], published="2004").rows if r["type"] == "deployment"]
    text = case.text_of(path)
    assert text[claim["start"] : claim["end"]] == claim["quote"]
    assert claim["page"] == 218


def test_a_sentence_over_the_end_of_a_page(tmp_path: Path) -> None:
    found = open_document(
        written(tmp_path, "a.pdf", pdf("The troops that came from\nthe coast and", "Ghana sent 650 sol-\ndiers north."))
    )
    assert found.text == "The troops that came from the coast and Ghana sent 650 soldiers north."
    assert found.text[found.pages[1] :].startswith("Ghana sent")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("many sol-\ndiers", "many soldiers"),
        ("many well-\nequipped men", "many well-equipped men"),
        ("a UN-\nbacked force", "a UN-backed force"),
        ("in 2020-\n2021", "in 2020-2021"),
        ("the sol-dier and the sol-\ndier, a sol-dier", "the sol-dier and the sol-dier, a sol-dier"),
        ("it came -\nlate", "it came - late"),
    ],
)
def test_hyphens(tmp_path: Path, lines: str, text: str) -> None:
    assert open_document(written(tmp_path, "a.pdf", pdf(lines))).text == text


def test_running_heads_of_a_few_pages(tmp_path: Path) -> None:
    pages = [
        f"S/2020/{n}\n" + "\n".join(f"Line {w} stands on page {n} of it." for w in "abcde"[n:]) for n in range(1, 5)
    ]
    found = open_document(written(tmp_path, "a.pdf", pdf(*pages)))
    assert "S/2020" not in found.text
    assert "Line e stands on page 3" in found.text
