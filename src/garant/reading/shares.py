"""Quantities that are more than a number: shares, halves, multiples, and digits with letters on them ("1.2m")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from garant.reading.units import Measured, forms, letters, measure, sign_before
from garant.reading.words import word_list

#: Number words from here on make a number of another word: "half a thousand".
_SCALE = 1000


def shares(text: str) -> Iterator[Measured]:
    """All of them in a text; those that come first win where two overlap."""
    for finder in (_multiples, _halves, _shares, _fractions, _attached, _hundredths):
        yield from finder(text)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of units.yaml with its words filled in."""
    return filled(str(word_list("units")["patterns"][name]), name)


def filled(text: str, name: str = "") -> re.Pattern[str]:
    """A pattern whose <lists> are replaced by their words."""
    words, numbers = word_list("units"), word_list("numbers")
    lists = {
        "ones": _either([*numbers["ones"], *numbers["tens"]]),
        "parts": _either(words["parts"]),
        "thirds": _either(w for w in words["parts"] if w not in ("half", "halves")),
        "scales": _either(_scales()),
        "measures": forms("measures"),
        "letters": letters(),
        "attached": _either(words["attached"]),
        "hundredth": _either(words["hundredth"]),
        "before": _either(words["share_before"]),
        "signs": "".join(words["signs_of_parts"]),
        "month": word_list("times")["month"],
        "names": _either({*words["names"], *numbers["not_before"]} - {"aged", "age"}),
    }
    whole = re.sub(r"(?<!\?P)<([a-z]+)>", lambda m: lists[m[1]], text)
    return re.compile(whole, re.IGNORECASE if name != "letters" else 0)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


def _scales() -> dict[str, float]:
    numbers = word_list("numbers")["scales"]
    return {w: float(s) for w, s in numbers.items() if s >= _SCALE} | {"dozen": 12.0, "hundred": 100.0}


def _multiples(text: str) -> Iterator[Measured]:
    for match in pattern("multiple").finditer(text):
        yield Measured(*match.span(), float(word_list("units")["times"][match["word"].lower()]), unit="time")
    for match in pattern("fold").finditer(text):
        yield Measured(*match.span(), _number(match["n"]), unit="time")


def _halves(text: str) -> Iterator[Measured]:
    """ "half a million", "three-quarters of a million", "two and a half", "a mile and a half", "2½"."""
    words, scales = word_list("units"), _scales()
    for match in pattern("of_scale").finditer(text):
        yield Measured(*match.span(), _share(match["n"], match["part"]) * scales[match["scale"].lower()])
    for match in pattern("and_part").finditer(text):
        value = _number(match["n"]) + words["parts"][match["part"].lower()]
        yield Measured(*match.span(), value * scales.get((match["scale"] or "").lower(), 1))
    for match in pattern("unit_and_part").finditer(text):
        value = 1 + words["parts"][match["part"].lower()]
        scale = scales.get(match["unit"].lower())
        yield Measured(*match.span(), value * (scale or 1), unit=None if scale else measure(match["unit"]))
    for match in pattern("half_unit").finditer(text):
        yield Measured(*match.span(), 0.5, unit=measure(match["unit"]))
    for match in pattern("sign_of_part").finditer(text):
        yield Measured(*match.span(), float(match["n"] or 0) + words["signs_of_parts"][match["part"]])


def _shares(text: str) -> Iterator[Measured]:
    """ "two-thirds", "a fifth of them", "by a third", "nearly half"."""
    for match in pattern("share").finditer(text):
        several, single = match["part"].lower().endswith("s"), match["n"].lower() in ("a", "one")
        shared = re.match(r" (?:of|more|less|fewer|higher|lower|larger|smaller)\b", text[match.end() :])
        told = re.search(rf"\b(?:{_either(word_list('units')['share_before'])}) $", text[: match.start()], re.I)
        if several != single and (several or shared or (told and not re.match(r" [a-z]+", text[match.end() :]))):
            yield Measured(*match.span(), _share(match["n"], match["part"]))
    for name in ("half_of", "by_half"):
        for match in pattern(name).finditer(text):
            if not re.search(r"\b(?:first|second|other|latter|this|each) $", text[: match.start()], re.I):
                yield Measured(match.end() - len("half"), match.end(), 0.5)


def _fractions(text: str) -> Iterator[Measured]:
    """ "one in five", "9 out of 10", "3/4"."""
    for match in pattern("one_in").finditer(text):
        one, whole = _number(match["n"]), _number(match["of"])
        alike = match["of"].isdigit() == match["n"].isdigit()
        if 0 < one < whole and alike and not re.fullmatch(word_list("units")["year"], match["of"]):
            yield Measured(*match.span(), one / whole)
    for match in pattern("fraction").finditer(text):
        if int(match["a"]) < int(match["b"]):
            yield Measured(*match.span(), float(match["n"] or 0) + int(match["a"]) / int(match["b"]))


def _attached(text: str) -> Iterator[Measured]:
    """ "1.2m people", "$3bn", "5k", "3kg"; "5m deep" is a length."""
    words = word_list("units")
    for match in pattern("attached").finditer(text):
        scale, money = match["scale"], sign_before(text, match.start())
        after = re.match(r"[ -]([a-z]+)", text[match.end() :])
        if scale == "m" and not money and (not after or after[1] in words["metres"]):
            yield Measured(*match.span(), _number(match["n"]), unit="metre")
        elif scale.lower() != "b" or money:
            yield Measured(*match.span(), _number(match["n"]) * words["attached"][scale.lower()])
    for match in pattern("letters").finditer(text):
        yield Measured(*match.span(), _number(match["n"]), unit=measure(match["unit"]))


def _hundredths(text: str) -> Iterator[Measured]:
    """ "80 cents", "8p": parts of the money."""
    hundredth = word_list("units")["hundredth"]
    for match in pattern("hundredth").finditer(text):
        yield Measured(*match.span(), _number(match["n"]) / 100, unit=hundredth[match["unit"].lower()])


def _share(number: str | None, part: str) -> float:
    count = 1.0 if number is None or number.lower() == "a" else _number(number)
    return round(count * float(word_list("units")["parts"][part.lower()]), 4)


def _number(word: str) -> float:
    numbers = word_list("numbers")
    plain = word.lower().removeprefix("a ").replace(",", "")
    if re.fullmatch(r"[\d.]+", plain):
        return float(plain)
    return float({**numbers["ones"], **numbers["tens"], **numbers["scales"]}[plain])
