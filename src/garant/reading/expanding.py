"""Facts that stand beside a fact: ceilings, aims of a plan, "one of which", "instead of the nine", hosts, cohorts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from garant.reading.actors import actors_of
from garant.reading.colour import Colour
from garant.reading.conditions import Sentence
from garant.reading.extract import Draft, unit_of
from garant.reading.frames import Frame
from garant.reading.gazetteer import flat
from garant.reading.grammar import arguments, examples, with_conjuncts
from garant.reading.nouns import classes_of
from garant.reading.numbers import Number
from garant.reading.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Words of a plan's name before its years.
_NAME = 4
#: Characters between "two-day" and its noun.
_NEAR_DAYS = 20
_FIELD = Frame("sector_cooperation", "field of an agreement", "building", sure=0.5)
_EXCESS = Frame("violation", "exceeds what was planned", "violence", sure=0.5)


def beside(found: list[Draft], sentence: Sentence) -> list[Draft]:
    """What a sentence adds to the facts its frames found."""
    made: list[Draft] = []
    for draft in found:
        if draft.type == "agreement" and draft.number:
            made += [*_one_of_them(draft, sentence), *_fields(draft)]
        elif draft.type == "recommendation":
            made += _each_clause(draft, sentence)
        elif draft.type in ("force_structure", "force_strength") and draft.number:
            made += _planned_instead(draft, sentence)
        elif draft.type == "strategy_adoption":
            terms = _terms(draft, sentence)
            told = {d.time.edtf for d in (*found, *made) if d.time and d.type == draft.type}
            made += [d for d in terms if d.time and d.time.edtf not in told]
        elif draft.type == "training":
            made += _cohort(draft, sentence)
    return made


def _one_of_them(draft: Draft, sentence: Sentence) -> list[Draft]:
    """ "signed five agreements, one of which on trade": the one is a claim of its own."""
    if draft.number is None or (draft.number.bounds[0] or 0) < 2:  # noqa: PLR2004  # one of several
        return []
    match = _phrase("one_of").search(sentence.span.text, draft.number.to)
    if match is None:
        return []
    token = _token_at(sentence, match.start())
    one = Number(match.start(), match.end(), match.start(), match.end(), 1.0)
    tokens = [token, *list(token.subtree)[-1:]]
    return [replace(draft, number=one, tokens=tokens, actors=list(draft.actors), slots={})]


def _each_clause(draft: Draft, sentence: Sentence) -> list[Draft]:
    """ "urged the parties to disarm and to release the crew": each thing advised after the first."""
    clauses = [c for c in draft.trigger.children if c.dep_ in ("ccomp", "xcomp") and c.pos_ in ("VERB", "AUX")]
    later = [v for c in clauses for v in c.conjuncts if v.pos_ in ("VERB", "AUX") and _begins(v)]
    made = []
    for verb in later:
        named = [
            m for t in arguments(verb).subject for m in actors_of(t, sentence.cast, word_list("roles")["addressee"])
        ]
        own = [(m, "addressee") for m in named if any(c.dep_ == "nsubj" for c in verb.children)]
        rest = [(m, r) for m, r in draft.actors if r != "addressee" or not own]
        made.append(replace(draft, trigger=verb, tokens=[verb], actors=[*rest, *own], slots={}))
    return made


def _begins(verb: Token) -> bool:
    """Whether a joined clause has its own "to" or "that"."""
    return any(c.lower_ in ("to", "that") and c.dep_ in ("aux", "mark") for c in verb.children)


def _fields(draft: Draft) -> list[Draft]:
    """ "signed two agreements on fishing and customs": each field is one of cooperation."""
    args = arguments(draft.trigger)
    papers = [*args.object, *args.subject, draft.trigger]
    found: list[Token] = []
    for paper in papers:
        near = [c for t in (paper, paper.head) for c in t.children if c.dep_ == "prep"]
        for prep in near:
            if prep.lower_ in word_list("beside")["fields"] and "paper" in classes_of(flat(paper.lemma_)):
                found += [
                    t for c in prep.children if c.dep_ == "pobj" for n in with_conjuncts(c) for t in (n, *examples(n))
                ]
    vague = word_list("beside")["vague_fields"]
    named = [t for t in found if t.pos_ == "NOUN" and flat(t.lemma_) not in vague]
    if len(named) < 2:  # noqa: PLR2004  # one field is the agreement's own
        return []
    parties = [(m, "party") for m, r in draft.actors if r in ("signatory", "party")]
    return [
        replace(
            draft, frame=_FIELD, type="sector_cooperation", trigger=t, number=None, tokens=[t], actors=parties, slots={}
        )
        for t in dict.fromkeys(named)
    ]


def _planned_instead(draft: Draft, sentence: Sentence) -> list[Draft]:
    """ "nine battalions instead of the six laid down in the plan": six is the plan, nine departs from it."""
    number = draft.number
    other = next((o for o in sentence.numbers if number is not None and o[0].start > number.to), None)
    if number is None or other is None:
        return []
    between = sentence.span.text[number.to : other[0].start]
    phrase = _phrase("instead").search(between)
    if phrase is None or len(between) - phrase.end() > len(" the "):
        return []
    norm = _norm_after(other[2], sentence)
    planned = replace(draft, number=other[0], tokens=[other[2]], time=None, actors=list(draft.actors), slots={})
    planned.colour = Colour("planned")
    if not norm or not draft.actors:
        return [planned]
    who = [(m, "violator") for m, _ in draft.actors[:1]]
    tokens = [*draft.tokens, other[2]]
    return [planned, replace(draft, frame=_EXCESS, type="violation", actors=who, tokens=tokens, slots={})]


def _cohort(draft: Draft, sentence: Sentence) -> list[Draft]:
    """ "the third cohort of 200 soldiers": three cohorts by then."""
    words = word_list("beside")["cohort"]
    for token in sentence.span:
        order = flat(token.lemma_)
        if order not in word_list("sets")["ordinals"] or token.head.lemma_ not in words:
            continue
        if not any(t == token.head or token.head.is_ancestor(t) or t.is_ancestor(token.head) for t in draft.tokens):
            continue
        at = token.idx - sentence.span.start_char
        value = float(word_list("sets")["ordinals"].index(order) + 1)
        number = Number(at, at + len(token.text), at, at + len(token.text), value)
        time = draft.time
        if time is not None and time.edtf and "/" not in time.edtf:
            time = replace(time, edtf=f"../{time.edtf}")
        more = replace(draft, number=number, time=time, actors=list(draft.actors), slots={})
        more.unit, more.measure, more.tokens = token.head.lemma_, "cumulative", [token, token.head]
        return [more]
    return []


def days(draft: Draft, sentence: Sentence) -> None:
    """ "a two-day visit": its days, and its end where its beginning is known."""
    if draft.number is not None or draft.trigger.pos_ != "NOUN":
        return
    match = _days().search(sentence.span.text)
    if match is None or not 0 < draft.trigger.idx - sentence.span.start_char - match.end() < _NEAR_DAYS:
        return
    word = match[1].lower()
    count = int(word) if word.isdigit() else int(word_list("numbers")["ones"].get(word, 0))
    if not count:
        return
    draft.number = Number(match.start(), match.end(), match.start(1), match.end(1), float(count))
    draft.unit, draft.measure = "days", "count"


def by_host(draft: Draft) -> list[Draft]:
    """ "troops in Somalia and Chad": a presence in each."""
    hosts = [m for m, r in draft.actors if r == "host"]
    if draft.type not in word_list("joining")["by_host"] or draft.number is not None or len(hosts) < 2:  # noqa: PLR2004
        return [draft]
    rest = [(m, r) for m, r in draft.actors if r != "host"]
    one = replace(draft, tokens=list(draft.tokens), slots=dict(draft.slots))
    return [replace(one, actors=[*rest, (host, "host")]) for host in hosts]


def _terms(draft: Draft, sentence: Sentence) -> list[Draft]:
    """ "adopted the Defence Plan 2016-2020", "a strategy, valid until 2022": the plan's own term."""
    words = word_list("beside")["valid"]
    for printed, token in sentence.times:
        own = re.fullmatch(r"\d{4} ?[-–] ?\d{4}", printed.text.strip()) and _names_plan(token)
        valid = any(flat(a.lemma_) in words for a in list(token.ancestors)[:3])
        if (
            valid
            and draft.time is not None
            and draft.time.start == printed.start
            and draft.trigger.pos_ == "VERB"
            and flat(draft.trigger.lemma_) not in words
        ):
            draft.time = None  # "drew up a plan, valid until 2025"
        if own or valid:
            return [replace(draft, time=printed, number=None, tokens=[token], actors=list(draft.actors), slots={})]
    return []


