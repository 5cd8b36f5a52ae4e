"""Experimental: which events of two datasets are one, as a probability for each pair; nothing is merged or pooled.

Pairs close in time and space are compared on four features, each with a few levels of agreement: days apart, distance
beyond what both precisions allow, names of the actors, deaths. Under the model of Fellegi and Sunter the features are
independent given whether a pair is one event, so that

    P(match | levels) = π ∏ m_k / (π ∏ m_k + (1 - π) ∏ u_k),

with π, m and u fitted to the pairs by expectation-maximisation from the values of matching.yaml, which count as prior
pairs. Sources: Fellegi & Sunter (1969), A theory for record linkage, JASA 64, 1183-1210; Winkler (1988), Using the EM
algorithm for weight computation in the Fellegi-Sunter model, ASA Proceedings, 667-671. On what the datasets include:
Eck (2012), In data we trust? A comparison of UCDP GED and ACLED conflict events datasets, Cooperation and Conflict 47,
124-141.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from garant.claims.definitions import read_yaml
from garant.geo import distance_km
from garant.names.entity import fold

if TYPE_CHECKING:
    import pandas as pd

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]


@cache
def rules() -> dict[str, Any]:
    """matching.yaml."""
    text = resources.files(__package__).joinpath("matching.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded


def match(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Pairs of events with the probability that they are one, the surest first.

    Both frames are as `read_events` gives them. Columns: `one`, `other` (ids), `probability`, `days`, `km` (beyond the
    slack of both precisions), `similarity` of the actors (0 to 1), `best`, `low`, `high` of the first and
    `other_best` of the second.
    """
    import pandas as pd

    left, right = _candidates(one, other)
    a, b = one.iloc[left], other.iloc[right]
    days, km = _days(a, b), _beyond(a, b)
    near = (days <= rules()["candidates"]["days"]) & (km <= rules()["candidates"]["km"])
    left, right, days, km, a, b = left[near], right[near], days[near], km[near], a[near], b[near]
    actors = _similarity(a, b)
    levels = {
        "days": _level(days, rules()["features"]["days"]["levels"]),
        "km": _level(km, rules()["features"]["km"]["levels"]),
        "actors": _level(-actors, [-x for x in rules()["features"]["actors"]["levels"]]),
        "deaths": _deaths(a, b),
    }
    return pd.DataFrame(
        {
            "one": a["event_id"].to_numpy(),
            "other": b["event_id"].to_numpy(),
            "probability": fit(levels),
            "days": days,
            "km": km,
            "similarity": actors,
            **{column: a[column].to_numpy() for column in ("best", "low", "high")},
            "other_best": b["best"].to_numpy(),
        }
    ).sort_values("probability", ascending=False, ignore_index=True, kind="stable")


def fit(levels: dict[str, _Ints]) -> _Floats:
    """Probability of each pair from its levels of agreement; π, m and u fitted by expectation-maximisation."""
    features, prior = rules()["features"], rules()["prior_pairs"]
    count = len(next(iter(levels.values())))
    if not count:
        return np.empty(0)
    share = rules()["matches"]
    start = {f: (np.array(features[f]["m"]), np.array(features[f]["u"])) for f in levels}
    table = dict(start)
    chance = np.full(count, share)
    for _ in range(rules()["rounds"]):
        yes, no = np.full(count, np.log(share)), np.full(count, np.log(1 - share))
        for feature, level in levels.items():
            m, u = table[feature]
            yes, no = yes + np.log(m[level]), no + np.log(u[level])
        chance = 1 / (1 + np.exp(np.clip(no - yes, -500, 500)))
        share = float((chance.sum() + prior * rules()["matches"]) / (count + prior))
        table = {f: _fitted(levels[f], chance, start[f], prior) for f in levels}
    return chance


def _fitted(level: _Ints, chance: _Floats, start: tuple[_Floats, _Floats], prior: float) -> tuple[_Floats, _Floats]:
    m, u = (np.bincount(level, weights=w, minlength=len(start[0])) for w in (chance, 1 - chance))
    return (m + prior * start[0]) / (m.sum() + prior), (u + prior * start[1]) / (u.sum() + prior)


def _candidates(one: pd.DataFrame, other: pd.DataFrame) -> tuple[_Ints, _Ints]:
    """Pairs whose days are near, by position; the second frame is searched in order of its first days."""
    reach = rules()["candidates"]["days"]
    start, end = _day(other, "start"), _day(other, "end")
    order = np.argsort(start, kind="stable")
    longest = int((end - start).max(initial=0))
    low = np.searchsorted(start[order], _day(one, "start") - reach - longest, side="left")
    high = np.searchsorted(start[order], _day(one, "end") + reach, side="right")
    number = np.maximum(high - low, 0)
    left = np.repeat(np.arange(len(one)), number)
    within = np.arange(number.sum()) - np.repeat(np.cumsum(number) - number, number)
    return left, order[np.repeat(low, number) + within]


def _day(frame: pd.DataFrame, column: str) -> _Ints:
    days: _Ints = frame[column].to_numpy().astype("datetime64[D]").astype(np.int64)
    return days


def _days(a: pd.DataFrame, b: pd.DataFrame) -> _Ints:
    """Days between two intervals; 0 where they meet."""
    gap: _Ints = np.maximum(_day(a, "start") - _day(b, "end"), _day(b, "start") - _day(a, "end"))
    return np.maximum(gap, 0)


def _beyond(a: pd.DataFrame, b: pd.DataFrame) -> _Floats:
    slack = rules()["slack_km"]
    apart = distance_km(a["longitude"], a["latitude"], b["longitude"], b["latitude"])
    allowed = a["spread"].map(slack).to_numpy(float) + b["spread"].map(slack).to_numpy(float)
    beyond: _Floats = np.maximum(apart - allowed, 0)
    return beyond


def _similarity(a: pd.DataFrame, b: pd.DataFrame) -> _Floats:
    """The better of both pairings of the sides, by the words of their names."""
    names = [frame[side].map(_words).tolist() for frame in (a, b) for side in ("side_a", "side_b")]
    found = [
        max(_alike(x, u) + _alike(y, v), _alike(x, v) + _alike(y, u)) / 2 for x, y, u, v in zip(*names, strict=True)
    ]
    return np.array(found, dtype=np.float64)


@cache
def _words(name: object) -> str:
    """The telling words of an actor's name; none where nobody is printed (None, or not a number in a frame)."""
    return " ".join(word for word in fold(name if isinstance(name, str) else "").split() if word not in rules()["stop"])


def _alike(one: str, other: str) -> float:
    if not one and not other:
        return 1.0
    return float(fuzz.token_set_ratio(one, other)) / 100


def _deaths(a: pd.DataFrame, b: pd.DataFrame) -> _Ints:
    told = b["best"].to_numpy()
    inside = (told >= a["low"].to_numpy()) & (told <= a["high"].to_numpy())
    best = a["best"].to_numpy()
    close = (np.abs(told - best) <= 2) | ((told <= 2 * best) & (best <= 2 * told))  # noqa: PLR2004  # as the YAML says
    return np.where(inside, 0, np.where(close, 1, 2))


def _level(value: Any, limits: list[float]) -> _Ints:
    """The first level whose limit a value keeps; the last one if none."""
    return np.searchsorted(np.array(limits, dtype=float), np.asarray(value, dtype=float), side="left")
