"""Experimental: which events of two datasets are one, as a probability for each pair; nothing is merged or pooled.

Pairs close in time and space are compared on five features, each with a few levels of agreement: days apart, distance,
name of the place, names of the actors, deaths. Under the model of Fellegi and Sunter the features are independent given
whether a pair is one event, so that a pair of the first dataset's event a and the second's event b has the likelihood
ratio

    r_ab = ∏ m_k / u_k,

m_k the chance of its level among pairs that are one event, u_k among the others. Several events near b compete for
it. Of b's n candidates none is the same with chance 1 - λ, exactly one with λ (1 - τ), two (the first dataset splits
what the second tells at once) with λ τ, each candidate or couple alike, so that with S = Σ_c r_cb

    P(a = b) = r_ab [λ (1 - τ) / n + λ τ (S - r_ab) / (n (n - 1) / 2)] / Z_b,
    Z_b = 1 - λ + λ (1 - τ) S / n + λ τ Σ_{c < d} r_cb r_db / (n (n - 1) / 2),

τ = 0 where n = 1. An event of the first dataset may be in several pairs, as the second tells days and victims apart.
m and τ are counted on labelled pairs; λ and u are fitted to the pairs at hand by expectation-maximisation, so that no
label can change sides. Levels and counts are in matching.yaml.

Sources: Fellegi & Sunter (1969), A theory for record linkage, JASA 64, 1183-1210; Winkler (1988), Using the EM
algorithm for weight computation in the Fellegi-Sunter model, ASA Proceedings, 667-671. That candidates compete follows
Jaro (1989), Advances in record-linkage methodology, JASA 84, 414-420, and Sadinle (2017), Bayesian estimation of
bipartite matchings for record linkage, JASA 112, 600-612; both allow one counterpart, and one to one, where here an
event may have two and be shared. On what the datasets include: Eck (2012), In data we trust? A comparison of UCDP GED
and ACLED conflict events datasets, Cooperation and Conflict 47, 124-141.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from garant.claims.definitions import read_yaml
from garant.exposure.matching_actors import Actors
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


def comparable(events: pd.DataFrame) -> pd.DataFrame:
    """Events of the second dataset that are compared: with a death, or of a kind whose toll may be missing."""
    return events[events["high"].ge(1) | events["violence"].isin(rules()["untold"])]


def match(one: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Pairs of events with the probability that they are one, the surest first.

    Both frames are as `read_events` gives them. Columns: `one`, `other` (ids), `days`, `km` (beyond the slack of both
    precisions), `similarity` of the actors (0 to 1), `best`, `low`, `high` of the first, `other_best` of the second,
    `probability`.
    """
    pairs, levels = compare(one, other)
    chance = fit(levels, pairs["other"].to_numpy(str))
    told = pairs.assign(probability=chance)
    return told.sort_values("probability", ascending=False, ignore_index=True, kind="stable")


def compare(one: pd.DataFrame, other: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, _Ints]]:
    """The candidates (columns as `match` has them, but for the probability) and their level of each feature."""
    import pandas as pd

    left, right = _candidates(one, other)
    a, b = one.iloc[left], other.iloc[right]
    days, apart = _days(a, b), distance_km(a["longitude"], a["latitude"], b["longitude"], b["latitude"])
    km = _beyond(a, b, apart)
    near = (days <= rules()["candidates"]["days"]) & (km <= rules()["candidates"]["km"])
    days, apart, km, a, b = days[near], apart[near], km[near], a[near], b[near]
    actors = Actors(rules()["actors"]).similarity(a, b)
    levels = {
        "days": _dated(a, b, days),
        "km": _placed(a, b, apart),
        "place": _named(a, b),
        "actors": _level(-actors, [-x for x in rules()["features"]["actors"]["alike"]]),
        "deaths": _deaths(a, b),
    }
    pairs = pd.DataFrame(
        {
            "one": a["event_id"].to_numpy(),
            "other": b["event_id"].to_numpy(),
            "days": days,
            "km": km,
            "similarity": actors,
            **{column: a[column].to_numpy() for column in ("best", "low", "high")},
            "other_best": b["best"].to_numpy(),
        }
    )
    return pairs, levels


def fit(levels: dict[str, _Ints], event: NDArray[Any]) -> _Floats:
    """Probability of each pair from its levels of agreement and the event of the second dataset it belongs to.

    A level below 0 is unknown: it counts neither for nor against.
    λ and u are fitted to the pairs by expectation-maximisation; m and τ stay as counted.
    """
    if not len(event):
        return np.empty(0)
    told, weight = rules()["told"], rules()["prior_events"]
    pairs = rules()["prior_pairs"]
    shares = {f: (_share(rules()["features"][f]["same"]), _share(rules()["features"][f]["other"])) for f in levels}
    start = {f: u for f, (_, u) in shares.items()}
    _, place = np.unique(event, return_inverse=True)
    count = place.max() + 1
    chance = np.empty(len(event))
    for _ in range(rules()["rounds"]):
        ratio = np.exp(sum(np.where(levels[f] < 0, 0, _weights(m, u)[levels[f]]) for f, (m, u) in shares.items()))
        chance, some = _compete(ratio, place, told)
        told = float((some.sum() + weight * rules()["told"]) / (count + weight))
        for f, level in levels.items():
            seen = np.bincount(level[level >= 0], weights=(1 - chance)[level >= 0], minlength=len(start[f]))
            shares[f] = shares[f][0], (seen + pairs * start[f]) / (seen.sum() + pairs)
    return chance


