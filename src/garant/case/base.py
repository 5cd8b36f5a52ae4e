"""What every verb of a case rests on: its ledger, its clocks and its register of names."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

from garant.case.settings import Settings
from garant.claims import InputError
from garant.ledger import ClaimQuery, Clocks, Entry, Ledger
from garant.names import Names, fold, register, world


class CaseBase:
    """An opened case. `folder` holds it; `packaged` cases are read-only."""

    def __init__(self, folder: Path, name: str, *, packaged: bool) -> None:
        self.folder, self.name, self.packaged = folder, name, packaged
        self.settings = Settings.read(folder)
        writable = os.access(folder, os.W_OK) and os.access(folder / "ledger.db", os.W_OK)
        self.ledger = Ledger.open(folder / "ledger.db", readonly=packaged or not writable)
        self._registers: dict[tuple[str, int | None], Names] = {}

    def names(self, ledger_on: str | None = None) -> Names:
        """The register of names: worldwide entities, the case's own, and reviews, as this ledger had them."""
        return self._register(Clocks.read(ledger_on=ledger_on))

    def entries(self, query: ClaimQuery) -> list[Entry]:
        """Claims under a query, with their status."""
        return self.ledger.entries(query)

    def _register(self, clocks: Clocks) -> Names:
        key = (self.ledger.revision(), clocks.ledger_stamp)
        if key not in self._registers:
            own = {e.id: e for e, _ in self.ledger.entity_versions(clocks)}
            reviews = (r for r, _ in self.ledger.entity_reviews(clocks))
            self._registers = {key: register(world().values(), own.values(), reviews)}
        return self._registers[key]

    def _mentions_of(self, word: str, clocks: Clocks) -> set[int]:
        """Numbers of the names in claims that stand for what a user calls `word`; InputError if nothing does."""
        names = self._register(clocks)
        entity, folded = names.find(word), fold(word)
        found = set()
        for number, name, kind, coded in self.ledger.mentions():
            if names.resolve(name, kind or None, coded or None).entity == entity if entity else fold(name) == folded:
                found.add(number)
        if entity is None and not found:
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


def person(by: str | None) -> str:
    """Who is deciding: as given, else GARANT_REVIEWER, else the name you are logged in under."""
    return by or os.environ.get("GARANT_REVIEWER") or getpass.getuser()
