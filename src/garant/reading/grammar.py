"""Who does what to whom: the logical arguments of a verb or noun, from spaCy's parse of English or French.

Active and passive, participles, relative clauses, coordination and nominalisations come out alike: `subject` acts,
`object` is acted on, `preps` are the rest by their preposition.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

RELATIVE = word_set("relative_pronouns")
_SUBJECT = frozenset({"nsubj", "nsubj:caus", "csubj"})
_PASSIVE_SUBJECT = frozenset({"nsubjpass", "nsubj:pass"})
_OBJECT = frozenset({"dobj", "obj", "obj:obj", "oprd"})
_AGENT = frozenset({"obl:agent"})
_OBLIQUE = frozenset({"obl", "obl:mod", "obl:arg", "nmod", "iobj"})
_INHERITS = frozenset({"xcomp", "advcl", "conj", "pcomp", "ccomp"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"})
#: French nouns of number: "des centaines de soldats" are soldiers.
_HEAPS = word_set("heaps")
#: English nouns that hold people: "a batch of 200 soldiers" are soldiers.
_GROUPS = word_set("groups_of")
#: How far a chain of clauses is followed for a missing subject.
_DEPTH = 4


@dataclass(slots=True)
class Arguments:
    """The arguments of one trigger. `near` holds the prepositions of its object and of the verb that governs it."""

    trigger: Token
    subject: list[Token] = field(default_factory=list)
    object: list[Token] = field(default_factory=list)
    attribute: list[Token] = field(default_factory=list)
    preps: dict[str, list[Token]] = field(default_factory=dict)
    near: dict[str, list[Token]] = field(default_factory=dict)

    def of(self, name: str) -> list[Token]:
        """Tokens of one argument by its name: subject, object, attribute, self, or a preposition."""
        if name == "self":
            return [self.trigger]
        if name in ("subject", "object", "attribute"):
            found: list[Token] = getattr(self, name)
            return found
        return self.preps.get(name) or self.near.get(name, [])


def arguments(token: Token) -> Arguments:
    """The logical arguments of a verb, or of a noun that tells an event."""
    if token.dep_ == "aux" and token.tag_ == "MD" and token.head.pos_ in ("VERB", "AUX"):
        return arguments(token.head)  # "should send"
    found = Arguments(token)
    if token.pos_ in ("VERB", "AUX"):
        _of_verb(token, found)
    elif token.pos_ in ("ADJ", "ADV") or token.dep_ in ("acomp", "amod"):
        _of_quality(token, found)
    else:
        _of_noun(token, found)
    return found


def with_conjuncts(token: Token) -> Iterator[Token]:
    """A noun and those joined to it by "and" or commas."""
    yield token
    if token.lemma_.lower() in _GROUPS:
        for of in token.children:
            if of.dep_ == "prep" and of.lower_ == "of":
                yield from (t for c in of.children if c.dep_ == "pobj" for t in with_conjuncts(c))
    if token.lemma_.lower() in _HEAPS:
        yield from (c for c in token.children if c.dep_ in ("nmod", "obl:arg"))
    for child in token.rights:
        if (child.dep_ == "conj" and child.pos_ in _NOUNS) or _listed(child):
            yield from with_conjuncts(child)


def _listed(name: Token) -> bool:
    """ "Jamaica, the Bahamas and Belize": the parser takes the second of three names for an apposition."""
    named = name.head.ent_type_ and name.ent_type_ == name.head.ent_type_
    return name.dep_ == "appos" and bool(named) and any(c.dep_ == "conj" and c.ent_type_ for c in name.children)


def particle(verb: Token) -> str:
    """ "out" of "pull out", "" where there is none."""
    for child in verb.rights:
        if child.dep_ in ("prt", "advmod", "prep") and child.lower_ in (
            "out",
            "over",
            "down",
            "up",
            "off",
            "on",
            "back",
            "in",
        ):
            return child.lower_ if child.dep_ in ("prt", "advmod") or child.lower_ in ("out", "over", "back") else ""
    return ""


def passive(verb: Token) -> bool:
    """Whether a verb stands in the passive, a past participle after a noun included."""
    deps = {c.dep_ for c in verb.children}
    if deps & {"nsubjpass", "auxpass", "nsubj:pass", "aux:pass"}:
        return True
    if deps & {"nsubj", "aux"}:
        return False
    if verb.tag_ == "VBN" or (
        not verb.tag_.startswith("V")
        and "Part" in verb.morph.get("VerbForm", [])
        and "Past" in verb.morph.get("Tense", [])
    ):
        if verb.dep_ in ("acl", "amod", "advcl"):
            return not deps & {"dobj", "obj"}
        if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
            return passive(verb.head) and not deps & {"dobj", "obj"}
    return False


def _of_verb(verb: Token, found: Arguments) -> None:  # noqa: PLR0912  # one branch for each label of the parser
    is_passive = passive(verb)
    for child in verb.children:
        if child.dep_ in _PASSIVE_SUBJECT or (child.dep_ in _SUBJECT and is_passive):
            found.object += with_conjuncts(_antecedent(child, verb))
        elif child.dep_ in _SUBJECT:
            found.subject += with_conjuncts(_antecedent(child, verb))
        elif child.dep_ in _OBJECT:
            found.object += with_conjuncts(_antecedent(child, verb))
        elif child.dep_ in ("attr", "acomp"):
            found.attribute += with_conjuncts(child)
        elif (
            child.dep_ == "obl:arg"
            and any(c.dep_ == "case" and c.lower_ == "de" for c in child.children)
            and any(c.lower_ in ("ne", "n'") for c in verb.children)
        ):  # "n'a pas envoyé de soldats"
            found.object += with_conjuncts(child)
        elif child.dep_ in _AGENT:
            found.subject += with_conjuncts(child)
        elif child.dep_ == "agent":
            found.subject += [t for c in child.children if c.dep_ == "pobj" for t in with_conjuncts(c)]
        elif child.dep_ == "dative" and child.pos_ != "ADP":
            found.preps.setdefault("to", []).extend(with_conjuncts(child))
    _collect(verb, found.preps)
    for child in verb.children:
        if child.dep_ == "prt":
            _collect(child, found.preps)  # "made up of"
    if is_passive and not found.subject:
        found.subject += found.preps.pop("by", [])
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp"):
            for inner in child.children:
                name = (
                    "complement"
                    if inner.dep_ == "nsubj"
                    else "equals"
                    if inner.dep_ == "attr"
                    else "among"
                    if inner.dep_ == "prep" and inner.lower_ == "between"
                    else ""
                )
                if name:
                    tokens = [inner] if inner.pos_ != "ADP" else [g for g in inner.children if g.dep_ == "pobj"]
                    found.near.setdefault("equals" if name == "among" else name, []).extend(
                        t for g in tokens for t in with_conjuncts(g)
                    )
    missing = found.object if is_passive else found.subject
    if not missing:
        missing += _inherited(verb, is_passive, 0)
    if (
        verb.dep_ in ("relcl", "acl:relcl")
        and not found.object
        and not is_passive
        and found.subject
        and verb.head not in found.subject
    ):
        found.object += with_conjuncts(verb.head)
    if verb.dep_ == "conj" and not found.object and verb.head.pos_ == "VERB" and not is_passive:
        found.near.setdefault("shared", []).extend(
            t for c in verb.head.children if c.dep_ in _OBJECT for t in with_conjuncts(c)
        )
    for thing in found.object[:2]:
        _collect(thing, found.near)


def _of_noun(noun: Token, found: Arguments) -> None:
    for child in noun.children:
        if child.dep_ == "poss" and child.lower_ == "whose" and noun.head.dep_ == "relcl":
            found.subject.append(noun.head.head)
        elif child.dep_ == "poss":
            found.subject += with_conjuncts(child)
        elif child.dep_ == "amod" and child.ent_type_ in ("NORP", "GPE"):
            found.subject.append(child)
        elif child.dep_ == "compound":
            found.near.setdefault("compound", []).append(child)
    _collect(noun, found.preps)
    found.object += found.preps.pop("of", []) + found.preps.pop("de", [])
    found.subject += found.preps.pop("by", []) + found.preps.pop("par", [])
    whole = noun
    while whole.dep_ == "compound":  # "training programmes for the army"
        whole = whole.head
        _collect(whole, found.near)
    for thing in found.object[:2]:
        _collect(thing, found.near)
        found.subject += found.near.pop("by", []) + found.near.pop("par", [])
    governor = noun.head
    if governor.lemma_.lower() in word_list("colour")["reacts"]:
        return  # who welcomes an arrival does not send
    if (
        governor.pos_ in ("VERB", "AUX")
        and governor != noun
        and noun.dep_ in (*_OBJECT, *_SUBJECT, *_PASSIVE_SUBJECT, "attr")
    ):
        _collect(governor, found.near)
        if (
            noun.dep_ in _OBJECT
            and not found.subject
            and governor.lemma_.lower() not in word_list("colour")["undergoes"]
        ):
            outer = Arguments(governor)
            _of_verb(governor, outer)
            found.subject += outer.subject
        elif noun.dep_ == "attr" and not found.subject:
            found.subject += _surface_subject(governor, 0)
        elif noun.dep_ in _PASSIVE_SUBJECT and not found.subject:
            found.subject += [
                t
                for c in governor.children
                if c.dep_ == "agent"
                for p in c.children
                if p.dep_ == "pobj"
                for t in with_conjuncts(p)
            ]


def _of_quality(word: Token, found: Arguments) -> None:
    """An adjective's or adverb's arguments: whose quality it is as object, who has or does it as subject."""
    head = word.head
    if word.dep_ == "amod":
        found.object += with_conjuncts(head)
        _of_noun(head, owner := Arguments(head))
        found.subject += owner.subject + owner.object
        found.preps |= owner.preps
    elif head.pos_ in ("VERB", "AUX"):
        outer = Arguments(head)
        _of_verb(head, outer)
        found.subject += outer.subject or (outer.object if word.dep_ in ("acomp", "oprd") else [])
        found.object += outer.object
        found.preps |= outer.preps
    _collect(word, found.near)


def _collect(head: Token, into: dict[str, list[Token]]) -> None:
    """Prepositional phrases of a word, by preposition; nested ones ("in the town of Gao") stay with their noun."""
    for child in head.children:
        if child.dep_ in ("prep", "dative", "agent") and child.pos_ in ("ADP", "SCONJ", "VERB", "ADV"):
            name = child.lower_
            for inner in child.children:
                if inner.dep_ in ("pobj",):
                    named = [*with_conjuncts(inner), *(e for t in with_conjuncts(inner) for e in examples(t))]
                    into.setdefault(name, []).extend(named)
                elif inner.dep_ == "prep":  # "out of Mali", "from across the border"
                    into.setdefault(inner.lower_, []).extend(
                        t for c in inner.children if c.dep_ == "pobj" for t in with_conjuncts(c)
                    )
        elif child.dep_ in _OBLIQUE or (child.dep_ == "obl:agent" and head.pos_ != "VERB"):
            case = [c.lemma_.lower() for c in child.children if c.dep_ == "case"]
            name = case[0] if case else "of"
            into.setdefault(name, []).extend(with_conjuncts(child))


def examples(noun: Token) -> Iterator[Token]:
    """ "countries such as Chad and Niger": the names behind a common noun."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("as", "like", "including"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from with_conjuncts(inner)


