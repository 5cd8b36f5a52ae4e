"""Who was killed and who was wounded, of the numbers that a sentence about an attack gives."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from garant.reading.conditions import Sentence
from garant.reading.extract import Draft
from garant.reading.frames import frames
from garant.reading.gazetteer import flat
from garant.reading.nouns import classes_of
from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_KILL = word_set("killing")
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
            draft.number, draft.unit, draft.measure = number, "killed", "count"
            draft.tokens.append(noun)
            return


def _pronoun(noun: Token) -> frozenset[str]:
    return frozenset({"victims"}) if noun.pos_ in ("NUM", "PRON") or noun.ent_type_ == "NORP" else frozenset()


def _included(noun: Token) -> bool:
    return any(a.lower_ in word_list("beside")["included"] for a in (noun.head, noun.head.head))


def _harm(noun: Token, sentence: Sentence) -> str | None:
    """Whether people were killed or wounded, by the nearest word of harm above or beside their noun."""
    for token in (noun, *list(noun.ancestors)[:3]):
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
