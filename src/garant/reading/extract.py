"""Frames applied to one sentence: which claims it makes, and which could not be completed and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from garant.reading.colour import Colour, colour, operative
from garant.reading.conditions import THERE, Sentence, any_of, holds, tokens_of
from garant.reading.frames import Frame, triggers
from garant.reading.gazetteer import flat
from garant.reading.grammar import Arguments, arguments, particle
from garant.reading.memory import Mention
from garant.reading.numbers import Number
from garant.reading.references import points_back
from garant.reading.sources import located, senders_of, source_of
from garant.reading.times import PrintedTime
from garant.reading.timing import time_of
from garant.reading.words import word_list, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = ("VERB", "AUX")
#: Words beside a noun that are no part of the unit counted.
_MORE = word_set("more")
#: Roles for which more than the first name of the sentence is guessed.
_MANY = word_set("many_sided")
#: Sources that take a party from the text above, and those that take one which no argument of the trigger states.
_ABOVE = frozenset({"last", "salient", "visit"})
_GUESSES = _ABOVE | {"any", "around"}
#: Roles that a preposition of place beside a name states well enough.
_STATED = frozenset({"host", "operator", "subject"})
#: Participles before a noun that tell an event ("the deployed battalion"); others describe ("a UN-backed mission").
_PARTICIPLES = frozenset({"deploy", "station"})


@dataclass(slots=True)
class Draft:
    """A claim in the making."""

    frame: Frame
    trigger: Token
    actors: list[tuple[Mention, str]] = field(default_factory=list)
    number: Number | None = None
    unit: str | None = None
    measure: str | None = None
    time: PrintedTime | None = None
    place: Mention | None = None
    colour: Colour = field(default_factory=lambda: Colour("asserted"))
    tokens: list[Token] = field(default_factory=list)
    fallbacks: int = 0
    guessed: bool = False
    candidates: dict[str, str] = field(default_factory=dict)
    slots: dict[str, Any] = field(default_factory=dict)
    type: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What looked like a claim and could not be completed."""

    start: int
    end: int
    type: str
    reason: str


def drafts(sentence: Sentence, lang: str, left_out: list[LeftOut]) -> list[Draft]:
    """The claims that a sentence makes, before those of one fact are joined."""
    index = triggers(lang)
    found: list[Draft] = []
    first = operative(sentence.span)
    for token in sentence.span:
        for frame in _frames_at(token, index):
            args = arguments(token)
            if token.pos_ != "VERB" and token.lower_ == first:
                args.object += _after(token)  # the parser takes "Authorizes UNMISS to …" for a noun
            if frame.where and not any(holds(rule, args, sentence) for rule in frame.where):
                continue
            if any(holds(rule, args, sentence) for rule in frame.unless):
                continue
            made = list(_fill(frame, args, sentence, left_out))
            found += made
            if made:
                break  # the first frame of a trigger that fits tells its claim
    return found


def _beside_signatory(
    first: Mention, args: Arguments, sentence: Sentence, kinds: list[str], role: str
) -> list[Mention]:
    """Who signs with a first signatory: persons joined to a person, else the states that the sentence names."""
    others = [
        m
        for m in source_of("around", args, sentence, kinds, role)
        if m.name not in first.name and first.name not in m.name
    ]
    doc = sentence.span.doc
    people = [m for m in sentence.cast.within(sentence.span.start, sentence.span.end, "person") if m.name != first.name]
    joined = [m for m in people if doc[m.end - 1].dep_ == "conj"] if first.kind == "person" else []
    return joined or others


def _sides(args: Arguments) -> bool:
    """Whether the subject is "the parties", "both sides": not the one named last."""
    return any(flat(t.lemma_) in ("party", "side", "group", "faction") for t in args.subject)


def _states(args: Arguments, sources: list[str]) -> bool:
    """Whether a role's own argument is there, as a common noun in the plural that the reader knows nobody for."""
    first = sources[0].partition("+")[0] if sources else ""
    return first == "subject" and any(t.tag_ == "NNS" for t in args.subject)


def _after(word: Token) -> list[Token]:
    """The words right after the verb of a paragraph, up to "to" or "that"."""
    found: list[Token] = []
    for token in word.doc[word.i + 1 : word.sent.end]:
        if token.lower_ in ("to", "that") or token.is_punct:
            break
        found.append(token)
    return found


