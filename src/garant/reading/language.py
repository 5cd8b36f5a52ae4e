"""Which language a text is in, and the text as the parser sees it: same length, plain quotes and spaces."""

from __future__ import annotations

import re
from collections import Counter

from garant.reading.words import word_list

#: Characters that confuse a parser, each with another of the same length, so that offsets stay.
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "−": "-", "‑": "-"}
    | dict.fromkeys("\u00a0\u202f\u2009\u200b\ufeff\u00ad\t\r", " ")
    | {chr(n): " " for n in range(32) if chr(n) not in "\n\f"}  # NUL and other controls
    | dict.fromkeys("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", " ")  # marks of direction
)
#: Words of a language below this share of a text do not tell it.
_FLOOR = 0.08
_ENOUGH = 20_000


def analysed(text: str) -> str:
    """The text for the parser, as long as the text itself, so that offsets count in both."""
    return text.translate(_PLAIN)


def language_of(text: str) -> str:
    """`en`, `fr`, another code of languages.yaml, or "other"; a text too short to tell is taken for English."""
    words = re.findall(r"[^\W\d_]+", text[:_ENOUGH].lower())
    if not words:
        return "other"
    latin = sum(w.isascii() or any("À" <= c <= "ſ" for c in w) for w in words)
    if latin < len(words) / 2:
        return "other"
    counts = Counter(words)
    shares: dict[str, float] = {
        code: sum(counts[w] for w in listed) / len(words) for code, listed in word_list("languages").items()
    }
    best = max(shares, key=lambda code: shares[code])
    if shares[best] < _FLOOR:
        return "en" if len(words) < 30 else "other"  # noqa: PLR2004  # a headline
    return str(best)
