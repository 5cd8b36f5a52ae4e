"""Loading: from a user's file to a snapshot, claims and an Origin, all ready to land together."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from garant.claims import Claim, Period, Source
from garant.datasets.claimset import ClaimSet
from garant.datasets.events import Loaded, load_events
from garant.datasets.hashing import Hashing
from garant.datasets.layers import load_boundaries, load_population
from garant.datasets.opening import Table, open_table
from garant.datasets.origin import Origin
from garant.datasets.outline import outline_of
from garant.datasets.registry import Dataset, Layout, layout_of, named, recognise
from garant.datasets.rejects import Rejects
from garant.datasets.snapshot import Snapshot
from garant.datasets.states import States
from garant.datasets.tabular import last_day, load_claims, load_covariate
from garant.errors import InputError
from garant.names import Entity, Names

_LAYERS = {"boundaries": load_boundaries, "population": load_population}
_LAYER_FILES = (".geojson", ".gpkg", ".shp")
#: Options that change how a file is read.
_READING = ("name_column", "code_column", "count_column", "level")
#: Digits of the file's SHA-256 that tell versions without a number apart.
_DIGITS = 8
_NOT_SLUG = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user says of a file: the dataset (None: recognise it), its version and release if they know them.

    `options` are `name_column`, `code_column`, `count_column` and `level` of layers, and `publisher`, `title` and
    `licence` where the registry knows none.
    """

    file: Path
    dataset: str | None = None
    version: str | None = None
    released: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ready:
    """A file read and checked, and nothing written yet but `parquet`, a temporary file."""

    origin: Origin
    parquet: Path
    rejects: Rejects
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    entities: tuple[Entity, ...] = ()


def known(loaded: list[Snapshot], hashed: Hashing, asked: Asked) -> Snapshot | None:
    """The snapshot of a file that was read before in this way (as this dataset, where one is named).

    Raises InputError where it was loaded as something else than is said now, such as another version: rows of one file
    under two versions would count twice.
    """
    told = _reading(asked.options)
    fitting = [s for s in loaded if _reading(s.origin.options) == told and asked.dataset in (None, s.origin.dataset)]
    # the hash is waited for only where a file of this size was loaded
    sized = (s for s in fitting if s.origin.size in (None, hashed.size))
    found = next((s for s in sized if s.origin.sha256 == hashed.sha256), None)
    if found is not None:
        for word, said in {"version": asked.version, "released": asked.released, **asked.options}.items():
            had = getattr(found.origin, word, None)
            if said and had is not None and had != (Period.parse(said).text if word == "released" else said):
                raise InputError(
                    f"was loaded before, with {word} {had}",
                    where=str(asked.file),
                    mend="a file is one dataset; load it as another into a case of its own",
                )
    return found


def _reading(options: Mapping[str, str]) -> dict[str, str]:
    """Of what a user said of a file, that by which it is read; the rest describes it."""
    return {key: value for key, value in options.items() if value and key in _READING}


def prepare(
    asked: Asked,
    hashed: Hashing,
    names: Names,
    country: str | None,
    loaded: list[Snapshot],
    taken: Mapping[str, str | None],
    work: Path,
) -> Ready:
    """Read a user's file for a case about `country`. `taken` are the SHA-256 of the case's sources by id.

    Raises InputError with one sentence where the file cannot be used; then only `work` has been written to.
    """
    where = str(asked.file)
    dataset = named(asked.dataset) if asked.dataset else None
    try:
        if dataset is not None and dataset.name in _LAYERS:
            return _layer(asked, dataset, hashed, country, work)
        if dataset is None and _looks_like_layer(asked.file):
            raise InputError("is a layer of geometries", mend="say what it is: boundaries or population")
        table = open_table(asked.file, work)
        dataset, layout = (
            (dataset, layout_of(dataset, table.header, where)) if dataset else recognise(table.header, where)
        )
        dataset = dataset.in_layout(layout)
        return _table(asked, table, dataset, layout, hashed, States(names), names, country, loaded, taken, work)
    except InputError as error:
        # a sentence about the unpacked or rewritten copy is about the user's file
        inner = error.where is not None and error.where.startswith(str(work))
        if error.where is None or inner:
            error.where = where if not inner else f"{where} ({Path(str(error.where)).name})"
            error.args = (str(error),)
        raise


