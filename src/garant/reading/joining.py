"""One claim for one fact: which drafts of a sentence tell the same, and what they add to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garant.reading.extract import Draft
from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Where one clause or one item of a list ends and the next begins, as the parser labels it.
_BOUNDS = word_set("clause_bounds")


def joined(found: list[Draft]) -> list[Draft]:
    """One claim for one fact: drafts of a type whose numbers and times do not differ are one."""
    kept: list[Draft] = []
    for draft in found:
        for other in kept:
            if other.type == draft.type and _same(other, draft):
                _merge(other, draft)
                break
        else:
            kept.append(draft)
    return kept


def _same(one: Draft, two: Draft) -> bool:
    if one.number and two.number and one.number.bounds != two.number.bounds:
        return False
    if one.type == "attack":
        return True
    if one.type == "mandate" and (_adopts(one, two) or _adopts(two, one)):
        return True
    if one.time and two.time and one.time.edtf != two.time.edtf:
        return False
    if one.type in word_list("joining")["by_clause"]:
        return one.trigger.i == two.trigger.i or _one_clause(one.trigger, two.trigger, one.type)
    return (
        abs(one.trigger.i - two.trigger.i) < word_list("joining")["near"]
        or one.trigger.is_ancestor(two.trigger)
        or two.trigger.is_ancestor(one.trigger)
    )


def _adopts(one: Draft, two: Draft) -> bool:
    """ "adopted a resolution to extend the mandate": the adoption of what the other decides."""
    return one.trigger.lemma_.lower() in word_list("joining")["adopting"] and one.trigger.is_ancestor(two.trigger)


def _one_clause(one: Token, two: Token, kind: str) -> bool:
    """Whether two triggers stand in one clause, one above the other or close by: "held talks", not "met and agreed"."""
    own = word_list("joining")["more_bounds"].get(kind, ())
    above = next(a for a in (one, *one.ancestors) if a == two or a.is_ancestor(two))
    for low in (one, two):
        token = low
        while token != above:
            if token.dep_ in _BOUNDS or token.dep_ in own:
                return False
            token = token.head
    return above in (one, two) or abs(one.i - two.i) < word_list("joining")["near"]


def _merge(kept: Draft, other: Draft) -> None:
    if kept.number is None and other.number is not None:
        kept.number, kept.unit, kept.measure = other.number, other.unit, other.measure
    kept.time = kept.time or other.time
    kept.place = kept.place or other.place
    if kept.frame.sure < other.frame.sure and other.actors:
        kept.actors, other.actors = other.actors, kept.actors
        kept.guessed, other.guessed = other.guessed, kept.guessed
    if other.guessed:
        other.actors = []  # what one reading states is not filled up with what another guesses
    roles = {r for _, r in kept.actors}
    names = {m.name for m, _ in kept.actors}
    kept.actors += [(m, r) for m, r in other.actors if r not in roles and m.name not in names]
    kept.slots = {**other.slots, **kept.slots}
    if kept.frame.sure < other.frame.sure:
        kept.colour = other.colour
    kept.tokens += [other.trigger, *([t for t in other.tokens if other.number is kept.number])]
