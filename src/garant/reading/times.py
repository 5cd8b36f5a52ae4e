"""Times in a sentence: where they stand, and what they mean as EDTF, counted from the date published or the text."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from garant.claims.period import Period
from garant.claims.relative import resolve_time
from garant.errors import InputError
from garant.reading.words import word_list


@dataclass(frozen=True, slots=True)
class PrintedTime:
    """A time as printed: its characters, and its EDTF string (None where it cannot be resolved, and why).

    `past` says that a verb in the past tense has it.
    """

    start: int
    end: int
    text: str
    edtf: str | None
    why: str = ""
    past: bool = False

    @property
    def absolute(self) -> bool:
        """Whether it names a year itself."""
        return bool(re.search(r"\d{4}", self.text))


def find_times(text: str, published: str | None, before: str | None = None) -> list[PrintedTime]:
    """Times in a text, in its order. `before` is the last time the text above named ("the following year").

    >>> [(t.text, t.edtf) for t in find_times("since 2007, on Monday and in early 2014", "2014-06-12")]
    [('since 2007', '2007/..'), ('on Monday', '2014-06-09'), ('in early 2014', '2014-01~/2014-04~')]
    """
    found: list[PrintedTime] = []
    at = 0
    last = before
    while match := _expression().search(text, at):
        start, end = match.span()
        at = max(end, start + 1)
        printed = text[start:end]
        if re.fullmatch(r"(?i)may|mars|march|mai|(?:in |of )?(?:the )?\d{1,3}", printed.strip()):
            continue  # a modal verb, to march, a number
        if re.fullmatch(r"\d{4}", printed) and not _is_year(text, start, end):
            continue
        if re.fullmatch(r"of \d{4}", printed, re.IGNORECASE) and re.match(word_list("times")["counted"], text[end:]):
            continue  # "the withdrawal of 2000 soldiers"
        edtf, why = resolve(printed, published, last)
        if edtf:
            last = edtf
        found.append(PrintedTime(start, end, printed, edtf, why))
    return found


def of_resolution(text: str, printed: PrintedTime) -> bool:
    """Whether a year is part of a resolution's name ("resolution 2327 (2016)") and dates nothing else."""
    bare_year = re.fullmatch(r"(?:of )?\d{4}", printed.text.strip())
    return bool(bare_year and re.search(r"\b[Rr][eé]solution(?: number)? \d+ ?\(?$", text[: printed.start]))


def resolve(printed: str, published: str | None, before: str | None = None) -> tuple[str | None, str]:
    """EDTF of a printed time, or None and the reason."""
    plain = _plain(printed)
    for rule in (_phrases, _from_before, _shifts):
        if edtf := rule(plain, published, before):
            return edtf, ""
    anchor = published or "0001"
    try:
        edtf = resolve_time(plain, Period.parse(anchor))
    except (InputError, ValueError, StopIteration):
        why = "no rule of times fits it" if published else "the document has no date to count from"
        return None, why
    if not published and not re.search(r"\d{4}", plain):
        return None, "the document has no date to count from"
    return edtf, ""


def ahead(printed: PrintedTime, published: str | None) -> str | None:
    """The same time looking forward: "in December" of a plan is the next one, not the last."""
    bounded = bool(printed.edtf) and str(printed.edtf).startswith("../")
    if (printed.past and not bounded) or printed.absolute or not published or not printed.edtf:
        return printed.edtf
    day = Period.parse(published).last_day if len(published) >= len("2014-01") else None
    plain = _plain(printed.text)
    if day is None or re.search(r"\b(?:last|since|depuis|ago|il y a|derni[eè]re?|past|this|that)\b", plain):
        return printed.edtf
    plain = re.sub(r"^(?:on|in|by|next|en|until|from|since) ", "", plain)
    if re.fullmatch(word_list("times")["weekday"], plain):
        return re.sub(r"\d{4}-\d\d-\d\d", lambda m: _next_week(m[0], day), printed.edtf)
    if not re.search(word_list("times")["month"], plain):
        return printed.edtf
    return re.sub(r"(\d{4})(-\d\d(?:-\d\d)?)", lambda m: _next_year(m[1], m[2], day), printed.edtf)


def _next_week(edtf: str, day: date) -> str:
    back = date.fromisoformat(edtf)
    return (back + timedelta(days=7)).isoformat() if back < day else edtf


def _next_year(year: str, rest: str, day: date) -> str:
    """A month or day without a year, at or after `day`."""
    whole = year + rest
    return f"{int(year) + 1:04d}{rest}" if whole < day.isoformat()[: len(whole)] else whole


