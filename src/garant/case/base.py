"""What every verb of a case rests on: its ledger, its clocks and its register of names."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

from garant.case.settings import Settings
from garant.claims import InputError
from garant.ledger import ClaimQuery, Clocks, Entry, Ledger
from garant.names import Names, fold, register, world

#: Registers of names kept in memory: one for each state of names that `ledger_on` has asked for.
_REGISTERS_KEPT = 8


class CaseBase:
    """An opened case. `folder` holds it; `packaged` cases are read-only."""

    def __init__(self, folder: Path, name: str, *, packaged: bool) -> None:
        self.folder, self.name, self.packaged = folder, name, packaged
        self.settings = Settings.read(folder)
        writable = os.access(folder, os.W_OK) and os.access(folder / "ledger.db", os.W_OK)
        self.ledger = Ledger.open(folder / "ledger.db", readonly=packaged or not writable)
        self._registers: dict[tuple[int, ...], _Register] = {}

    def names(self, ledger_on: str | None = None) -> Names:
        """The register of names: worldwide entities, the case's own, and reviews, as this ledger had them."""
        return self._register(Clocks.read(ledger_on=ledger_on))

    def mentions_by_entity(self, clocks: Clocks) -> dict[str, dict[int, str]]:
        """Names in claims by the entity they stand for: {entity: {number: name}}; "" for none."""
        return self._registered(clocks).mentions(self.ledger)

    def entries(self, query: ClaimQuery) -> list[Entry]:
        """Claims under a query, with their status."""
        return self.ledger.entries(query)

    def _register(self, clocks: Clocks) -> Names:
        return self._registered(clocks).names

    def _registered(self, clocks: Clocks) -> _Register:
        key = self.ledger.names_revision(clocks)
        if key not in self._registers:
            own = {e.id: e for e, _ in self.ledger.entity_versions(clocks)}
            reviews = (r for r, _ in self.ledger.entity_reviews(clocks))
            while len(self._registers) >= _REGISTERS_KEPT:
                self._registers.pop(next(iter(self._registers)))
            self._registers[key] = _Register(register(world().values(), own.values(), reviews))
        return self._registers[key]

    def _mentions_of(self, word: str, clocks: Clocks) -> set[int]:
        """Numbers of the names in claims that stand for what a user calls `word`; InputError if nothing does."""
        names, mentions = self._register(clocks), self.mentions_by_entity(clocks)
        entity = names.find(word)
        if entity is not None:
            return set(mentions.get(entity, ()))
        found = {number for number, name in mentions.get("", {}).items() if fold(name) == fold(word)}
        if not found:
            rivals = [f"{c.entity} ({names.label(c.entity)})" for c in names.resolve(word).candidates]
            hint = f"did you mean {' or '.join(rivals[:3])}?" if rivals else "list names with 'garant entities'"
            raise InputError(f"no entity is called '{word}'", mend=hint)
        return found

    def _claim_id(self, prefix: str) -> str:
        """The one claim whose id begins with a prefix; InputError otherwise."""
        if not prefix:
            raise InputError("an empty id", mend="give a claim's id, or the beginning of it")
        found = self.ledger.claim_ids(prefix.lower())
        if len(found) == 1:
            return found[0]
        if not found:
            raise InputError(f"there is no claim {prefix}", mend="list them with 'garant claims --status all'")
        raise InputError(f"{prefix} begins the ids of several claims", mend="give more of the id")

    def _writable(self) -> None:
        """Refuse to write to a packaged case or a read-only folder."""
        if self.packaged:
            raise InputError(
                f"the packaged case '{self.name}' is read-only",
                mend=f"make your own copy with 'garant init DIR --from {self.name}'",
            )
        if self.ledger.readonly:
            raise InputError(
                "cannot be written; nothing was changed", where=str(self.folder), mend="check its permissions"
            )


class _Register:
    """A register of names, and the names in claims that it has resolved so far."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._by_entity: dict[str, dict[int, str]] = {}
        self._last = 0

    def mentions(self, ledger: Ledger) -> dict[str, dict[int, str]]:
        """Resolve the names that came in since the last time."""
        for number, name, kind, coded in ledger.mentions(self._last):
            entity = self.names.resolve(name, kind or None, coded or None).entity or ""
            self._by_entity.setdefault(entity, {})[number] = name
            self._last = number
        return self._by_entity


def person(by: str | None) -> str:
    """Who is deciding: as given, else GARANT_REVIEWER, else the name you are logged in under."""
    return by or os.environ.get("GARANT_REVIEWER") or getpass.getuser()
