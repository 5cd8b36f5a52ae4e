"""Numbers as print has them: digits, words, ranges, "several hundred", "at least 12", and what they do not count."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from garant.reading.words import word_list


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: its characters with modifiers (`start`-`end`), the bare number's (`at`-`to`), and its bounds.

    `value` is set, or `low` and `high` (one may be None). `counts` is False for money, distances, percentages,
    numbers of resolutions and the like.
    """

    start: int
    end: int
    at: int
    to: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    approx: bool = False
    counts: bool = True
    digits: bool = False

    @property
    def bounds(self) -> tuple[float | None, float | None]:
        """(low, high) as the scorer and the ledger understand them."""
        return (self.value, self.value) if self.value is not None else (self.low, self.high)

    def to_quantity(self) -> dict[str, Any]:
        """The fields of a claim's quantity, absent ones omitted."""
        fields: dict[str, Any] = {"value": self.value, "low": self.low, "high": self.high}
        found = {key: _whole(number) for key, number in fields.items() if number is not None}
        if self.approx:
            found["approx"] = True
        return found


def find_numbers(text: str) -> list[Number]:
    """Every number in a text, in its order. Years and dates are numbers too; the reader of times takes those out.

    >>> [n.bounds for n in find_numbers("between 14,000 and 15,000 troops, at least two hundred and fifty of them new")]
    [(14000.0, 15000.0), (250.0, None)]
    """
    found: list[Number] = []
    bare = [(m.start(), m.end(), m) for m in _bare().finditer(text)]
    skip_until = -1
    for index, (start, end, match) in enumerate(bare):
        if start < skip_until:
            continue
        other = bare[index + 1] if index + 1 < len(bare) else None
        number, skip_until = _one(text, start, end, match, other)
        found.append(number)
    return found


def _one(text: str, start: int, end: int, match: re.Match[str], other: Any) -> tuple[Number, int]:
    low, high, rough = _value(match)
    value = low if low == high else None
    left, right = start, end
    digits = match["digits"] is not None
    approx = rough
    ranged = other and _range(text, start, end, other[0], other[1])
    if ranged:
        second = _value(other[2])
        if second[1] > low:
            low, high, value, right = _scaled(match, other[2], low), second[1], None, other[1]
            if before := _between().search(text[:start]):
                left = before.start()
    elif other and _bracketed(text, end, other[0], other[1]):
        high, value, right = low + _value(other[2])[1], None, other[1] + 1
    bounds: tuple[float | None, float | None] = (None, None) if value is not None else (low, high)
    if not ranged and right == end:
        definite = re.search(r"\bthe\s+$", text[:start])
        before_word = _before().search(text[:start])
        after_word = _after().match(text[end:])
        before_word = None if definite and before_word and before_word.lastgroup == "high" else before_word
        kind = before_word.lastgroup if before_word else after_word.lastgroup if after_word else None
        if before_word:
            left = before_word.start()
        elif after_word:
            right = end + after_word.end()
        if kind == "approx":
            approx = True
        elif kind == "low":
            bounds, value = (value if value is not None else low, None), None
        elif kind == "high":
            bounds, value = (None, value if value is not None else high), None
    counts = not (_foreign_after().match(text[right:]) or _foreign_before().search(text[:left]))
    number = Number(left, right, start, right if ranged else end, value, *bounds, approx, counts, digits)
    return number, right


def _scaled(first: re.Match[str], second: re.Match[str], low: float) -> float:
    """ "two to three thousand": the scale of the second number is the first's too."""
    scale = word_list("numbers")["scales"]
    last = second.group().lower().split()[-1]
    if last in scale and first.group().lower().split()[-1] not in scale and low < scale[last]:
        return low * float(scale[last])
    return low


def _range(text: str, start: int, end: int, at: int, to: int) -> bool:
    gap = text[end:at]
    if re.fullmatch(r"\s?[-–]\s?", gap):
        return to - at > 0
    if re.fullmatch(r"\s+(?:to|à|or|ou)\s+", gap):
        return not re.search(r"\bfrom\s+$", text[:start], re.I) or "or" in gap
    return bool(re.fullmatch(r"\s+(?:and|et)\s+", gap) and _between().search(text[:start]))


def _bracketed(text: str, end: int, at: int, to: int) -> bool:
    """Whether a number adds to the one before it in brackets, "four (plus two)": four to six."""
    added = _either(word_list("numbers")["added"])
    return bool(re.fullmatch(rf"\s?\((?:{added})\s+", text[end:at], re.IGNORECASE)) and text[to : to + 1] == ")"


