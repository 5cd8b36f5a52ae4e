"""Which words of a sentence a claim quotes: the shortest stretch that carries it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from garant.reading.conditions import Sentence
from garant.reading.extract import Draft
from garant.reading.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Clauses beside a clause, and items beside an item.
_OTHER = frozenset({"conj", "advcl", "relcl", "parataxis", "acl:relcl", "cc", "punct", "appos", "ccomp"})


def _clause(trigger: Token) -> Iterator[Token]:
    """The words of a trigger's own clause, without the clauses joined to it."""
    yield trigger
    for child in trigger.children:
        aside = child.dep_ == "acl" and child.tag_ in ("VBN", "VBG")
        if child.dep_ not in _OTHER and not aside and child.pos_ not in ("PUNCT", "CCONJ"):
            yield from _clause(child)


def quoted(draft: Draft, sentence: Sentence) -> tuple[int, int]:
    """The shortest stretch of the sentence that holds the trigger, its arguments, its number and its time."""
    worded = draft.type in word_list("joining")["worded"]
    own = list(_clause(draft.trigger)) if worded else []
    tokens = [t for t in (*draft.tokens, *own) if sentence.span.start <= t.i < sentence.span.end]
    low, high = min(t.idx for t in tokens), max(t.idx + len(t.text) for t in tokens)
    for token in tokens:
        for child in token.lefts:
            if child.dep_ in ("amod", "compound", "nummod", "poss", "det", "advmod", "quantmod"):
                low = min(low, child.idx)
        mention = sentence.cast.at.get(token.i)
        if mention is not None and mention.start >= 0 and sentence.span.start <= mention.start < sentence.span.end:
            low = min(low, sentence.span.doc[mention.start].idx)
            last = sentence.span.doc[mention.end - 1]
            high = max(high, last.idx + len(last.text))
    base = sentence.span.start_char
    text = sentence.span.text
    spans = [(n.start, n.end) for n in (draft.number,) if n is not None]
    time = draft.time  # the sentence may not hold it: it may have been told above
    if time is not None and not worded and text[time.start : time.end] == time.text:
        spans.append((time.start, time.end))
    for start, end in spans:
        low, high = min(low, base + start), max(high, base + end)
    return low, high
