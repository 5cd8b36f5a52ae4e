"""A sentence with what was found in it, and whether the conditions of a frame hold for a trigger's arguments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from garant.reading.cast import Cast
from garant.reading.gazetteer import flat
from garant.reading.grammar import Arguments, arguments, passive
from garant.reading.nouns import classes_of
from garant.reading.numbers import Number
from garant.reading.times import PrintedTime
from garant.reading.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

#: Prepositions of place.
THERE = tuple(word_list("sets")["there"])


@dataclass(slots=True)
class Sentence:
    """A sentence with what was found in it: numbers with the noun they count, times with their tokens."""

    span: Span
    cast: Cast
    numbers: list[tuple[Number, Token, Token]]
    times: list[tuple[PrintedTime, Token]]
    published: str | None = None


def holds(  # noqa: PLR0911, PLR0912  # one answer for each kind of condition
    rule: dict[str, Any], args: Arguments, sentence: Sentence
) -> bool:
    """Whether a condition of a frame holds: each argument it names has one of the classes or kinds it wants."""
    for name, wanted in rule.items():
        if name == "lemma":
            if flat(args.trigger.lemma_) not in wanted:
                return False
        elif name == "words":
            text = sentence.span.text.lower()
            if not any(w in text for w in wanted):
                return False
        elif name == "passive" and wanted == "any":
            if not passive(args.trigger):
                return False
        elif name == "passive":
            if not passive(args.trigger) or any(c.dep_ == "aux" for c in args.trigger.children):
                return False
        elif name == "may":
            if not any(c.dep_ == "aux" and c.lower_ in ("may", "can") for c in args.trigger.children):
                return False
        elif name == "strong":
            if not any(c.lemma_ == "strong" for c in args.trigger.lefts):
                return False
        elif name == "infinitive":
            if not any(c.dep_ in ("acl", "relcl") and c.tag_ == "VB" for c in args.trigger.children):
                return False
        elif name == "head":
            if flat(args.trigger.head.lemma_) not in wanted:
                return False
        elif name == "clause":
            if not any(c.dep_ in ("xcomp", "ccomp") for c in (*args.trigger.children, *args.trigger.head.children)):
                return False
        elif name == "clause_of":
            if not any(c.dep_ == "xcomp" and flat(c.lemma_) in wanted for c in args.trigger.children):
                return False
        elif name == "after_prep":
            if args.trigger.head.pos_ != "ADP" or args.trigger.head.lower_ not in wanted:
                return False
        elif name == "after":
            above = (args.trigger.head, args.trigger.head.head)
            if not any(t.lower_ in wanted for t in above):
                return False
        elif name == "infinitive_after":
            if not any(t.tag_ == "TO" for t in args.trigger.doc[args.trigger.i + 1 : args.trigger.i + 2]):
                return False
        elif name == "evaluative":
            if not any("evaluative" in classes_of(flat(t.lemma_)) for a in _predicate(args) for t in a.subtree):
                return False
        elif name == "undated":
            if any(args.trigger.is_ancestor(head) for _, head in sentence.times):
                return False
        elif name == "no_object":
            if args.object:
                return False
        elif name == "known":
            if not sentence.cast.memory.parties_of(args.trigger):
                return False
        elif name == "own_time":
            if not any(head == args.trigger or args.trigger.is_ancestor(head) for _, head in sentence.times):
                return False
        elif name == "dep":
            if args.trigger.dep_ not in wanted:
                return False
        elif not any_of(tokens_of(name, args, sentence), wanted, sentence):
            return False
    return True


def any_of(tokens: list[Token], wanted: list[str] | str, sentence: Sentence) -> bool:
    """Whether any of these tokens is of a class or kind, or is the word itself."""
    options = [wanted] if isinstance(wanted, str) else wanted
    for token in tokens:
        have = set(classes_of(_singular(token))) | {flat(token.lemma_)} | sentence.cast.memory.thing_at(token)
        if mention := sentence.cast.at.get(token.i):
            have |= {mention.kind, "state"} if mention.kind == "capital" else {mention.kind}
        if token.pos_ == "PRON" and (owner := _behind(token, options, sentence)):
            have.add(owner)
        if token.pos_ == "PROPN":
            have.add("name")
        if any(token in (counted, bare) for _, counted, bare in sentence.numbers):
            have.add("numbered")
        if have & set(options) or (options == ["any"]):
            return True
    return False


def _around(trigger: Token, name: str) -> list[Token]:
    """Who acts, or what is acted on, in the clause that a phrase belongs to: "…, in violation of the accord"."""
    verb = next((a for a in trigger.ancestors if a.pos_ in ("VERB", "AUX") and a.dep_ != "pcomp"), None)
    if verb is None:
        return []
    outer = arguments(verb)
    return outer.subject if name == "clause" else outer.object


def _predicate(args: Arguments) -> list[Token]:
    """What a verb says of its subject: attributes, or the object of "play a role"."""
    judged = [c for c in args.trigger.children if c.dep_ == "prep" and c.lower_ == "as"]
    return [*(args.attribute or args.object), *judged]


def _singular(token: Token) -> str:
    """The lemma, of a capital plural too: "Rebels of the M23"."""
    lemma = flat(token.lemma_)
    return lemma.removesuffix("s") if token.pos_ == "PROPN" and not classes_of(lemma) else lemma


def _behind(token: Token, options: list[str], sentence: Sentence) -> str | None:
    """The kind of whom a pronoun stands for: "it", "its"."""
    if token.dep_ == "poss":
        owner = sentence.cast.pronoun(token, ["state"])
        return owner.kind if owner else None
    found = sentence.cast.pronoun(token, options)
    return found.kind if found and found.kind in options else None


def tokens_of(  # noqa: PLR0911  # one answer for each kind of name
    name: str, args: Arguments, sentence: Sentence
) -> list[Token]:
    """Tokens of an argument by name; `there` is any place, `object.of` what its "of" leads to, `any` the sentence."""
    if name == "there":
        return [t for prep in THERE if prep not in ("from", "of", "de") for t in args.of(prep)]
    if name == "any":
        return list(sentence.span)
    if name in ("clause", "clause_object"):
        return _around(args.trigger, name)
    if name == "head":
        return [args.trigger.head] if args.trigger.head != args.trigger else []
    base, _, rest = name.partition(".")
    tokens = args.of(base)
    if rest == "own":  # "the UNMISS mandate", "its mandate"
        return [c for t in tokens for c in t.children if c.dep_ in ("compound", "poss", "nmod")]
    if rest and rest != "nation":
        return [
            g
            for t in tokens
            for c in t.children
            if c.dep_ == "prep" and c.lower_ == rest
            for g in c.children
            if g.dep_ == "pobj"
        ]
    return tokens
