"""What one sentence tells of one fact, joined: the killed of an attack, a contributor's rank, a mandate's expiry."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from garant.claims.period import Period
from garant.errors import InputError
from garant.reading.cast import classes_of
from garant.reading.colour import Colour, operative
from garant.reading.conditions import Sentence
from garant.reading.extract import Draft
from garant.reading.gazetteer import flat
from garant.reading.joining import joined
from garant.reading.numbers import Number
from garant.reading.offices import bodies, offices
from garant.reading.times import ahead
from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_KILL = word_set("killing")
_ORDINALS = word_list("sets")["ordinals"]
_RANK = re.compile(
    r"\b(?:(\d{1,3})(?:st|nd|rd|th)|("
    + "|".join(_ORDINALS)
    + r"))[\s-]+(?:largest|biggest|place|rank|top|highest|most|contributor|in the world)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?<!two )(?<!three )(?<!four )(?<!five )(?<!ten )\b(?:largest|biggest|top|leading)\s+"
    r"(?:\w+\s+){0,2}(?:contributor|supplier)",
    re.IGNORECASE,
)
#: Characters around the word "contributor" in which its rank stands.
_NEAR_RANK = 60
_ITEM = re.compile(
    r"(?:^|[\s,;:])(?:[a-h]|[1-9]|i{1,3}|iv)\)\s*([^;:]+?)(?=[;.,]?\s*(?:and\s+)?(?:[a-h]|[1-9]|i{1,3}|iv)\)|[;.]?\s*$)"
)
_DECISIONS = word_set("decisions")

_EXTENDS = word_set("extending")


def complete(found: list[Draft], sentence: Sentence) -> list[Draft]:
    """The drafts of a sentence as claims: one for each fact, with what their types need beyond their frame."""
    for draft in found:
        if draft.type == "attack":
            _killed(draft, sentence)
        elif draft.type == "contribution_rank":
            _rank(draft, sentence)
        elif draft.type == "mandate":
            _ceiling(draft, sentence)
            _expiry(draft, sentence)
    capped = any(d.type == "mandate" and d.number for d in found)
    moved = {d.number.start for d in found if d.type in ("deployment", "withdrawal") and d.number}
    found = [
        d for d in found if not (d.type == "force_strength" and (capped or (d.number and d.number.start in moved)))
    ]
    found += [more for d in found if d.type == "mandate" and d.number for more in _ceilings(d, sentence)]
    for draft in found:
        if draft.type == "mandate" and draft.colour.modality == "planned" and _decided(draft.trigger):
            draft.colour = Colour("asserted", draft.colour.speaker)
        visitors = [m for m, r in draft.actors if r == "visitor"]
        if draft.type == "meeting_visit" and len(visitors) > 1:
            draft.actors = [(m, "participant" if r == "visitor" else r) for m, r in draft.actors]
    found = [*found, *_items(found, sentence)]
    mandates = [d.trigger for d in found if d.type == "mandate"]
    found = [d for d in found if d.type != "deployment" or not _part_of(d.trigger, mandates, sentence)]
    found = [d for d in found if not (d.type == "agreement" and d.frame.name == "the accord" and len(d.actors) < 2)]  # noqa: PLR2004  # an accord has two sides
    killed = {d.number.start for d in found if d.type == "attack" and d.number}
    found = [d for d in found if not (d.type == "casualties" and d.number and d.number.start in killed)]
    found = [d for d in found if d.type != "attack" or _is_event(d)]
    for draft in found:
        if draft.type == "casualties" and flat(draft.trigger.lemma_) in ("lose", "die"):
            draft.actors = [(m, r) for m, r in draft.actors if r != "attacker"]
    return joined(_subgroups([*found, *offices(sentence), *bodies(sentence)], sentence))


def _decided(trigger: Token) -> bool:
    """ "decided to authorise": it is authorised."""
    return any(flat(a.lemma_) in ("decide", "decision") for a in list(trigger.ancestors)[:2])


def _part_of(trigger: Token, mandates: list[Token], sentence: Sentence) -> bool:
    """Whether a deployment is what a mandate authorises, told by the mandate's own claim."""
    inside = (trigger.pos_ == "NOUN" or trigger.dep_ == "xcomp") and trigger.head in mandates
    return bool(mandates) and (inside or operative(sentence.span) is not None)


