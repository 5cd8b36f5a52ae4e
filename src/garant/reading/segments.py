"""Where sentences may end: the parser is told that none ends inside a list or before its full stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garant.reading.words import word_set

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_NAME = "garant_segments"
_ENDS = word_set("sentence_ends")


def add_segments(nlp: Language) -> None:
    """Put the rule before the parser of a pipeline, which keeps to it."""
    from spacy.language import Language as Pipelines

    if not Pipelines.has_factory(_NAME):
        Pipelines.component(_NAME, func=segments)
    nlp.add_pipe(_NAME, before="parser")


def segments(doc: Doc) -> Doc:
    """Forbid a sentence to start after a word, a comma, or the marks of a list: "on two areas: a) …; b) …"."""
    for token in doc[1:]:
        if token.nbor(-1).text[-1] not in _ENDS:
            token.is_sent_start = False
    return doc
