"""Paragraphs of a resolution that advise or demand ("Calls upon …", "Urges …"): each thing asked is a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garant.reading.actors import actors_of
from garant.reading.colour import Colour, operative
from garant.reading.conditions import Sentence
from garant.reading.extract import Draft
from garant.reading.frames import Frame
from garant.reading.memory import Mention
from garant.reading.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

_FRAME = Frame("recommendation", "paragraph of a resolution", "views", sure=0.6)


def advice(sentence: Sentence, found: list[Draft]) -> list[Draft]:
    """What a paragraph that begins with "Urges", "Demands", "Calls upon" asks for, and of whom."""
    word = operative(sentence.span)
    if word not in word_list("colour")["advising"]:
        return []
    first = next(t for t in sentence.span if t.lower_ == word)
    asked = _asked(first, sentence)
    told = {d.trigger.i for d in found if d.type == "recommendation"}
    made = []
    for verb in asked or [first]:
        if verb.i in told or (verb == first and told):
            continue
        actors = [(sentence.cast.council(), "recommender")]
        actors += [(m, "addressee") for m in _addressees(first, asked, sentence)]
        made.append(Draft(_FRAME, verb, actors, colour=Colour("recommended"), tokens=[verb], type="recommendation"))
    return made


def _asked(first: Token, sentence: Sentence) -> list[Token]:
    """The verbs of what is asked: after "to" or "that", the first and those joined to it."""
    verbs: list[Token] = []
    for token in sentence.span:
        if token.i <= first.i or token.pos_ not in ("VERB", "AUX"):
            continue
        own = {c.lower_ for c in token.lefts if c.dep_ in ("aux", "mark")} & {"to", "that"}
        before = token.nbor(-1).lower_
        governed = not verbs or before in ("to", "and", ",") or bool(own)
        inside = any(a.dep_ in ("relcl", "acl") and a.i > first.i for a in (token, *token.ancestors))
        nested = token.dep_ == "xcomp" and token.head in verbs
        if own and governed and not inside and not nested and _listed(token, verbs):
            verbs.append(token)
    return verbs


def _listed(token: Token, verbs: list[Token]) -> bool:
    """Whether a verb after the first begins a further thing asked: ", to release …", "and to honour …"."""
    if not verbs:
        return True
    start = min((c.i for c in token.lefts if c.lower_ in ("to", "that")), default=token.i)
    return token.doc[start - 1].text in (",", ";", "and") if start else False


def _addressees(first: Token, asked: list[Token], sentence: Sentence) -> list[Mention]:
    """Who is asked: the names between the paragraph's verb and what is asked."""
    end = asked[0].i if asked else min(first.i + word_list("colour")["addressed_within"], sentence.span.end)
    kinds = word_list("roles")["addressee"]
    found = {m.name: m for t in sentence.span.doc[first.i + 1 : end] for m in actors_of(t, sentence.cast, kinds)}
    return [m for m in found.values() if not any(m.name != n and n.endswith(f" {m.name}") for n in found)]
