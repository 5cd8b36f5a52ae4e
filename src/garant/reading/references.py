"""Whether a sentence points to a party named before it, and which actors it does not print itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garant.reading.gazetteer import flat
from garant.reading.memory import Mention
from garant.reading.nouns import classes_of, definite
from garant.reading.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

    from garant.reading.conditions import Sentence
    from garant.reading.grammar import Arguments


def points_back(args: Arguments, sentence: Sentence) -> bool:
    """Whether an argument is a pronoun or a definite noun for a party: "the force", "its troops", "they"."""
    words = word_list("references")
    tokens = [args.trigger, *args.subject, *args.object, *(t for found in args.preps.values() for t in found)]
    if args.trigger.dep_ == "conj" and args.trigger.head.pos_ in ("VERB", "AUX"):
        tokens += [c for c in args.trigger.head.children if c.dep_ in ("nsubj", "nsubjpass")]
    for token in tokens:
        if token.i in sentence.cast.at:
            continue
        if token.lower_ in words["pronouns"] or any(c.lower_ in words["pronouns"] for c in token.children):
            return True
        lemma = flat(token.lemma_)
        party = lemma in words["lemmas"] or classes_of(lemma) & set(words["classes"])
        if party and definite(token) and not _named(token, sentence):
            return True
    return False


def owned(noun: Token) -> bool:
    """Whether a noun belongs to a party told before it: "its army", "their spokesman"."""
    return any(c.dep_ == "poss" and c.lower_ in word_list("references")["definite"] for c in noun.lefts)


def _named(token: Token, sentence: Sentence) -> bool:
    """Whether a name goes with a noun ("the Kenyan police", "the Regional Protection Force"): it points to nothing."""
    return any(c.i in sentence.cast.at or c.pos_ == "PROPN" for c in token.lefts)


def printed(mention: Mention, sentence: Sentence) -> bool:
    """Whether a sentence itself names an actor, or describes it in its own words."""
    if mention.kind == "civilians":
        return True
    text = flat(sentence.span.text)
    if flat(mention.name).rsplit(maxsplit=1)[-1] in text:
        return True
    inside = sentence.cast.within(sentence.span.start, sentence.span.end)
    if any(m.name == mention.name or (m.entity and m.entity == mention.entity) for m in inside):
        return True
    return any(mention.country and mention.country in (m.entity, m.country) for m in inside)
