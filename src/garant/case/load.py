"""load: published data enter a case: events, boundaries and population as snapshots, the rest also as claims."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from garant.case.base import CaseBase
from garant.case.result import Column, Result, Row, column, counted
from garant.claims import InputError, Period
from garant.ledger import Clocks

if TYPE_CHECKING:
    from garant.datasets import Ready, Snapshot

#: Folder of a case that holds the loaded datasets.
FOLDER = "snapshots"
#: Beginning of the names of folders that a load works in; what a killed run left is removed by the next.
_WORK = ".loading-"
#: What reads files, from the extra `data`.
_NEEDED = ("duckdb", "geopandas", "pyarrow")
_COLUMNS = (
    column("dataset", "dataset", wrap=False),
    column("version", "version", wrap=False),
    column("rows", "rows"),
    column("used", "used"),
    column("outside", "outside"),
    Column("rejected", lambda row: sum(row["rejected"].values())),
    Column("why rejected", lambda row: "; ".join(f"{reason}: {n}" for reason, n in row["rejected"].items()), share=3),
)


class LoadVerbs(CaseBase):
    """load."""

    @property
    def snapshots_folder(self) -> Path:
        """Where loaded datasets lie."""
        return self.folder / FOLDER

    def snapshots(self) -> list[Snapshot]:
        """Every dataset version that was loaded, in order of release."""
        from garant.datasets import snapshots

        return snapshots(self.snapshots_folder)

    def snapshot(self, dataset: str, clocks: Clocks | None = None) -> Snapshot:
        """The newest loaded version of a dataset released by `known_on`; InputError with one sentence if none is."""
        from garant.datasets import newest

        day = clocks.known_day if clocks is not None else None
        found = newest(self.snapshots(), dataset, day)
        if found is None:
            late = day is not None and newest(self.snapshots(), dataset) is not None
            what = (
                f"no version of {dataset} that is loaded was released by then" if late else f"{dataset} is not loaded"
            )
            raise InputError(what, where=self.name, mend=f"load it with 'garant load {dataset} FILE'")
        return found

    def load(
        self,
        dataset: str | None,
        file: str | Path,
        *,
        version: str | None = None,
        released: str | None = None,
        name_column: str | None = None,
        code_column: str | None = None,
        count_column: str | None = None,
        level: str | None = None,
        publisher: str | None = None,
        title: str | None = None,
        licence: str | None = None,
        rejects: str | Path | None = None,
        dry_run: bool = False,
    ) -> Result:
        """Load a published dataset (None: recognised by its columns) from a file, or a folder of JSON pages.

        Returns one row `{dataset, version, rows, used, outside, rejected: {reason: n}}`, whose numbers add up, and
        `claims` (added, known). All of it lands or nothing; a file that was loaded before with the same options changes
        nothing. `version` and `released` (EDTF) say what the file does not; `name_column`, `code_column`,
        `count_column` and `level` (0 to 3) are those of boundaries and population. `rejects` names a CSV that lists the
        rows which cannot be used, each with its reason. Raises InputError.
        """
        if missing := [name for name in _NEEDED if find_spec(name) is None]:
            raise InputError(f"{' and '.join(missing)} not installed", mend="pip install 'garant[data]'")
        from garant.datasets import Asked, Hashing, known, prepare
        from garant.datasets.events import Unusable

        if not dry_run:
            self._writable()
        options = {
            "name_column": name_column, "code_column": code_column, "count_column": count_column, "level": level,
            "publisher": publisher, "title": title, "licence": licence,
        }  # fmt: skip
        if released is not None:
            released = Period.parse(released).text
        asked = Asked(Path(file), dataset, version, released, {k: v for k, v in options.items() if v is not None})
        with Hashing(asked.file) as hashed:
            before = known(self.snapshots(), hashed, asked)
            if before is not None and not dry_run:
                note = f"{asked.file.name} was loaded before ({before.origin.loaded_at[:10]}); nothing was changed"
                return _result(before.origin, 0, 0, [note], "Nothing new")
            taken = {id: source.sha256 for id, source in self.ledger.sources().items()}
            with _workplace(None if dry_run else self.folder) as work:
                try:
                    ready = prepare(asked, hashed, self.names(), self.settings.country, self.snapshots(), taken, work)
                except Unusable as error:
                    if rejects is not None:
                        error.rejects.write(Path(rejects))
                    raise
                added, already = (len(ready.claims), 0) if dry_run else self._land(ready)
        if rejects is not None:
            ready.rejects.write(Path(rejects))
        notes = list(ready.origin.notes)
        if len(ready.rejects) and rejects is None:
            notes.append(f"{counted(len(ready.rejects), 'row')} cannot be used; list them with --rejects FILE")
        return _result(ready.origin, added, already, notes, "Would load" if dry_run else "Loaded")

    def _land(self, ready: Ready) -> tuple[int, int]:
        """Write a prepared dataset, whole or not at all; claims added and already known.

        The ledger commits before the snapshot gets its name: where a run is killed between the two, loading again adds
        the snapshot, and the claims are known.
        """
        from garant.datasets import landing

        with landing(self.snapshots_folder, ready.parquet, ready.origin), self.ledger.writing() as writer:
            for source in ready.sources:
                writer.source(source)
            for entity in ready.entities:
                writer.entity(entity)
            writer.claims(ready.claims)
        self._registers.clear()
        return writer.added["claims"], writer.known["claims"]


def _result(origin: object, added: int, already: int, notes: list[str], title: str) -> Result:
    told = {key: getattr(origin, key) for key in ("dataset", "version", "rows", "used", "outside", "rejected")}
    row: Row = {**told, "claims": {"added": added, "known": already}}
    claims = f", {counted(added, 'claim')} added" if added else ""
    return Result(f"{title}: {told['dataset']} {told['version']}{claims}", _COLUMNS, [row], notes)


@contextmanager
def _workplace(folder: Path | None) -> Iterator[Path]:
    """A folder for a load to work in, on the disk of the case so that results can be renamed into place."""
    try:
        if folder is not None:
            for left in folder.glob(f"{_WORK}*"):
                shutil.rmtree(left, ignore_errors=True)
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder))
    except OSError as error:
        raise InputError(f"cannot be written ({error.strerror})", where=str(folder)) from None
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
