"""Units of quantities: measures, money, and the nouns that a number counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from garant.reading.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity as print has it: characters `start`-`end`, and `value`, or `low` and `high` of a range.

    `bound` is "at least", "at most" or "about" where the text says so of the value. `unit` is the singular name of a
    measure ("kilometre", "percent", "year"), the ISO code of money ("USD"), the noun that is counted ("soldier"), or
    None.
    """

    start: int
    end: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    bound: str | None = None


def sign_before(text: str, at: int) -> tuple[str, int] | None:
    """The money whose sign stands before a number, and where the sign begins."""
    for sign, code in sorted(word_list("units")["signs"].items(), key=lambda s: -len(s[0])):
        if text[:at].endswith(sign) or text[:at].endswith(f"{sign} "):
            begins = len(text[:at].rstrip()) - len(sign.rstrip())
            if not sign[0].isalpha() or not text[max(0, begins - 1) : begins].isalpha():
                return str(code), begins
    return None


@cache
def forms(kind: str) -> str:
    """A pattern of the printed forms of all `measures`, or of all `money`."""
    forms = (f for listed in word_list("units")[kind].values() for f in listed)
    return "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True))


@cache
def letters() -> str:
    """Forms of measures that may stand without a space after digits: those of letters."""
    listed = (f for forms in word_list("units")["measures"].values() for f in forms if f[0].isalpha() and " " not in f)
    return "|".join(re.escape(f) for f in sorted(listed, key=len, reverse=True))


@cache
def _by_form() -> dict[str, str]:
    words = word_list("units")
    return {f: name for kind in ("measures", "money") for name, listed in words[kind].items() for f in listed}


def measure(form: str) -> str | None:
    """The name of a measure or the code of money that a printed form stands for."""
    forms = _by_form()
    return forms.get(form) or next((name for f, name in forms.items() if f.lower() == form.lower()), None)


def with_unit(found: Measured, text: str, doc: Doc, free: int = 0) -> Measured:
    """A quantity with its unit, if the text gives one: a sign of money, a measure after it, the noun it counts.

    `free` is the first character that no quantity before it takes.
    """
    if found.unit is not None:
        return found
    sign = sign_before(text, found.start)
    if sign and sign[1] >= free:
        return replace(found, unit=sign[0], start=sign[1])
    after = re.match(rf"\s?-?(?:d'|de )?({forms('measures')}|{forms('money')})(?![\w²³])", text[found.end :], re.I)
    if after and (name := measure(after[1])):
        return replace(found, unit=name, end=found.end + after.end())
    return replace(found, unit=_far_unit(found, text, doc))


def _far_unit(found: Measured, text: str, doc: Doc) -> str | None:
    """A unit that does not stand right after: "a quarter of a point", "1,200 Kenyan officers", "kilometre 12"."""
    if part := re.match(rf" of an? ({forms('measures')})\b", text[found.end :], re.I):
        return measure(part[1])
    noun = noun_after(doc, found.end)
    if noun is not None:
        return measure(noun.text) or _singular(noun)
    if re.search(r"\b(?:aged|age|ages|âgés?e?s? de)(?: between| from| de)? $", text[: found.start], re.I):
        return "year"
    before = re.search(rf"\b({forms('measures')}|magnitude)s?[ -]$", text[: found.start], re.I)
    return (measure(before[1]) or before[1].lower()) if before else None


def _singular(noun: Token) -> str:
    return str(word_list("units")["singular"].get(noun.lower_, noun.lemma_.lower()))


def noun_after(doc: Doc, at: int) -> Token | None:
    """The noun that a number before it counts: the last of the first nouns, past adjectives, "of the", "more"."""
    noun, words = None, word_list("units")
    if doc.text[at : at + 1] == "-":  # "a 12-member jury", "a force 2,000-strong"
        part = next((t for t in doc if t.idx == at + 1), None)
        return part if part is not None and part.pos_ in ("NOUN", "PROPN") else None
    for token in [t for t in doc if t.idx >= at and t.text.strip()][:_NOUNS_AHEAD]:
        if token.lower_ in ("others", "other") and noun is None and (token.pos_ == "NOUN" or token.lower_ == "others"):
            return token
        if token.pos_ == "NOUN" or (token.pos_ == "PROPN" and noun is None and token.text.islower()):
            noun = token
        elif noun is not None:
            break
        elif token.pos_ in ("ADJ", "NUM", "PROPN", "ADV", "DET", "PRON", "X") or token.lower_ in words["passed"]:
            if token.pos_ == "PRON" and token.lower_ not in words["owners"]:
                break
        elif not (token.pos_ == "VERB" and token.tag_ in ("VBN", "VBG") and token.dep_ == "amod"):
            break
    return noun
