"""What one sentence tells of one fact, joined: the killed of an attack, a contributor's rank, a mandate's expiry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from garant.claims.period import Period
from garant.errors import InputError
from garant.reading.colour import Colour, operative
from garant.reading.conditions import Sentence
from garant.reading.expanding import beside, by_host, ceiling, ceilings, days, items
from garant.reading.extract import Draft
from garant.reading.gazetteer import flat
from garant.reading.harm import cumulated, killed, subgroups
from garant.reading.instruments import instrument_of
from garant.reading.joining import joined
from garant.reading.memory import Mention
from garant.reading.nouns import definite
from garant.reading.offices import bodies, offices
from garant.reading.paragraphs import advice
from garant.reading.ranks import ranked
from garant.reading.times import PrintedTime, ahead
from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_DECISIONS = word_set("decisions")

_EXTENDS = word_set("extending")
_AVERTS = word_set("averting")
_UNTIL = ("until", "till", "through", "jusqu")
_MANDATES = word_set("mandates")


def complete(found: list[Draft], sentence: Sentence) -> list[Draft]:
    """The drafts of a sentence as claims: one for each fact, with what their types need beyond their frame."""
    for draft in found:
        if draft.type == "attack":
            killed(draft, sentence)
            cumulated(draft)
        elif draft.type == "contribution_rank":
            ranked(draft, sentence)
        elif draft.type == "mandate":
            ceiling(draft, sentence)
            _expiry(draft, sentence)
            _by_resolution(draft, sentence)
        elif draft.type == "meeting_visit":
            days(draft, sentence)
    capped = any(d.type == "mandate" and d.number for d in found)
    for draft in found:
        _as_of(draft, sentence)
    moved = {d.number.start for d in found if d.type in ("deployment", "withdrawal") and d.number}
    found = [d for d in found if not (d.type == "force_strength" and (capped or _moves(d, moved)))]
    found += [more for d in found if d.type == "mandate" and d.number for more in ceilings(d, sentence)]
    for draft in found:
        if draft.type == "mandate" and draft.colour.modality == "planned" and _decided(draft.trigger):
            draft.colour = Colour("asserted", draft.colour.speaker)
        visitors = [m for m, r in draft.actors if r == "visitor"]
        if draft.type == "meeting_visit" and len(visitors) > 1:
            draft.actors = _hosted([(m, "participant" if r == "visitor" else r) for m, r in draft.actors], sentence)
    mandates = [d.trigger for d in found if d.type == "mandate"]
    found = [d for d in found if d.type != "deployment" or not _part_of(d.trigger, mandates, sentence)]
    found = [d for d in found if d.type != "support_role" or not _mandated(d.trigger)]
    found = [d for d in found if not (d.type == "sector_cooperation" and len(d.actors) < 2)]  # noqa: PLR2004  # it has two sides
    found = [d for d in found if not (d.type == "agreement" and d.frame.name == "the accord" and len(d.actors) < 2)]  # noqa: PLR2004  # an accord has two sides
    dead = {d.number.start for d in found if d.type == "attack" and d.number}
    found = [d for d in found if not (d.type == "casualties" and d.number and d.number.start in dead)]
    found = [d for d in found if d.type != "attack" or _is_event(d)]
    found = [d for d in found if not _hollow(d) and not _averted(d)]
    for draft in found:
        if draft.type == "casualties" and flat(draft.trigger.lemma_) in ("lose", "die"):
            draft.actors = [(m, r) for m, r in draft.actors if r != "attacker"]
    found += advice(sentence, found)
    found = joined(subgroups([*found, *offices(sentence), *bodies(sentence)], sentence))
    more = beside(found, sentence)
    foreseen = {d.number.start for d in more if d.number and d.colour.modality == "planned"}
    found = [d for d in found if not (d.number and d.number.start in foreseen and d.type.startswith("force_"))]
    return [each for d in (*found, *more, *items(found, sentence)) for each in by_host(d)]


def _decided(trigger: Token) -> bool:
    """ "decided to authorise": it is authorised."""
    return any(flat(a.lemma_) in ("decide", "decision") for a in list(trigger.ancestors)[:2])


def _by_resolution(draft: Draft, sentence: Sentence) -> None:
    """A mandate that rests on a numbered resolution is the Security Council's, unless another body is named."""
    instrument = instrument_of(sentence.span, draft.type)
    known = any(r == "authorizer" for _, r in draft.actors)
    year = re.search(r"\((\d{4})\)$", instrument["name"]) if instrument is not None else None
    if year is not None and draft.time is None and draft.frame.name in ("the mandate", "holds", "tasks and rules"):
        at = sentence.span.text.find(year[1])
        draft.time = PrintedTime(at, at + len(year[1]), year[1], year[1])  # the mandate's own
    if instrument is not None and not known and instrument["name"].startswith("resolution"):
        draft.actors.append((sentence.cast.council(), "authorizer"))


