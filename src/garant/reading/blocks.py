"""A text as paragraphs: wrapped lines joined, headings, menus and datelines apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from garant.reading.datelines import Dateline, dateline
from garant.reading.words import word_list

#: Characters from which on a line may be one of running text, and certainly is.
_WRAPPED, _LONG_LINE = 40, 60
#: How many times longer than a heading the paragraph below it is.
_PARAGRAPH = 1.5


def blocks_of(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs as (start, end). A line that ends mid-sentence goes on in the next; references and menus are out."""
    skip = re.compile("|".join(word_list("boilerplate")["skip"]))
    at = 0
    start: int | None = None
    for line in text.splitlines(keepends=True):
        body = line.strip()
        end = at + len(line)
        if not body or skip.search(body):
            if start is not None:
                yield start, at
            start = None
        else:
            start = at if start is None else start
            following = text[end : end + 1]
            wrapped = (
                len(body) > _WRAPPED
                and body[-1] not in '.!?:;…”"'
                and following
                and (following.islower() or following.isdigit() or len(body) > _LONG_LINE)
            ) and not _heading(body, text[end:])  # a line of running text
            if not (wrapped and end < len(text) and text[end : end + 1] != "\n"):
                yield start, end
                start = None
        at = end
    if start is not None:
        yield start, at


def _heading(line: str, rest: str) -> bool:
    """Whether a line without a full stop stands above a paragraph much longer than itself."""
    following = rest.partition("\n")[0].strip()
    return following[:1].isupper() and len(following) > _PARAGRAPH * len(line)


def without_datelines(plain: str, blocks: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[Dateline]]:
    """Paragraphs that begin after their datelines, and the datelines."""
    found = [(a, b, dateline(plain[a:b])) for a, b in blocks]
    return [(a + (h.length if h else 0), b) for a, b, h in found], [h for _, _, h in found if h]
