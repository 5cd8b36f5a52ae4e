"""Documents: what a user may drop in, good and bad; offsets count the text that `read --text` prints."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from garant.claims import InputError
from garant.reading import fingerprint, likeness, open_document

pytest.importorskip("spacy")
STORY = "Ghana sent 650 soldiers to Liberia in August 2003. They came under ECOMIL."


def written(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def pdf(*pages: str) -> bytes:
    """A small PDF with one line of text a page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        stream = "BT /F1 12 Tf 40 700 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in page.split("\n")) + " ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        content = len(objects)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    out, at = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        at.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010d} 00000 n \n" for offset in at)
    out += f"xref\n0 {len(at) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer << /Size {len(at) + 1} /Root 1 0 R >>\nstartxref\n0\n%%EOF".encode()


def docx(text: str) -> bytes:
    import docx as word

    document = word.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_text_is_kept_as_it_stands(tmp_path: Path, ending: str) -> None:
    raw = f"\ufeffTitle{ending}{ending}  Ghana\u00a0sent 650 soldiers.{ending}".encode()
    assert open_document(written(tmp_path, "a.txt", raw)).text == raw.decode()


def test_html_gives_its_main_text_and_date(tmp_path: Path) -> None:
    body = "".join(f"<p>{STORY} The commander thanked the crew for part {n} of the journey.</p>" for n in range(4))
    page = (
        "<!doctype html><html><head><title>Soldiers leave</title>"
        '<meta property="article:published_time" content="2003-08-20T08:00:00Z"></head>'
        f"<body><nav><a>Menu</a></nav><article><h1>Soldiers leave</h1>{body}</article>"
        "<footer>Contact</footer></body></html>"
    )
    found = open_document(written(tmp_path, "a.html", page.encode()))
    assert "650 soldiers" in found.text
    assert "Menu" not in found.text
    assert found.published == "2003-08-20"
    assert found.title == "Soldiers leave"


def test_word_file(tmp_path: Path) -> None:
    assert "650 soldiers" in open_document(written(tmp_path, "a.docx", docx(STORY))).text


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"<w:t>" + b"0" * 210_000_000)
    return held.getvalue()


BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\n ", "is empty"),
    "nul.txt": (b"\x00\x00", "is empty"),
    "binary.txt": (b"\x7fELF\x01\x02\x00\x00\x00\x00abc\x00", "is no text"),
    "control.txt": (bytes(range(1, 9)) * 50, "is no text"),
    "broken.pdf": (b"%PDF-1.7\nnothing", "is a broken PDF"),
    "scan.pdf": (pdf(""), "no text layer"),
    "page.docx": (b"not a zip", "is no DOCX"),
    "torn.docx": (b"PK\x03\x04torn", "broken Word file"),
    "menu.html": (b"<html><body></body></html>", "holds no text"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_one_sentence(tmp_path: Path, name: str) -> None:
    raw, why = BAD[name]
    with pytest.raises(InputError, match=why):
        open_document(written(tmp_path, name, raw))


def test_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="unpacks to more"):
        open_document(written(tmp_path, "bomb.docx", bomb()))


def test_large_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    with pytest.raises(InputError, match="larger than"):
        open_document(path)


def test_broken_encoding_is_read_and_said(tmp_path: Path) -> None:
    found = open_document(written(tmp_path, "a.txt", "Séléka est arrivée à Bangui.".encode("cp1252")))
    assert found.text.startswith("Séléka")
    assert found.notes


def test_copies_are_told_from_other_texts() -> None:
    words = " ".join(f"word{n} of a long story" for n in range(200))
    assert likeness(fingerprint(words), fingerprint(words.replace(" ", "\n") + " Agency")) > 0.8
    assert likeness(fingerprint(words), fingerprint(" ".join(f"other{n} tale" for n in range(200)))) < 0.1
