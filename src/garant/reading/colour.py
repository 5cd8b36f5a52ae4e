"""How firmly a statement is made and by whom: modality from the grammar around its trigger, and attribution."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from garant.reading.grammar import RELATIVE
from garant.reading.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

#: Which colour wins where several meet.
_ORDER = ("denied", "alleged", "recommended", "conditional", "planned", "opinion", "reported", "asserted")
_CLAUSES = frozenset(
    {
        "xcomp",
        "ccomp",
        "advcl",
        "acl",
        "pcomp",
        "dobj",
        "obj",
        "obj:obj",
        "pobj",
        "prep",
        "nsubj",
        "nsubjpass",
        "conj",
        "relcl",
        "compound",
        "obl:arg",
        "obl",
        "obl:mod",
        "nmod",
        "csubj",
        "attr",
        "appos",
        "oprd",
        "dative",
        "agent",
        "nsubj:pass",
        "acl:relcl",
        "parataxis",
        "poss",
    }
)
#: Below these the trigger is a thing of its own, and what is said above does not colour it.
_CLOSED = frozenset({"relcl", "acl:relcl"})
_DEPTH = 5
#: Tokens among which the first word of a numbered paragraph stands.
_NUMBERED = 4


@dataclass(frozen=True, slots=True)
class Colour:
    """Modality of a statement, who is said to have said it (the token), and whether by their own announcement."""

    modality: str
    speaker: Token | None = None
    announced: bool = False


def colour(trigger: Token) -> Colour:
    """The modality of what a trigger tells, and the speaker it is ascribed to."""
    seen: set[str] = set()
    speaker, announced = None, False
    _own(trigger, seen)
    token, depth = trigger, 0
    while token.head != token and depth < _DEPTH and token.dep_ in _CLAUSES:
        head = token.head
        if token.dep_ == "prep" and token.lower_ in _words()["closing"]:
            break
        closed = token.dep_ in _CLOSED or (token.dep_ == "acl" and token.tag_ == "VBN")
        if token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _words()["if"] for c in token.children):
            seen.add("conditional")
        if closed or (
            token.dep_ in ("nsubj", "nsubjpass", "nsubj:pass")
            and head.pos_ in ("VERB", "AUX")
            and not _event_verb(head)
        ):
            if token.dep_ in ("nsubj", "nsubjpass", "nsubj:pass"):
                _auxiliaries(head, seen)
            if token.dep_ in ("nsubjpass", "nsubj:pass") and _verbs().get(head.lemma_.lower()) == "denied":
                seen.add("denied")
            break
        if head.pos_ in ("VERB", "AUX"):
            found = _of_verb(token, head, seen)
            if found is not None:
                speaker, announced = found, head.lemma_.lower() in _words()["announce"]
        elif head.pos_ in ("NOUN", "ADJ", "PROPN"):
            _of_noun(head, token, seen)
        token, depth = head, depth + 1
    if (word := operative(trigger.sent)) is not None:
        return Colour(_words()["operative"][word])
    speaker = speaker or _parenthetic(trigger) or _according(trigger)
    if speaker is not None:
        seen.add("reported")
    modality = next((m for m in _ORDER if m in seen), "asserted")
    return Colour(modality, speaker, announced)


def operative(sentence: Span) -> str | None:
    """The verb with which a paragraph of a resolution begins ("3. Decides to …"), None for other sentences."""
    for token in sentence[:_NUMBERED]:
        if token.is_alpha:
            known = token.lower_ in _words()["operative"]
            return token.lower_ if known and not any(c.dep_ == "nsubj" for c in token.children) else None
    return None


def _own(trigger: Token, seen: set[str]) -> None:
    _auxiliaries(trigger, seen)
    for child in trigger.children:
        if child.dep_ in ("amod", "acl") and (found := _adjectives().get(child.lower_)):
            seen.add(found)
        if child.dep_ in ("dobj", "nsubjpass") and any(
            c.dep_ == "amod" and _adjectives().get(c.lower_) == "planned" for c in child.children
        ):
            seen.add("planned")  # "negotiated a possible deal"
        if child.dep_ == "det" and child.lower_ in ("no", "aucun", "aucune"):
            seen.add("denied")
        if child.dep_ in ("nsubj", "nsubjpass", "dobj") and any(
            c.dep_ == "det" and c.lower_ == "no" for c in child.children
        ):
            seen.add("denied")
        if child.dep_ in ("nsubj", "agent", "nsubjpass") and any(
            _adjectives().get(c.lower_) == "alleged" for c in child.children
        ):
            pass  # "suspected jihadists attacked": the attack is told as a fact
    if trigger.i > trigger.sent.start and trigger.nbor(-1).lower_ in ("without", "sans"):
        seen.add("denied")


def _auxiliaries(verb: Token, seen: set[str]) -> None:
    lookup = _words()
    for child in verb.children:
        word = child.lower_
        if child.dep_ in ("aux", "aux:tense") and word in lookup["modals"]:
            seen.add(lookup["modals"][word])
        elif child.dep_ == "neg" or (child.dep_ == "advmod" and word in ("never", "ne", "n'", "jamais")):
            seen.add("denied")
        elif child.dep_ in ("advmod", "acomp") and word in lookup["adverbs"]:
            seen.add(lookup["adverbs"][word])
        elif child.dep_ == "mark" and word in lookup["if"] and verb.dep_ == "advcl":
            seen.add("conditional")
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and any(c.lower_ == "to" for c in verb.lefts):
        seen.add("planned")  # "are to leave"
    tense = verb.morph.get("Tense", [])
    if "Fut" in tense or (
        verb.pos_ == "VERB"
        and verb.lang_ == "fr"
        and verb.lower_.endswith(("era", "eront", "ira", "iront", "erra", "erront"))
    ):
        seen.add("planned")
    if "Cnd" in verb.morph.get("Mood", []):
        seen.add("reported")
    if verb.lemma_.lower() in lookup["opinion"]:
        seen.add("opinion")


def _of_verb(token: Token, verb: Token, seen: set[str]) -> Token | None:
    """Colour the clause or object `token` of a verb; the speaker, if the verb is one of saying."""
    lemma = verb.lemma_.lower()
    said = None
    clausal = token.dep_ in ("ccomp", "parataxis")
    if lemma in _words()["say"] and (
        clausal or (token.dep_ in ("dobj", "obj", "obj:obj") and lemma in _words()["announce"])
    ):
        said = _speaker(verb)
    if lemma == "go" and verb.tag_ == "VBG" and token.dep_ == "xcomp":
        seen.add("planned")  # "are going to train"
    if token.dep_ in (
        "xcomp",
        "ccomp",
        "dobj",
        "obj",
        "obj:obj",
        "pobj",
        "prep",
        "oprd",
        "acl",
        "obl:arg",
        "nsubjpass",
        "nsubj:pass",
    ):
        if (found := _verbs().get(lemma)) and not (
            lemma in _words()["say"] and said is not None and token.dep_ != "xcomp"
        ):
            governs = token.dep_ != "prep" or token.lower_ in ("to", "for", "of", "against", "on", "de", "à")
            done = lemma in (
                "agree",
                "accepter",
                "approve",
                "authorize",
                "authorise",
                "decide",
                "ask",
                "request",
            ) and token.dep_ in ("dobj", "nsubjpass", "nsubj:pass", "prep", "pobj")
            if governs and not (done and lemma not in ("ask", "request")):
                seen.add(found)
        if lemma == "announce" and token.dep_ == "dobj":
            seen.discard("planned")
    if token.dep_ in (
        "xcomp",
        "dobj",
        "obj",
        "obj:obj",
        "ccomp",
        "attr",
        "acomp",
        "advcl",
        "conj",
        "nsubjpass",
        "nsubj",
    ):
        if token.dep_ not in ("advcl", "ccomp", "conj") or lemma in ("be",):
            _auxiliaries(verb, seen)
        elif token.dep_ in ("advcl", "conj") and not any(c.dep_ in ("mark", "aux", "nsubj") for c in token.children):
            modal = set[str]()
            _auxiliaries(verb, modal)
            seen |= modal & {"planned", "conditional", "recommended"}
    if token.dep_ == "prep":
        modal = set[str]()
        _auxiliaries(verb, modal)
        seen |= modal & {"planned"}  # "will go to the polls"
    return said


def _of_noun(noun: Token, token: Token, seen: set[str]) -> None:
    lemma = noun.lemma_.lower()
    if token.dep_ in ("acl", "prep", "pobj", "compound", "nmod", "acl:relcl", "xcomp", "ccomp", "poss"):
        if (found := _nouns().get(lemma)) and (
            token.dep_ != "prep" or token.lower_ in ("for", "to", "of", "de", "against")
        ):
            seen.add(found)
        if noun.pos_ == "ADJ" and (found := _adjectives().get(noun.lower_)):
            seen.add(found)


def _speaker(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in ("nsubj", "agent"):
            subject = next((c for c in child.children if c.dep_ == "pobj"), child) if child.dep_ == "agent" else child
            if subject.lower_ in RELATIVE and verb.dep_ == "relcl":
                return verb.head
            return None if subject.lower_ in ("it", "there", "this") else subject
    if verb.lang_ == "fr" and (after := [c for c in verb.rights if c.dep_ in ("nsubj", "obj")]):
        return after[0]  # "…, a indiqué la mission"
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return _speaker(verb.head)
    return _set_apart(verb)


def _set_apart(verb: Token) -> Token | None:
    """ "… and ten Fijians, an officer said": the speaker, whom the parser takes for an apposition to the last name."""
    for token in verb.sent[: verb.i - verb.sent.start]:
        before = token.left_edge.i - 1
        if token.dep_ == "appos" and token.right_edge.i == verb.i - 1 and before >= 0:
            return token if token.doc[before].text == "," else None
    return None


def _parenthetic(trigger: Token) -> Token | None:
    """ "…, the ministry said": a saying verb that the sentence hangs on, or stands beside."""
    root = trigger.sent.root
    if root.lemma_.lower() in _words()["say"] and root != trigger:
        inside = any(
            (t.dep_ == "ccomp" or (root.lang_ == "fr" and t.dep_ == "advcl" and t.i < root.i))
            and (trigger == t or t.is_ancestor(trigger))
            for t in root.children
        )
        if inside:
            return _speaker(root)
    for child in root.children:
        if (
            child.dep_ in ("parataxis", "advcl", "ccomp")
            and child.lemma_.lower() in _words()["say"]
            and child != trigger
            and not child.is_ancestor(trigger)
        ):
            if child.dep_ == "advcl" and not any(c.dep_ == "mark" and c.lower_ == "as" for c in child.children):
                continue
            return _speaker(child)
    return None


def _according(trigger: Token) -> Token | None:
    """ "according to a UN report"."""
    for token in trigger.sent:
        if token.lower_ in ("according", "selon", "d'après"):
            for child in token.children:
                if child.dep_ == "pobj":
                    return child
                if child.dep_ == "prep":
                    return next((c for c in child.children if c.dep_ == "pobj"), None)
            if token.dep_ == "case":
                return token.head
    return None


def _event_verb(verb: Token) -> bool:
    return verb.lemma_.lower() in {
        "be",
        "begin",
        "start",
        "take",
        "occur",
        "happen",
        "continue",
        "end",
        "follow",
        "come",
        "remain",
        "seem",
        "appear",
        "involve",
        "expect",
        "plan",
        "schedule",
        "suspect",
        "allege",
        "say",
        "report",
    }


@cache
def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = word_list("colour")
    return loaded


@cache
def _verbs() -> dict[str, str]:
    return {
        w: name
        for name in ("planned", "recommended", "alleged", "denied", "conditional")
        for w in _words()[name]["verbs"]
    }


@cache
def _nouns() -> dict[str, str]:
    return {
        w: name
        for name in ("planned", "recommended", "alleged", "denied", "conditional")
        for w in _words()[name]["nouns"]
    }


@cache
def _adjectives() -> dict[str, str]:
    return {
        w: name
        for name in ("planned", "recommended", "alleged", "denied", "conditional")
        for w in _words()[name]["adjectives"]
    }