def _antecedent(token: Token, verb: Token) -> Token:
    """What a relative pronoun stands for: the noun its clause hangs on."""
    if token.lower_ in RELATIVE and verb.dep_ in ("relcl", "acl:relcl"):
        return verb.head
    return token


def _inherited(verb: Token, as_object: bool, depth: int) -> list[Token]:  # noqa: PLR0911  # one answer for each clause
    """The subject that a participle, infinitive or coordinated verb takes from the clause it hangs on."""
    head = verb.head
    if head == verb or depth > _DEPTH:
        return []
    if verb.dep_ in ("acl", "relcl", "acl:relcl", "amod"):
        infinitive = any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
        if not infinitive or as_object:
            return list(with_conjuncts(head)) if verb.dep_ != "amod" else [head]
        owner = [t for c in head.children if c.dep_ == "poss" for t in with_conjuncts(c)]
        return owner or (_surface_subject(head.head, depth) if head.head.pos_ in ("VERB", "AUX") else [])
    if verb.dep_ in ("xcomp", "pcomp", "ccomp") and (controlled := _controlled(verb)):
        return controlled
    if verb.dep_ in _INHERITS:
        while head.pos_ in ("ADP", "ADJ") and head.head != head:
            head = head.head
        if head.pos_ in ("VERB", "AUX"):
            return _surface_subject(head, depth)
        if verb.dep_ == "pcomp" and head.dep_ in _OBJECT and head.head.lemma_ == "have":
            return _surface_subject(head.head, depth)  # "has the mission of supporting …"
        return [t for c in head.children if c.dep_ == "poss" for t in with_conjuncts(c)]
    return []


def _controlled(verb: Token) -> list[Token]:
    """ "accused Rwanda of sending", "asked Kenya to lead": the object of the governing verb acts."""
    head = verb.head
    if head.pos_ == "ADP":
        if head.lower_ not in ("of", "from", "into"):
            return []
        head = head.head
    if head.pos_ != "VERB":
        return []
    return [t for c in head.children if c.dep_ in ("dobj", "obj") and c.i < verb.i for t in with_conjuncts(c)]


def _surface_subject(verb: Token, depth: int) -> list[Token]:
    for child in verb.children:
        if child.dep_ == "csubj" and (named := [c for c in child.children if c.dep_ == "nsubj" and c.i < child.i]):
            return list(with_conjuncts(named[0]))  # "The force, planned for a year, has …"
        if child.dep_ in _SUBJECT | _PASSIVE_SUBJECT and child.lower_ not in ("it", "there"):
            return list(with_conjuncts(_antecedent(child, verb)))
    return _inherited(verb, False, depth + 1)
