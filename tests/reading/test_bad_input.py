"""Whatever lies in the folder: one sentence a file, the others go on, exit 1 at the end, never a traceback."""

from __future__ import annotations

import os
import socket
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("spacy")

from garant.case import Case, init
from garant.claims import InputError
from garant.reading import open_document
from garant.reading.folders import documents_of
from tests.conftest import Run
from tests.reading.test_documents import BAD, bomb, docx, pdf, written

STORY = "Ghana sent 650 soldiers to Liberia in August 2003."


def locked() -> bytes:
    """A PDF that asks for a password."""
    plain = pdf(STORY)
    entry = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>"
    key = b"<616263646566616263646566616263646566>"
    return plain.replace(b"/Root 1 0 R >>", b"/Root 1 0 R /Encrypt " + entry + b" /ID [" + key + key + b"] >>")


def xml_bomb(folder: Path) -> bytes:
    """A Word file whose document grows to 70 MB."""
    path = written(folder, "plain.docx", docx(STORY))
    made = folder / "grown.docx"
    with zipfile.ZipFile(path) as packed, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in packed.namelist():
            body = packed.read(name)
            out.writestr(name, body + b" " * 70_000_000 if name == "word/document.xml" else body)
    return made.read_bytes()


MORE = {
    "locked.pdf": (locked(), "is encrypted; save it without a password"),
    "cut.pdf": (pdf(STORY)[:300], "is a broken PDF"),
    "letter.rtf": (b"{\\rtf1\\ansi Ghana sent 650 soldiers.}", "is an RTF file; save it as docx"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "is an old Office file"),
    "photo.txt": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "is a picture"),
    "packed.txt.gz": (b"\x1f\x8b\x08\x00abc", "is a compressed file"),
    "archive.docx": (b"PK\x03\x04" + b"\x00" * 30, "broken Word file"),
    "half.txt": (b"\xff\xfea\x00b", "is broken UTF-16"),
    "german.txt": (
        b"Der Minister sagte, die Soldaten werden im Herbst abziehen, und das ist auch gut.",
        "neither",
    ),
}


def test_a_folder_of_everything(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name, (raw, _) in {**BAD, **MORE}.items():
        written(folder, name, raw)
    written(folder, "bomb.docx", bomb())
    written(folder, "grown.docx", xml_bomb(tmp_path))
    (folder / "large.html").touch()
    os.truncate(folder / "large.html", 50_000_000)
    os.mkfifo(folder / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(folder / "socket.txt"))
        (folder / "loop.txt").symlink_to(folder / "loop.txt")
        (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
        (folder / "again").symlink_to(folder)
        written(folder, "zz-good.txt", STORY.encode())
        init(tmp_path / "c")
        done = run("read", str(folder), str(tmp_path / "missing.txt"), "--case", "c", "--published", "2003", "--json")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    told = [line for line in done.stderr.splitlines() if line.startswith("garant: ")]
    others = ["bomb.docx", "grown.docx", "large.html", "pipe.txt", "socket.txt", "loop.txt", "gone.txt", "missing.txt"]
    for name, why in [*((n, w) for n, (_, w) in {**BAD, **MORE}.items()), *((n, "") for n in others)]:
        (sentence,) = [line for line in told if f"/{name}: " in line]
        assert why in sentence
    assert len(told) == len(BAD) + len(MORE) + len(others)
    assert [line for line in done.stdout.splitlines() if '"deployment"' in line]
    assert len(Case.open(tmp_path / "c").sources().rows) == 1


@pytest.mark.parametrize(
    ("given_", "why"),
    [("empty", "is a folder without documents"), ("*.pdf", "matches no file"), ("a\x00b", "cannot be read")],
)
def test_places_without_documents(case: Case, tmp_path: Path, given_: str, why: str) -> None:
    (tmp_path / "empty" / ".git").mkdir(parents=True)
    (tmp_path / "empty" / ".git" / "notes.txt").write_text(STORY)
    (sentence,) = case.read([str(tmp_path / given_)]).failed
    assert why in sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read(case: Case, tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir()
    written(tmp_path / "shut", "a.txt", STORY.encode())
    written(tmp_path, "b.txt", STORY.encode()).chmod(0)
    (tmp_path / "shut").chmod(0)
    failed = case.read([tmp_path / "shut", tmp_path / "b.txt"]).failed
    (tmp_path / "shut").chmod(0o700)
    assert len(failed) == 2
    assert all("permission denied" in s for s in failed)


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As any user, also one who may read everything: the system refuses to list one folder."""
    (tmp_path / "open").mkdir()
    (tmp_path / "shut").mkdir()
    written(tmp_path / "open", "a.txt", STORY.encode())
    scan = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = list(documents_of([tmp_path]))
    assert [p for p in found if isinstance(p, Path)] == [tmp_path / "open" / "a.txt"]
    (error,) = [p for p in found if isinstance(p, InputError)]
    assert "shut: is a folder that cannot be read (permission denied)" in str(error)


@pytest.mark.parametrize("mark", ["\u200f", "\u202b", "\u2067", "\x00", "\u200b", "\ufeff", "\U0001f54a"])
def test_marks_inside_a_text_do_not_move_its_quotes(case: Case, tmp_path: Path, mark: str) -> None:
    text = f"{mark}On Monday{mark} nothing happened in Mali.\n\n{mark}{STORY} {mark}They came home in 2004.\n\n"
    text += "It rained. " * 50
    path = written(tmp_path, "a.txt", text.encode())
    (claim,) = [r for r in case.read([path], published="2005").rows if r["type"] == "deployment"]
    assert claim["quote"] == text[claim["start"] : claim["end"]]
    assert "650 soldiers" in claim["quote"]
    assert case.text_of(path) == text
    case.export(tmp_path / "text")
    again = Case.open(init(tmp_path / "again"))
    again.import_(tmp_path / "text")
    assert [c.quote for c in again.ledger.claims_whole()] == [c.quote for c in case.ledger.claims_whole()]


def test_a_page_in_its_declared_encoding(tmp_path: Path) -> None:
    body = "".join(
        f"<p>Séléka a envoyé 650 soldats à Bangui, œuvre de longue haleine, partie {n}.</p>" for n in range(5)
    )
    head = '<head><meta charset="iso-8859-15"><title>Départ</title></head>'
    page = f"<html>{head}<body><article>{body}</article></body></html>"
    found = open_document(written(tmp_path, "a.html", page.encode("iso-8859-15")))
    assert "œuvre" in found.text
    assert found.notes == ()


def test_pages_without_text_among_others_are_told(tmp_path: Path) -> None:
    found = open_document(written(tmp_path, "a.pdf", pdf(STORY, "", "They came home in 2004.")))
    assert any("1 of its 3 pages hold no text" in note for note in found.notes)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.binary(max_size=400),
    head=st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", STORY.encode()]),
    name=st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a"]),
)
def test_no_bytes_make_more_than_one_sentence(tmp_path: Path, raw: bytes, head: bytes, name: str) -> None:
    try:
        found = open_document(written(tmp_path, name, head + raw)).text
    except InputError as error:
        found = str(error)
        assert "\n" not in found  # either is right
    assert found.strip()