def _names_plan(token: Token) -> bool:
    before = token.doc[max(token.sent.start, token.i - _NAME) : token.i]
    return any("plan" in classes_of(flat(t.lemma_)) for t in before)


def _norm_after(token: Token, sentence: Sentence) -> bool:
    """Whether a plan or paper stands after a number: "the nine laid down in the plan"."""
    after = (t for t in token.sent if t.i > token.i)
    return any((classes_of(flat(t.lemma_)) | sentence.cast.memory.thing_at(t)) & {"plan", "paper"} for t in after)


def items(found: list[Draft], sentence: Sentence) -> list[Draft]:
    """ "focuses on: a) …; b) …": each aim of a plan, each thing recommended, is a claim of its own."""
    base = next(
        (
            d
            for d in found
            if (d.type, d.frame.name) in (("strategy_adoption", "the plan"), ("recommendation", "is needed"))
        ),
        None,
    )
    listed = list(_item().finditer(sentence.span.text)) if base is not None else []
    if base is None or len(listed) < 2:  # noqa: PLR2004  # one letter in brackets is no list
        return []
    made = []
    for item in listed:
        inside = [t for t in sentence.span if item.start(1) <= t.idx - sentence.span.start_char < item.end(1)]
        if inside:
            colour = base.colour if base.type == "recommendation" else Colour("planned")
            made.append(
                Draft(
                    base.frame,
                    inside[0],
                    list(base.actors),
                    colour=colour,
                    tokens=[inside[0], inside[-1]],
                    type=base.type,
                )
            )
    return made


