"""Who was killed and who was wounded, of the numbers that a sentence about an attack gives."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from garant.reading.conditions import Sentence
from garant.reading.extract import Draft
from garant.reading.frames import frames
from garant.reading.gazetteer import flat
from garant.reading.grammar import arguments
from garant.reading.nouns import classes_of
from garant.reading.numbers import Number
from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_KILL = word_set("killing")
_CONFLICTS = word_set("conflicts")
_PREDICATES = frozenset({"acomp", "oprd", "amod", "acl", "ccomp", "attr"})


@cache
def _harms() -> dict[str, str]:
    return {verb: kind for kind, verbs in word_list("beside")["harms"].items() for verb in verbs}


@cache
def _adjectives() -> dict[str, str]:
    return {word: kind for kind, words in word_list("beside")["harmed"].items() for word in words}


def killed(draft: Draft, sentence: Sentence) -> None:
    """The number killed, if the sentence gives it: counted beside a word of killing."""
    for number, noun, _ in sentence.numbers:
        if (
            _harm(noun, sentence) == "killed"
            and "victims" in classes_of(flat(noun.lemma_)) | _pronoun(noun)
            and not _included(noun)
        ):
            draft.number, draft.unit, draft.measure = _summed(number, noun, sentence), "killed", "count"
            draft.tokens.append(noun)
            return
    _one_death(draft, sentence)


def _one_death(draft: Draft, sentence: Sentence) -> None:
    """ "resulted in the death of a peacekeeper": one."""
    for token in sentence.span:
        if flat(token.lemma_) not in ("death", "killing"):
            continue
        of = [g for c in token.children if c.dep_ == "prep" and c.lower_ == "of" for g in c.children]
        for noun in of:
            article = next((c for c in noun.lefts if c.lower_ in ("a", "an")), None)
            if article is not None and "victims" in classes_of(flat(noun.lemma_)):
                at = article.idx - sentence.span.start_char
                draft.number = Number(at, at + len(article.text), at, at + len(article.text), 1.0)
                draft.unit, draft.measure = "killed", "count"
                draft.tokens.append(noun)
                return


def _summed(number: Number, noun: Token, sentence: Sentence) -> Number:
    """ "killed a peacekeeper and two civilians": three, where each part is exact."""
    total = number.value
    for following, _, _ in sentence.numbers:  # "six Malawian and one Tanzanian peacekeepers"
        between = sentence.span.text[number.to : following.at] if following.at > number.to else ""
        if total is not None and following.value is not None and re.fullmatch(r" [A-Z][\w-]+ and ", between):
            return replace(number, to=following.to, end=following.end, value=total + following.value)
    first = [t for c in noun.lefts for t in (c, *c.children) if t.dep_ == "preconj" and t.pos_ == "NOUN"]
    for other in (*noun.conjuncts, *first):
        if total is None or "victims" not in classes_of(flat(other.lemma_)) or _included(other):
            return number
        counted = next((n for n, counted, _ in sentence.numbers if counted == other), None)
        one = any(t.lower_ in ("a", "an", "one") for t in (*other.lefts, other.head))
        if counted is None and not one:
            return number
        part = counted.value if counted is not None else 1.0
        total = total + part if part is not None else None
    return replace(number, value=total) if total is not None else number


def cumulated(draft: Draft) -> None:
    """ "attacks have killed 4,000 people": a toll of many events, and no attack."""
    verb = draft.trigger if draft.trigger.pos_ in ("VERB", "AUX") else draft.trigger.head
    perfect = any(c.lower_ in ("have", "has", "had") and c.dep_ == "aux" for c in verb.children)
    many = any("attack" in classes_of(flat(c.lemma_)) and c.tag_ == "NNS" for c in verb.children if c.dep_ == "nsubj")
    by = {flat(t.lemma_) for t in (*arguments(verb).subject, draft.trigger)} & _CONFLICTS
    bounds = (draft.time.edtf or "").replace("~", "").split("/") if draft.time is not None else []
    dated = len(bounds) == 2 and all(len(b) >= len("2014-01") for b in bounds)  # noqa: PLR2004  # an interval
    long = dated and bounds[0][: len("2014-01")] != bounds[1][: len("2014-01")]
    many_dead = draft.number is not None and (draft.number.bounds[0] or 0) >= word_list("beside")["no_one_event"]
    if draft.number is not None and (
        long or many_dead or "" in bounds[1:] or ".." in bounds[1:] or (perfect and (many or by))
    ):
        draft.type, draft.measure, draft.unit = "casualties", "cumulative", "killed"
        draft.slots = {"harm": "killed"}


def _pronoun(noun: Token) -> frozenset[str]:
    people = noun.pos_ in ("NUM", "PRON") or noun.ent_type_ == "NORP" or noun.lower_ in ("dead", "killed")
    return frozenset({"victims"}) if people else frozenset()


def _included(noun: Token) -> bool:
    words = word_list("beside")["included"]
    after = noun.nbor(1).lower_ if noun.i + 1 < len(noun.doc) else ""
    return after == "among" or any(a.lower_ in words for a in (noun.head, noun.head.head))


def _harm(noun: Token, sentence: Sentence) -> str | None:
    """Whether people were killed or wounded, by the nearest word of harm above or beside their noun."""
    for token in (noun, *list(noun.ancestors)[:4]):
        lemma = flat(token.lemma_)
        if lemma in _KILL:
            return "killed"
        if (kind := _harms().get(lemma)) is not None:
            return kind
        for child in token.children:
            if child.dep_ in _PREDICATES and (kind := _adjectives().get(flat(child.lemma_))) is not None:
                return kind
    after = sentence.span.doc[noun.i + 1].lower_ if noun.i + 1 < len(sentence.span.doc) else ""
    return _adjectives().get(flat(after))


def subgroups(found: list[Draft], sentence: Sentence) -> list[Draft]:
    """ "including three children": a claim of casualties beside that of the attack."""
    attack = next((d for d in found if d.type == "attack" and d.number), None)
    if attack is None:
        return found
    extra = []
    frame = next(f for f in frames() if f.type == "casualties" and f.name == "wounds")
    told = {d.number.start for d in found if d.type == "casualties" and d.number}
    for number, noun, _ in sentence.numbers:
        if (
            number is attack.number
            or number.start in told
            or "victims" not in classes_of(flat(noun.lemma_)) | _pronoun(noun)
        ):
            continue
        harm = "killed" if _included(noun) else _harm(noun, sentence)
        if harm in ("killed", "wounded") and (_included(noun) or harm == "wounded"):
            attackers = [(m, r) for m, r in attack.actors if r == "attacker"]
            copy = Draft(frame, noun, attackers, number, noun.text, "count", attack.time, attack.place, attack.colour,
                         [noun], attack.fallbacks, attack.guessed, slots={"harm": harm}, type="casualties")  # fmt: skip
            extra.append(copy)
    return found + extra