def _within(token: Token, trigger: Token) -> bool:
    """Whether an argument stands in the trigger's own clause, and is not taken from the one it hangs on."""
    return token in trigger.children or trigger.is_ancestor(token) or trigger.pos_ not in _VERBAL


def _frames_at(token: Token, index: dict[tuple[str, str], tuple[Frame, ...]]) -> Iterator[Frame]:
    lemma = flat(token.lemma_)
    if token.dep_ == "amod" and token.pos_ not in ("NOUN", "PROPN") and lemma not in _PARTICIPLES:
        yield from index.get(("quality", lemma), ())
        return
    heads = token.lower_ == operative(token.sent) if token.is_title else False
    if token.pos_ in _VERBAL or token.tag_ in ("VBN", "VBD", "VBG") or heads:
        if tail := particle(token):
            yield from index.get(("verb", f"{lemma} {tail}"), ())
        yield from index.get(("verb", lemma), ())
    if token.pos_ in ("NOUN", "PROPN"):
        yield from index.get(("noun", lemma), ())
    if token.pos_ in ("ADJ", "ADV") or (token.tag_ == "VBN" and token.dep_ in ("acomp", "amod")):
        yield from index.get(("quality", lemma), ())


def _fill(frame: Frame, args: Arguments, sentence: Sentence, left_out: list[LeftOut]) -> Iterator[Draft]:
    draft = Draft(frame, args.trigger, type=frame.type, slots=dict(frame.slots), tokens=[args.trigger])
    draft.colour = colour(args.trigger)
    spoken = any(t.lower_ in word_list("references")["first_person"] for t in args.subject)
    for guessing in (False, True):  # what is stated first, so that no guess takes it for another role
        for role, sources in frame.roles.items():
            listed = [sources] if isinstance(sources, str) else sources
            if spoken and "subject" in listed:
                continue  # "we shall train them, the general said"
            if not guessing or all(r != role for _, r in draft.actors):
                _cast_role(draft, role, [s for s in listed if (s in _GUESSES) == guessing], args, sentence)
    counted = list(_counted(frame, args, sentence))
    if frame.need_number and not counted:
        return
    draft.tokens += [
        t
        for name in ("subject", "object", "attribute")
        for t in args.of(name)[:6]
        if frame.type not in word_list("joining")["worded"] or _within(t, args.trigger)
    ]
    _place(draft, args, sentence)
    draft.time = time_of(args.trigger, sentence)
    if frame.type in word_list("joining")["held"] and not draft.actors:
        span = sentence.span
        left_out.append(
            LeftOut(span.start_char, span.end_char, frame.type, f"no holder is named ({args.trigger.text})")
        )
        return
    if missing := _missing(draft):
        span = sentence.span
        left_out.append(LeftOut(span.start_char, span.end_char, frame.type, _reason(missing, args.trigger, draft)))
        return
    if not counted or not frame.number:
        yield draft
        return
    shared = counted if frame.split else counted[:1]
    own = [senders_of(noun, sentence) for _, noun in shared]
    for (number, noun), senders in zip(shared, own, strict=True):
        made = _numbered(draft, number, noun, frame)
        if frame.type == "deployment" and len(shared) > 1 and all(own):
            made.actors = [(m, "provider") for m in senders] + [(m, r) for m, r in made.actors if r != "provider"]
        yield made


def _reason(missing: str, trigger: Token, draft: Draft) -> str:
    others = sorted({name for role, name in draft.candidates.items() if role in missing.split(" or ")})
    reason = f"no {missing} is named ({trigger.text})"
    return f"{reason}; {' or '.join(others)} stands above, but nothing here points to it" if others else reason


def _numbered(draft: Draft, number: Number, noun: Token, frame: Frame) -> Draft:
    return Draft(
        frame,
        draft.trigger,
        list(draft.actors),
        number,
        unit_of(noun),
        (frame.number or {}).get("measure"),
        draft.time,
        draft.place,
        draft.colour,
        [*draft.tokens, noun],
        draft.fallbacks,
        draft.guessed,
        slots=dict(draft.slots),
        type=draft.type,
    )


