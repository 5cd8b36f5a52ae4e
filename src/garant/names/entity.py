"""Entity: what a name stands for. Names and aliases only; dates and memberships come from accepted claims."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib import resources
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from garant.claims.claim import Record, Slug, Text
from garant.claims.definitions import read_yaml, words

#: Kinds of entities: those of actors, and what else a claim names.
KINDS = (*words("kind"), "place", "instrument")
AliasKind = Literal["acronym", "short", "variant", "former", "demonym", "misnomer"]

#: Weights, thresholds and articles: resolution.yaml.
SETTINGS: dict[str, Any] = read_yaml(
    resources.files(__package__).joinpath("resolution.yaml").read_text(encoding="utf-8")
)
_ARTICLES = frozenset(SETTINGS["articles"])


def _known_kind(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"'{kind}' is not a kind of entity; it is one of {', '.join(KINDS)}")
    return kind


class Alias(Record):
    """Another name. `misnomer` marks a name that belongs to somebody else and is printed by mistake."""

    name: Text
    lang: Literal["en", "fr"] | None = None
    kind: AliasKind = "variant"


class Label(Record):
    """The name in English and, where it differs, in French."""

    en: Text
    fr: Text | None = None


class Entity(Record):
    """A state, force, mission, armed group, institution, company, person in office, place or instrument.

    `coordinates` are [longitude, latitude] in degrees (WGS 84) of a place, with `cite` for where they stand.
    """

    id: Slug
    kind: Annotated[str, AfterValidator(_known_kind)]
    name: Label
    aliases: list[Alias] = Field(default_factory=list)
    country: Text | None = None
    coordinates: Annotated[list[float], Field(min_length=2, max_length=2)] | None = None
    cite: Text | None = None

    def label(self, lang: str = "en") -> str:
        """Its name in a language (`en` or `fr`), in English where it has none."""
        return (self.name.fr if lang == "fr" else None) or self.name.en

    def short(self, lang: str = "en") -> str:
        """What it is called where there is little room: its acronym, else its shortest short name, else its label."""
        fitting = [a for a in self.aliases if a.lang in (None, lang)]
        acronyms = [a.name for a in fitting if a.kind == "acronym"]
        shorts = sorted((a.name for a in fitting if a.kind == "short"), key=len)
        if self.kind in ("state", "person"):
            return self.label(lang)
        return (acronyms or shorts or [self.label(lang)])[0]

    def all_names(self) -> list[tuple[str, str]]:
        """Every name with its weight class in resolution.yaml: (name, "name" or the alias kind)."""
        own = [(self.name.en, "name")] + ([(self.name.fr, "name")] if self.name.fr else [])
        return own + [(a.name, a.kind) for a in self.aliases]


_NOT_WORD = re.compile(r"[\W_]+")


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """A name reduced to what counts when names are compared.

    Case, accents, punctuation and a leading article go: "L'Union africaine" and "union africaine" are one.
    """
    flat = unicodedata.normalize("NFKD", name).casefold()
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    parts = _NOT_WORD.sub(" ", flat).split()
    while len(parts) > 1 and parts[0] in _ARTICLES:
        parts.pop(0)
    return " ".join(parts)