def _hosted(actors: list[tuple[Mention, str]], sentence: Sentence) -> list[tuple[Mention, str]]:
    """ "X and Y met in Kigali": who is of the state where they meet is the host, the other the visitor."""
    states = {m.entity for m, r in actors if r == "host" and m.kind == "state"}
    people = [m for m, r in actors if r == "participant"]
    at_home = [m for m in people if sentence.cast.memory.state_of(m) in states]
    if not states or len(at_home) != 1 or len(people) < 2:  # noqa: PLR2004  # a host and a visitor
        return actors
    roles = [(m, "host" if m is at_home[0] else "visitor") for m in people]
    return roles + [(m, r) for m, r in actors if r != "participant" and not (r == "host" and m.kind == "state")]


def _part_of(trigger: Token, mandates: list[Token], sentence: Sentence) -> bool:
    """Whether a deployment is what a mandate authorises, told by the mandate's own claim."""
    inside = (trigger.pos_ == "NOUN" or trigger.dep_ == "xcomp") and trigger.head in mandates
    return bool(mandates) and (inside or operative(sentence.span) is not None)


def _as_of(draft: Draft, sentence: Sentence) -> None:
    """ "4,300 troops deployed as of May 2010" counts who is there, and sends nobody."""
    if draft.type == "deployment" and draft.number is not None and draft.time is not None:
        before = sentence.span.text[: draft.time.start].rstrip().lower()
        if before.endswith(("as of", "as at")) or (
            before.endswith(" as") and draft.time.text.lower().startswith("of ")
        ):
            draft.type, draft.measure = "force_strength", "stock"


def _moves(draft: Draft, moved: set[int]) -> bool:
    """Whether a strength is that of a move told beside it, and has no time of its own."""
    return (
        draft.number is not None and draft.number.start in moved and (draft.time is None or draft.trigger.dep_ != "acl")
    )


def _averted(draft: Draft) -> bool:
    """Whether an event is only feared: "to prevent the rebels from capturing the town"."""
    if draft.type not in word_list("joining")["events"]:
        return False
    above = list(draft.trigger.ancestors)[:3]
    return any(a.lemma_.lower() in _AVERTS and a.tag_ != "VBD" for a in above)


def _mandated(trigger: Token) -> bool:
    """Whether a task is one that a mandate gives, told by the mandate's own claim."""
    return any(flat(a.lemma_) in _MANDATES for a in list(trigger.ancestors)[:4])


def _to(printed: PrintedTime, sentence: Sentence) -> bool:
    """ "extended the mandate to 20 December 2024": a day that "to" leads to."""
    before = sentence.span.text[: printed.start].rstrip().lower()
    return bool(printed.edtf and "/" not in printed.edtf and before.endswith(" to"))


def _hollow(draft: Draft) -> bool:
    """Whether a noun tells of a withdrawal or the like with nothing but guessed parties: no number, no time."""
    named = draft.trigger.pos_ in ("NOUN", "PROPN") and draft.type in word_list("joining")["need_more"]
    return named and draft.guessed and draft.number is None and draft.time is None


def _is_event(draft: Draft) -> bool:
    """Whether words of attack tell one event: "condemned the attacks", "frequent attacks" tell none."""
    if draft.number is not None or draft.trigger.pos_ not in ("NOUN", "PROPN"):
        return True
    if draft.time is not None and any(c.dep_ == "nummod" for c in draft.trigger.lefts):
        return True  # "repelled two attacks on Monday"
    condemned = flat(draft.trigger.head.lemma_) == "condemn" and not definite(draft.trigger)
    if "Plur" in draft.trigger.morph.get("Number", []) or condemned:
        return False
    return bool(draft.actors) or draft.time is not None or draft.place is not None


def _expiry(draft: Draft, sentence: Sentence) -> None:
    """Decision and expiry as one interval: "on 15 March extended … until 15 March next"."""
    lemma = flat(draft.trigger.lemma_)
    if draft.frame.name == "sets its end" and draft.time is not None and draft.time.edtf:
        end = draft.time.edtf.removeprefix("../")
        draft.slots |= {"time": f"../{end}", "expires": end} if "/" not in end else {}
        return
    until = [
        t
        for t, _ in sentence.times
        if t.edtf and ((t.edtf.startswith("../") and t.text.lower().startswith(_UNTIL)) or _to(t, sentence))
    ]
    if not until or lemma not in _DECISIONS:
        return
    decided = [t for t, _ in sentence.times if t.edtf and "/" not in t.edtf and t is not until[0]]
    end = str(ahead(until[0], sentence.published)).removeprefix("../")
    both = f"{decided[0].edtf}/{end}" if decided else f"../{end}"
    try:
        draft.slots["time"] = Period.parse(both).text
    except InputError:
        draft.slots["time"] = f"../{end}"
    draft.time = draft.time or until[0]
    draft.slots["expires"] = end
    draft.slots["verb"] = "extend" if lemma in _EXTENDS else "authorise"
