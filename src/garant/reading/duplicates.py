"""Copies: the same text in another format, or a wire story printed again, told by the words they share."""

from __future__ import annotations

import hashlib
import re

#: How many of the smallest hashes stand for a text, and the share of them that makes a copy.
SIZE = 64
ALIKE = 0.7
_SHINGLE = 5


def fingerprint(text: str) -> list[int]:
    """The smallest hashes of a text's runs of five words; equal for texts that differ only in marks and spaces."""
    words = re.findall(r"\w+", text.lower())
    runs = {" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}
    hashes = (int.from_bytes(hashlib.blake2b(run.encode(), digest_size=6).digest(), "big") for run in runs)
    return sorted(hashes)[:SIZE]


def likeness(one: list[int], two: list[int]) -> float:
    """Share of words' runs that two texts have in common (an estimate, 0-1)."""
    if not one or not two:
        return 0.0
    smallest = sorted(set(one) | set(two))[:SIZE]
    both = set(one) & set(two)
    return sum(h in both for h in smallest) / len(smallest)