def _is_event(draft: Draft) -> bool:
    """Whether words of attack tell one event: "condemned the attacks", "frequent attacks" tell none."""
    if draft.number is not None or draft.trigger.pos_ not in ("NOUN", "PROPN"):
        return True
    if "Plur" in draft.trigger.morph.get("Number", []) or flat(draft.trigger.head.lemma_) == "condemn":
        return False
    return bool(draft.actors) or draft.time is not None or draft.place is not None


def _items(found: list[Draft], sentence: Sentence) -> list[Draft]:
    """ "focuses on: a) …; b) …": each aim of a plan, each thing recommended, is a claim of its own."""
    base = next(
        (
            d
            for d in found
            if (d.type, d.frame.name) in (("strategy_adoption", "the plan"), ("recommendation", "is needed"))
        ),
        None,
    )
    items = list(_ITEM.finditer(sentence.span.text)) if base is not None else []
    if base is None or len(items) < 2:  # noqa: PLR2004  # one letter in brackets is no list
        return []
    made = []
    for item in items:
        inside = [t for t in sentence.span if item.start(1) <= t.idx - sentence.span.start_char < item.end(1)]
        if inside:
            colour = base.colour if base.type == "recommendation" else Colour("planned")
            made.append(
                Draft(
                    base.frame,
                    inside[0],
                    list(base.actors),
                    colour=colour,
                    tokens=[inside[0], inside[-1]],
                    type=base.type,
                )
            )
    return made


def _killed(draft: Draft, sentence: Sentence) -> None:
    """The number killed, if the sentence gives it: counted beside a word of killing."""
    for number, noun, _ in sentence.numbers:
        if (
            _harm(noun, sentence) == "killed"
            and "victims" in classes_of(flat(noun.lemma_)) | _pronoun(noun)
            and not _included(noun)
        ):
            draft.number, draft.unit, draft.measure = number, "killed", "count"
            draft.tokens.append(noun)
            return


def _pronoun(noun: Token) -> frozenset[str]:
    return frozenset({"victims"}) if noun.pos_ in ("NUM", "PRON") or noun.ent_type_ == "NORP" else frozenset()


def _included(noun: Token) -> bool:
    return any(a.lower_ in ("including", "among", "dont") for a in (noun.head, noun.head.head))


def _harm(noun: Token, sentence: Sentence) -> str | None:
    """Whether people were killed or wounded, by the nearest word of harm above or beside their noun."""
    for token in (noun, *list(noun.ancestors)[:3]):
        lemma = flat(token.lemma_)
        if lemma in _KILL:
            return "killed"
        if lemma in ("wound", "injure", "hurt", "abduct", "kidnap", "maim", "blesser", "enlever"):
            return "wounded" if lemma not in ("abduct", "kidnap", "enlever") else "abducted"
        for child in token.children:
            if child.dep_ in ("acomp", "oprd", "amod", "acl", "ccomp", "attr") and flat(child.lemma_) in (
                "dead",
                "kill",
                "wound",
                "injure",
            ):
                return "killed" if flat(child.lemma_) in ("dead", "kill") else "wounded"
    after = sentence.span.doc[noun.i + 1].lower_ if noun.i + 1 < len(sentence.span.doc) else ""
    return {"dead": "killed", "killed": "killed", "wounded": "wounded", "injured": "wounded"}.get(after)


