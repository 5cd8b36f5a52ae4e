"""Documents as text with what is known of them: plain text, Markdown, HTML, PDF, Word. Offsets count this text."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from garant.claims import Period
from garant.errors import InputError
from garant.reading.folders import read_whole

#: Larger files are refused: nobody reads them, and a parser would need minutes.
LARGEST = 30_000_000
#: Characters of text read from one document at most (about 1,200 pages).
LONGEST = 4_000_000
#: What a Word file may grow to when unpacked, and the XML in it, whose tree takes many times as much memory.
_UNPACKED, _XML = 200_000_000, 60_000_000
#: A share of control characters above which a file is no text.
_BINARY = 0.01
#: How files of other formats begin.
_FOREIGN = {
    b"{\\rtf": "an RTF file", b"\xd0\xcf\x11\xe0": "an old Office file", b"\xff\xd8\xff": "a picture",
    b"\x89PNG": "a picture", b"GIF8": "a picture", b"\x1f\x8b": "a compressed file", b"SQLite format 3": "a database",
}  # fmt: skip
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its text, and what its own metadata say. `pages` are the first characters of a PDF's pages."""

    name: str
    text: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    address: str | None = None
    pages: tuple[int, ...] = ()
    notes: tuple[str, ...] = field(default=())


def open_document(path: Path) -> Document:
    """Read a file. Raises InputError with one sentence for what is empty, encrypted, scanned, binary or too large."""
    where = str(path)
    raw = read_whole(path, LARGEST)
    if not raw.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise InputError("is empty", where=where, mend="give a document with text")
    try:
        document = _reader_of(path, raw)(path.name, raw)
    except InputError as error:
        raise error.at(where) from None
    if not document.text.strip():
        raise InputError("holds no text", where=where, mend="give a document with text")
    if len(document.text) > LONGEST:
        raise InputError(f"holds more than {LONGEST:,} characters of text", where=where, mend="cut it into parts")
    return document


