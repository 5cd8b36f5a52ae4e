"""How sure a claim read by the program is: what its frame earns on test sentences, less for what had to be guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from garant.reading.words import word_list

if TYPE_CHECKING:
    from garant.reading.conditions import Sentence
    from garant.reading.extract import Draft


def confidence(draft: Draft, sentence: Sentence) -> float:
    """Share of claims like this that were right among the test sentences (see benchmarks/reading_accuracy.py)."""
    raw = raw_confidence(draft, sentence)
    steps: list[list[float]] = word_list("calibration")["steps"]
    right = next((right for ceiling, right in steps if raw <= ceiling), steps[-1][1])
    return min(right, float(word_list("references")["sure"])) if draft.guessed else right


def raw_confidence(draft: Draft, sentence: Sentence) -> float:
    """The frame's own sureness, changed by what speaks for and against the reading."""
    raw = draft.frame.sure
    raw += 0.05 if draft.number is not None else 0.0
    raw += 0.05 if draft.time is not None else 0.0
    raw -= 0.1 * min(draft.fallbacks, 2)
    raw -= 0.1 if len(sentence.span) > 60 else 0.0  # noqa: PLR2004  # long sentences are parsed worse
    raw -= 0.1 if len(sentence.span) < 6 else 0.0  # noqa: PLR2004  # headings
    return max(0.05, min(0.95, raw))
