"""Snapshots: a dataset version as Parquet beside its Origin, never changed once it is there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from garant.datasets.origin import SUFFIX, Origin
from garant.errors import InputError

#: Digits of the file's SHA-256 in the name of its snapshot.
_DIGITS = 12
#: Digits of the SHA-256 of the options.
_OPTION_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A loaded dataset version: its rows (Parquet) and where they come from."""

    path: Path
    origin: Origin


def snapshots(folder: Path) -> list[Snapshot]:
    """Every snapshot in a folder, in order of release, then of loading; none where there is no such folder."""
    found = []
    for file in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        rows = file.with_suffix(".parquet")
        if not rows.is_file():
            raise InputError("its snapshot is missing", where=str(file), mend="remove it and load the file again")
        found.append(Snapshot(rows, Origin.read(file)))
    return sorted(found, key=lambda s: (s.origin.released_day, s.origin.loaded_at))


def newest(found: Iterable[Snapshot], dataset: str, known_on_day: int | None = None) -> Snapshot | None:
    """The newest version of a dataset, or the newest released by an ordinal day; None where there is none."""
    fitting = [s for s in found if s.origin.dataset == dataset]
    if known_on_day is not None:
        fitting = [s for s in fitting if s.origin.released_day <= known_on_day]
    return max(fitting, key=lambda s: (s.origin.released_day, s.origin.loaded_at), default=None)


def snapshot_name(origin: Origin) -> str:
    """The name of a snapshot's files, without ending: dataset, file, and what the user said of how to read it.

    The same file read in another way (another level, another column) is another snapshot.
    """
    name = f"{origin.dataset}-{origin.sha256[:_DIGITS]}"
    if not origin.options:
        return name
    told = json.dumps(origin.options, sort_keys=True, ensure_ascii=False)
    return f"{name}-{hashlib.sha256(told.encode()).hexdigest()[:_OPTION_DIGITS]}"


@contextmanager
def landing(folder: Path, parquet: Path, origin: Origin) -> Iterator[None]:
    """Put a finished Parquet file and its Origin into the folder, or neither.

    Both are on disk under temporary names before the body runs; they get their names after it, the Origin last, so
    that a snapshot counts only once it is whole. What the body raises leaves the folder as it was.
    """
    name = snapshot_name(origin)
    rows, record = folder / f"{name}.parquet", folder / f"{name}{SUFFIX}"
    waiting = folder / f".{name}.origin"
    try:
        folder.mkdir(exist_ok=True)
        waiting.write_text(origin.to_toml(), encoding="utf-8")
        for file in (parquet, waiting):
            _to_disk(file)
        yield
        parquet.replace(rows)
        waiting.replace(record)
        _to_disk(folder)
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror}); nothing was loaded", where=str(folder)) from None
    finally:
        waiting.unlink(missing_ok=True)
        parquet.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