def _table(
    asked: Asked, table: Table, dataset: Dataset, layout: Layout, hashed: Hashing, states: States, names: Names,
    country: str | None, loaded: list[Snapshot], taken: Mapping[str, str | None], work: Path,
) -> Ready:  # fmt: skip
    if dataset.kind == "events":
        outline, unchecked = outline_of(loaded) if country is not None else (None, None)
        found = load_events(table, dataset, layout, states, country, outline, work)
        notes = [*found.notes, *([unchecked] if unchecked else [])]
        return Ready(_origin(asked, dataset, layout.name, hashed, found, notes, country), found.parquet, found.rejects)
    if dataset.kind == "covariate":
        found = load_covariate(table, layout, states, country, dataset.codes, work)
        return Ready(
            _origin(asked, dataset, layout.name, hashed, found, found.notes, country), found.parquet, found.rejects
        )
    if country is None:
        raise InputError(
            f"{dataset.name} gives claims on a country, and this case is about none",
            mend="set `country` in its case.toml, or make a case with 'garant init DIR --country CODE'",
        )
    table = table.mended(work)
    stamp = last_day(table, layout)
    version, released, _ = _version(asked, dataset, layout.name, hashed, stamp)
    id = _source_id(dataset, layout, version, hashed.sha256, taken)
    told = ClaimSet(country, id, dataset.name, version, states, names)
    found = replace(load_claims(table, dataset, layout, told, asked.file.name, work), stamp=stamp)
    origin = _origin(asked, dataset, layout.name, hashed, found, found.notes, country)
    parents = [Source.model_validate({**raw, "kind": "document"}) for raw in dataset.rests_on]
    source = Source(
        id=id, kind="dataset", publisher=origin.publisher, title=f"{origin.title}, {layout.name.replace('-', ' ')}",
        published=released, address=dataset.address, licence=origin.licence, version=version, sha256=hashed.sha256,
        accessed=origin.accessed, derived_from=[p.id for p in parents] or None,
        note=f"{origin.citation} File: {origin.file}.",
    )  # fmt: skip
    new_parents = [p for p in parents if p.id not in taken]
    sources = (*new_parents, source) if told.claims else ()
    return Ready(origin, found.parquet, found.rejects, tuple(told.claims), sources, tuple(told.entities.values()))


def _layer(asked: Asked, dataset: Dataset, hashed: Hashing, country: str | None, work: Path) -> Ready:
    found = _LAYERS[dataset.name](asked.file, dataset.codes, asked.options, work)
    return Ready(_origin(asked, dataset, "layer", hashed, found, found.notes, country), found.parquet, found.rejects)


def _origin(
    asked: Asked, dataset: Dataset, layout: str, hashed: Hashing, found: Loaded, notes: list[str], country: str | None
) -> Origin:
    version, released, by = _version(asked, dataset, layout, hashed, found.stamp)
    moment = datetime.now(UTC)
    if country is not None and not found.used:
        notes = [*notes, f"no row is about {country}"]
    (covers_from, covers_to), beyond = _coverage(dataset, version, found)
    notes = [*notes, *beyond]
    if by == "file":
        notes = [*notes, f"it counts as released on {released}, the last day of which the file tells"]
    if by == "loading":
        notes = [
            *notes,
            f"when this version was released is not known; it counts as released on {released}, the day of loading",
        ]
    return Origin(
        dataset=dataset.name,
        publisher=asked.options.get("publisher") or dataset.publisher,
        title=asked.options.get("title") or dataset.title,
        version=version,
        released=released,
        released_by=by,
        citation=dataset.citation,
        licence=asked.options.get("licence") or dataset.licence,
        accessed=moment.date().isoformat(),
        sha256=hashed.sha256,
        size=hashed.size,
        file=asked.file.name,
        rows=found.rows,
        used=found.used,
        outside=found.outside,
        layout=layout,
        kind=dataset.kind,
        loaded_at=moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        country=country,
        address=dataset.address,
        covers_from=covers_from,
        covers_to=covers_to,
        rejected=found.rejects.by_reason(),
        options={k: v for k, v in asked.options.items() if v},
        notes=tuple(notes),
    )


def _coverage(dataset: Dataset, version: str, found: Loaded) -> tuple[tuple[str | None, str | None], list[str]]:
    """First and last day of which a file of events tells (ISO): those of a listed version, else those of its events.

    Events beyond what the version covers are kept, and a note says so.
    """
    if found.days is None:
        return (None, None), []
    first, last = (day.isoformat() for day in found.days)
    covers = dataset.covered(version)
    if covers is None:
        return (first, last), []
    if covers[0] <= first and last <= covers[1]:
        return covers, []
    return covers, [
        f"the file has events of {first} to {last}, but version {version} covers {covers[0]} to {covers[1]}"
    ]


def _version(asked: Asked, dataset: Dataset, layout: str, hashed: Hashing, stamp: str | None) -> tuple[str, str, str]:
    """Version, release (EDTF) and who says so: user, registry (by the file's name), file, or the day of loading."""
    listed = dataset.version_of(asked.file.name, layout)
    told = next((v for v in dataset.versions if v.version == asked.version), None) if asked.version else listed
    version = asked.version or (listed.version if listed else None) or stamp or hashed.sha256[:_DIGITS]
    if asked.released:
        return version, Period.parse(asked.released).text, "user"
    if told is not None:
        return version, told.released, "table"
    if stamp is not None:
        return version, stamp, "file"
    return version, datetime.now(UTC).date().isoformat(), "loading"


def _source_id(dataset: Dataset, layout: Layout, version: str, sha256: str, taken: Mapping[str, str | None]) -> str:
    """An id that tells the tables of one version apart, and two files of one version and layout."""
    parts = [dataset.name, version, *([layout.name] if len(dataset.layouts) > 1 else [])]
    id = _NOT_SLUG.sub("-", "-".join(parts))
    return id if id not in taken or taken[id] == sha256 else f"{id}-{sha256[:_DIGITS]}"


def _looks_like_layer(file: Path) -> bool:
    """Whether a file holds geometries: by its ending, what it packs, or GeoJSON's first words."""
    if file.suffix.lower() in _LAYER_FILES:
        return True
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            return any(n.lower().endswith(_LAYER_FILES) for n in archive.namelist())
    if not file.is_file():
        return False
    with file.open("rb") as stream:
        start = stream.read(4096)
    return start.lstrip()[:1] == b"{" and b'"FeatureCollection"' in start


__all__ = ["Asked", "Hashing", "Ready", "known", "prepare"]
