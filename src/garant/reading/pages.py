"""A PDF's pages as one text: hyphens at line ends joined, running heads left out, paragraphs kept."""

from __future__ import annotations

import re
from collections import Counter

#: A line on this share of the pages is a running head or foot.
_RUNNING = 0.5
_FEW = 3
_EDGE = 2
#: A line shorter than this after a full stop is a heading.
_HEADING = 60


def joined_pages(printed: list[str]) -> tuple[str, list[int]]:
    """The text of all pages, and the first character of each page in it.

    >>> joined_pages(["The deploy-\\nment began.", "It ended."])
    ('The deployment began.\\n\\nIt ended.', [0, 23])
    """
    pages = [_lines(p) for p in printed]
    running = _running(pages)
    text, starts = "", []
    for lines in pages:
        body = [s for i, s in enumerate(lines) if not ((i < _EDGE or i >= len(lines) - _EDGE) and _bare(s) in running)]
        page = _joined(body)
        goes_on = text and page and text.rstrip()[-1:] not in '.!?:;”"' and page[:1].islower()
        if text:
            text = text.rstrip() + (" " if goes_on else "\n\n")
        starts.append(len(text))
        text += page
    return text, starts


def _lines(page: str) -> list[str]:
    """A page's lines; pdfium writes a hyphen at a line end as a control character."""
    text = page.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "\x02")
    return re.sub(r"\x02\n?", "", text).split("\n")


def _joined(lines: list[str]) -> str:
    out = ""
    for line in lines:
        body = line.strip()
        if not body:
            out = out.rstrip() + "\n\n" if out else ""
        elif re.search(r"[a-zà-ÿ]-$", out) and body[:1].islower():
            out = out[:-1] + body
        elif not out or out.endswith("\n"):
            out += body
        elif (
            out[-1] in ".!?:" and body[:1].isupper() and len(body) < _HEADING
        ):  # a short line after a full stop: a heading
            out += "\n" + body
        else:
            out += " " + body
    return out.strip()


def _running(pages: list[list[str]]) -> set[str]:
    if len(pages) < _FEW:
        return {str(n) for n in range(1, len(pages) + 1)}
    counts = Counter(_bare(s) for lines in pages for s in {*lines[:_EDGE], *lines[-_EDGE:]} if s.strip())
    return {line for line, n in counts.items() if n >= max(_FEW, len(pages) * _RUNNING)}


def _bare(line: str) -> str:
    """A line without its page number."""
    return re.sub(r"\d+(?:/\d+)?", "#", line.strip())
