"""Which time of a sentence belongs to a trigger."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from garant.reading.conditions import Sentence
from garant.reading.times import PrintedTime
from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

#: "after the junta revoked the accord": the time of the main clause is not that of what went before it.
_ORDERING = word_set("ordering")
_PROMISES = word_set("promises")
#: A time inside a participle after a noun ("a course run in 2018") is taken where there is no other.
_ASIDE = 6


def _clause_of_its_own(verb: Token) -> bool:
    """Whether a clause has its own time: "after the junta revoked it", "said on Monday that it was revoked"."""
    if verb.dep_ == "advcl":
        return any(c.dep_ == "mark" and c.lower_ in _ORDERING for c in verb.children)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return True  # "a plan endorsed by the Union"
    return verb.dep_ == "ccomp" and verb.head.lemma_.lower() in word_list("colour")["say"]


def _relative(trigger: Token) -> Token | None:
    """The relative clause that a trigger stands in, unless it tells of a time ("on 3 May, when they met")."""
    for token in (trigger, *trigger.ancestors):
        if token.dep_ == "relcl":
            return None if token.head.ent_type_ == "DATE" or token.head.pos_ == "NUM" else token
    return None


def _reaction(trigger: Token) -> Token | None:
    """The verb of who reacts to an event: "condemned", "welcomed"."""
    verb = trigger.head
    reacts = trigger.dep_ in ("dobj", "obj") and verb.lemma_.lower() in word_list("colour")["reacts"]
    return verb if reacts else None


def _happens(verb: Token, trigger: Token) -> bool:
    """ "the attack, which occurred on Sunday, claimed …": a relative clause that dates the event itself."""
    mine = verb.head == trigger or (verb.head.head == trigger and verb.head.dep_ in ("nsubj", "nsubjpass", "dobj"))
    return mine and verb.lemma_.lower() in word_list("times")["happens"]


def _before_the_past(verb: Token) -> bool:
    """ "had in August promised": what was over when the text's own past began."""
    return verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)


def _promised(verb: Token) -> bool:
    """ "promised 78 soldiers in August": the time is that of the promise, and not of what it promises."""
    return verb.lemma_.lower() in _PROMISES and (verb.tag_ == "VBD" or _before_the_past(verb))


def looks_ahead(trigger: Token, modality: str) -> bool:
    """Whether a clause tells of what is to come: a plan, a demand, a condition, or a verb in the future."""
    if modality in ("planned", "recommended", "conditional"):
        return True
    if trigger.dep_ == "xcomp" and trigger.head.lemma_ == "be":
        return True  # "are to leave by December, the mission said"
    verbs = (trigger, *(c for c in trigger.children if c.dep_ in ("aux", "auxpass", "aux:pass", "aux:tense")))
    return any(v.lower_ in ("will", "shall", "'ll", "wo") or "Fut" in v.morph.get("Tense", []) for v in verbs)


def time_of(  # noqa: PLR0912  # one branch for each way a time hangs on a word
    trigger: Token, sentence: Sentence
) -> PrintedTime | None:
    """The time that belongs to a trigger: of its own clause, or of a clause that governs it."""
    best: tuple[int, PrintedTime] | None = None
    limit = next((a.i for a in (trigger, *trigger.ancestors) if _clause_of_its_own(a)), None)
    above = {trigger.i: 0, **{a.i: n + 1 for n, a in enumerate(trigger.ancestors)}}
    if limit is not None:
        above = {i: n for i, n in above.items() if n <= above[limit]}
    if trigger.pos_ in ("NOUN", "PROPN"):  # a noun takes the time of its own clause only
        verb = next(
            (n for a, n in ((a, above[a.i]) for a in trigger.ancestors if a.i in above) if a.pos_ == "VERB"), None
        )
        above = {i: n for i, n in above.items() if verb is None or n <= verb}
    bound: set[int] = set()
    aside = _relative(trigger)
    told_of = _reaction(trigger)
    for printed, token in sentence.times:
        if aside is not None and token.i < aside.head.i:
            continue  # "in 2021 it sent troops to the town that rebels had seized": the seizure was before
        if told_of is not None and token.head in (told_of, *told_of.children) and not trigger.is_ancestor(token):
            continue  # "on Monday condemned an attack"
        head, steps, noun_bound, since = token, 0, False, False
        while head.i not in above and head.head != head:
            if (
                head.dep_ in ("nummod", "amod", "compound")
                and head.head.pos_ in ("NOUN", "PROPN")
                and head == token
                and head.head.i not in above
                and head.head.ent_type_ != "DATE"
            ):
                noun_bound = True
            if head.dep_ in ("relcl", "acl:relcl") and not _happens(head, trigger):
                noun_bound = True
            steps += _ASIDE if head.dep_ == "acl" else 0
            again = head.lemma_.lower() == trigger.lemma_.lower()  # "signed the deal signed in 2018"
            if head.dep_ == "acl" and head.lemma_.lower() in word_list("times")["own"] and not again:
                noun_bound = True  # "the soldiers sent in 2020 returned"
            marks = {c.lower_ for c in head.children if c.dep_ == "mark"} if head.dep_ == "advcl" else set()
            since = since or "since" in marks
            noun_bound = noun_bound or bool(marks & {"after", "before", "until"})
            head, steps = head.head, steps + 1
        if noun_bound:
            bound.add(printed.start)
        if noun_bound or head.i not in above:
            continue
        score = steps + 2 * above[head.i]
        if best is None or score < best[0]:
            opened = since and printed.edtf and "/" not in printed.edtf
            over = [a for a in trigger.ancestors if above.get(a.i, 99) <= above[head.i]] if head.i != trigger.i else []
            over += [] if head == trigger else [head]
            past = any(a.tag_ == "VBD" or _before_the_past(a) for a in over)
            told = replace(printed, past=past or _before_the_past(trigger) or _promised(trigger))
            best = (score, replace(told, edtf=f"{printed.edtf}/..") if opened else told)
    if (
        best is None and aside is None and len(sentence.times) == 1
    ):  # a month or year at hand, told of the whole sentence
        printed = sentence.times[0][0]
        day = printed.edtf is None or len(printed.edtf.partition("/")[0]) >= len("2014-01-01")
        return None if day or printed.start in bound else printed
    return best[1] if best else None
