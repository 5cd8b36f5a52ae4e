"""Claim set: what the rows of a table say of the case's country, as claims that each name their row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from garant.claims import Claim
from garant.claims.definitions import read_yaml
from garant.datasets.opening import Table
from garant.datasets.registry import Layout, fold_column
from garant.datasets.rejects import Rejects
from garant.datasets.states import States
from garant.names import Entity, Names, fold

#: What tables write where they have no value.
_EMPTY = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "."})
#: Values of a table whose plain form is remembered.
_REMEMBERED = 100_000
_SLUG = re.compile(r"[^a-z0-9]+")
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number and its values, by our field names and by the file's folded column names.

    `places` and `header` say where the values of fields and of columns stand; all rows of a table share them.
    """

    number: int
    values: tuple[str, ...]
    places: Mapping[str, int]
    header: Mapping[str, int]

    def __getitem__(self, name: str) -> str:
        """The value of a field; empty where the row or the file has none."""
        at = self.places.get(name)
        return "" if at is None else self.values[at]

    @property
    def columns(self) -> Mapping[str, str]:
        """The values by the file's own columns."""
        return {name: self.values[at] for name, at in self.header.items()}

    def column(self, name: str) -> str:
        """The value of one of the file's own columns."""
        at = self.header.get(name)
        return "" if at is None else self.values[at]

    def count(self, name: str) -> int | None:
        """The value of a field as a whole number, rounded; None where it is none."""
        return whole(self[name])

    def broken(self, *names: str) -> str | None:
        """The first of these fields that is a number and not a whole one, as it stands; None where none is."""
        for text in (self[name] for name in names):
            number = whole(text)
            if number is not None and float(text) != number:
                return text
        return None


def whole(text: str) -> int | None:
    """A text as a whole number, rounded; None where it is no number."""
    try:
        return round(float(text))
    except (TypeError, ValueError, OverflowError):
        return None


def rows_of(table: Table, layout: Layout) -> Iterator[Row]:
    """The rows of a mended table; what tables write for "no value" is empty."""
    names = [fold_column(name) for name in table.header[1:]]
    header = {name: at for at, name in reversed(list(enumerate(names)))}  # of two columns of one name the first
    places = layout.places(table.header[1:])
    plain = _Plain()
    for number, values in table.rows():
        if len(values) != len(names):
            raise ValueError(f"row {number} has {len(values)} values under {len(names)} columns")
        yield Row(number, tuple(map(plain.__getitem__, values)), places, header)


class _Plain(dict[str, str]):
    """Values trimmed, empty where tables write "no value"; remembered, since tables repeat states, months, numbers."""

    def __missing__(self, value: str) -> str:
        trimmed = value.strip()
        plain = "" if trimmed.lower() in _EMPTY else trimmed
        if len(self) < _REMEMBERED:
            self[value] = plain
        return plain


@dataclass(slots=True)
class ClaimSet:
    """Collects claims of one file for one country, and what became of each row.

    A row is used (it says something of the country, or that nothing is there), outside, or rejected.
    """

    country: str
    source: str
    dataset: str
    version: str
    states: States
    names: Names
    claims: list[Claim] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    rejects: Rejects = field(default_factory=Rejects)
    used: set[int] = field(default_factory=set)
    outside: int = 0
    silent: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def silence(self, row: Row, why: str) -> None:
        """A row of the country of which no claim is made; counted by the reason."""
        self.used.add(row.number)
        self.silent[why] += 1

    def say(self, row: Row, *, says: str, actors: Iterable[Record], **fields: Any) -> None:
        """One claim of a row. Absent fields (None) are left out."""
        self.used.add(row.number)
        record = {
            "source": self.source,
            "row": row.number,
            "says": says,
            "actors": list(actors),
            "modality": "asserted",
            "coder": {"kind": "dataset", "name": self.dataset, "version": self.version},
            **fields,
        }
        self.claims.append(Claim.model_validate({k: v for k, v in record.items() if v not in (None, {}, [])}))

    def state(self, code: str, role: str, printed: str | None = None) -> Record:
        """A state as an actor; `as_printed` where the file prints another name."""
        label = self.states.label(code)
        other = printed if printed and printed != label else None
        actor = {"name": label, "role": role, "kind": "state", "entity": code, "as_printed": other}
        return {k: v for k, v in actor.items() if v is not None}

    def host(self) -> Record:
        """The case's country as the host."""
        return self.state(self.country, "host")

    def mission(self, acronym: str, role: str = "operator") -> Record:
        """An operation as an actor."""
        found = self.names.resolve(acronym, "mission")
        actor = {"name": acronym, "role": role, "kind": "mission"}
        return {**actor, "entity": found.entity} if found.entity else actor

    def place(self, name: str, latitude: str = "", longitude: str = "", cite: str = "") -> Record:
        """A place; one that no name in the case stands for becomes an entity of the case, with its coordinates."""
        found = self.names.resolve(name, "place")
        if found.entity is not None and found.how != "near":
            return {"name": name, "entity": found.entity}
        id = f"{self.country.lower()}-{_SLUG.sub('-', fold(name)).strip('-')}"
        try:
            at = [round(float(longitude), 6), round(float(latitude), 6)]
        except ValueError:
            return {"name": name}
        if id not in self.entities:
            record = {"id": id, "kind": "place", "name": {"en": name}, "country": self.country, "coordinates": at}
            self.entities[id] = Entity.model_validate({**record, "cite": cite or self.source})
        return {"name": name, "entity": id}

    def instrument(self, title: str, id: str) -> Record:
        """An agreement; one that no name in the case stands for becomes an entity of the case, so that two of one day
        stay two."""
        found = self.names.resolve(title, "instrument")
        if found.entity is not None and found.how != "near":
            return {"name": title, "entity": found.entity}
        self.entities.setdefault(id, Entity.model_validate({"id": id, "kind": "instrument", "name": {"en": title}}))
        return {"name": title, "entity": id}

    def finish(self) -> None:
        """Put what was silent into the notes."""
        for why, count in self.silent.items():
            rows = "1 row" if count == 1 else f"{count} rows"
            self.notes.append(f"{rows} used, of which no claim is made: {why}")


def hosts_of(acronym: str) -> tuple[str, ...] | None:
    """The states in which an operation serves; None where it is not listed."""
    return _missions().get(fold(acronym))


@cache
def _missions() -> dict[str, tuple[str, ...]]:
    raw = read_yaml(resources.files(__package__).joinpath("missions.yaml").read_text(encoding="utf-8"))
    return {fold(name): tuple(hosts) for name, hosts in raw.items()}
