"""Our own sentences with the quantities they state, and how found quantities are matched to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from garant.reading import Measured

#: Values that differ by less than this share are the same: a fraction is written with four digits.
_SAME = 1e-3


@dataclass
class Counted:
    """A sentence and its quantities: (low, high, unit), low and high equal for a value."""

    text: str
    stated: list[tuple[float, float, str]] = field(default_factory=list)


def counted(name: str = "quantities.txt") -> list[Counted]:
    """The annotated sentences of a file."""
    found: list[Counted] = []
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("> "):
            value, unit = line[2:].split(" ", 1)
            low, _, high = value.partition("..")
            found[-1].stated.append((float(low), float(high or low), unit))
        elif line.strip() and not line.startswith("#"):
            found.append(Counted(line))
    return found


def bounds(found: Measured) -> tuple[float, float]:
    """(low, high) of a found quantity."""
    if found.value is not None:
        return found.value, found.value
    return found.low or 0.0, found.high or 0.0


def matched(found: list[Measured], sentence: Counted) -> tuple[int, int]:
    """How many stated values were found, each once, and how many of them with the stated unit."""
    left, values, units = list(sentence.stated), 0, 0
    for each in found:
        low, high = bounds(each)
        same = [s for s in left if _close(low, s[0]) and _close(high, s[1])]
        if same:
            best = next((s for s in same if s[2] == (each.unit or "-")), same[0])
            left.remove(best)
            values += 1
            units += best[2] == (each.unit or "-")
    return values, units


def _close(one: float, two: float) -> bool:
    return abs(one - two) <= _SAME * max(1.0, abs(two)) * (0.2 if abs(two) < 1 else 1)
