"""The documents of a case by hash: their texts, which were read by this version, and which copy one another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from garant.claims import Source
from garant.reading.duplicates import Fingerprint, Originals
from garant.reading.worker import Outcome
from garant.version import __version__

_INDEX = "index.jsonl"


class Shelf:
    """Documents by SHA-256; a dry run reads the folder and writes nothing.

    Of each document a few hundred bytes are held in memory; its text is in a file of the folder. The index beside the
    texts tells which were read, with their fingerprints; it is written after the ledger, so that a run that was killed
    in between reads a document again, which changes nothing, but never passes over one that did not land.
    """

    def __init__(self, folder: Path, sources: Iterable[Source], *, dry_run: bool = False) -> None:
        self._folder, self._dry_run = folder, dry_run
        self._ids: dict[str, str | None] = {}
        self._dates: dict[str, str] = {}
        self._by_hash: dict[str, str] = {}
        self._entered: set[str] = set()
        self._read: set[str] = set()
        self._originals = Originals()
        for source in sources:
            self._ids[source.id] = source.sha256
            self._entered.add(source.id)
            if source.published:
                self._dates[source.id] = source.published
            if source.sha256:
                self._by_hash[source.sha256] = source.id
        self._load()

    def has_read(self, sha256: str) -> bool:
        """Whether this version has read the document, or is reading it in this run."""
        return sha256 in self._read

    def take(self, path: Path, sha256: str) -> tuple[str, str | None]:
        """The id of a document's source, and the date the case has for it; marks it as being read.

        A new id is the file's name, with the beginning of the hash where another document has that name.
        """
        self._read.add(sha256)
        id = self._by_hash.get(sha256)
        if id is None:
            id = _slug(path)
            if self._ids.get(id, sha256) not in (None, sha256):
                id = f"{id[:190]}-{sha256[:8]}"
            self._ids[id] = sha256
        return id, self._dates.get(id)

    def has_source(self, id: str) -> bool:
        """Whether the ledger holds a source."""
        return id in self._entered

    def original_of(self, outcome: Outcome) -> str | None:
        """The id of the source that a document copies, or that shares its words; None if it is like no other."""
        found = self._originals.of(outcome.fingerprint) if outcome.fingerprint else None
        return None if found == outcome.task.source else found

    def keep_text(self, outcome: Outcome) -> None:
        """Keep a document's text, before any claim points into it."""
        if self._dry_run or outcome.document is None:
            return
        self._folder.mkdir(exist_ok=True)
        part = self._folder / f"{outcome.document.sha256}.part"
        part.write_bytes(outcome.document.text.encode("utf-8", "surrogatepass"))
        part.replace(self._folder / f"{outcome.document.sha256}.txt")

    def remember(self, outcome: Outcome) -> None:
        """From now on the text can be copied by others."""
        if outcome.document is not None and outcome.fingerprint is not None:
            self._by_hash[outcome.document.sha256] = outcome.task.source
            self._originals.add(outcome.task.source, outcome.fingerprint)

    def note(self, outcomes: Sequence[Outcome]) -> None:
        """Note documents as read, after the ledger has them."""
        if self._dry_run:
            return
        self._entered.update(outcome.task.source for outcome in outcomes)
        with (self._folder / _INDEX).open("a", encoding="utf-8") as index:
            for outcome in outcomes:
                if outcome.document is not None and outcome.fingerprint is not None:
                    entry = {"sha256": outcome.document.sha256, "source": outcome.task.source,
                             "version": __version__, "fingerprint": outcome.fingerprint.to_text()}  # fmt: skip
                    index.write(json.dumps(entry) + "\n")

    def _load(self) -> None:
        index = self._folder / _INDEX
        if not index.is_file():
            return
        torn = ""
        with index.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                torn = "" if line.endswith("\n") else line
                try:
                    entry = json.loads(line)
                    print_ = Fingerprint.from_text(entry["fingerprint"])
                    sha256, source, version = entry["sha256"], entry["source"], entry["version"]
                except (ValueError, LookupError, TypeError):
                    continue  # the last line of a run that was killed: its document is read again
                if print_ is None:
                    continue
                self._originals.add(source, print_)
                if version == __version__ and not self._dry_run:
                    self._read.add(sha256)
        if torn and not self._dry_run:  # so that the next entry has a line of its own
            with index.open("a", encoding="utf-8") as end:
                end.write("\n")


def _slug(path: Path) -> str:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", path.stem).strip("-._")
    return plain[:200] or "document"
