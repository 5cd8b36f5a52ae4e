"""Which facts a document has told already: a restatement is not told again, another fact of the same party is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from garant.reading.gazetteer import flat
from garant.reading.words import word_list

#: Letters from which on a word may carry content.
_CONTENT = 4


@dataclass(frozen=True, slots=True)
class Fact:
    """What makes a claim the same as another: its type, the names in it, its number, its time, its own words."""

    type: str
    names: frozenset[str]
    number: tuple[float | None, float | None] | None
    time: str | None
    quote: str

    def restates(self, told: Fact) -> bool:
        """Whether this says nothing that `told` did not: no other party, number or time, and no other words."""
        if self.type != told.type or not self.names <= told.names:
            return False
        if self.number not in (None, told.number) or self.time not in (None, told.time):
            return False
        if self.type in word_list("joining")["worded"] or not (self.number or self.time or len(self.names) > 1):
            return _alike(self.quote, told.quote)
        return True


def _alike(one: str, two: str) -> bool:
    """Whether two quotes share most content words of the shorter one."""
    first, second = _words(one), _words(two)
    shorter = min(len(first), len(second))
    if not shorter:
        return True
    return len(first & second) / shorter >= float(word_list("joining")["alike"])


def _words(quote: str) -> frozenset[str]:
    found = re.findall(r"\w+", flat(quote))
    return frozenset(w.removesuffix("s") for w in found if len(w) >= _CONTENT or w.isdigit())
