"""Dependence: how much of the foreign personnel in a host each provider has, and how concentrated they are.

Shares and the Herfindahl-Hirschman index (Hirschman 1945, National Power and the Structure of Foreign Trade; Herfindahl
1950) of strengths that are known only as bands. The index of strengths x is H(x) = sum(x_i^2) / (sum(x_i))^2, from 1/n
(all alike) to 1 (one provider alone). Its band is the exact least and most of H over all strengths inside the bands:

- H is quasiconvex for x > 0 (its level sets are second-order cones), so its least lies where every x_i is one common
  number t cut to its own band; between two bounds t is sum of squares over sum of those that are cut.
- Its most lies at a corner of the bands. All corners are tried, each one step from the last (Gray code), for up to
  EXACT bands that are not points; narrower ones beyond that enter with their squares at the most and their sum at the
  least, which bounds H from above.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

#: Bands whose corners are all tried: 2^EXACT steps.
EXACT = 16


Bounds = tuple[float, float]


def shares(bands: Sequence[Bounds], rests: Sequence[Bounds] = ()) -> list[Bounds]:
    """Least and most share of each band in the sum of all; `rests` (whoever else is there) are in the sum only.

    Bounds are (low, high) in persons, `high` infinite where only a least number is known.

    >>> [(round(low, 2), round(high, 2)) for low, high in shares([(100, 100), (300, 400)])]
    [(0.2, 0.25), (0.75, 0.8)]
    """
    found = []
    for at, (low, high) in enumerate(bands):
        others = [*bands[:at], *bands[at + 1 :], *rests]
        least = low / (low + sum(h for _, h in others)) if low else 0.0
        most = 1.0 if high == inf else (high / (high + sum(o for o, _ in others)) if high else 0.0)
        found.append((least, most))
    return found


def herfindahl(bands: Sequence[Bounds], rests: Sequence[Bounds] = ()) -> Bounds | None:
    """The band of the Herfindahl-Hirschman index; None where nobody is sure to be there.

    Each of `rests` are people of providers who are not told apart: spread over ever so many they add nothing to the
    sum of squares (the least), of one provider they are one more (the most).

    >>> herfindahl([(100, 100), (100, 100)])
    (0.5, 0.5)
    >>> low, high = herfindahl([(100, 200), (100, 100)], rests=[(0, 100)])
    >>> round(low, 3), round(high, 3)
    (0.222, 0.556)
    """
    whole = [*bands, *rests]
    if not any(low > 0 for low, _ in whole):
        return None
    return _least(bands, sum(high for _, high in rests)), (1.0 if any(h == inf for _, h in whole) else _most(whole))


def _index(strengths: Sequence[float], rest: float = 0) -> float:
    total = sum(strengths) + rest
    return sum(x * x for x in strengths) / total**2 if total else inf


def _least(bands: Sequence[Bounds], rest: float) -> float:
    """Least over the common level t; the rest is spread and at its most."""
    if rest == inf or not bands:
        return 0.0
    bounds = sorted({b for band in bands for b in band if b < inf})
    levels = set(bounds)
    for left, right in zip(bounds, [*bounds[1:], inf], strict=True):
        fixed = [_cut(left, low, high) for low, high in bands if not (low <= left and high >= right)]
        if (total := sum(fixed) + rest) > 0:
            levels.add(min(max(sum(x * x for x in fixed) / total, left), right))
    return min(_index([_cut(t, low, high) for low, high in bands], rest) for t in levels if t < inf)


def _cut(level: float, low: float, high: float) -> float:
    return min(max(level, low), high)


def _most(bands: Sequence[Bounds]) -> float:
    """Most over the corners; what is not tried corner by corner bounds it from above."""
    wide = sorted((b for b in bands if b[0] < b[1]), key=lambda b: b[0] - b[1])
    tried, left = wide[:EXACT], wide[EXACT:]
    squares = sum(low * low for low, high in bands if low == high) + sum(high * high for _, high in left)
    total = sum(low for low, high in bands if low == high) + sum(low for low, _ in left)
    squares += sum(low * low for low, _ in tried)
    total += sum(low for low, _ in tried)
    best = squares / total**2 if total else 0.0
    raised = [False] * len(tried)
    for step in range(1, 1 << len(tried)):
        at = (step & -step).bit_length() - 1
        low, high = tried[at]
        sign = -1 if raised[at] else 1
        raised[at] = not raised[at]
        squares += sign * (high * high - low * low)
        total += sign * (high - low)
        if total > 0:
            best = max(best, squares / total**2)
    return min(1.0, best)
