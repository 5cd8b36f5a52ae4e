"""A contributor's rank: "the second largest contributor", "in fifth place", "ranked fourth"."""

from __future__ import annotations

import re
from functools import cache

from garant.reading.conditions import Sentence
from garant.reading.extract import Draft
from garant.reading.numbers import Number
from garant.reading.words import word_list


def ranked(draft: Draft, sentence: Sentence) -> None:
    """Give a draft the rank that stands in the words of its own trigger: before a noun, after a verb."""
    words = word_list("beside")["rank"]
    base, text = sentence.span.start_char, sentence.span.text
    at = draft.trigger.idx - base
    if draft.trigger.pos_ in ("NOUN", "PROPN"):
        tree = [t for t in draft.trigger.subtree if t.i <= draft.trigger.i and t.sent == draft.trigger.sent]
        start = min((t.idx for t in tree), default=at) - base
        end = at + len(draft.trigger.text) + words["after"]
    else:
        start, end = at, at + words["window"]
    part = text[max(0, start) : end]
    match = _rank().search(part)
    first = None if match else _first().search(part)
    found = match or first
    if found is None:
        return
    low, high = (max(0, start) + i for i in found.span())
    value = 1.0
    if match:
        value = float(match[1]) if match[1] else word_list("sets")["ordinals"].index(match[2].lower()) + 1.0
    draft.number = Number(low, high, low, high, value)
    draft.unit, draft.measure = words["unit"], "rank"


@cache
def _rank() -> re.Pattern[str]:
    words = word_list("beside")["rank"]
    ordinals, nouns = "|".join(word_list("sets")["ordinals"]), "|".join(words["of"])
    return re.compile(rf"\b(?:(\d{{1,3}})(?:st|nd|rd|th)|({ordinals}))[\s-]+(?:{nouns})", re.IGNORECASE)


@cache
def _first() -> re.Pattern[str]:
    words = word_list("beside")["rank"]
    no_group = "".join(rf"(?<!{w} )" for w in words["several"])
    return re.compile(
        rf"{no_group}\b(?:{'|'.join(words['first'])})\s+(?:[\w-]+\s+){{0,2}}(?:{'|'.join(words['whole'])})",
        re.IGNORECASE,
    )
