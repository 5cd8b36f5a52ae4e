"""Who holds which office, where a text says so in apposition: "…, then head of the mission"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garant.reading.conditions import Sentence
from garant.reading.extract import Draft
from garant.reading.frames import Frame
from garant.reading.gazetteer import flat
from garant.reading.memory import Mention
from garant.reading.nouns import classes_of
from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_FRAME = Frame("leadership_change", "holds an office", "politics", sure=0.55)
_WHEN = word_set("office_when")
_VOICES = word_set("voices")


def offices(sentence: Sentence) -> list[Draft]:
    """Claims that a person holds or held an office, from appositions; who is only quoted with a title makes none."""
    found = []
    for mention in sentence.cast.within(sentence.span.start, sentence.span.end, "person"):
        name = sentence.span.doc[mention.start : mention.end].root
        office = _office_of(name, sentence)
        if office is None or _speaks(name) or _speaks(office) or flat(office.lemma_) in _VOICES:
            continue
        of = _body(office, sentence)
        when = {t.lower_ for t in sentence.span.doc[max(sentence.span.start, office.i - 4) : office.i]} & _WHEN
        if not when:  # "the President of X, Y, said" only presents whoever speaks
            continue
        draft = Draft(_FRAME, office, [(mention, "leader")], type="leadership_change", tokens=[office, name])
        draft.actors += [(of, "subject")] if of else []
        words = [
            c
            for c in office.subtree
            if c.i <= office.i + 3 and c.dep_ in ("compound", "amod", "prep", "pobj") and c.i not in sentence.cast.at
        ]
        draft.slots = {
            "office": " ".join(t.text for t in sorted({*words, office}, key=lambda t: t.i)),
            "manner": "term_ended" if when & {"former", "ex", "late"} else "holds",
        }
        found.append(draft)
    return found


def _office_of(name: Token, sentence: Sentence) -> Token | None:
    for child in name.children:
        if child.dep_ == "appos" and "office" in classes_of(flat(child.lemma_)):
            return child
    head = name.head
    if name.dep_ == "appos" and "office" in classes_of(flat(head.lemma_)):
        return head
    for child in name.lefts:
        if child.dep_ in ("compound", "nmod") and "office" in classes_of(flat(child.lemma_)):
            aside = {c.lower_ for c in (*child.children, *name.children)}
            if aside & _WHEN or any(c.dep_ == "prep" for c in child.children):
                return child
    if (beside := _after_comma(name, sentence)) is not None:
        return beside
    before = sentence.span.doc[max(sentence.span.start, name.i - 9) : name.i]
    for token in reversed(list(before)):
        if (
            "office" in classes_of(flat(token.lemma_))
            and token.head in (name, *name.ancestors)
            and any(c.dep_ == "prep" and c.lower_ == "of" for c in token.children)
        ):
            return token
    return None


def _after_comma(name: Token, sentence: Sentence) -> Token | None:
    """ "X, then deputy minister of Y": the office right after a name, whatever the parser hangs it on."""
    after = sentence.span.doc[name.i + 1 : min(name.i + 8, sentence.span.end)]
    if not len(after) or after[0].text != ",":
        return None
    for token in after[1:]:
        if "office" in classes_of(flat(token.lemma_)):
            return token if {t.lower_ for t in after[1 : token.i - name.i]} & _WHEN else None
        if token.pos_ not in ("ADV", "ADJ", "DET", "PROPN", "NOUN", "PUNCT"):
            return None
    return None


def _body(office: Token, sentence: Sentence) -> Mention | None:
    nations = sentence.cast.nations(office)
    if nations:
        return nations[0]
    for child in office.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for"):
            for inner in child.subtree:
                mention = sentence.cast.at.get(inner.i)
                if mention is not None and mention.kind in ("state", "igo", "mission", "institution", "armed_group"):
                    return mention
    return None


def _speaks(token: Token) -> bool:
    return token.dep_ in ("nsubj", "appos") and token.head.lemma_.lower() in word_list("colour")["say"]


_BODY = Frame("institution", "is a body of", "politics", sure=0.5)


def bodies(sentence: Sentence) -> list[Draft]:
    """Claims that an operation is that of an organisation: "the African Union mission, MISCA"."""
    found = []
    for mention in sentence.cast.within(sentence.span.start, sentence.span.end, "mission"):
        name = sentence.span.doc[mention.start : mention.end].root
        nouns = [name.head] if name.dep_ == "appos" else [c for c in name.children if c.dep_ == "appos"]
        for noun in nouns:
            if flat(noun.lemma_) not in ("mission", "operation", "force"):
                continue
            named = any(c.dep_ in ("amod", "compound", "poss", "prep") and c.pos_ != "PRON" for c in noun.children)
            of = next((m for m in sentence.cast.nations(noun) if m.kind == "igo"), None) if named else None
            if noun.i in sentence.cast.at or noun.text[:1].isupper():
                continue  # "the Stabilisation Mission in Haiti (MINUSTAH)" names itself
            if of is not None:
                actors = [(mention, "operator"), (of, "leader")]
                slots = {"relation": "exists"}
                found.append(Draft(_BODY, noun, actors, type="institution", tokens=[noun, name], slots=slots))
    return found
