"""The invented world's names: states, missions, forces, bodies, people and papers, none of them like a real one."""

from __future__ import annotations

import random
import re
import unicodedata
from typing import Any

from rapidfuzz import fuzz, process

from garant.names.catalogue import world
from garant.names.entity import fold

_ONSETS = ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "dr", "kh", "tr", "sh", "vr")
_VOWELS = ("a", "e", "i", "o", "u", "a", "o", "ei", "ou")
_CODAS = ("", "", "", "n", "r", "l", "s", "m", "rk", "nd")
_FIRST_NAMES = (
    "Adama", "Basile", "Clarisse", "Désiré", "Esther", "Fidèle", "Grace", "Honoré", "Irène", "Joachim",
    "Karim", "Léonie", "Mathias", "Nadège", "Oumar", "Pélagie", "Raoul", "Solange", "Théo", "Yvonne",
)  # fmt: skip
#: Who is taken over from the worldwide catalogue: id to kind and name.
KNOWN = {
    "unsc": ("institution", "UN Security Council"),
    "un": ("igo", "United Nations"),
    "au-psc": ("institution", "African Union Peace and Security Council"),
    "civilians": ("civilians", "civilians"),
}
#: Names that the worldwide catalogue already gives to somebody.
_REAL = [fold(name) for entity in world().values() for name, _ in entity.all_names()]


class Register:
    """Entities by id, and the invention of names that cannot be mistaken for one another."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.records: dict[str, dict[str, Any]] = {}
        self._taken = list(_REAL)
        self._printed = set(_REAL)

    def word(self, syllables: int = 3, suffix: str = "") -> str:
        """A new word that resembles no name in use."""
        for tried in range(2000):
            longer = syllables + tried // 150  # a large world runs out of short words
            parts = [self.rng.choice(_ONSETS) + self.rng.choice(_VOWELS) for _ in range(longer)]
            made = ("".join(parts) + self.rng.choice(_CODAS) + suffix).capitalize()
            if not process.extractOne(made.casefold(), self._taken, scorer=fuzz.ratio, score_cutoff=66):
                self._taken.append(made.casefold())
                return made
        raise AssertionError("the syllables are used up; let words be longer")

    def acronym(self, stem: str, word: str) -> str:
        """A new acronym such as MINUKAR: a stem and the beginning of a word, with a tail where that is taken."""
        for length in (3, 4, 5, 6, 7):
            made = stem + _plain(word)[:length].upper()
            if fold(made) not in self._printed:
                return made
        for tail in range(2, 60):
            made = f"{stem}{_plain(word)[:4].upper()}-{tail}"
            if fold(made) not in self._printed:
                return made
        raise AssertionError(f"no acronym is left for {word}")

    def person(self) -> str:
        """A new person in office, registered."""
        family = self.word(self.rng.choice((2, 3)))
        name = f"{self.rng.choice(_FIRST_NAMES)} {family}"
        return self.add("person", name, None, [(f"President {family}", "en"), (f"président {family}", "fr")])

    def add(
        self, kind: str, en: str, fr: str | None, aliases: list[tuple[str, str | None]], acronym: str | None = None
    ) -> str:
        """Register an entity under a readable id; every one of its names must be new."""
        slug = _plain(en).lower()[:60].strip("-")
        number = 2
        while slug in self.records:
            slug, number = f"{_plain(en).lower()[:56].strip('-')}-{number}", number + 1
        names: list[dict[str, str]] = []
        if acronym:
            names.append({"name": acronym, "kind": "acronym"})
        for name, lang in aliases:
            names.append({"name": name, "kind": "short"} | ({"lang": lang} if lang else {}))
        printed = [en, *([fr] if fr and fr != en else []), *(a["name"] for a in names)]
        clash = [p for p in printed if fold(p) in self._printed]
        assert not clash, f"two entities would be called {clash}"
        self._printed.update(fold(p) for p in printed)
        label = {"en": en} | ({"fr": fr} if fr and fr != en else {})
        record: dict[str, Any] = {"id": slug, "kind": kind, "name": label}
        if names:
            record["aliases"] = names
        self.records[slug] = record
        return slug

    def kind(self, entity: str) -> str:
        """The kind of a registered or known entity."""
        return KNOWN[entity][0] if entity in KNOWN else str(self.records[entity]["kind"])

    def name(self, entity: str) -> str:
        """The canonical English name."""
        return KNOWN[entity][1] if entity in KNOWN else str(self.records[entity]["name"]["en"])

    def other_names(self, entity: str) -> list[str]:
        """French name and aliases: what a source may print instead."""
        if entity in KNOWN:
            return []
        record = self.records[entity]
        french = [record["name"]["fr"]] if "fr" in record["name"] else []
        return french + [a["name"] for a in record.get("aliases", [])]

    def acronym_of(self, entity: str) -> str | None:
        """Its acronym, where it has one."""
        aliases = self.records.get(entity, {}).get("aliases", [])
        return next((a["name"] for a in aliases if a["kind"] == "acronym"), None)


def _plain(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^A-Za-z0-9]+", "-", "".join(c for c in flat if not unicodedata.combining(c))).strip("-")