def _weights(m: _Floats, u: _Floats) -> _Floats:
    """log m / u of each level; full agreement, the first level, never counts against a pair.

    Where the others agree more often than labelled pairs do, as where all events name the same sides, a feature tells
    nothing.
    """
    weights: _Floats = np.log(m) - np.log(u)
    weights[0] = max(weights[0], 0.0)
    return weights


def _compete(ratio: _Floats, place: _Ints, told: float) -> tuple[_Floats, _Floats]:
    """P(a = b) of each pair, and of each event of the second dataset the chance that the first tells it."""
    number = np.bincount(place)
    couples = np.maximum(number * (number - 1) / 2, 1)
    split = np.where(number > 1, rules()["split"], 0.0)
    single, double = told * (1 - split) / number, told * split / couples
    total, square = np.bincount(place, weights=ratio), np.bincount(place, weights=ratio**2)
    norm = 1 - told + single * total + double * (total**2 - square) / 2
    chance: _Floats = ratio * (single[place] + double[place] * (total[place] - ratio)) / norm[place]
    return np.minimum(chance, 1), 1 - (1 - told) / norm


def _share(counted: list[int]) -> _Floats:
    """Counts as shares, each one higher, so that what was not seen is rare and not impossible."""
    seen = np.array(counted, dtype=np.float64) + 1
    share: _Floats = seen / seen.sum()
    return share


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


def _beyond(a: pd.DataFrame, b: pd.DataFrame, apart: _Floats) -> _Floats:
    slack = rules()["slack_km"]
    allowed = a["spread"].map(slack).to_numpy(float) + b["spread"].map(slack).to_numpy(float)
    beyond: _Floats = np.maximum(apart - allowed, 0)
    return beyond


def _dated(a: pd.DataFrame, b: pd.DataFrame, apart: _Ints) -> _Ints:
    """Level of days: dated pairs by the gap, then those of a week, longer ones, and blurred ones that do not meet."""
    rule = rules()["features"]["days"]
    longest = np.maximum(*(_day(frame, "end") - _day(frame, "start") for frame in (a, b)))
    gaps = len(rule["apart"])
    met = np.where(longest <= rule["week"], gaps + 1, gaps + 2)
    blurred = np.where(apart == 0, met, np.where(apart <= rule["blurred"], gaps + 3, gaps + 4))
    return np.where(longest <= rule["dated"], _level(apart, rule["apart"]), blurred)


def _placed(a: pd.DataFrame, b: pd.DataFrame, apart: _Floats) -> _Ints:
    """Level of km: pairs at points by distance, then pairs near a point, then wider ones."""
    rule = rules()["features"]["km"]
    first, second = len(rule["point"]) + 1, len(rule["near"]) + 1
    exact = (a["spread"].eq("point").to_numpy()) & (b["spread"].eq("point").to_numpy())
    nearby = a["spread"].isin(rule["nearby"]).to_numpy() & b["spread"].isin(rule["nearby"]).to_numpy()
    near = np.where(nearby, first + _level(apart, rule["near"]), first + second)
    return np.where(exact, _level(apart, rule["point"]), near)


def _named(a: pd.DataFrame, b: pd.DataFrame) -> _Ints:
    """Level of the place's name: 0 the same, 1 another, -1 where one is missing."""
    alike = rules()["features"]["place"]["alike"]
    names = [frame["place"].map(_place_words).tolist() for frame in (a, b)]
    found = [(fuzz.token_set_ratio(x, y) < alike) if x and y else -1 for x, y in zip(*names, strict=True)]
    return np.array(found, dtype=np.int64)


@cache
def _place_words(name: object) -> str:
    """The telling words of a place's name; none where it has none (None, or not a number in a frame)."""
    stop = rules()["features"]["place"]["stop"]
    words = fold(name if isinstance(name, str) else "").split()
    return " ".join(word for word in words if word not in stop and not word.isdigit())


def _deaths(a: pd.DataFrame, b: pd.DataFrame) -> _Ints:
    rule = rules()["features"]["deaths"]
    told, best = b["best"].to_numpy(), a["best"].to_numpy()
    inside = (told >= a["low"].to_numpy()) & (told <= a["high"].to_numpy())
    close = (np.abs(told - best) <= rule["about"]) | ((told <= 2 * best) & (best <= 2 * told))
    agree = np.where(inside, np.where(told >= rule["many"], 0, 1), np.where(close, 2, 3))
    return np.where(told == 0, 4, agree)


def _level(value: Any, limits: list[float]) -> _Ints:
    """The first level whose limit a value keeps; the last one if none."""
    return np.searchsorted(np.array(limits, dtype=float), np.asarray(value, dtype=float), side="left")
