"""All quantities of a text, whatever they count: money, shares, distances, durations, people, with their unit."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from garant.errors import InputError
from garant.reading.language import analysed, language_of
from garant.reading.numbers import Number, find_numbers
from garant.reading.shares import filled, shares
from garant.reading.times import find_times
from garant.reading.units import Measured, forms, noun_after, sign_before, with_unit
from garant.reading.words import word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def quantities(text: str) -> list[Measured]:
    """The quantities of a text in English or French, in its order. Dates, ordinals, names and scores are none.

    Loads spaCy when first called. Raises InputError where it is not installed.

    >>> [(q.value, q.unit) for q in quantities("The 500-metre runway cost $1.2bn, at least 40% of the budget.")]
    [(500.0, 'metre'), (1200000000.0, 'USD'), (40.0, 'percent')]
    """
    plain = analysed(text)
    doc = _pipeline("fr" if language_of(text) == "fr" else "en")(plain)
    left = _masked(plain, doc)
    found: list[Measured] = []
    for special in shares(left):
        if not any(special.start < f.end and f.start < special.end for f in found):
            found.append(special)
    for each in found:
        left = _blanked(left, each.start, each.end)
    found += [_plain(n, plain) for n in find_numbers(left) if _is_quantity(n, plain, doc)]
    found.sort(key=lambda m: m.start)
    measured: list[Measured] = []
    for each in found:
        free = measured[-1].end if measured else 0  # a sign that belongs to the number before is not this one's
        if each.start >= free:
            measured.append(with_unit(each, plain, doc, free))
    return _told_once(_ranges(measured, plain), doc)


@cache
def _pipeline(language: str) -> Any:
    import importlib

    from garant.reading.reader import MODELS

    try:
        return importlib.import_module(MODELS[language]).load()
    except ImportError:
        raise InputError("reading needs spaCy and its models", mend="pip install 'garant[read]'") from None


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + "\x00" * (end - start) + text[end:]


def _masked(text: str, doc: Doc) -> str:
    """The text without dates, clock times, telephone numbers, scores and numbers that are names."""
    left = text
    for named in _no_quantities():
        for match in named.finditer(text):
            left = _blanked(left, match.start(), match.end())
    for time in find_times(text, None):
        duration = re.search(r"\b(?:day|week|month|year|decade|jour|semaine|mois|an)s?\b", time.text, re.I)
        if not duration or re.search(r"\d{4}", time.text):
            left = _blanked(left, time.start, time.end)
    for match in re.finditer(word_list("units")["score"], left):
        before = re.findall(r"[\w-]+", left[max(0, match.start() - 40) : match.start()].lower())
        if set(before) & set(word_list("units")["scores"]):
            left = _blanked(left, match.start(), match.end())
    for entity in doc.ents:
        if entity.label_ == "DATE" and re.fullmatch(r"(?:the )?\d{4}|\d{1,2}", entity.text):
            left = _blanked(left, entity.start_char, entity.end_char)
    return left


@cache
def _no_quantities() -> tuple[re.Pattern[str], ...]:
    return tuple(map(filled, word_list("units")["no_quantity"]))


def _plain(number: Number, text: str) -> Measured:
    """A printed number as a quantity: "at least 12" is 12 with a bound."""
    low, high = number.bounds
    value, bound = number.value, "about" if number.approx else None
    if value is None and (low is None or high is None):
        value, bound = (high if low is None else low), "at most" if low is None else "at least"
        low = high = None
    if value is not None:
        low = high = None
        minus = re.search(r"(?:\bminus |(?<![\w\d)])[-−])[$€£]?$", text[: number.at], re.I)
        value = -value if minus else value
    return Measured(number.at, number.to, value, low, high, bound=bound)


def _is_quantity(number: Number, text: str, doc: Doc) -> bool:
    """Whether a number measures or counts: no year, no name, no "one" that counts nothing."""
    printed, after = text[number.at : number.to], text[number.to :]
    token = next((t for t in doc if t.idx <= number.at < t.idx + len(t.text)), None)
    if token is None or "\x00" in printed:
        return False
    words, word = word_list("units"), printed.lower()
    if word in words["vague"] or (word == "scores" and not after.startswith(" of")):
        return False
    if word == "one" and _counts_nothing(token, text[: number.at], after):
        return False
    if re.fullmatch(r"[A-Z][a-z]+", printed) and token.i > token.sent.start and token.pos_ == "PROPN":
        return False  # "the Group of Seven"
    if re.fullmatch(words["year"], printed) and not sign_before(text, number.at):
        noun = noun_after(doc, number.to)
        if token.ent_type_ == "DATE" or noun is None or noun.pos_ == "PROPN" or noun.i > token.i + 2:
            return False
    return not _is_name(printed, token, after)


def _counts_nothing(one: Token, before: str, after: str) -> bool:
    """ "one of the", "no one", "one by one": a pronoun."""
    words = word_list("units")
    following = one.nbor(1) if one.i + 1 < len(one.doc) else None
    return bool(
        following is None
        or following.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "PART")
        or re.match(words["no_one_before"], after)
        or re.search(words["no_one_after"], before, re.I)
    )


def _is_name(printed: str, token: Token, after: str) -> bool:
    """ "Apollo 11 landed", "a Boeing 737": bare digits after a name and before no noun."""
    if not re.fullmatch(r"\d{1,4}", printed) or token.i == token.sent.start:
        return False
    before = token.nbor(-1)
    named = (
        any(c.isupper() for c in before.text)
        and before.pos_ in ("PROPN", "NOUN", "X")
        and before.ent_type_ not in ("GPE", "DATE", "MONEY")
    )
    if before.text == "-" or not named or re.match(rf"\s?-?(?:{forms('measures')}|{forms('money')})(?!\w)", after):
        return False
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    return (
        following is None
        or following.pos_ not in ("NOUN", "ADJ")
        or token.ent_type_ in ("PRODUCT", "LAW", "WORK_OF_ART", "EVENT")
    )


def _ranges(found: list[Measured], text: str) -> list[Measured]:
    """ "$4 billion to $5 billion", "70% to 80%" as one; a unit told once for both is that of both."""
    made: list[Measured] = []
    for each in found:
        before = made[-1] if made else None
        if before is None or before.value is None:
            made.append(each)
            continue
        gap = text[before.end : each.start].strip()
        joined = gap in word_list("units")["joins"] and each.value is not None
        if joined and before.unit in (None, each.unit) and _is_range(before, each, gap, text):
            made[-1] = Measured(before.start, each.end, low=before.value, high=each.value, unit=each.unit)
            continue
        if joined and before.unit is None:
            made[-1] = replace(before, unit=each.unit)
        made.append(each)
    return made


def _is_range(one: Measured, two: Measured, gap: str, text: str) -> bool:
    """Whether two numbers are the ends of one quantity, and not what it was and what it is now, or two quantities."""
    if one.value is None or two.value is None or one.value >= two.value:
        return False
    words = word_list("units")
    leading = text[: one.start].rstrip().lower()
    if gap in words["parting"]:
        return leading.endswith(("between", "entre"))
    if leading.endswith("from") and not leading.endswith("ranging from"):
        return False
    moved = set(text[: one.end].lower().split()[-4:]) & set(words["moves"])
    return not (gap == "to" and one.unit is not None and moved)


def _told_once(found: list[Measured], doc: Doc) -> list[Measured]:
    """ "17 men; 46 were wounded": what is counted without a noun is what was counted before in the sentence."""
    made: list[Measured] = []
    ends = [sentence.end_char for sentence in doc.sents]
    for each in found:
        before = made[-1] if made else None
        same = before is not None and not any(before.start < end <= each.start for end in ends)
        if each.unit is None and same and before is not None and before.unit is not None:
            made.append(replace(each, unit=before.unit))
        else:
            made.append(each)
    return made