def unit_of(noun: Token) -> str | None:
    """What a number counts, as print has it: "blue helmets"; None where a number stands alone."""
    if noun.pos_ == "NUM":
        return None  # "a total force of 2,500": of what, the words do not say
    left = [
        c.text
        for c in noun.lefts
        if c.dep_ in ("compound", "amod")
        and c.pos_ in ("NOUN", "ADJ")
        and c.ent_type_ not in ("NORP", "GPE", "CARDINAL")
        and c.lower_ not in _MORE
    ]
    return " ".join([*left, noun.text]) or noun.text


def _cast_role(draft: Draft, role: str, sources: list[str], args: Arguments, sentence: Sentence) -> None:
    kinds = word_list("roles").get(f"{role} of {draft.type}") or word_list("roles")[role]
    taken = {m.name for m, _ in draft.actors}
    cast, doc = sentence.cast, sentence.span.doc
    if draft.type == "mandate" and role == "subject" and any(r == "operator" for _, r in draft.actors):
        return
    if role == "authorizer" and operative(sentence.span):
        if any(r == role for _, r in draft.actors):
            return
        council = sentence.cast.council()
        draft.actors.append((council, role))
        return
    stated = draft.type in word_list("joining")["stated"] and _states(args, sources)
    for source in sources:
        if stated and (source == "any" or (source in _ABOVE and _sides(args))):
            continue  # "the parties broke the truce, said Togo": a subject that nobody is named by is no other name
        found: list[Mention] = []
        for part in source.split("+"):
            found += [
                m
                for m in source_of(part, args, sentence, kinds, role, draft.colour.speaker)
                if m.name not in {f.name for f in found}
            ]
        found = [m for m in found if m.name not in taken]
        if source in _ABOVE and found and not points_back(args, sentence):
            draft.candidates.setdefault(role, found[0].name)
            continue
        if source == "any" and role not in _MANY:
            found = found[:1]
        more: list[Mention] = []
        if len(found) == 1 and role in ("signatory", "party"):
            more = _beside_signatory(found[0], args, sentence, kinds, role)
        if found:
            draft.actors += [(m, role) for m in (*found, *more)]
            if source not in _GUESSES and not source.startswith(("subject", "object", "self", "clause")):
                draft.tokens += [doc[m.start] for m in found if cast.at.get(m.start) is m]
            stated = source not in _GUESSES or (role in _STATED and all(located(m, sentence) for m in found))
            draft.guessed = draft.guessed or bool(more) or not stated or any(m.guessed for m in found)
            draft.fallbacks += not stated
            return


def _counted(frame: Frame, args: Arguments, sentence: Sentence) -> Iterator[tuple[Number, Token]]:
    if not frame.number:
        return
    classes = frame.number.get("classes")
    seen: set[int] = set()
    for name in frame.number["of"]:
        tokens = tokens_of(name, args, sentence)
        wider = [
            *tokens,
            *(
                g
                for t in tokens
                for c in t.children
                if c.dep_ == "prep" and c.lower_ in ("of", "with", "to")
                for g in c.children
                if g.dep_ == "pobj"
            ),
        ]
        for token in wider:
            for number, noun, bare in sentence.numbers:
                if token in (noun, bare) and number.start not in seen and _fits(noun, classes, sentence):
                    seen.add(number.start)
                    yield number, noun
        if seen:
            return


def _fits(noun: Token, classes: list[str] | None, sentence: Sentence) -> bool:
    return classes is None or any_of([noun], classes, sentence) or noun.pos_ == "NUM"


def _place(draft: Draft, args: Arguments, sentence: Sentence) -> None:
    for prep in THERE:
        for token in args.of(prep):
            mention = sentence.cast.at.get(token.i)
            if mention and mention.kind in ("place", "capital"):
                draft.place = mention
                draft.tokens.append(token)
                return
            if mention and mention.kind == "state" and prep not in ("of", "from", "de"):
                draft.tokens.append(token)
    for mention in sentence.cast.within(sentence.span.start, sentence.span.end, "place", "capital"):
        before = sentence.span.doc[mention.start - 1].lower_ if mention.start else ""
        if before in ("in", "at", "near", "outside", "of", "around", "à", "dans"):
            draft.place = mention
            return


def _missing(draft: Draft) -> str | None:
    from garant.claims import claim_types

    roles = {role for _, role in draft.actors}
    for group in claim_types()[draft.type].required_roles:
        if not group & roles:
            return " or ".join(sorted(group))
    return None