def _plain(printed: str) -> str:
    plain = " ".join(printed.lower().replace("’", "'").split()).strip(" ,.;")
    for short, long in word_list("times")["short"].items():
        plain = re.sub(rf"\b{re.escape(short)}?(?=\s|$)", long, plain)
    plain = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? (?=[a-z])", r"\1 ", plain)
    plain = re.sub(r"\b([a-zéû]{3,9}) (\d{1,2})(?:st|nd|rd|th)?(,? \d{4})?$", _day_first, plain)
    plain = re.sub(rf"^(?:(?:on )?this |ce )?(?:{word_list('times')['weekday']}),? (?=\d|[a-z]+ \d)", "", plain)
    plain = re.sub(r"^(?:as )?(?:of|during|around|throughout|late on|early on|on) (?:the )?", "", plain)
    return re.sub(r"\s(?:morning|evening|night|afternoon|matin|soir)$", "", plain)


def _day_first(match: re.Match[str]) -> str:
    """ "march 15" as "15 march", if the word is a month."""
    if not re.fullmatch(word_list("times")["month"], match[1]):
        return match[0]
    return f"{match[2]} {match[1]}{(match[3] or '').replace(',', '')}"


def _phrases(plain: str, published: str | None, before: str | None) -> str | None:  # noqa: ARG001  # one form for all rules
    """Forms that carry their own year."""
    body = re.sub(r"^(?:on|in|of|at|during|around|en|le|throughout|dès) (?:the )?", "", plain)
    if match := re.fullmatch(r"(?:the )?(first|second|third|fourth) (quarter|half) of (\d{4})", body):
        number = ["first", "second", "third", "fourth"].index(match[1])
        return f"{match[3]}-{(33 if match[2] == 'quarter' else 40) + number}"
    parts = word_list("times")["parts"]
    for names, (first, last) in parts.items():
        if match := re.fullmatch(rf"(?:the )?(?:{names})[- ]?(?:of )?(.+)", body):
            return _part(match[1].strip(), first, last, published)
    if match := re.fullmatch(r"(?:between|from|entre|de) (.+?) (?:and|to|until|through|et|à|au) (.+)", body):
        return _interval(match[1], match[2], published)
    if match := re.fullmatch(r"(.*\d{4}) ?[-–] ?(.*\d{4})", body):
        return _interval(match[1], match[2], published)
    if match := re.fullmatch(
        r"(since|depuis|until|till|up to|through|jusqu'(?:au|à|en)|(?:no later than|by)|before|after|avant|après"
        r"|d'ici(?: à)?(?: la)?|au plus tard (?:en|le|fin)|à partir d[eu']|dès|from) ?(.+)",
        body,
    ):
        return _bounded(match[1], match[2], published)
    return None


def _part(rest: str, first: int, last: int, published: str | None) -> str | None:
    inner, _ = resolve(rest, published)
    if inner is None or "/" in inner:
        return None
    if re.fullmatch(r"\d{4}", inner):
        return f"{inner}-{first:02d}~/{inner}-{last:02d}~"
    return f"{inner}~" if not inner.endswith("~") else inner


def _interval(left: str, right: str, published: str | None) -> str | None:
    second, _ = resolve(right, published)
    year = re.search(r"\d{4}", right)
    first, _ = resolve(left if re.search(r"\d{4}", left) or not year else f"{left} {year[0]}", published)
    if not first or not second or "/" in first + second:
        return None
    try:
        return Period.parse(f"{first}/{second}").text
    except InputError:
        return None


def _bounded(word: str, rest: str, published: str | None) -> str | None:
    rest = re.sub(r"^(?:the )?(?:end of|(?:la )?fin(?: de)?|start of|beginning of|début) ", "", rest)
    inner, _ = resolve(rest, published)
    if inner is None or "/" in inner:
        return inner
    if word in {"since", "depuis", "after", "après", "from", "dès"} or word.startswith("à partir"):
        return f"{inner}/.."
    return f"../{inner}"


def _from_before(plain: str, published: str | None, before: str | None) -> str | None:  # noqa: ARG001  # one form
    """Forms that count from the time named before: "that year", "the same day", "since then", "two years later"."""
    if plain in {"since then", "depuis lors"}:
        start = (before or "").partition("/")[0]
        return f"{start}/.." if start and start != ".." else None
    known = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", (before or "").partition("/")[0])
    match = re.fullmatch(
        r"(?:later |in |early |late )*(that|the same|the following|the next|the previous) (day|week|month|year)", plain
    )
    if not match or not known:
        return None
    step = {"the following": 1, "the next": 1, "the previous": -1}.get(match[1], 0)
    year, month, day = int(known[1]), int(known[2] or 0), int(known[3] or 0)
    if match[2] == "year":
        return f"{year + step:04d}"
    if match[2] == "month" and month:
        months = year * 12 + month - 1 + step
        return f"{months // 12:04d}-{months % 12 + 1:02d}"
    if match[2] == "day" and day:
        return (date(year, month, day) + timedelta(days=step)).isoformat()
    return None