def ceiling(draft: Draft, sentence: Sentence) -> None:
    """ "… to maintain the deployment, up to a maximum level of 19,626 personnel"."""
    if draft.number is not None:
        return
    for number, noun, _ in sentence.numbers:
        before = sentence.span.text[max(0, number.start - word_list("beside")["ceiling"]["window"]) : number.at].lower()
        capped = number.high is not None or any(w in before for w in word_list("beside")["ceiling"]["before"])
        if capped and classes_of(flat(noun.lemma_)) & {"soldiers", "personnel"}:
            draft.number, draft.unit, draft.measure = number, unit_of(noun), "ceiling"
            draft.tokens.append(noun)
            return


def ceilings(draft: Draft, sentence: Sentence) -> list[Draft]:
    """ "up to 13,289 military personnel and 1,920 police": each ceiling is a claim of its own."""
    first, digits = next(((noun, at) for number, noun, at in sentence.numbers if number is draft.number), (None, None))
    if first is None or digits is None or draft.measure != "ceiling":
        return []
    joined = first.doc[digits.i - 1].lower_ in ("and", "et") if digits.i else False
    return [
        replace(draft, number=number, unit=unit_of(noun), tokens=[*draft.tokens, noun], slots=dict(draft.slots))
        for number, noun, _ in sentence.numbers
        if ((noun in first.conjuncts and noun.i > first.i) or (joined and noun.i == digits.i - 2))
        and classes_of(flat(noun.lemma_)) & {"soldiers", "personnel"}
    ]


def _token_at(sentence: Sentence, char: int) -> Token:
    return next(t for t in reversed(list(sentence.span)) if t.idx - sentence.span.start_char <= char)


@cache
def _phrase(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(word_list('beside')[name])})\b", re.IGNORECASE)


@cache
def _days() -> re.Pattern[str]:
    return re.compile(word_list("beside")["days"], re.IGNORECASE)


@cache
def _item() -> re.Pattern[str]:
    mark = word_list("beside")["item"]
    return re.compile(rf"(?:^|[\s,;:]){mark}\s*([^;:]+?)(?=[;.,]?\s*(?:and\s+)?{mark}|[;.]?\s*$)")
