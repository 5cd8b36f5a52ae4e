"""A PDF's pages as one text: footnotes and running heads left out, hyphens at line ends joined, paragraphs kept."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from garant.reading.layout import HYPHENS, Line
from garant.reading.words import word_list

#: The share of a page's height, at its head and at its foot, in which running heads and page numbers stand; on how many
#: pages, and within how many points, the same line must stand to be one.
_EDGE, _PAGES, _LEVEL = 0.12, 3, 4.0
#: A line below this share of the text's size is small print; a page with less of the text's size than this has another.
_SMALL, _OWN = 0.92, 0.3
#: A distance of lines beyond this share of the usual one, or an indent of so many line heights, begins a paragraph.
_LEADING, _INDENT = 1.35, 0.7
#: Within this, it may also be a superscript that spreads the lines of a sentence.
_SPREAD = 2.5
#: A line that ends so many line heights before the right edge, after a full stop, ends a paragraph.
_SHORT = 3.0
_NUMBER = re.compile(r"(?:page |p\. ?|[-–—] ?)?(?:\d{1,4}|[ivxlc]{1,7})(?: ?[-–—]| ?(?:of|/|sur|de) ?\d{1,4})?", re.I)
_MARK = re.compile(r"(?:(?:\d{1,3}|[*†‡§]{1,3}|[a-z]|[ivx]{1,5})(?:[.)\]]\s*|\s+)|\d{1,3}(?=[A-ZÀ-Þ\"“«]))\S")
_ENDED = re.compile(r"[.!?:;][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Pages:
    """The text of all pages, the first character of each in it, and how many lines were left out, by what they are."""

    text: str
    starts: tuple[int, ...]
    left_out: dict[str, int]


def joined_pages(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> Pages:
    """The pages as one text. `heights` are those of the pages, in points."""
    left_out: Counter[str] = Counter()
    heads = _running(pages, heights)
    kept = [[line for i, line in enumerate(lines) if (n, i) not in heads] for n, lines in enumerate(pages)]
    left_out["running heads and page numbers"] = len(heads)
    sizes = _sizes(line for lines in kept for line in lines)
    usual = max(sizes, key=lambda s: sizes[s]) if sizes else 0.0
    noted = False
    for n, lines in enumerate(kept):
        notes = _footnotes(lines, usual, noted)
        noted = bool(notes)
        left_out["footnotes"] += len(notes)
        kept[n] = [line for i, line in enumerate(lines) if i not in notes]
    joiner = _Joiner(kept)
    starts = tuple(joiner.add(lines) for lines in kept)
    return Pages(joiner.text.removesuffix("\x02"), starts, {what: n for what, n in left_out.items() if n})


def _running(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[tuple[int, int]]:
    """(page, line) of heads and feet: the same words at the same place on several pages, or a page number."""
    found: set[tuple[int, int]] = set()
    places: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for n, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for i, line in enumerate(lines):
            if _EDGE * height < (line.bottom + line.top) / 2 < (1 - _EDGE) * height:
                continue
            if _NUMBER.fullmatch(line.text.strip()):
                found.add((n, i))
            places[re.sub(r"\d+", "#", line.text.strip())].append((line.bottom, n, i))
    for group in places.values():
        for level, n, i in group:
            if len({m for other, m, _ in group if abs(other - level) <= _LEVEL}) >= _PAGES:
                found.add((n, i))
    return found


def _sizes(lines: Iterable[Line]) -> Counter[float]:
    counts: Counter[float] = Counter()
    for line in lines:
        counts[round(line.size * 2) / 2] += len(line.text)
    return counts


def _footnotes(lines: Sequence[Line], usual: float, before: bool) -> set[int]:
    """Lines in small print with no line of the text below them, that begin with a mark or go on from the page before.

    `usual` is the size of the document's text; a page with hardly any of it, such as an annex, has its own.
    """
    sizes = _sizes(lines)
    total = sum(sizes.values())
    if sum(n for size, n in sizes.items() if size >= _SMALL * usual) < _OWN * total:
        usual = max(sizes, key=lambda s: sizes[s], default=usual)
    small = [i for i, line in enumerate(lines) if line.size < _SMALL * usual]
    last = {
        i
        for i in small
        if not any(
            other.size >= _SMALL * usual and other.bottom < lines[i].bottom and other.beside(lines[i])
            for other in lines
        )
    }
    found: set[int] = set()
    for i in sorted(last, key=lambda i: -lines[i].top):
        above = [j for j in last if lines[j].bottom > lines[i].bottom and lines[j].beside(lines[i])]
        if any(j in found for j in above) or (not above and before) or _MARK.match(lines[i].text.strip()):
            found.add(i)
    return found


def _body(line: Line) -> str:
    """A line's text with single spaces; a hyphen at its end, if it parts a word, is "\\x02"."""
    text = re.sub(r"\s+", " ", line.text).strip()
    parted = re.search(rf"(?<=\w)[{re.escape(HYPHENS)}]+$", text)
    text = text[: parted.start()] if parted else text
    return "".join(c for c in text if c >= " " and c != "\ufffe") + ("\x02" if parted else "")