def _reader_of(path: Path, raw: bytes) -> Callable[[str, bytes], Document]:
    foreign = next((what for mark, what in _FOREIGN.items() if raw.startswith(mark)), None)
    if foreign:
        raise InputError(f"is {foreign}", mend="save it as docx, PDF, HTML or text")
    if raw[:5] == b"%PDF-":
        return _pdf
    suffix = path.suffix.lower()
    if raw[:4] == b"PK\x03\x04":
        return _word
    if suffix in (".html", ".htm", ".xhtml") or raw[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return _html
    if suffix in (".pdf", ".docx"):
        raise InputError(f"is no {suffix[1:].upper()} file", mend="check what it is")
    return _plain


def _plain(name: str, raw: bytes) -> Document:
    text, notes = _decoded(raw)
    return Document(name, text, hashlib.sha256(raw).hexdigest(), _first_line(text), notes=notes)


def _decoded(raw: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text exactly as it stands in the file: nothing is stripped, so that offsets count the file's characters.

    Tried are UTF-8, then the encoding that a page declares, then Windows-1252.
    """
    encoding = _MARKS.get(raw[:2])
    if encoding is None and raw.count(b"\x00") > len(raw) * _BINARY:
        raise InputError("is no text: it holds NUL bytes", mend="check what kind of file it is")
    try:
        text = raw.decode(encoding or "utf-8")
        notes: tuple[str, ...] = ()
    except UnicodeDecodeError:
        if encoding:
            raise InputError("is broken UTF-16", mend="save it as UTF-8") from None
        text, notes = _not_utf8(raw, declared)
    odd = sum(c < " " and c not in "\t\n\r\f" for c in text[:200_000])
    if odd > len(text[:200_000]) * _BINARY:
        raise InputError("is no text", mend="check what kind of file it is")
    return text, notes


def _not_utf8(raw: bytes, declared: str | None) -> tuple[str, tuple[str, ...]]:
    if declared:
        with suppress(LookupError, UnicodeDecodeError):
            return raw.decode(declared), ()
    return raw.decode("cp1252", errors="replace"), ("is not UTF-8 and was read as Windows-1252",)


def _html(name: str, raw: bytes) -> Document:
    try:
        import trafilatura
    except ImportError:
        raise _missing("trafilatura") from None
    declared = _CHARSET.search(raw[:2000])
    text, notes = _decoded(raw, declared[1].decode("ascii") if declared else None)
    try:
        body = trafilatura.extract(
            text, include_comments=False, include_tables=False, favor_precision=True, deduplicate=False
        )
        about = trafilatura.extract_metadata(text)
    except Exception as error:  # the parsers below raise their own kinds for broken pages
        raise InputError(f"cannot be read as HTML ({type(error).__name__})", mend="save the page again") from None
    published = about.date if about and about.date else None
    return Document(
        name, body or "", hashlib.sha256(raw).hexdigest(), (about.title if about else None) or None,
        (about.sitename or about.hostname) if about else None, published, about.url if about else None, notes=notes,
    )  # fmt: skip


def _pdf(name: str, raw: bytes) -> Document:
    try:
        import pypdfium2
    except ImportError:
        raise _missing("pypdfium2") from None
    from garant.reading.layout import lines_of
    from garant.reading.pages import joined_pages

    try:
        pdf = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise InputError(
            "is encrypted" if locked else "is a broken PDF",
            mend="save it without a password" if locked else "get it again",
        ) from None
    try:
        laid_out = [lines_of(page) for page in pdf]
        about = pdf.get_metadata_dict()
    except pypdfium2.PdfiumError:
        raise InputError("is a broken PDF", mend="get it again") from None
    finally:
        pdf.close()
    if not any(lines for lines, _ in laid_out):
        raise InputError("has no text layer (it is scanned)", mend="run it through OCR first")
    pages = joined_pages([lines for lines, _ in laid_out], [height for _, height in laid_out])
    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", about.get("CreationDate", ""))
    day = f"{made[1]}-{made[2]}-{made[3]}" if made else None
    notes = [f"its date, {day}, is that of the file, not of its publication"] if day else []
    empty = sum(not lines for lines, _ in laid_out)
    if empty:
        notes.append(f"{empty:,} of its {len(laid_out):,} pages hold no text; if they are scanned, run it through OCR")
    notes += [f"{what} were left out: {number:,} lines" for what, number in pages.left_out.items()]
    return Document(
        name, pages.text, hashlib.sha256(raw).hexdigest(), about.get("Title") or _first_line(pages.text), None,
        _day(day) if day else None, pages=pages.starts, notes=tuple(notes),
    )  # fmt: skip


def _word(name: str, raw: bytes) -> Document:
    try:
        import docx
    except ImportError:
        raise _missing("python-docx") from None
    import io

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            sizes = [(entry.filename, entry.file_size) for entry in packed.infolist()]
            xml = sum(size for name_, size in sizes if name_.endswith((".xml", ".rels")))
            if sum(size for _, size in sizes) > _UNPACKED or xml > _XML:
                most = (_XML if xml > _XML else _UNPACKED) // 1_000_000
                raise InputError(f"unpacks to more than {most} MB", mend="check where it comes from")
            if "word/document.xml" not in packed.namelist():
                raise InputError("is an archive and no Word file", mend="unpack it first")
        opened = docx.Document(io.BytesIO(raw))
    except InputError:
        raise
    except Exception as error:  # python-docx and lxml raise their own kinds for broken files
        raise InputError(f"is a broken Word file ({type(error).__name__})", mend="save it again") from None
    text = "\n\n".join(p.text for p in opened.paragraphs if p.text.strip())
    about = opened.core_properties
    made = about.modified or about.created
    day = made.date().isoformat() if made else None
    return Document(name, text, hashlib.sha256(raw).hexdigest(), about.title or _first_line(text), None,
                    _day(day) if day else None,
                    notes=(f"its date, {day}, is that of the file, not of its publication",) if day else (),
    )  # fmt: skip


def _day(text: str) -> str | None:
    try:
        return Period.parse(text).text + "~"
    except InputError:
        return None


def _first_line(text: str) -> str | None:
    line = next((s.strip(" #*") for s in text.lstrip("\ufeff").splitlines() if s.strip(" #*")), "")
    return line[:200] or None


def _missing(library: str) -> InputError:
    return InputError(f"{library} is not installed", mend="pip install 'garant[read]'")
