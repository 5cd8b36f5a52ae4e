"""Copies: the same text in another format, cut, or a wire story printed again, told by the words they share.

MinHash (Broder 1997, "On the resemblance and containment of documents"): of each text the smallest value of MARKS hash
functions over its runs of words is kept; the share of values that two texts have in common estimates the share of runs
they have in common, whatever their length.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

#: Hash functions: the estimate of a share s is off by sqrt(s (1 - s) / MARKS), 0.04 at worst.
MARKS = 128
#: The shorter text's share in common from which on one copies the other, and the share of both below which it is a
#: quotation at most (and too small to be estimated).
ALIKE = 0.6
_LEAST = 0.15
#: Words in a run: fewer meet by chance, more are broken by each word that an editor changes.
_RUN = 4
_ROWS = 1024


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What stands for a text: its marks (the smallest hashes, MARKS numbers of 32 bits) and how many runs it has."""

    marks: bytes
    runs: int

    def to_text(self) -> str:
        """One word, for an index file."""
        return f"{self.runs}:{self.marks.hex()}"

    @staticmethod
    def from_text(text: Any) -> Fingerprint | None:
        """The fingerprint that `to_text` wrote; None if it is none (of another version, or torn)."""
        match = re.fullmatch(rf"(\d+):([0-9a-f]{{{MARKS * 8}}})", text) if isinstance(text, str) else None
        return Fingerprint(bytes.fromhex(match[2]), int(match[1])) if match else None


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text; equal for texts that differ only in marks, case, spaces and ligatures."""
    import numpy as np

    words = re.findall(r"\w+", unicodedata.normalize("NFKC", text).replace("\u00ad", "").casefold())
    runs = {" ".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))}
    digests = b"".join(hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest() for run in runs)
    hashes = np.frombuffer(digests, dtype="<u8")
    # multiply-shift hashing (Dietzfelbinger and others 1997): odd factors, the upper 32 bits
    least = [((hashes * factor + term) >> np.uint64(32)).min() for factor, term in _functions()]
    return Fingerprint(np.array(least, dtype="<u4").tobytes(), len(runs))


def likeness(one: Fingerprint, two: Fingerprint) -> float:
    """The share of the shorter text's runs that the longer has too (an estimate, 0-1); 0 where too little is shared."""
    same = sum(one.marks[i : i + 4] == two.marks[i : i + 4] for i in range(0, len(one.marks), 4)) / MARKS
    return _containment(same, one.runs, two.runs)


def _containment(same: float, one: int, two: int) -> float:
    """From the share of the union to that of the shorter: common = same / (1 + same) * (one + two)."""
    if same < _LEAST:
        return 0.0
    return min(1.0, same / (1 + same) * (one + two) / min(one, two))


class Originals:
    """Fingerprints of the texts read so far, half a kilobyte each, to find which of them a text copies."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._runs: list[int] = []
        self._rows: np.ndarray[Any, Any] | None = None

    def add(self, name: str, print_: Fingerprint) -> None:
        """Remember a text under a name."""
        import numpy as np

        if self._rows is None:
            self._rows = np.empty((_ROWS, MARKS), dtype="<u4")
        elif len(self._names) == len(self._rows):
            self._rows = np.concatenate([self._rows, np.empty_like(self._rows)])
        self._rows[len(self._names)] = np.frombuffer(print_.marks, dtype="<u4")
        self._names.append(name)
        self._runs.append(print_.runs)

    def of(self, print_: Fingerprint) -> str | None:
        """The name of the text that is copied: of several the most alike, then the first. None if there is none."""
        import numpy as np

        if self._rows is None:
            return None
        same = (self._rows[: len(self._names)] == np.frombuffer(print_.marks, dtype="<u4")).mean(axis=1)
        alike = [
            i for i in np.flatnonzero(same >= _LEAST)
            if _containment(float(same[i]), print_.runs, self._runs[i]) >= ALIKE
        ]  # fmt: skip
        return self._names[max(alike, key=lambda i: (same[i], -i))] if alike else None


def _functions() -> Iterator[tuple[Any, Any]]:
    """The factors and terms of the hash functions: fixed, so that fingerprints of two runs can be compared."""
    import numpy as np

    for number in range(MARKS):
        drawn = hashlib.blake2b(number.to_bytes(2, "big"), digest_size=16).digest()
        yield np.uint64(int.from_bytes(drawn[:8], "big") | 1), np.uint64(int.from_bytes(drawn[8:], "big"))