def _subgroups(found: list[Draft], sentence: Sentence) -> list[Draft]:
    """ "including three children": a claim of casualties beside that of the attack."""
    attack = next((d for d in found if d.type == "attack" and d.number), None)
    if attack is None:
        return found
    extra = []
    from garant.reading.frames import frames

    frame = next(f for f in frames() if f.type == "casualties" and f.name == "wounds")
    told = {d.number.start for d in found if d.type == "casualties" and d.number}
    for number, noun, _ in sentence.numbers:
        if (
            number is attack.number
            or number.start in told
            or "victims" not in classes_of(flat(noun.lemma_)) | _pronoun(noun)
        ):
            continue
        harm = "killed" if _included(noun) else _harm(noun, sentence)
        if harm in ("killed", "wounded") and (_included(noun) or harm == "wounded"):
            attackers = [(m, r) for m, r in attack.actors if r == "attacker"]
            copy = Draft(frame, noun, attackers, number, noun.text, "count", attack.time, attack.place, attack.colour,
                         [noun], attack.fallbacks, attack.guessed, slots={"harm": harm}, type="casualties")  # fmt: skip
            extra.append(copy)
    return found + extra


def _rank(draft: Draft, sentence: Sentence) -> None:
    at = draft.trigger.idx - sentence.span.start_char
    text = sentence.span.text[max(0, at - _NEAR_RANK) : at + _NEAR_RANK]
    shift = max(0, at - _NEAR_RANK)
    match = _RANK.search(text)
    value = (
        (int(match[1]) if match[1] else _ORDINALS.index(match[2].lower()) + 1)
        if match
        else 1
        if _FIRST.search(text)
        else None
    )
    if value is not None:
        start, end = (match or _FIRST.search(text)).span()  # type: ignore[union-attr]  # one of them matched
        draft.number = Number(start + shift, end + shift, start + shift, end + shift, float(value))
        draft.unit, draft.measure = "rank among contributors", "rank"


def _ceiling(draft: Draft, sentence: Sentence) -> None:
    """ "… to maintain the deployment, up to a maximum level of 19,626 personnel"."""
    if draft.number is not None:
        return
    for number, noun, _ in sentence.numbers:
        before = sentence.span.text[max(0, number.start - _NEAR_RANK) : number.at].lower()
        capped = number.high is not None or re.search(r"maximum|ceiling|level of|up to", before)
        if capped and classes_of(flat(noun.lemma_)) & {"soldiers", "personnel"}:
            draft.number, draft.unit, draft.measure = number, noun.text, "ceiling"
            draft.tokens.append(noun)
            return


def _ceilings(draft: Draft, sentence: Sentence) -> list[Draft]:
    """ "up to 13,289 military personnel and 1,920 police": each ceiling is a claim of its own."""
    first = next((noun for number, noun, _ in sentence.numbers if number is draft.number), None)
    if first is None or draft.measure != "ceiling":
        return []
    return [
        replace(draft, number=number, unit=noun.text, tokens=[*draft.tokens, noun], slots=dict(draft.slots))
        for number, noun, _ in sentence.numbers
        if noun in first.conjuncts and noun.i > first.i and classes_of(flat(noun.lemma_)) & {"soldiers", "personnel"}
    ]


def _expiry(draft: Draft, sentence: Sentence) -> None:
    """Decision and expiry as one interval: "on 15 March extended … until 15 March next"."""
    lemma = flat(draft.trigger.lemma_)
    until = [
        t
        for t, _ in sentence.times
        if t.edtf and t.edtf.startswith("../") and t.text.lower().startswith(("until", "till", "through", "jusqu"))
    ]
    if not until or lemma not in _DECISIONS:
        return
    decided = [t for t, _ in sentence.times if t.edtf and "/" not in t.edtf]
    end = str(ahead(until[0], sentence.published)).removeprefix("../")
    both = f"{decided[0].edtf}/{end}" if decided else f"../{end}"
    try:
        draft.slots["time"] = Period.parse(both).text
    except InputError:
        draft.slots["time"] = f"../{end}"
    draft.time = draft.time or until[0]
    draft.slots["expires"] = end
    draft.slots["verb"] = "extend" if lemma in _EXTENDS else "authorise"
