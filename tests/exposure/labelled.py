"""The hand-labelled incidents of tests/hand/overlap.yaml, and how well pairs of `garant overlap` meet their labels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from garant.case import Case, init
from garant.geo import distance_km
from tests.datasets.invented import ACLED_NEW, table

Record = dict[str, Any]
Pair = tuple[int, int]
SAMPLE = Path(__file__).parents[1] / "hand" / "overlap.yaml"
SECOND = SAMPLE.with_name("overlap_second.yaml")
#: `inter1` and `inter2` of ACLED by how an actor's name begins; any other is an armed group.
_INTER = {
    "Military Forces of France": 8, "Military Forces": 1, "Police Forces": 1, "MINUSCA": 8, "MISCA": 8, "Wagner": 8,
    "Civilians": 7, "Traders": 7, "Rioters": 5, "Armed Fulani": 4, "PK5 Communal": 4, "Kara Ethnic": 4,
    "Rounga Ethnic": 4,
}  # fmt: skip


@cache
def sample() -> Record:
    """overlap.yaml: `sources` by key, `incidents`."""
    loaded: Record = yaml.safe_load(SAMPLE.read_text(encoding="utf-8"))
    return loaded


def half(number: int) -> str:
    """Which half an incident belongs to, by its id."""
    return "held out" if number % 2 else "tuning"


def truth(halves: tuple[str, ...] = ("tuning", "held out")) -> set[Pair]:
    """The labelled pairs: ids of GED and of the incident."""
    return {(event, i["id"]) for i in sample()["incidents"] if half(i["id"]) in halves for event in i["ged"]["ids"]}


@cache
def second() -> set[Pair]:
    """The pairs that a second reader labelled in the held-out half."""
    told = yaml.safe_load(SECOND.read_text(encoding="utf-8"))
    return {(event, number) for number, label in told.items() for event in label["ids"]}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree on the held-out half.

    `f1` is of the second's pairs against the first's; `kappa` Cohen's, on whether an incident has a counterpart at
    all; `same` the share of incidents with the same events. Source: Cohen (1960), A coefficient of agreement for
    nominal scales, Educational and Psychological Measurement 20, 37-46.
    """

    f1: float
    kappa: float
    same: float


def agreement() -> Agreement:
    """Agreement of the two readers."""
    numbers = [i["id"] for i in sample()["incidents"] if half(i["id"]) == "held out"]
    first, other = truth(("held out",)), second()
    events = [({e for e, i in first if i == n}, {e for e, i in other if i == n}) for n in numbers]
    told = np.array([(bool(a), bool(b)) for a, b in events])
    agreed, shares = (told[:, 0] == told[:, 1]).mean(), told.mean(axis=0)
    chance = shares.prod() + (1 - shares).prod()
    f1 = 2 * len(first & other) / (len(first) + len(other))
    return Agreement(f1, float((agreed - chance) / (1 - chance)), sum(a == b for a, b in events) / len(events))


def written(folder: Path) -> Path:
    """The incidents as a file in the newer layout of ACLED."""
    rows = []
    for each in sample()["incidents"]:
        what, place, source = each["what"], each["place"], sample()["sources"][each["told"]["source"]]
        rows.append(
            {
                "event_id_cnty": f"CAF{each['id']}", "event_date": each["when"]["event_date"],
                "year": each["when"]["event_date"][:4], "time_precision": each["when"]["time_precision"],
                "disorder_type": "Political violence", "event_type": what["event_type"], "iso": 140,
                "actor1": what["actor1"], "inter1": _inter(what["actor1"]), "actor2": what["actor2"] or "",
                "inter2": _inter(what["actor2"]), "country": "Central African Republic", "location": place["location"],
                "latitude": place["latitude"], "longitude": place["longitude"], "geo_precision": place["geo_precision"],
                "source": source["publisher"], "fatalities": what["fatalities"], "timestamp": 1600000000,
            }
        )  # fmt: skip
    return table(folder / "incidents.csv", rows, ACLED_NEW)


def _inter(actor: str | None) -> str:
    return "" if not actor else str(next((code for name, code in _INTER.items() if actor.startswith(name)), 2))


