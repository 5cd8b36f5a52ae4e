"""What stands before a report and is no part of its first sentence: "BANGUI, 3 mai (Xinhua) --"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from garant.reading.times import find_times
from garant.reading.words import word_list


@dataclass(frozen=True, slots=True)
class Dateline:
    """The characters that a dateline takes, the place it names, and its date if it names one with its year."""

    length: int
    place: str = ""
    dated: str | None = None


def dateline(text: str) -> Dateline | None:
    """The dateline with which a paragraph begins, or None.

    >>> dateline("BAMAKO, 14 March 2019 (Reuters) - Burkina Faso sent 650 soldiers.")
    Dateline(length=36, place='BAMAKO', dated='2019-03-14')
    """
    for pattern, bare in _forms():
        match = pattern.match(text)
        if match is None:
            continue
        if bare and re.search(r" (?:[—–]|--|-) ", text[match.end() :].partition(". ")[0]):
            continue  # an aside between two dashes
        dates = [t.edtf for t in find_times(match[0], None) if t.edtf and re.fullmatch(r"\d{4}-\d\d-\d\d", t.edtf)]
        place = re.sub(r"^\W+|\W+$", "", match.groupdict().get("place") or "")
        return Dateline(match.end(), place, dates[0] if dates else None)
    return None


@cache
def _forms() -> tuple[tuple[re.Pattern[str], bool], ...]:
    words, times = word_list("datelines"), word_list("times")
    month, weekday = times["month"], times["weekday"]
    year = r"(?:,? \d{4})?"
    date = (
        rf"(?:(?:le )?(?:(?:{weekday})\.?,? ?)?(?:\d{{1,2}}(?:st|nd|rd|th|er)?(?: of)? (?:{month}){year}"
        rf"|(?:{month}) \d{{1,2}}(?:st|nd|rd|th)?{year})|(?:{weekday})|\d{{4}}-\d\d-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{4}})"
    )
    filled = []
    for form in words["forms"]:
        pattern = form["pattern"].replace("{place}", f"(?P<place>{words['place']})", 1)
        for name, part in (
            ("country", words["place"]),
            ("date", date),
            ("by", words["by"]),
            ("dash", words["dash"]),
            ("colon", words["colon"]),
        ):
            pattern = pattern.replace(f"{{{name}}}", part)
        filled.append((re.compile(rf"\s*{pattern}", re.IGNORECASE), form.get("bare", False)))
    return tuple(filled)