def _shifts(  # noqa: PLR0911  # one answer for each rule
    plain: str,
    published: str | None,
    before: str | None,  # noqa: ARG001  # one form for all rules
) -> str | None:
    """Forms that count weeks, and months or years roughly, from the date published."""
    day = Period.parse(published).last_day if published else None
    if day is None or len(str(published)) < len("2014-01"):
        return None
    if re.fullmatch(r"(?:(?:earlier|later|late|early) )?(?:this|cette|ce) (?:week|semaine)", plain):
        monday = day - timedelta(days=day.weekday())
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    if match := re.fullmatch(r"(?:by|before|until|at|towards) the end of (the|this|next) (year|month)", plain):
        inner = resolve(f"{'next' if match[1] == 'next' else 'this'} {match[2]}", published)[0]
        return f"../{inner}"
    if match := re.fullmatch(r"(?:earlier|later|late|early|in) ((?:this|last|next) (?:month|year|week))", plain):
        return resolve(match[1], published)[0]
    if re.fullmatch(r"(?:at |over |during |on )?(?:the |last )weekend", plain):
        sunday = day - timedelta(days=(day.weekday() - 6) % 7 or 7)
        return f"{(sunday - timedelta(days=1)).isoformat()}/{sunday.isoformat()}"
    if match := re.fullmatch(r"(\w+) weeks? ago|il y a (\w+) semaines?", plain):
        number = _small(match[1] or match[2])
        return f"{(day - timedelta(weeks=number)).isoformat()}~" if number else None
    if match := re.fullmatch(r"(?:over|in|during|for) the (?:past|last) (\w+) (years|months)", plain):
        number = _small(match[1])
        return _span_back(day, number, match[2]) if number else None
    if match := re.fullmatch(
        r"(?:last|next|this) (january|february|march|april|may|june|july|august|september|october|november|december)",
        plain,
    ):
        month = [m.lower() for m in calendar.month_name].index(match[1])
        year = (
            day.year
            if plain.startswith("this")
            else day.year - (month >= day.month)
            if plain.startswith("last")
            else day.year + (month <= day.month)
        )
        return f"{year:04d}-{month:02d}"
    if match := re.fullmatch(rf"(?:en )?({word_list('times')['month']}) (prochain|dernier)", plain):
        inner = resolve(match[1], published)[0]
        if inner is None or match[2] == "dernier":
            return _month_back(inner, day) if inner else None
        return _next_year(inner[:4], inner[4:], day + timedelta(days=31))
    if match := re.fullmatch(rf"next ({word_list('times')['weekday']})", plain):
        back = date.fromisoformat(str(resolve(match[1], published)[0]))
        return (back + timedelta(days=7)).isoformat()
    return None


def _month_back(month: str, day: date) -> str:
    """ "juin dernier" told in June is that of the year before."""
    return month if month < day.isoformat()[:7] else f"{int(month[:4]) - 1:04d}{month[4:]}"


def _span_back(day: date, number: int, unit: str) -> str:
    if unit == "years":
        return f"{day.year - number}~/{day.isoformat()}"
    months = day.year * 12 + day.month - 1 - number
    return f"{months // 12:04d}-{months % 12 + 1:02d}~/{day.isoformat()}"


def _small(word: str) -> int:
    words = word_list("numbers")["ones"]
    if word.isdigit():
        return int(word)
    return 1 if word in {"a", "an", "un", "une"} else int(words.get(word, 0))


def _is_year(text: str, start: int, end: int) -> bool:
    """Whether four digits are a year and no number: by the word before, or the noun after."""
    if not re.fullmatch(r"(?:19[4-9]|20[0-4])\d", text[start:end]):
        return False
    if re.match(r"[-–/]\d", text[end:]) or re.search(
        r"(?:resolution|no\.|s/|article)\s*$", text[:start], re.IGNORECASE
    ):
        return False
    last = re.search(r"([\w(]+|,)\s*$", text[:start])
    if last and last[1].lower() in word_list("times")["year_after"]:
        return True
    return (
        bool(
            re.match(
                r"\s+(?!\w*(?:troops|soldiers|people|men|police|personnel|civilians|officers|peacekeepers|soldats|hommes))[\w-]+",
                text[end:],
            )
        )
        or text[start - 1 : start] == "("
    )


@cache
def _expression() -> re.Pattern[str]:
    words = word_list("times")
    month, weekday = rf"(?:{words['month']})", rf"(?:{words['weekday']})"
    year = r"(?:19[4-9]\d|20[0-4]\d)(?![\d,]\d|/)"
    dated = (
        rf"(?:(?:{weekday},? )?\d{{1,2}}(?:st|nd|rd|th|er)?(?: of)? {month}(?:,? {year})?(?!\w)"
        rf"|(?:{weekday},? )?{month} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? {year})?"
        rf"|{month},? (?:of )?{year}|\d{{4}}-\d\d-\d\d|{year})"
    )
    filled = [
        e.replace("{date}", dated)
        .replace("{month}", month)
        .replace("{weekday}", weekday)
        .replace("{number}", f"(?:{words['number']})")
        for e in words["expressions"]
    ]
    return re.compile(rf"(?<![\w/$-])(?:{'|'.join(filled)})(?!\w)", re.IGNORECASE)
