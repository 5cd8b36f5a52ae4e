"""From a claim's anchor to the sentence it rests on, for whoever has the text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from garant.claims.claim import Claim
from garant.errors import InputError

_CHARS = re.compile(r"chars:(\d+)-(\d+)")
_PARAGRAPH = re.compile(r"p:(\d+)")
#: Where a sentence ends: a full stop, question or exclamation mark with what closes it, or a line end.
_END = re.compile(r"(?<=[.!?…])[\s”\"’)»]+(?=[^\s])|\n+")


class Texts:
    """Document texts in a folder, found by the SHA-256 of their bytes."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InputError("is no folder", where=str(folder), mend="name the folder that holds the documents")
        self._files = {hashlib.sha256(f.read_bytes()).hexdigest(): f for f in sorted(folder.iterdir()) if f.is_file()}

    def text(self, sha256: str | None) -> str | None:
        """The text of the document with that hash, None where the folder does not have it."""
        file = self._files.get(sha256 or "")
        try:
            return file.read_text(encoding="utf-8") if file else None
        except UnicodeDecodeError:
            return None


def sentence_at(text: str, claim: Claim) -> str | None:
    """The sentence (or paragraph, for `p:N`) that a claim's anchor points into; None where it points outside.

    Offsets count characters (code points) of the text. A span over several sentences gives all of them.
    """
    if claim.locator and (match := _PARAGRAPH.fullmatch(claim.locator)):
        paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
        number = int(match[1])
        return paragraphs[number - 1] if number <= len(paragraphs) else None
    span = span_of(claim)
    if span is None or span[1] > len(text):
        return None
    touched = [s for s in _sentences(text) if s[0] < span[1] and span[0] < s[1]]
    return text[touched[0][0] : touched[-1][1]].strip() if touched else None


def span_of(claim: Claim) -> tuple[int, int] | None:
    """The claim's characters in the document text, if it is anchored by characters."""
    if claim.start is not None and claim.end is not None:
        return claim.start, claim.end
    match = _CHARS.fullmatch(claim.locator or "")
    return (int(match[1]), int(match[2])) if match else None


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for end in _END.finditer(text):
        if end.start() > at:
            yield at, end.start()
        at = end.end()
    if at < len(text):
        yield at, len(text)
