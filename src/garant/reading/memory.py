"""What one document has told of its names: acronyms of things, whose plan it is, where a place lies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from garant.reading.gazetteer import flat
from garant.reading.nouns import classes_of, definite

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

#: Tokens between a state's name and that of who holds an office of it.
_BESIDE = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or some place named by tokens `start`-`end` of a text."""

    start: int
    end: int
    name: str
    kind: str
    entity: str | None = None
    demonym: bool = False
    country: str | None = None
    guessed: bool = False


@dataclass(slots=True)
class Memory:
    """What names of this document stand for.

    `things`: acronym to the classes of the thing; `lies_in`: place to state, by name and code; `places`: names that
    only look like a person's; `senders` and `hosts`: the states, by name, that sent soldiers or received them.
    """

    things: dict[str, frozenset[str]] = field(default_factory=dict)
    lies_in: dict[str, str] = field(default_factory=dict)
    places: set[str] = field(default_factory=set)
    senders: set[str] = field(default_factory=set)
    hosts: dict[str, Mention] = field(default_factory=dict)
    _parties: dict[str, list[Mention]] = field(default_factory=dict)
    _of_state: dict[str, str] = field(default_factory=dict)

    def thing_at(self, token: Token) -> frozenset[str]:
        """The classes of a thing whose acronym this token is, or ends ("CEM-RCA")."""
        if token.text in self.things:
            return self.things[token.text]
        if token.i > 1 and token.nbor(-1).text == "-":
            return self.things.get(f"{token.nbor(-2).text}-{token.text}", frozenset())
        return frozenset()

    def remember(self, tokens: Iterable[Token], parties: list[Mention]) -> None:
        """Whose plan or paper it is that these tokens name, by its acronym or as the last of its class."""
        for token in tokens:
            for key in (*self._letters_of(token), *(classes_of(flat(token.lemma_)) & {"plan", "paper"})):
                self._parties[key] = parties

    def parties_of(self, token: Token) -> list[Mention]:
        """Whose plan or paper "the RCPCA", "the strategy", "the accord" was, as told above; empty if nothing was."""
        keys = [
            *self._letters_of(token),
            *(classes_of(flat(token.lemma_)) & {"plan", "paper"} if definite(token) else ()),
        ]
        return next((self._parties[k] for k in keys if k in self._parties), [])

    def _letters_of(self, token: Token) -> list[str]:
        """The acronym that this token is, or that its name is followed by in brackets."""
        near = [token, *(c for c in token.children if c.dep_ == "appos")]
        return [t.text for t in near if t.text in self.things]

    def state_of(self, person: Mention) -> str | None:
        """The state whose office a person holds, by the register or by the words beside the name."""
        return person.country or self._of_state.get(person.name)

    def note_states(self, doc: Doc, found: list[Mention]) -> None:
        """ "Malian President X", "Chad's X", "the president of Togo, X": of which state a person is."""
        for mention in found:
            if mention.kind != "person" or mention.country:
                continue
            beside = [m for m in found if 0 <= mention.start - m.end <= _BESIDE and m.kind == "state"]
            words = doc[beside[-1].end : mention.start] if beside else ()
            if beside and all(w.pos_ in ("PROPN", "NOUN", "PART", "PUNCT", "ADJ") for w in words):
                self._of_state[mention.name] = str(beside[-1].entity)