class _Joiner:
    """Lines made one text, page after page."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        self.text = ""
        self._before: Line | None = None
        self._page: Sequence[Line] = ()
        steps = [
            one.bottom - two.bottom
            for lines in pages
            for one, two in pairwise(lines)
            if 0 < one.bottom - two.bottom < 3 * one.size
        ]
        self._step = median(steps) if steps else 0.0
        self._words = Counter(
            w for lines in pages for line in lines for w in re.findall(r"[\w-]+", line.text.lower())[:-1]
        )

    def add(self, lines: Sequence[Line]) -> int:
        """Join a page's lines to the text; where in it the page begins."""
        self._page = lines
        begins: list[int] = []
        for line in lines:
            begins.append(self._join(_body(line), line, first=not begins))
            self._before = line
        return begins[0] if begins else len(self.text)

    def _join(self, body: str, line: Line, *, first: bool) -> int:
        """Add a line; where it begins."""
        if not self.text:
            self.text = body
            return 0
        if self.text.endswith("\x02"):
            self.text = self.text[:-1]
            if self._before is not None and not self._breaks(line, first=first, hyphen=True):
                self.text += self._hyphen(body)
                self.text += body
                return len(self.text) - len(body)
            self.text += "-"
        self.text += "\n\n" if self._breaks(line, first=first) else " "
        self.text += body
        return len(self.text) - len(body)

    def _hyphen(self, body: str) -> str:
        """Whether a word that was parted keeps its hyphen: "" or "-"."""
        one, two = re.search(r"[\w-]*$", self.text), re.match(r"[\w-]*", body)
        left, right = (one[0] if one else "").lower(), (two[0] if two else "").lower()
        whole, parted = self._words[left + right], self._words[f"{left}-{right}"]
        if whole != parted:
            return "-" if parted > whole else ""  # as the document prints the word elsewhere
        plain = self.text[-1:].islower() and body[:1].islower()  # not "UN-", "backed"; "2020-", "2021"
        return "" if plain and left not in word_list("hyphens")["keep"] else "-"

    def _breaks(self, line: Line, *, first: bool, hyphen: bool = False) -> bool:
        """Whether a line begins a paragraph."""
        before = self._before
        if before is None or abs(line.size - before.size) > (1 - _SMALL) * before.size:
            return True
        ended = bool(_ENDED.search(self.text.rstrip())) and not hyphen
        if first or line.bottom > before.bottom - before.size / 2:  # another page, or column
            return ended
        step = before.bottom - line.bottom
        if step > _LEADING * self._step and (
            ended or step > _SPREAD * self._step or not line.text.strip()[:1].islower()
        ):
            return True
        beside = [other for other in self._page if other.beside(line) and abs(other.size - line.size) < line.size / 9]
        edge, right = min(o.left for o in beside), max(o.right for o in beside)
        indented = line.left > edge + _INDENT * line.size and before.left < edge + _INDENT * line.size
        return ended and (indented or before.right < right - _SHORT * line.size)