def _value(match: re.Match[str]) -> tuple[float, float, bool]:
    words = word_list("numbers")
    if match["span"]:
        low, high = words["spans"][" ".join(match["span"].lower().split())]
        return float(low), float(high), True
    if match["about"]:
        rough = float(words["about"][" ".join(match["about"].lower().split())])
        return rough, rough, not match["about"].lower().startswith(("half a", "a do", "two do", "a couple"))
    if match["digits"]:
        printed = re.sub(r"[\s\u00a0\u202f]", "", match["digits"])
        number = float(printed.replace(",", "" if _grouped(match["digits"]) else "."))
        scale = match["scale"]
        total = number * (words["scales"][scale.lower()] if scale else 1)
        return total, total, False
    total = _spelled(match.group())
    return total, total, False


def _grouped(digits: str) -> bool:
    """Whether commas in it part thousands ("1,200") and are no decimal comma ("1,5")."""
    return "," not in digits or bool(re.fullmatch(r"\d{1,3}(?:[,\s\u00a0\u202f]\d{3})+(?:\.\d+)?", digits))


def _spelled(text: str) -> float:
    words, total, current = word_list("numbers"), 0.0, 0.0
    for word in re.split(r"[\s-]+", text.lower()):
        if word in words["ones"]:
            current += words["ones"][word]
        elif word in words["tens"]:
            current += words["tens"][word]
        elif word in words["scales"]:
            scale = words["scales"][word]
            current = max(current, 1) * scale
            if scale >= 1000:  # noqa: PLR2004  # "two hundred thousand": thousands close a group
                total, current = total + current, 0.0
    return total + current


def _whole(number: float) -> int | float:
    return int(number) if float(number).is_integer() else round(number, 6)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@cache
def _bare() -> re.Pattern[str]:
    words = word_list("numbers")
    units = _either([*words["ones"], *words["tens"]])
    scales = _either(words["scales"])
    pair = rf"(?:{units})(?:[\s-](?:{units}))?"
    more = rf"(?:(?:\s(?:and|et))?\s(?:{units})(?:-(?:{units}))?(?:\s(?:{scales}))*)*"
    spelled = rf"{pair}(?:\s(?:{scales}))+{more}"
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
    return re.compile(
        rf"(?<![\w.,/])(?<![A-Za-z]-)(?:(?P<span>{_either(words['spans'])})|(?P<about>{_either(words['about'])})"
        rf"|(?P<digits>{digits})(?:\s(?P<scale>{scales}))?(?!(?:st|nd|rd|th|e|er|ème|[A-Za-z])\b)(?![\d/]|,\d\d\d)"
        rf"|(?P<words>{spelled}|(?:{units})(?:-(?:{units}))?))(?!\w)",
        re.IGNORECASE,
    )


@cache
def _before() -> re.Pattern[str]:
    groups = word_list("numbers")["before"]
    # the longest wins: "no more than" before "more than"
    ranked = sorted(((w, kind) for kind, ws in groups.items() for w in ws), key=lambda p: -len(p[0]))
    parts = {kind: _either(w for w, k in ranked if k == kind) for kind in groups}
    return re.compile(
        rf"\b(?:(?P<high>{parts['high']})|(?P<low>(?<!no )(?<!not )(?:{parts['low']}))|(?P<approx>{parts['approx']}))"
        r"\s+(?:a\s+total\s+of\s+|the\s+|another\s+|an\s+additional\s+|additional\s+)?$",
        re.IGNORECASE,
    )


@cache
def _after() -> re.Pattern[str]:
    groups = word_list("numbers")["after"]
    parts = "|".join(f"(?P<{kind}>{_either(ws)})" for kind, ws in groups.items())
    return re.compile(rf"\s+(?:{parts})\b", re.IGNORECASE)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(r"\b(?:between|entre|from|de)\s+$", re.IGNORECASE)


@cache
def _foreign_after() -> re.Pattern[str]:
    return re.compile(rf"\s?-?(?:{_either(word_list('numbers')['not_counts'])})(?!\w)", re.IGNORECASE)


@cache
def _foreign_before() -> re.Pattern[str]:
    words = word_list("numbers")
    return re.compile(
        rf"(?:\b(?:{_either(words['not_before'])})\s+|[{''.join(map(re.escape, words['currency']))}])$", re.IGNORECASE
    )
