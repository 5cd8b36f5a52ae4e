"""A PDF's pages as lines with their place and size, so that footnotes and running heads can be told from the text."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

#: What pdfium writes for a hyphen at the end of a line, and what else is one.
_ENDING = "\x02\ufffe"
HYPHENS = f"{_ENDING}\u2010\u00ad-"
#: A character raised by this share of its line's height is a superscript; one turned by this angle (radians) no text.
_RAISED, _TURNED = 0.15, 0.1
#: Parts of one line stand less than so many line heights apart; farther apart they are columns.
_APART = 2.0
_SAME_ROW = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: its text, its box in points from the lower left corner of the page, and its height."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float

    def beside(self, other: Line) -> bool:
        """Whether two lines stand above one another, at least in part."""
        return self.left < other.right and other.left < self.right


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    turned: bool


def lines_of(page: Any) -> tuple[list[Line], float]:
    """The lines of a pypdfium2 page in the order in which it draws them, and the page's height in points."""
    textpage = page.get_textpage()
    parts: list[list[_Character]] = []
    for broken, group in groupby(_characters(textpage), key=lambda c: c.text in "\r\n"):
        characters = [c for c in group if not c.turned]
        if broken or not any(c.text.strip() for c in characters):
            continue
        for part in _columns(characters):
            if parts and _goes_on(parts[-1], part):
                parts[-1] += part
            else:
                parts.append(part)
    return [line for line in map(_line, parts) if line.text.strip()], page.get_height()


def _characters(textpage: Any) -> Iterator[_Character]:
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    for index in range(textpage.count_chars()):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        pdfium.FPDFText_GetLooseCharBox(textpage, index, ctypes.byref(box))
        turned = _TURNED < pdfium.FPDFText_GetCharAngle(textpage, index) < 2 * 3.1416 - _TURNED
        text = chr(code) if code else " "
        yield _Character(text, box.left, box.right, box.bottom, box.top, turned and bool(text.strip()))


def _columns(characters: list[_Character]) -> Iterator[list[_Character]]:
    """The characters of a line, parted at gaps as wide as those between columns, and at hyphens of a line's end.

    pdfium writes no end of line after such a hyphen.
    """
    at = 0
    printed = [i for i, c in enumerate(characters) if c.text.strip()]
    for one, two in pairwise(printed):
        gap = characters[two].left - characters[one].right
        if gap > _APART * (characters[one].top - characters[one].bottom) or characters[one].text in _ENDING:
            yield characters[at : one + 1]
            at = two
    yield characters[at:]


def _goes_on(before: list[_Character], after: list[_Character]) -> bool:
    """Whether a part only goes on with the line before it: pdfium breaks a line after a superscript."""
    one, two = _line(before), _line(after)
    common = min(one.top, two.top) - max(one.bottom, two.bottom)
    near = -one.size < two.left - one.right < _APART * max(one.size, two.size)
    return near and common > _SAME_ROW * min(one.size, two.size)


def _line(characters: list[_Character]) -> Line:
    printed = [c for c in characters if c.text.strip()]
    heights = Counter(round(c.top - c.bottom, 1) for c in printed)
    size = max(heights, key=lambda h: (heights[h], h))
    level = Counter(round(c.bottom, 1) for c in printed if round(c.top - c.bottom, 1) == size)
    bottom = level.most_common(1)[0][0]
    kept = "".join(
        c.text
        for i, c in enumerate(characters)
        if not (i and (c.text.isdigit() or c.text in "*†‡") and c.bottom > bottom + _RAISED * size)
    )
    text = kept.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    left, right = min(c.left for c in printed), max(c.right for c in printed)
    return Line(text, left, right, bottom, bottom + size, size)