def loaded(shared: Path, folder: Path) -> Case:
    """A new case with UCDP GED 23.1 of the country and the incidents."""
    case = Case.open(init(folder / "case", country="CAF"))
    case.load("ucdp-ged", shared / "data/ucdp/GEDEvent_v23_1_CAF.csv")
    case.load("acled", written(folder))
    return case


def pairs(case: Case) -> pd.DataFrame:
    """Every pair that `overlap` gives, whatever its probability."""
    return numbered(case.overlap(least=0).to_pandas())


def numbered(found: pd.DataFrame) -> pd.DataFrame:
    """Pairs with the numbers of the events instead of their ids."""
    return found.assign(one=found["one"].astype(int), other=found["other"].str[3:].astype(int))


@dataclass(frozen=True, slots=True)
class Measured:
    """Quality of pairs against the labels; shares from 0 to 1.

    `precision`, `recall`, `f1` of pairs with at least one half. `first` is the share of incidents with a counterpart
    whose surest pair is true; `alone` that of incidents without one that have no pair of one half. `bins` are
    (pairs, mean probability, share true) by fifths of probability; `brier` the mean squared error, a labelled pair that
    is no candidate counted with probability 0.
    """

    incidents: int
    labelled: int
    found: int
    precision: float
    recall: float
    f1: float
    first: float
    alone: float
    brier: float
    bins: list[tuple[int, float, float]]


def measured(
    found: pd.DataFrame, halves: tuple[str, ...] = ("tuning", "held out"), true: set[Pair] | None = None
) -> Measured:
    """Hold pairs (`one`, `other`, `probability`) against the labels of the incidents of the halves (None: the first
    reader's)."""
    numbers = [i["id"] for i in sample()["incidents"] if half(i["id"]) in halves]
    true = truth(halves) if true is None else true
    frame = found[found["other"].isin(numbers)]
    hit = np.array([pair in true for pair in zip(frame["one"], frame["other"], strict=True)], dtype=bool)
    chance = frame["probability"].to_numpy(float)
    sure = chance >= 0.5  # as `overlap` shows them
    precision, recall = hit[sure].sum() / max(sure.sum(), 1), hit[sure].sum() / len(true)
    best = frame.sort_values("probability", ascending=False, kind="stable").drop_duplicates("other")
    first = {(one, other) for one, other in zip(best["one"], best["other"], strict=True)} & true
    with_any, shown = {other for _, other in true}, set(frame["other"][sure])
    lonely = [number for number in numbers if number not in with_any]
    missed = len(true) - hit.sum()
    fifths = np.minimum((chance * 5).astype(int), 4)
    return Measured(
        len(numbers), len(true), int(sure.sum()), precision, recall,
        2 * precision * recall / max(precision + recall, 1e-9),
        len(first) / len(with_any), sum(number not in shown for number in lonely) / len(lonely),
        float((((chance - hit) ** 2).sum() + missed) / (len(chance) + missed)),
        [(int((fifths == b).sum()), float(chance[fifths == b].mean()), float(hit[fifths == b].mean()))
         for b in range(5) if (fifths == b).any()],
    )  # fmt: skip


def nearest(shared: Path, days: int = 1, km: float = 25) -> pd.DataFrame:
    """The baseline: of the events of GED within so many days and km of an incident, the nearest one."""
    ged = pd.read_csv(shared / "data/ucdp/GEDEvent_v23_1_CAF.csv", encoding="utf-8")
    ged = ged[ged["country"].eq("Central African Republic")]
    start, end = (pd.to_datetime(ged[name]).dt.normalize() for name in ("date_start", "date_end"))
    rows = []
    for each in sample()["incidents"]:
        day = pd.Timestamp(each["when"]["event_date"])
        gap = np.maximum((start - day).dt.days, (day - end).dt.days).clip(lower=0)
        place = each["place"]
        apart = distance_km(ged["longitude"], ged["latitude"], place["longitude"], place["latitude"])
        near = ged.assign(gap=gap, apart=np.asarray(apart))[(gap <= days) & (np.asarray(apart) <= km)]
        if len(near):
            chosen = near.sort_values(["gap", "apart"], kind="stable").iloc[0]
            rows.append({"one": int(chosen["id"]), "other": each["id"], "probability": 1.0})
    return pd.DataFrame(rows)
