"""The datasets that can be loaded: how each is recognised, what its columns mean, its versions and its licence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources
from typing import Any, cast

from garant.claims.definitions import read_yaml
from garant.datasets.origin import Kind
from garant.errors import InputError

_NOT_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Layout:
    """One set of columns in which a dataset is published.

    `columns` maps our field names to the names it may have in the file, folded; `needs` are the fields without which
    the file is not this dataset. `about` replaces the dataset's publisher, title, licence or citation.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
    needs: tuple[str, ...]
    about: Mapping[str, str] = field(default_factory=dict)

    def places(self, header: Sequence[str]) -> dict[str, int]:
        """Where each field stands in a file: {field: index of its column}."""
        at = {}
        for index, name in reversed(list(enumerate(header))):
            at[fold_column(name)] = index  # of two columns with one name the first counts
        return {
            key: next(at[name] for name in names if name in at)
            for key, names in self.columns.items()
            if any(name in at for name in names)
        }

    def missing(self, header: Sequence[str]) -> list[str]:
        """Columns that the layout needs and the file has not, by their first name."""
        there = self.places(header)
        return [self.columns[key][0] for key in self.needs if key not in there]


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: what in a file's name tells it, its name, and when it was released (EDTF).

    `last_year` is the last year of which a version of events tells; None where that is not listed.
    """

    match: re.Pattern[str]
    version: str
    released: str
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as `registry/*.yaml` describes it; `rests_on` are records of the sources it is made from.

    `first_year` is the first year of which every listed version of events tells; None where that is not listed.
    """

    name: str
    title: str
    publisher: str
    kind: Kind
    licence: str
    citation: str
    address: str
    layouts: tuple[Layout, ...]
    versions: tuple[Version, ...]
    rests_on: tuple[dict[str, Any], ...] = ()
    codes: Mapping[str, Any] = field(default_factory=dict)
    loads: str = ""
    first_year: int | None = None

    def in_layout(self, layout: Layout) -> Dataset:
        """The dataset as this layout of it is published."""
        return replace(self, **cast("dict[str, Any]", dict(layout.about)))

    def covered(self, version: str) -> tuple[str, str] | None:
        """First and last day (ISO) of which a listed version tells; None where that is not listed."""
        last = next((v.last_year for v in self.versions if v.version == version), None)
        return (f"{self.first_year}-01-01", f"{last}-12-31") if self.first_year and last else None

    def version_of(self, file_name: str, layout: str) -> Version | None:
        """The version that a file's name, or else its layout, tells."""
        told = f"{file_name} layout:{layout}"
        return next((v for v in self.versions if v.match.search(told)), None)


def fold_column(name: str) -> str:
    """A column's name reduced to what counts: "Contributor_ISO-3", "contributor iso 3" are one."""
    flat = unicodedata.normalize("NFKD", name.strip().lstrip("\ufeff")).casefold()
    return _NOT_WORD.sub("_", flat).strip("_")


@cache
def datasets() -> dict[str, Dataset]:
    """All datasets by name, from registry/*.yaml."""
    folder = resources.files(__package__).joinpath("registry")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    found = (_dataset(read_yaml(f.read_text(encoding="utf-8"))) for f in files)
    return {d.name: d for d in found}


def named(name: str) -> Dataset:
    """The dataset of a name; InputError listing all names otherwise."""
    if name not in datasets():
        raise InputError(f"'{name}' is no dataset Garant loads", mend=f"it loads {', '.join(datasets())}")
    return datasets()[name]


def recognise(header: Sequence[str], where: str) -> tuple[Dataset, Layout]:
    """The dataset and layout whose columns a file has, the most telling if several fit.

    Raises InputError where none fits, or where two fit equally well.
    """
    fitting = [
        (len(layout.needs), dataset, layout)
        for dataset in datasets().values()
        for layout in dataset.layouts
        if layout.needs and not layout.missing(header)
    ]
    if not fitting:
        near = _nearest(header)
        raise InputError(
            "has not the columns of any dataset Garant loads", where=where, mend=f"name the dataset; {near}"
        )
    most = max(weight for weight, _, _ in fitting)
    best = [(dataset, layout) for weight, dataset, layout in fitting if weight == most]
    if len({dataset.name for dataset, _ in best}) > 1:
        names = " or ".join(dict.fromkeys(dataset.name for dataset, _ in best))
        raise InputError("has columns of several datasets", where=where, mend=f"say which: {names}")
    return best[0]


def layout_of(dataset: Dataset, header: Sequence[str], where: str) -> Layout:
    """The layout of a named dataset that a file has; InputError naming the missing columns otherwise."""
    fitting = [layout for layout in dataset.layouts if not layout.missing(header)]
    if fitting:
        return max(fitting, key=lambda layout: len(layout.needs))
    nearest = min(dataset.layouts, key=lambda layout: (len(layout.missing(header)), -len(layout.needs)))
    missing = ", ".join(nearest.missing(header))
    what = f"is no {dataset.name} file: it has no column {missing}"
    try:
        other, _ = recognise(header, where)
    except InputError:
        raise InputError(what, where=where, mend="check the file and the dataset's name") from None
    raise InputError(what, where=where, mend=f"its columns are those of {other.name}")


def _nearest(header: Sequence[str]) -> str:
    every = [(d, layout) for d in datasets().values() for layout in d.layouts if layout.needs]
    dataset, layout = min(every, key=lambda pair: len(pair[1].missing(header)) / len(pair[1].needs))
    return f"nearest is {dataset.name}, which also has {', '.join(layout.missing(header)[:4])}"


def _dataset(raw: dict[str, Any]) -> Dataset:
    layouts = []
    shared = raw.get("columns", {})
    for each in raw["layouts"]:
        columns = {
            key: tuple(fold_column(n) for n in ([names] if isinstance(names, str) else names))
            for key, names in {**shared, **each.get("columns", {})}.items()
        }
        layouts.append(Layout(each["name"], columns, tuple(each.get("needs", ())), each.get("about", {})))
    versions = tuple(
        Version(re.compile(v["match"], re.IGNORECASE), str(v["version"]), str(v["released"]), v.get("last_year"))
        for v in raw.get("versions", ())
    )
    return Dataset(
        name=raw["name"],
        title=raw["title"],
        publisher=raw["publisher"],
        kind=raw["kind"],
        licence=raw["licence"],
        citation=" ".join(raw["citation"].split()),
        address=raw["address"],
        layouts=tuple(layouts),
        versions=versions,
        rests_on=tuple(raw.get("rests_on", ())),
        codes=raw.get("codes", {}),
        loads=raw.get("loads", ""),
        first_year=raw.get("first_year"),
    )
