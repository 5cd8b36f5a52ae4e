"""What a printed name names, by its own words: a body and of what kind, an instrument, a thing behind an acronym."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from garant.reading.gazetteer import flat
from garant.reading.nouns import classes_of
from garant.reading.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from garant.reading.memory import Mention

#: Classes of nouns.yaml whose names are things that nobody acts as.
_PAPERS = frozenset({"plan", "paper"})
#: Tokens of an acronym in brackets at most ("CEM-RCA" has three).
_LONGEST = 5


def bare(text: str) -> str:
    """A name without article and possessive ending."""
    return re.sub(r"^(?:the|The|le|la|les|l['’]) ?", "", re.sub(r"['’]s?$", "", text))


def names_instrument(text: str) -> bool:
    """Whether a name is that of a plan, agreement or resolution: "Framework of Mutual Engagement"."""
    first, _, _ = text.partition(" of ")
    heads = (text.rsplit(maxsplit=1)[-1], first.rsplit(maxsplit=1)[-1])
    return any(classes_of(flat(h)) & _PAPERS for h in heads) or flat(text.split(maxsplit=1)[0]) == "resolution"


def kind_of_body(text: str) -> str:
    """The kind of a body by the words of its name; `institution` where none tells."""
    low = text.lower()
    for kind, words in word_list("nouns")["named_bodies"].items():
        if any(re.search(rf"\b{w}\b", low) for w in words):
            return str(kind)
    return "institution"


def acronyms(doc: Doc) -> Iterator[tuple[int, int, int, str]]:
    """(token of the bracket, first and last token inside, letters) of each acronym that a text defines in brackets."""
    for i in range(1, len(doc) - 2):
        if doc[i].text != "(":
            continue
        end = next((j for j in range(i + 2, min(i + 2 + _LONGEST, len(doc))) if doc[j].text == ")"), None)
        if end is None:
            continue
        letters = doc[i + 1 : end].text
        if len(letters) > 1 and re.fullmatch(r"[A-Z][A-Z&/-]*[A-Z]s?|[A-Z][a-z]?[A-Z]+", letters):
            yield i, i + 1, end, letters


def lies_in(doc: Doc, found: list[Mention]) -> Iterator[tuple[str, str]]:
    """(place, state) where a text says in which state a place lies: "Gao, Mali", "Mali's Gao region", "Gao in Mali"."""
    words = word_list("places")
    for one, two in pairwise(found):
        if {one.kind, two.kind} != {"place", "state"} or not 0 <= two.start - one.end <= words["near"]:
            continue
        place, state = (one, two) if one.kind == "place" else (two, one)
        between = [t.lower_ for t in doc[one.end : two.start]]
        links = words["place_first"] if place is one else words["state_first"]
        told = bool(state.entity) and all(w in links for w in between)
        if told and (place is two or not state.demonym):
            yield place.name, str(state.entity)


def defined_class(doc: Doc, bracket: int) -> frozenset[str] | None:
    """What letters in brackets stand for, if a thing: the classes of the noun before them, empty for one of no class.

    None where they stand for somebody: "security sector reform (SSR)" is a thing, "Multinational Force (MNF)" is not.
    """
    at = bracket - 1
    while at > 0 and (doc[at].like_num or doc[at].text in "-–" or doc[at].pos_ in ("NUM", "PUNCT")):
        at -= 1
    last = doc[at]
    heads = [last, *_heads_of_name(last)]
    classes = frozenset(c for t in heads for c in classes_of(flat(t.lemma_)))
    if classes & _PAPERS and not classes & {"body", "force"}:
        return classes & _PAPERS
    return frozenset() if last.text.islower() else None


def _heads_of_name(last: Token) -> list[Token]:
    """The noun that "of …" hangs on, in a name: "Framework" of "Framework of Mutual Engagement"."""
    return [a for a in list(last.ancestors)[:2] if a.pos_ in ("NOUN", "PROPN") and a.text[:1].isupper()]
